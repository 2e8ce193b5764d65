"""The evaluation in Slack: giving a view, the client's side, who takes part, and reading it all."""

from __future__ import annotations

from handlers.slack.evaluation import form, people, reading, statement
from handlers.slack.listener_context import ListenerContext
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind every button and form of the evaluation."""
    form.register(routes, door)
    statement.register(routes, door)
    people.register(routes, door)
    reading.register(routes, door)
