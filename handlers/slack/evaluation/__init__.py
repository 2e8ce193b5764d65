"""The evaluation in Slack: giving a view, the client's side, who takes part, and reading it all."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from handlers.slack.evaluation import form, people, reading, statement
from handlers.slack.front_door import FrontDoor


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind every button and form of the evaluation."""
    form.register(app, door)
    statement.register(app, door)
    people.register(app, door)
    reading.register(app, door)
