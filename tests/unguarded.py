"""Sending what Slack’s own window would have stopped, and reading what is said of it."""

from __future__ import annotations

from typing import Any

from bot.playground.outcome import Outcome
from bot.playground.people import Person
from bot.playground.state import JSON
from handlers.features import ids
from tests.handlers.slack.flags.setup import fill_in
from tests.harness import words

LONG = "x" * 10_000
UNKNOWN_FAILURE = ("Something went wrong", "Er ging iets mis")
"""What stands in the answer to a failure that nobody foresaw."""


def said(outcome: Outcome) -> str:
    """What the person reads as the answer: a message, or the sentences at the fields of a form."""
    assert outcome.status == 200
    assert outcome.toast is None
    text = words(outcome.message) if outcome.message else "\n".join(outcome.errors.values())
    assert not [word for word in UNKNOWN_FAILURE if word in text], text
    return text


def typed_into(person: Person, block_id: str, value: Any, key: str = "value", action_id: str | None = None) -> None:
    """Put something in a field that Slack's own window would have stopped."""
    element: JSON = person.view.values.setdefault(block_id, {}).setdefault(action_id or block_id, {})
    element[key] = value


def unguarded(person: Person) -> None:
    """Let the form in front be sent whatever is in it, as a forged or outdated one would be."""
    blocks = [{**block, "optional": True} for block in person.view.blocks if block["type"] == "input"]
    for block in blocks:
        if block["element"]["type"] == "number_input":
            block["element"] = {"type": "plain_text_input", "action_id": block["element"]["action_id"]}
    person.view.content["blocks"] = blocks


async def opened_form(person: Person, client: str) -> None:
    """A flag form that only has to be sent."""
    await person.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(person, client)
