"""Buttons on receipts, on flags of colleagues, and on care tasks, over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.model import ViewKind
from bot.playground.state import JSON, Message
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, behind
from tests.handlers.slack.flags.setup import fill_in, in_form, recorded
from tests.harness import Harness, words


async def flagged(harness: Harness, text: str = "Acme late 3 invoice 17 is open") -> Message:
    """Ben flags; the receipt is what he sees."""
    outcome = await harness.ben.command(COMMAND_FLAG, text)
    assert outcome.message is not None
    return outcome.message


@pytest.fixture
async def harness_with_client(http_harness: Harness) -> Harness:
    """A harness with one known client."""
    await a_client(http_harness, "Acme", flags=0)
    return http_harness


async def test_undo_replaces_the_receipt_and_a_second_click_changes_nothing(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    assert (await harness.ben.click(receipt, ids.FLAG_UNDO)).ok
    assert (await harness.world.dispatcher.redeliver()).ok
    assert await recorded(harness) == []
    assert "as if this flag was never recorded" in harness.sees(harness.ben)
    assert "invoice 17" not in harness.sees(harness.ben)


async def test_undo_takes_a_client_that_the_flag_added_out_of_the_type_ahead(http_harness: Harness) -> None:
    harness = http_harness
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.ben, "Tulp", value_starts="n:")
    await harness.ben.submit()
    await harness.settle()
    (receipt,) = [one for one in harness.ben.read() if "Recorded" in words(one)]
    assert [match.name for match in harness.bot.index.search(1, "Tulp")] == ["Tulp"]
    assert (await harness.ben.click(receipt, ids.FLAG_UNDO)).ok
    assert harness.bot.index.search(1, "Tulp") == []


async def test_undo_too_late_says_what_is_left_to_do(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    await harness.later(timedelta(minutes=16))
    await harness.ben.click(receipt, ids.FLAG_UNDO)
    assert "You can still withdraw the flag." in harness.sees(harness.ben)
    assert len(await recorded(harness)) == 1


async def test_a_receipt_by_message_comes_up_to_date_in_place(harness_with_client: Harness) -> None:
    harness = harness_with_client
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.ben)
    await harness.ben.submit()
    await harness.settle()
    (receipt,) = [one for one in harness.ben.read() if "Recorded" in words(one)]
    await harness.ben.click(receipt, ids.FLAG_UNDO)
    await harness.settle()
    assert [one.ts for one in harness.ben.read() if "Undone" in words(one)] == [receipt.ts]
    assert "Recorded" not in harness.sees(harness.ben)


async def test_an_edit_starts_from_what_was_said_and_is_confirmed_by_message(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    assert (await harness.ben.click(receipt, ids.FLAG_EDIT)).ok
    assert "invoice 17 is open" in in_form(harness.ben.view)
    await harness.ben.type(harness.ben.view, ids.FLAG_FORM_HAPPENED, "Invoices 17 and 18 are open.")
    assert (await harness.ben.submit()).ok
    (flag,) = await recorded(harness)
    assert flag.content.what_happened == "Invoices 17 and 18 are open."
    await harness.settle()
    assert "You edited this flag" in harness.sees(harness.ben)


async def test_an_edit_after_a_day_is_refused_at_the_click(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    await harness.later(timedelta(hours=25))
    await harness.ben.click(receipt, ids.FLAG_EDIT)
    assert "The time for that has passed." in harness.in_windows(harness.ben)
    assert not [block for block in harness.ben.view.blocks if block["type"] == "input"]


async def test_a_withdrawn_flag_answers_every_other_button_with_a_sentence(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    assert (await harness.ben.click(receipt, ids.FLAG_WITHDRAW)).ok
    assert (await harness.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was paid."})).ok
    await harness.settle()
    assert "Withdrawn: Late payment" in harness.sees(harness.ben)
    await harness.ben.click(receipt, ids.FLAG_UNDO)
    assert "This flag was withdrawn" in harness.sees(harness.ben)


async def test_a_reason_that_is_too_long_stays_in_the_form(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    await harness.ben.click(receipt, ids.FLAG_WITHDRAW)
    outcome = await harness.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "   "})
    assert list(outcome.errors) == [ids.FLAG_WITHDRAW_REASON]


async def test_the_same_event_flagged_twice_becomes_one_with_a_witness(harness_with_client: Harness) -> None:
    harness = harness_with_client
    await harness.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is open")
    mine = await flagged(harness)
    assert (await harness.ben.click(mine, ids.FLAG_JOIN)).ok
    (only,) = await recorded(harness)
    assert only.witness_count == 1
    assert "you are a witness to your colleague’s flag now" in harness.sees(harness.ben)
    assert "Recorded" not in harness.sees(harness.ben)


async def test_a_colleague_saw_it_too_and_a_second_click_counts_nothing(harness_with_client: Harness) -> None:
    harness = harness_with_client
    await flagged(harness)
    shown = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    for answer in ("dat jij dit ook zag", "al getuige"):
        assert (await harness.anna.click(shown, ids.FLAG_WITNESS)).ok
        assert answer in harness.in_windows(harness.anna)
        await harness.anna.close()
    (flag,) = await recorded(harness)
    assert flag.witness_count == 1


async def test_an_answer_to_a_click_is_not_lost_where_no_window_opens(harness_with_client: Harness) -> None:
    harness = harness_with_client
    await flagged(harness)
    shown = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    harness.world.faults.add("views.open", error="internal_error")
    assert (await harness.anna.click(shown, ids.FLAG_WITNESS)).ok
    assert "dat jij dit ook zag" in words(harness.anna.read()[-1])


async def test_who_did_not_see_it_after_all_is_no_witness(harness_with_client: Harness) -> None:
    harness = harness_with_client
    await flagged(harness)
    shown = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    await harness.anna.click(shown, ids.FLAG_WITNESS)
    assert (await harness.anna.click(harness.anna.view, ids.FLAG_WITNESS_UNDO)).ok
    assert len(harness.anna.views) == 1
    assert "geen getuige meer" in harness.in_windows(harness.anna)
    (flag,) = await recorded(harness)
    assert flag.witness_count == 0


async def test_a_colleague_sees_it_differently(harness_with_client: Harness) -> None:
    harness = harness_with_client
    await flagged(harness)
    shown = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    assert (await harness.anna.click(shown, ids.FLAG_DIFFERS)).ok
    assert (await harness.anna.submit(values={ids.FLAG_DIFFERS_NOTE: "Our invoice was wrong."})).ok
    (flag,) = await recorded(harness)
    views = await harness.bot.database.read(lambda uow: uow.flags.witnesses([flag.id]))
    assert [(view.kind, view.note) for view in views[flag.id]] == [(ViewKind.DIFFERS, "Our invoice was wrong.")]


async def test_what_somebody_may_not_do_is_refused_before_anything_is_typed(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    for person, action in ((harness.ben, ids.FLAG_DIFFERS), (harness.dirk, ids.FLAG_WITHDRAW)):
        seen = harness.world.world.messages.whisper(
            harness.general, person.id, "A flag.", blocks=[_with_button(action, receipt)]
        )
        await person.click(seen, action)
        assert not [block for block in person.view.blocks if block["type"] == "input"]


def _with_button(action: str, receipt: Message) -> JSON:
    (row,) = [block for block in receipt.blocks if block["type"] == "actions"]
    return {**row, "elements": [{**row["elements"][0], "action_id": action}]}


async def test_an_edit_to_another_kind_keeps_the_rest(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness)
    await harness.ben.click(receipt, ids.FLAG_EDIT)
    assert (await harness.ben.select(harness.ben.view, ids.FLAG_FORM_CATEGORY, "integrity")).ok
    assert "Acme" in in_form(harness.ben.view)
    assert (await harness.ben.submit()).ok
    (flag,) = await recorded(harness)
    assert (flag.content.category, flag.content.severity) == ("integrity", 3)
    assert flag.content.what_happened == "invoice 17 is open"


async def test_the_owner_is_asked_to_check_in_and_can_take_the_reporter_off(harness_with_client: Harness) -> None:
    harness = harness_with_client
    receipt = await flagged(harness, "Acme disrespect 3 shouted at me on the phone")
    assert "asked to check in with you" in words(receipt)
    (flag,) = await recorded(harness)
    await harness.bot.database.write(lambda uow: uow.clients.set_people(flag.client_id, [flag.reporter_id]))
    await harness.settle()
    task = next(one for one in harness.anna.read() if harness.ben.id in words(one))
    assert "shouted" not in words(task)
    assert (await harness.anna.click(task, ids.CARE_TAKE_OFF)).ok
    await harness.settle()
    people = await harness.bot.database.read(lambda uow: uow.clients.people_of(flag.client_id))
    assert people == []
    assert (await harness.anna.click(task, ids.CARE_DONE)).ok
    await harness.settle()
    now = next(one for one in harness.anna.read() if one.ts == task.ts)
    assert ids.CARE_DONE not in str(now.blocks)
