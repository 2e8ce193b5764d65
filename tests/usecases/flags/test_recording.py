"""Recording a flag: once, on one client, with its consequences, in few statements."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bot.domain.errors import ClientNameInvalidError, NotFoundError, SubmissionChangedError
from bot.domain.model import ClientStage, Evidence, FlagState, Level, Standing
from bot.domain.notices import AlertCard, DiscussionSpace, FlagReceipt
from bot.usecases.flags.editing import undo_flag
from bot.usecases.flags.evidence import keep_evidence
from bot.usecases.flags.recording import ClientChoice
from bot.usecases.ports import UnitOfWork
from tests.factories import TODAY, make_content
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.statements import statements_said
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup


async def test_a_flag_is_recorded_with_everything_that_was_said(any_case: CaseSetup) -> None:
    said = {
        "my_view": "Annoying.",
        "signals": ("pays_late",),
        "contact_name": "Jan Jansen",
        "impact_hours": Decimal("1.50"),
        "links": ("https://example.org",),
    }
    recorded = await any_case.record(**said)
    flag = await any_case.flag(recorded.receipt.flag.id)
    assert flag.content == make_content(**said)
    assert (flag.reporter_id, flag.recorded_at) == (any_case.reporter.person.id, NOW)
    assert recorded.receipt.flag == flag
    assert recorded.client_id == any_case.client.id
    assert not recorded.is_new_client


async def test_the_receipt_says_where_the_client_stood_and_stands(case: CaseSetup) -> None:
    first = (await case.record(severity=2)).receipt
    assert (first.standing_before, first.standing_after, first.fired) == (
        Standing.ACTIVE,
        Standing.ACTIVE,
        Level.NONE,
    )
    second = (await case.record(case.colleague, severity=3, category="integrity")).receipt
    assert (second.standing_before, second.standing_after, second.fired) == (
        Standing.ACTIVE,
        Standing.WATCH,
        Level.WATCH,
    )
    assert len(await case.sent(AlertCard)) == 1


async def test_one_unacceptable_event_opens_a_discussion(any_case: CaseSetup) -> None:
    receipt = (await any_case.record(severity=4)).receipt
    assert (receipt.fired, receipt.standing_after) == (Level.DISCUSS, Standing.IN_REVIEW)
    assert (await any_case.stored_client()).stage is ClientStage.IN_REVIEW
    assert len(await any_case.sent(DiscussionSpace)) == 1


async def test_a_flag_moves_its_client_up_among_those_that_stand_out(case: CaseSetup) -> None:
    quiet = await case.record(client=ClientChoice(new_name="Quiet"), severity=1)
    loud = await case.record(severity=2)
    listed = await case.database.read(lambda uow: uow.clients.standing_out(case.client.workspace_id, 2))
    assert [client.id for client in listed] == [loud.client_id, quiet.client_id]
    await case.record(client=ClientChoice(quiet.client_id), severity=2, what_happened="Louder.")
    listed = await case.database.read(lambda uow: uow.clients.standing_out(case.client.workspace_id, 2))
    assert [client.id for client in listed] == [quiet.client_id, loud.client_id]


async def test_an_ordinary_flag_takes_five_statements(case: CaseSetup) -> None:
    await case.record(severity=1)
    with statements_said() as said:
        await case.record(case.colleague, severity=1, category="haggling")
    assert len(said) == 5, said


async def test_the_same_submission_twice_records_once_and_answers_the_same(any_case: CaseSetup) -> None:
    first = await any_case.record(key="command:1", severity=3, category="integrity")
    again = await any_case.record(key="command:1", severity=3, category="integrity")
    assert again == first
    scored = await any_case.database.read(lambda uow: uow.flags.scored(any_case.client.id, TODAY))
    assert len(scored) == 1


async def test_a_repeat_answers_as_the_first_time_even_when_much_has_happened_since(case: CaseSetup) -> None:
    first = await case.record(key="command:1", severity=2)
    await case.record(case.colleague, severity=4)
    again = await case.record(key="command:1", severity=2, now=NOW + timedelta(minutes=1))
    assert (again.receipt.standing_before, again.receipt.standing_after, again.receipt.fired) == (
        first.receipt.standing_before,
        first.receipt.standing_after,
        Level.NONE,
    )


async def test_a_repeat_is_answered_as_the_first_time_even_where_it_would_be_refused_now(case: CaseSetup) -> None:
    first = await case.record(key="command:1")
    nowhere = ClientChoice(case.client.id + 999)
    assert (await case.record(key="command:1", client=nowhere)).receipt.flag.id == first.receipt.flag.id


async def test_a_submission_that_comes_back_with_other_content_is_refused_and_changes_nothing(
    any_case: CaseSetup,
) -> None:
    await any_case.record(key="view:1", severity=2)
    before = await any_case.stored_client()
    with pytest.raises(SubmissionChangedError):
        await any_case.record(key="view:1", severity=4, client=ClientChoice(new_name="Zenith"))
    with pytest.raises(SubmissionChangedError):
        await any_case.record(key="view:1", severity=4)
    assert await any_case.stored_client() == before
    names = await any_case.database.read(lambda uow: uow.clients.names(before.workspace_id))
    assert [name.name for name in names] == ["Acme B.V."]
    assert len(await any_case.database.read(lambda uow: uow.flags.scored(before.id, TODAY))) == 1
    assert await any_case.sent(DiscussionSpace) == []


async def test_a_repeat_of_a_flag_that_was_undone_brings_nothing_back(case: CaseSetup) -> None:
    first = await case.record(key="command:1", client=ClientChoice(new_name="Zenith"))
    await case.do(undo_flag, actor=case.reporter, flag_id=first.receipt.flag.id, now=NOW, calendar=CALENDAR)
    again = await case.record(key="command:1", client=ClientChoice(new_name="Zenith"))
    assert again.receipt.flag.state is FlagState.UNDONE
    names = await case.database.read(lambda uow: uow.clients.names(case.client.workspace_id))
    assert [name.name for name in names] == ["Acme B.V."]


async def test_two_deliveries_at_the_same_moment_record_once(any_case: CaseSetup) -> None:
    both = await asyncio.gather(*(any_case.record(key="command:1") for _ in range(2)))
    assert both[0].receipt.flag.id == both[1].receipt.flag.id
    scored = await any_case.database.read(lambda uow: uow.flags.scored(any_case.client.id, TODAY))
    assert len(scored) == 1


async def test_a_new_name_adds_the_client(case: CaseSetup) -> None:
    recorded = await case.record(client=ClientChoice(new_name="  Bakkerij   De Zon "))
    assert recorded.is_new_client
    assert recorded.receipt.client_name == "Bakkerij De Zon"
    assert (await case.flag(recorded.receipt.flag.id)).client_id == recorded.client_id != case.client.id


async def test_a_new_name_that_is_known_in_another_spelling_is_that_client(case: CaseSetup) -> None:
    recorded = await case.record(client=ClientChoice(new_name="ACME"))
    assert (recorded.client_id, recorded.is_new_client) == (case.client.id, False)


async def test_two_people_who_add_the_same_name_at_once_get_one_client(any_case: CaseSetup) -> None:
    recorded = await asyncio.gather(
        any_case.record(any_case.reporter, client=ClientChoice(new_name="De Zon BV")),
        any_case.record(any_case.colleague, client=ClientChoice(new_name="de zon")),
    )
    assert recorded[0].client_id == recorded[1].client_id
    assert sorted(one.is_new_client for one in recorded) == [False, True]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "\u200b"])
async def test_a_name_that_cannot_be_stored_is_refused(case: CaseSetup, name: str) -> None:
    with pytest.raises(ClientNameInvalidError):
        await case.record(client=ClientChoice(new_name=name))


async def test_a_client_that_is_not_there_is_not_found_and_nothing_is_kept(case: CaseSetup) -> None:
    with pytest.raises(NotFoundError):
        await case.record(key="command:1", client=ClientChoice(case.client.id + 999))
    assert (await case.record(key="command:1")).receipt.flag.id


async def test_a_client_that_was_merged_takes_its_flags_where_it_went(case: CaseSetup) -> None:
    def merge(uow: UnitOfWork) -> int:
        other = uow.clients.add(case.client.workspace_id, "Zenith", "zenith", NOW)
        uow.clients.merge(case.client.workspace_id, case.client.id, other.id, case.reviewer.person.id, NOW)
        return other.id

    into = await case.database.write(merge)
    assert (await case.record()).client_id == into


async def test_twenty_flags_at_once_are_all_there_and_alert_once(any_case: CaseSetup) -> None:
    people = [any_case.reporter, any_case.colleague, any_case.dealer, any_case.owner]
    recorded = await asyncio.gather(
        *(
            any_case.record(people[number % 4], severity=2, what_happened=f"Late again, number {number}.")
            for number in range(20)
        )
    )
    assert len({one.receipt.flag.id for one in recorded}) == 20
    assert len([one for one in recorded if one.receipt.fired is Level.DISCUSS]) == 1
    assert len([one for one in recorded if one.receipt.fired is Level.WATCH]) <= 1
    assert len(await any_case.sent(DiscussionSpace)) == 1


async def test_a_receipt_goes_out_as_a_message_where_it_is_asked_for(case: CaseSetup) -> None:
    quiet = await case.record()
    told = await case.record(by_message=True, what_happened="Late once more.")
    assert quiet.receipt.flag.id != told.receipt.flag.id
    assert await case.sent(FlagReceipt) == [FlagReceipt(told.receipt.flag.id, case.reporter.person.id)]


async def test_flags_of_colleagues_that_may_tell_of_the_same_event_are_named(case: CaseSetup) -> None:
    first = await case.record(case.colleague, happened_on=TODAY - timedelta(days=3))
    await case.record(case.colleague, happened_on=TODAY - timedelta(days=4), what_happened="Earlier.")
    mine = await case.record()
    assert [near.id for near in mine.receipt.same_event] == [first.receipt.flag.id]


async def test_evidence_is_kept_as_it_was_and_only_for_who_began_to_flag_it(any_case: CaseSetup) -> None:
    evidence = Evidence(
        "Pay? <Never>. " + "x" * 9_000, "Jan", datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "https://e.org/p1"
    )
    key = await any_case.do(keep_evidence, actor=any_case.reporter, key="shortcut:1", evidence=evidence, now=NOW)
    again = await any_case.do(
        keep_evidence, actor=any_case.reporter, key="shortcut:1", evidence=replace(evidence, text="edited"), now=NOW
    )
    assert again == key
    mine = await any_case.record(evidence_key=key)
    theirs = await any_case.record(any_case.colleague, evidence_key=key)
    assert (await any_case.flag(mine.receipt.flag.id)).content.evidence == evidence
    assert (await any_case.flag(theirs.receipt.flag.id)).content.evidence is None
