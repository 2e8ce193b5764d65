"""Bad input in the smaller forms: a clear sentence at its field, the text still there, nothing stored."""

from __future__ import annotations

from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, behind, meet
from tests.harness import Harness
from tests.stored import stored
from tests.unguarded import LONG, said, typed_into, unguarded

NAME = "Acme"


async def test_the_small_forms_say_what_is_wrong_and_keep_what_was_typed(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=1, by=harness.carla)
    await meet(harness, harness.anna, harness.carla)
    before = await stored(harness)
    own = (await harness.carla.command(COMMAND_DOSSIER, NAME)).message
    whole = await behind(harness.anna, NAME, ids.DOSSIER_TIMELINE)
    assert own is not None
    for person, message, action, field in (
        (harness.carla, own, ids.FLAG_WITHDRAW, ids.FLAG_WITHDRAW_REASON),
        (harness.anna, whole, ids.FLAG_DIFFERS, ids.FLAG_DIFFERS_NOTE),
    ):
        assert (await person.click(message, action)).ok
        unguarded(person)
        for text, sentence in (
            ("", "één zin is genoeg"),
            (" \u0000\u200b", "één zin is genoeg"),
            (LONG, "10.000 tekens"),
        ):
            typed_into(person, field, text)
            outcome = await person.submit()
            assert sentence in said(outcome), (action, text[:9])
            assert person.view.values[field][field]["value"] == text
        await person.close()
    assert await stored(harness) == before


CARD = [
    (ids.CLIENT_FORM_NAME, "value", ""),
    (ids.CLIENT_FORM_NAME, "value", "x" * 81),
    (ids.CLIENT_FORM_NAME, "value", "\u202e\u200b"),
    (ids.CLIENT_FORM_ALIASES, "value", "good\n" + "x" * 81),
    (ids.CLIENT_FORM_CONTACTS, "value", "good\n" + LONG),
    (ids.CLIENT_FORM_REFERENCE, "value", LONG),
    (ids.CLIENT_FORM_VALUE, "value", "-0.01"),
    (ids.CLIENT_FORM_VALUE, "value", "NaN"),
    (ids.CLIENT_FORM_VALUE, "value", "9" * 10_000),
    (ids.CLIENT_FORM_NOTICE, "value", "1.5"),
    (ids.CLIENT_FORM_PAYMENT, "value", "3651"),
    (ids.CLIENT_FORM_ENDS, "selected_date", "2026-02-30"),
    (ids.CLIENT_FORM_OWNER, "selected_user", "U0NOBODY"),
]


async def test_the_card_says_what_is_wrong_and_keeps_what_was_typed(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    dossier = await behind(harness.anna, NAME, ids.DOSSIER_MORE, channel=harness.general)
    assert (await harness.anna.click(dossier, ids.DOSSIER_EDIT)).ok
    view = harness.anna.view
    unguarded(harness.anna)
    before = await stored(harness)
    for block_id, key, value in CARD:
        kept = dict(view.values.get(block_id, {}).get(block_id, {}))
        typed_into(harness.anna, block_id, value, key)
        outcome = await harness.anna.submit()
        assert said(outcome), (block_id, str(value)[:20])
        assert list(outcome.errors) == [block_id]
        assert harness.anna.view.values[block_id][block_id][key] == value
        view.values[block_id][block_id] = kept
    assert await stored(harness) == before


async def test_a_debrief_cannot_be_moved_to_no_day_at_all(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    assert "Acme" in said(await harness.anna.command(COMMAND_FLAG, "left Acme", harness.general))
    await harness.settle()
    announced = next(one for one in harness.anna.read(harness.alerts) if ids.DEBRIEF_MOVE in str(one.blocks))
    assert (await harness.anna.click(announced, ids.DEBRIEF_MOVE)).ok
    before = await stored(harness)
    for day, at in (
        ("2026-02-30", "10:00"),
        (None, "10:00"),
        ("2026-03-20", None),
        ("1900-01-01", "10:00"),
        ("9999-12-31", "23:59"),
    ):
        typed_into(harness.anna, ids.DEBRIEF_MOVE_DATE, day, "selected_date")
        typed_into(harness.anna, ids.DEBRIEF_MOVE_TIME, at, "selected_time")
        unguarded(harness.anna)
        outcome = await harness.anna.submit()
        assert said(outcome), (day, at)
        assert harness.anna.view.values[ids.DEBRIEF_MOVE_DATE][ids.DEBRIEF_MOVE_DATE]["selected_date"] == day
    assert await stored(harness) == before
