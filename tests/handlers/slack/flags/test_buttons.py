"""Buttons on receipts, on flags of colleagues, and on care tasks, over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.model import ViewKind
from bot.playground.state import Message
from handlers.slack import ids
from tests.handlers.slack.flags.desk import fill_in, in_form, recorded
from tests.handlers.slack.scenes import a_client
from tests.stage import Stage, words


async def flagged(stage: Stage, text: str = "Acme late 3 invoice 17 is open") -> Message:
    """Ben flags; the receipt is what he sees."""
    outcome = await stage.ben.command(ids.COMMAND_FLAG, text)
    assert outcome.message is not None
    return outcome.message


@pytest.fixture
async def stage_with_client(http_stage: Stage) -> Stage:
    """A stage with one known client."""
    await a_client(http_stage, "Acme", flags=0)
    return http_stage


async def test_undo_replaces_the_receipt_and_a_second_click_changes_nothing(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    assert (await stage.ben.click(receipt, ids.FLAG_UNDO)).ok
    assert (await stage.world.dispatcher.redeliver()).ok
    assert await recorded(stage) == []
    assert "as if this flag was never recorded" in stage.sees(stage.ben)
    assert "invoice 17" not in stage.sees(stage.ben)


async def test_undo_takes_a_client_that_the_flag_added_out_of_the_type_ahead(http_stage: Stage) -> None:
    stage = http_stage
    await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.ben, "Tulp", value_starts="n:")
    await stage.ben.submit()
    await stage.settle()
    (receipt,) = [one for one in stage.ben.read() if "Recorded" in words(one)]
    assert [match.name for match in stage.bot.index.search(1, "Tulp")] == ["Tulp"]
    assert (await stage.ben.click(receipt, ids.FLAG_UNDO)).ok
    assert stage.bot.index.search(1, "Tulp") == []


async def test_undo_too_late_says_what_is_left_to_do(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    await stage.later(timedelta(minutes=16))
    await stage.ben.click(receipt, ids.FLAG_UNDO)
    assert "You can still withdraw the flag." in stage.sees(stage.ben)
    assert len(await recorded(stage)) == 1


async def test_a_receipt_by_message_comes_up_to_date_in_place(stage_with_client: Stage) -> None:
    stage = stage_with_client
    await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.ben)
    await stage.ben.submit()
    await stage.settle()
    (receipt,) = [one for one in stage.ben.read() if "Recorded" in words(one)]
    await stage.ben.click(receipt, ids.FLAG_UNDO)
    await stage.settle()
    assert len([one for one in stage.ben.read() if one.ts == receipt.ts and "Undone" in words(one)]) == 1
    assert "Recorded" not in stage.sees(stage.ben)


async def test_an_edit_starts_from_what_was_said_and_is_confirmed_by_message(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    assert (await stage.ben.click(receipt, ids.FLAG_EDIT)).ok
    assert "invoice 17 is open" in in_form(stage.ben.view)
    await stage.ben.type(stage.ben.view, ids.FLAG_FORM_HAPPENED, "Invoices 17 and 18 are open.")
    assert (await stage.ben.submit()).ok
    (flag,) = await recorded(stage)
    assert flag.content.what_happened == "Invoices 17 and 18 are open."
    await stage.settle()
    assert "You edited this flag" in stage.sees(stage.ben)


async def test_an_edit_after_a_day_is_refused_at_the_click(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    await stage.later(timedelta(hours=25))
    await stage.ben.click(receipt, ids.FLAG_EDIT)
    assert stage.ben.views == []
    assert "The time for that has passed." in stage.sees(stage.ben)


async def test_a_withdrawn_flag_answers_every_other_button_with_a_sentence(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    assert (await stage.ben.click(receipt, ids.FLAG_WITHDRAW)).ok
    assert (await stage.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was paid."})).ok
    await stage.settle()
    assert "Withdrawn: Late payment" in stage.sees(stage.ben)
    await stage.ben.click(receipt, ids.FLAG_UNDO)
    assert "This flag was withdrawn" in stage.sees(stage.ben)


async def test_a_reason_that_is_too_long_stays_in_the_form(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    await stage.ben.click(receipt, ids.FLAG_WITHDRAW)
    outcome = await stage.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "   "})
    assert list(outcome.errors) == [ids.FLAG_WITHDRAW_REASON]


async def test_the_same_event_flagged_twice_becomes_one_with_a_witness(stage_with_client: Stage) -> None:
    stage = stage_with_client
    await stage.dirk.command(ids.COMMAND_FLAG, "Acme late 2 invoice 17 is open")
    mine = await flagged(stage)
    assert (await stage.ben.click(mine, ids.FLAG_JOIN)).ok
    (only,) = await recorded(stage)
    assert only.witness_count == 1
    assert "you are a witness to your colleague’s flag now" in stage.sees(stage.ben)


async def test_a_colleague_saw_it_too_and_a_second_click_counts_nothing(stage_with_client: Stage) -> None:
    stage = stage_with_client
    await flagged(stage)
    shown = (await stage.anna.command(ids.COMMAND_DOSSIER, "Acme")).message
    assert shown is not None
    for _ in range(2):
        assert (await stage.anna.click(shown, ids.FLAG_WITNESS)).ok
    (flag,) = await recorded(stage)
    assert flag.witness_count == 1


async def test_a_colleague_sees_it_differently(stage_with_client: Stage) -> None:
    stage = stage_with_client
    await flagged(stage)
    shown = (await stage.anna.command(ids.COMMAND_DOSSIER, "Acme")).message
    assert shown is not None
    assert (await stage.anna.click(shown, ids.FLAG_DIFFERS)).ok
    assert (await stage.anna.submit(values={ids.FLAG_DIFFERS_NOTE: "Our invoice was wrong."})).ok
    (flag,) = await recorded(stage)
    views = await stage.bot.database.read(lambda uow: uow.flags.witnesses([flag.id]))
    assert [(view.kind, view.note) for view in views[flag.id]] == [(ViewKind.DIFFERS, "Our invoice was wrong.")]


async def test_an_edit_to_another_kind_keeps_the_rest(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage)
    await stage.ben.click(receipt, ids.FLAG_EDIT)
    assert (await stage.ben.select(stage.ben.view, ids.FLAG_FORM_CATEGORY, "integrity")).ok
    assert "Acme" in in_form(stage.ben.view)
    assert (await stage.ben.submit()).ok
    (flag,) = await recorded(stage)
    assert (flag.content.category, flag.content.severity) == ("integrity", 3)
    assert flag.content.what_happened == "invoice 17 is open"


async def test_the_owner_is_asked_to_check_in_and_can_take_the_reporter_off(stage_with_client: Stage) -> None:
    stage = stage_with_client
    receipt = await flagged(stage, "Acme disrespect 3 shouted at me on the phone")
    assert "asked to check in with you" in words(receipt)
    (flag,) = await recorded(stage)
    await stage.bot.database.write(lambda uow: uow.clients.set_people(flag.client_id, [flag.reporter_id]))
    await stage.settle()
    task = next(one for one in stage.anna.read() if stage.ben.id in words(one))
    assert "shouted" not in words(task)
    assert (await stage.anna.click(task, ids.CARE_TAKE_OFF)).ok
    await stage.settle()
    people = await stage.bot.database.read(lambda uow: uow.clients.people_of(flag.client_id))
    assert people == []
    assert (await stage.anna.click(task, ids.CARE_DONE)).ok
    await stage.settle()
    now = next(one for one in stage.anna.read() if one.ts == task.ts)
    assert ids.CARE_DONE not in str(now.blocks)
