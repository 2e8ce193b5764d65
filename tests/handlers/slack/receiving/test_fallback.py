"""What nobody listens to: acknowledged, counted, and answered in words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.metrics import EVENTS_WITHHELD, UNHANDLED
from handlers.slack.receiving.payloads import payload_in
from tests.handlers.slack.clicks import click
from tests.harness import Harness

UNKNOWN = "I don’t know this one (any more)."


def unhandled(surface: str) -> float:
    """How many interactions of a kind nobody listened to."""
    return UNHANDLED.labels(interaction_type=surface)._value.get()


def interactions(harness: Harness) -> dict[str, dict[str, Any]]:
    """One interaction of each kind that no version of ours ever asked for, made by Ben."""
    world = harness.world.world
    ours = {"team": {"id": harness.world.team_id}, "user": {"id": harness.ben.id, "team_id": harness.world.team_id}}

    def trigger() -> str:
        return world.triggers.issue(harness.ben.id)

    def url() -> str:
        return world.response_urls.issue("actions", harness.general.id, harness.ben.id)

    view = {"id": "V1", "callback_id": "gone.form", "type": "modal", "blocks": [], "state": {"values": {}}}
    return {
        "command": {
            "command": "/gone",
            "text": "x",
            "team_id": harness.world.team_id,
            "user_id": harness.ben.id,
            "channel_id": harness.general.id,
            "trigger_id": trigger(),
        },
        "action": {**click(harness, "gone.button", "1"), **ours, "trigger_id": trigger(), "response_url": url()},
        "view": {**ours, "type": "view_submission", "trigger_id": trigger(), "view": view},
        "closed": {**ours, "type": "view_closed", "view": view, "is_cleared": False},
        "shortcut": {**ours, "type": "shortcut", "callback_id": "gone.start", "trigger_id": trigger()},
        "message shortcut": {
            **ours,
            "type": "message_action",
            "callback_id": "gone.message",
            "trigger_id": trigger(),
            "channel": {"id": harness.general.id},
            "message": {"ts": "1.2", "text": "x"},
            "response_url": url(),
        },
        "options": {
            **ours,
            "type": "block_suggestion",
            "action_id": "gone.list",
            "block_id": "b",
            "value": "x",
            "view": view,
        },
    }


@pytest.mark.parametrize("kind", ["command", "action", "view", "closed", "shortcut", "message shortcut", "options"])
async def test_unknown_gestures_are_answered_and_counted(harness: Harness, kind: str) -> None:
    interaction = interactions(harness)[kind]
    payload = payload_in(interaction)
    assert payload is not None
    surface = payload.interaction_type
    before = unhandled(surface)
    sent = "command" if kind == "command" else "interaction"
    answer = await harness.world.dispatcher.ask(sent, interaction)
    assert answer.status == 200
    assert unhandled(surface) == before + 1
    match kind:
        case "command":
            assert UNKNOWN in answer.body["text"]
        case "view":
            assert UNKNOWN in str(answer.body["view"])
        case "options":
            assert answer.body == {"options": []}
        case "action" | "shortcut" | "message shortcut":
            assert UNKNOWN in str(harness.ben.view.blocks)
        case _:
            assert not answer.body


async def test_where_no_window_opens_any_more_it_is_said_in_the_conversation(http_harness: Harness) -> None:
    click_too_late = {**interactions(http_harness)["action"], "trigger_id": "gone"}
    assert (await http_harness.world.dispatcher.ask("interaction", click_too_late)).status == 200
    assert http_harness.ben.views == []
    assert UNKNOWN in http_harness.ben.read(http_harness.general)[-1].text


@pytest.mark.parametrize(
    "event",
    [
        {"type": "team_join", "user": {"id": "U1"}},
        {"type": "message", "subtype": "channel_join", "channel": "C1", "ts": "1.2"},
        {"type": "message", "channel": "C1", "text": "x", "ts": "1.2", "user": "U1"},
        {"type": "never_heard_of"},
    ],
)
async def test_unknown_events_are_acknowledged_and_counted(harness: Harness, event: dict[str, Any]) -> None:
    before = unhandled("event_callback")
    envelope = {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": harness.world.team_id,
        "authorizations": [{"team_id": harness.world.team_id, "enterprise_id": None}],
        "event": event,
    }
    assert (await harness.world.dispatcher.ask("event", envelope)).status == 200
    assert unhandled("event_callback") == before + 1


async def test_events_that_slack_keeps_back_are_counted(harness: Harness) -> None:
    before = EVENTS_WITHHELD._value.get()
    harness.world.installation.announce_rate_limit()
    await harness.world.settled()
    assert EVENTS_WITHHELD._value.get() == before + 1
