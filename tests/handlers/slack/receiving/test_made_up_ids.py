"""Ids that were made up: every button and form answers them as what is not there."""

from __future__ import annotations

import pytest

from bot.domain.errors import NotFoundError
from bot.language import language
from bot.metrics import FAILURES
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from handlers.surface.values import MAX_ID
from tests.handlers.slack.clicks import click
from tests.handlers.slack.common_setup import a_client
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
    ids.DOSSIER_BACK,
    ids.DOSSIER_MORE,
    ids.DOSSIER_TIMELINE,
    ids.DOSSIER_FIGURES,
    ids.DOSSIER_CASE,
    ids.DOSSIER_CARD,
    ids.DOSSIER_OLDER,
    ids.DOSSIER_NEWER,
    ids.DOSSIER_ENTRY,
    ids.DOSSIER_FLAG,
    ids.DOSSIER_DISCUSS,
    ids.DOSSIER_LEFT,
    ids.DOSSIER_EDIT,
    ids.CLIENT_MERGE,
    ids.CLIENT_UNMERGE,
    ids.FLAG_WITNESS_UNDO,
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


async def test_made_up_buttons_find_nothing(both_harness: Harness) -> None:
    harness = both_harness
    await harness.anna.command(COMMAND_FLAG, "help")
    failed = failures()
    for action_id in BUTTONS:
        for value in (*GARBAGE, *GARBAGE_PAIRS):
            answer = await harness.world.dispatcher.ask("interaction", click(harness, action_id, value))
            assert (answer.status, answer.text) == (200, ""), (action_id, value)
            assert failures() == failed, (action_id, value)
            assert NOT_THERE in harness.in_windows(harness.anna), (action_id, value)
            await harness.anna.close(everything=True)


@pytest.mark.parametrize("length", [300, 5000])
@pytest.mark.parametrize(
    "field", [ids.FLAG_FORM_CLIENT, ids.FLAG_FORM_CATEGORY, ids.FLAG_FORM_DATE, ids.FLAG_FORM_SAME]
)
async def test_a_made_up_choice_leaves_the_form_as_it_can_be_drawn(
    http_harness: Harness, field: str, length: int
) -> None:
    harness, failed = http_harness, failures()
    await harness.anna.global_shortcut(ids.SHORTCUT_FLAG)
    option = {"text": {"type": "plain_text", "text": "x"}, "value": f"n:{'y' * length}"}
    chosen = {"type": "static_select", "selected_option": option, "action_id": field}
    clicked = click(harness, field, "")
    view = {**harness.anna.view.content, "id": harness.anna.view.id, "state": {"values": {field: {field: chosen}}}}
    payload = {**clicked, "view": view, "actions": [{**chosen, "block_id": field}]}
    for outside in ("channel", "container", "response_url"):
        del payload[outside]
    answer = await harness.world.dispatcher.ask("interaction", payload)
    assert (answer.status, answer.text) == (200, "")
    assert failures() == failed
    assert len(harness.anna.views) == 1


@pytest.mark.parametrize("action_id", [ids.DOSSIER_FLAG, ids.DOSSIER_SHOW])
async def test_a_made_up_trigger_is_told_in_a_sentence(http_harness: Harness, action_id: str) -> None:
    harness, failed = http_harness, failures()
    client_id = await a_client(harness, "Acme", flags=1)
    made_up = {**click(harness, action_id, str(client_id)), "trigger_id": "1.2.made-up", "container": None}
    answer = await harness.world.dispatcher.ask("interaction", made_up)
    assert (answer.status, answer.text) == (200, "")
    assert failures() == failed
    assert "geen venster" in harness.sees(harness.anna, harness.general)


def failures() -> float:
    """How often a listener failed in a way that nobody foresaw."""
    return FAILURES.labels(boundary="listener")._value.get()
