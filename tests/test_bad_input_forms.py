"""Bad input in the smaller forms: a clear sentence at its field, the text still there, nothing stored."""

from __future__ import annotations

from handlers.slack import ids
from tests.handlers.slack.scenes import a_client, meet
from tests.stage import Stage
from tests.stored import stored
from tests.unguarded import LONG, said, typed_into, unguarded

NAME = "Acme"


async def test_the_small_forms_say_what_is_wrong_and_keep_what_was_typed(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=1, by=stage.carla)
    await meet(stage, stage.anna, stage.carla)
    before = await stored(stage)
    own = (await stage.carla.command(ids.COMMAND_DOSSIER, NAME, stage.general)).message
    whole = (await stage.anna.command(ids.COMMAND_DOSSIER, NAME, stage.general)).message
    assert own is not None
    assert whole is not None
    for person, message, action, field in (
        (stage.carla, own, ids.FLAG_WITHDRAW, ids.FLAG_WITHDRAW_REASON),
        (stage.anna, whole, ids.FLAG_DIFFERS, ids.FLAG_DIFFERS_NOTE),
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
    assert await stored(stage) == before


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


async def test_the_card_says_what_is_wrong_and_keeps_what_was_typed(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=0)
    dossier = (await stage.anna.command(ids.COMMAND_DOSSIER, NAME, stage.general)).message
    assert dossier is not None
    assert (await stage.anna.click(dossier, ids.DOSSIER_EDIT)).ok
    view = stage.anna.view
    unguarded(stage.anna)
    before = await stored(stage)
    for block_id, key, value in CARD:
        kept = dict(view.values.get(block_id, {}).get(block_id, {}))
        typed_into(stage.anna, block_id, value, key)
        outcome = await stage.anna.submit()
        assert said(outcome), (block_id, str(value)[:20])
        assert list(outcome.errors) == [block_id]
        assert stage.anna.view.values[block_id][block_id][key] == value
        view.values[block_id][block_id] = kept
    assert await stored(stage) == before


async def test_a_debrief_cannot_be_moved_to_no_day_at_all(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=0)
    assert "Acme" in said(await stage.anna.command(ids.COMMAND_FLAG, "left Acme", stage.general))
    await stage.settle()
    announced = next(one for one in stage.anna.read(stage.alerts) if ids.DEBRIEF_MOVE in str(one.blocks))
    assert (await stage.anna.click(announced, ids.DEBRIEF_MOVE)).ok
    before = await stored(stage)
    for day, at in (
        ("2026-02-30", "10:00"),
        (None, "10:00"),
        ("2026-03-20", None),
        ("1900-01-01", "10:00"),
        ("9999-12-31", "23:59"),
    ):
        typed_into(stage.anna, ids.DEBRIEF_MOVE_DATE, day, "selected_date")
        typed_into(stage.anna, ids.DEBRIEF_MOVE_TIME, at, "selected_time")
        unguarded(stage.anna)
        outcome = await stage.anna.submit()
        assert said(outcome), (day, at)
        assert stage.anna.view.values[ids.DEBRIEF_MOVE_DATE][ids.DEBRIEF_MOVE_DATE]["selected_date"] == day
    assert await stored(stage) == before
