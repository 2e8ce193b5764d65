"""Ids that were made up: every button and form answers them as what is not there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NotFoundError
from bot.language import language
from bot.metrics import FAILURES
from handlers.features import ids
from handlers.slack.action_values import MAX_ID, clicked_id, form_id, id_in, ids_in
from tests.harness import Harness

NOT_THERE = language("nl").sentence(NotFoundError())
GARBAGE = ("x", "", "-1", "0", "٣", str(MAX_ID), str(2**31), "9" * 400)
GARBAGE_PAIRS = ("1:x", "999999:999999", f"{2**31}:1", "1:2:3")

BUTTONS = (
    ids.FLAG_JOIN,
    ids.FLAG_UNDO,
    ids.FLAG_EDIT,
    ids.FLAG_WITHDRAW,
    ids.FLAG_WITNESS,
    ids.FLAG_DIFFERS,
    ids.CARE_DONE,
    ids.CARE_TAKE_OFF,
    ids.DOSSIER_SHOW,
    ids.DOSSIER_OLDER,
    ids.DOSSIER_NEWER,
    ids.DOSSIER_ENTRY,
    ids.DOSSIER_FLAG,
    ids.DOSSIER_DISCUSS,
    ids.DOSSIER_LEFT,
    ids.DOSSIER_EDIT,
    ids.CLIENT_MERGE,
    ids.CLIENT_UNMERGE,
    ids.ALERT_TAKE,
    ids.ALERT_DISCUSS,
    ids.ALERT_DONE,
    ids.DISCUSSION_TO_CHANNEL,
    ids.DEBRIEF_MOVE,
    ids.DEBRIEF_SNOOZE,
    ids.DEBRIEF_CANCEL,
    ids.LEFT_UNDO,
)
"""Every button that carries what it is about."""


@given(st.integers(0, MAX_ID))
def test_an_id_is_read_back(number: int) -> None:
    assert id_in(str(number)) == number
    assert ids_in(f"{number}:0", 2) == (number, 0)
    assert clicked_id({"actions": [{"value": str(number)}]}) == number
    assert form_id({"view": {"private_metadata": str(number)}}) == number


@given(st.one_of(st.text(), st.integers(), st.none(), st.integers(min_value=MAX_ID + 1).map(str), st.binary()))
def test_anything_else_is_not_there(value: Any) -> None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and int(value) <= MAX_ID:
        return
    with pytest.raises(NotFoundError):
        id_in(value)


@pytest.mark.parametrize(
    "body", [{}, {"actions": []}, {"actions": [{}]}, {"actions": [{"value": 1}]}, {"actions": None}]
)
def test_a_click_that_carries_nothing_is_about_nothing(body: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        clicked_id(body)


async def test_made_up_buttons_find_nothing(both_harness: Harness) -> None:
    harness = both_harness
    await harness.anna.command(ids.COMMAND_FLAG, "help")
    failed = failures()
    for action_id in BUTTONS:
        for value in (*GARBAGE, *GARBAGE_PAIRS):
            answer = await harness.world.dispatcher.ask("interaction", click(harness, action_id, value))
            assert (answer.status, answer.text) == (200, ""), (action_id, value)
            assert failures() == failed, (action_id, value)
            said = harness.anna.read(harness.general)[-1].text
            assert said == NOT_THERE, (action_id, value, said)


def click(harness: Harness, action_id: str, value: str) -> dict[str, Any]:
    """Anna's click on a button that nobody drew."""
    world = harness.world.world
    return {
        "type": "block_actions",
        "team": {"id": harness.world.team_id},
        "user": {"id": harness.anna.id, "team_id": harness.world.team_id},
        "trigger_id": world.triggers.issue(harness.anna.id),
        "channel": {"id": harness.general.id},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": harness.general.id, "is_ephemeral": True},
        "response_url": world.response_urls.issue("actions", harness.general.id, harness.anna.id),
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }


def failures() -> float:
    """How often a listener failed in a way that nobody foresaw."""
    return FAILURES.labels(boundary="listener")._value.get()
