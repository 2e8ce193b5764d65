"""Recording a flag: once, on one client, with its consequences, in few statements."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bot.domain.errors import ClientNameInvalidError, NotFoundError, SubmissionChangedError
from bot.domain.model import Evidence, FlagState, Level, Road, Standing
from bot.domain.notices import AlertCard, DiscussionChannel, FlagReceipt
from bot.usecases.flags import ClientChoice, keep_evidence, undo_flag
from bot.usecases.ports import UnitOfWork
from tests.factories import TODAY, make_content
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.statements import statements_said
from tests.usecases.flags.office import CALENDAR, Office


async def test_a_flag_is_recorded_with_everything_that_was_said(any_office: Office) -> None:
    said = {
        "my_view": "Annoying.",
        "signals": ("pays_late",),
        "contact_name": "Jan Jansen",
        "impact_hours": Decimal("1.50"),
        "links": ("https://example.org",),
    }
    recorded = await any_office.record(**said)
    flag = await any_office.flag(recorded.receipt.flag.id)
    assert flag.content == make_content(**said)
    assert (flag.reporter_id, flag.recorded_at) == (any_office.reporter.person.id, NOW)
    assert recorded.receipt.flag == flag
    assert recorded.client_id == any_office.client.id
    assert not recorded.is_new_client


async def test_the_receipt_says_where_the_client_stood_and_stands(office: Office) -> None:
    first = (await office.record(severity=2)).receipt
    assert (first.standing_before, first.standing_after, first.fired) == (
        Standing.ACTIVE,
        Standing.ACTIVE,
        Level.NONE,
    )
    second = (await office.record(office.colleague, severity=3, category="integrity")).receipt
    assert (second.standing_before, second.standing_after, second.fired) == (
        Standing.ACTIVE,
        Standing.WATCH,
        Level.WATCH,
    )
    assert len(await office.sent(AlertCard)) == 1


async def test_one_unacceptable_event_opens_a_discussion(any_office: Office) -> None:
    receipt = (await any_office.record(severity=4)).receipt
    assert (receipt.fired, receipt.standing_after) == (Level.DISCUSS, Standing.IN_REVIEW)
    assert (await any_office.stored_client()).road is Road.IN_REVIEW
    assert len(await any_office.sent(DiscussionChannel)) == 1


async def test_a_flag_moves_its_client_up_among_those_that_stand_out(office: Office) -> None:
    quiet = await office.record(client=ClientChoice(new_name="Quiet"), severity=1)
    loud = await office.record(severity=2)
    listed = await office.database.read(lambda uow: uow.clients.standing_out(office.client.workspace_id, 2))
    assert [client.id for client in listed] == [loud.client_id, quiet.client_id]
    await office.record(client=ClientChoice(quiet.client_id), severity=2, what_happened="Louder.")
    listed = await office.database.read(lambda uow: uow.clients.standing_out(office.client.workspace_id, 2))
    assert [client.id for client in listed] == [quiet.client_id, loud.client_id]


async def test_an_ordinary_flag_takes_five_statements(office: Office) -> None:
    await office.record(severity=1)
    with statements_said() as said:
        await office.record(office.colleague, severity=1, category="haggling")
    assert len(said) == 5, said


async def test_the_same_submission_twice_records_once_and_answers_the_same(any_office: Office) -> None:
    first = await any_office.record(key="command:1", severity=3, category="integrity")
    again = await any_office.record(key="command:1", severity=3, category="integrity")
    assert again == first
    scored = await any_office.database.read(lambda uow: uow.flags.scored(any_office.client.id, TODAY))
    assert len(scored) == 1


async def test_a_repeat_answers_as_the_first_time_even_when_much_has_happened_since(office: Office) -> None:
    first = await office.record(key="command:1", severity=2)
    await office.record(office.colleague, severity=4)
    again = await office.record(key="command:1", severity=2, now=NOW + timedelta(minutes=1))
    assert (again.receipt.standing_before, again.receipt.standing_after, again.receipt.fired) == (
        first.receipt.standing_before,
        first.receipt.standing_after,
        Level.NONE,
    )


async def test_a_repeat_is_answered_as_the_first_time_even_where_it_would_be_refused_now(office: Office) -> None:
    first = await office.record(key="command:1")
    nowhere = ClientChoice(office.client.id + 999)
    assert (await office.record(key="command:1", client=nowhere)).receipt.flag.id == first.receipt.flag.id


async def test_a_submission_that_comes_back_with_other_content_is_refused_and_changes_nothing(
    any_office: Office,
) -> None:
    await any_office.record(key="view:1", severity=2)
    before = await any_office.stored_client()
    with pytest.raises(SubmissionChangedError):
        await any_office.record(key="view:1", severity=4, client=ClientChoice(new_name="Zenith"))
    with pytest.raises(SubmissionChangedError):
        await any_office.record(key="view:1", severity=4)
    assert await any_office.stored_client() == before
    names = await any_office.database.read(lambda uow: uow.clients.names(before.workspace_id))
    assert [name.name for name in names] == ["Acme B.V."]
    assert len(await any_office.database.read(lambda uow: uow.flags.scored(before.id, TODAY))) == 1
    assert await any_office.sent(DiscussionChannel) == []


async def test_a_repeat_of_a_flag_that_was_undone_brings_nothing_back(office: Office) -> None:
    first = await office.record(key="command:1", client=ClientChoice(new_name="Zenith"))
    await office.do(undo_flag, actor=office.reporter, flag_id=first.receipt.flag.id, now=NOW, calendar=CALENDAR)
    again = await office.record(key="command:1", client=ClientChoice(new_name="Zenith"))
    assert again.receipt.flag.state is FlagState.UNDONE
    names = await office.database.read(lambda uow: uow.clients.names(office.client.workspace_id))
    assert [name.name for name in names] == ["Acme B.V."]


async def test_two_deliveries_at_the_same_moment_record_once(any_office: Office) -> None:
    both = await asyncio.gather(*(any_office.record(key="command:1") for _ in range(2)))
    assert both[0].receipt.flag.id == both[1].receipt.flag.id
    scored = await any_office.database.read(lambda uow: uow.flags.scored(any_office.client.id, TODAY))
    assert len(scored) == 1


async def test_a_new_name_adds_the_client(office: Office) -> None:
    recorded = await office.record(client=ClientChoice(new_name="  Bakkerij   De Zon "))
    assert recorded.is_new_client
    assert recorded.receipt.client_name == "Bakkerij De Zon"
    assert (await office.flag(recorded.receipt.flag.id)).client_id == recorded.client_id != office.client.id


async def test_a_new_name_that_is_known_in_another_spelling_is_that_client(office: Office) -> None:
    recorded = await office.record(client=ClientChoice(new_name="ACME"))
    assert (recorded.client_id, recorded.is_new_client) == (office.client.id, False)


async def test_two_people_who_add_the_same_name_at_once_get_one_client(any_office: Office) -> None:
    recorded = await asyncio.gather(
        any_office.record(any_office.reporter, client=ClientChoice(new_name="De Zon BV")),
        any_office.record(any_office.colleague, client=ClientChoice(new_name="de zon")),
    )
    assert recorded[0].client_id == recorded[1].client_id
    assert sorted(one.is_new_client for one in recorded) == [False, True]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "\u200b"])
async def test_a_name_that_cannot_be_stored_is_refused(office: Office, name: str) -> None:
    with pytest.raises(ClientNameInvalidError):
        await office.record(client=ClientChoice(new_name=name))


async def test_a_client_that_is_not_there_is_not_found_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(NotFoundError):
        await office.record(key="command:1", client=ClientChoice(office.client.id + 999))
    assert (await office.record(key="command:1")).receipt.flag.id


async def test_a_client_that_was_merged_takes_its_flags_where_it_went(office: Office) -> None:
    def merge(uow: UnitOfWork) -> int:
        other = uow.clients.add(office.client.workspace_id, "Zenith", "zenith", NOW)
        uow.clients.merge(office.client.workspace_id, office.client.id, other.id, office.reviewer.person.id, NOW)
        return other.id

    into = await office.database.write(merge)
    assert (await office.record()).client_id == into


async def test_twenty_flags_at_once_are_all_there_and_alert_once(any_office: Office) -> None:
    people = [any_office.reporter, any_office.colleague, any_office.dealer, any_office.owner]
    recorded = await asyncio.gather(
        *(
            any_office.record(people[number % 4], severity=2, what_happened=f"Late again, number {number}.")
            for number in range(20)
        )
    )
    assert len({one.receipt.flag.id for one in recorded}) == 20
    assert len([one for one in recorded if one.receipt.fired is Level.DISCUSS]) == 1
    assert len([one for one in recorded if one.receipt.fired is Level.WATCH]) <= 1
    assert len(await any_office.sent(DiscussionChannel)) == 1


async def test_a_receipt_goes_out_as_a_message_where_it_is_asked_for(office: Office) -> None:
    quiet = await office.record()
    told = await office.record(by_message=True, what_happened="Late once more.")
    assert quiet.receipt.flag.id != told.receipt.flag.id
    assert await office.sent(FlagReceipt) == [FlagReceipt(told.receipt.flag.id, office.reporter.person.id)]


async def test_flags_of_colleagues_that_may_tell_of_the_same_event_are_named(office: Office) -> None:
    first = await office.record(office.colleague, happened_on=TODAY - timedelta(days=3))
    await office.record(office.colleague, happened_on=TODAY - timedelta(days=4), what_happened="Earlier.")
    mine = await office.record()
    assert [near.id for near in mine.receipt.same_event] == [first.receipt.flag.id]


async def test_evidence_is_kept_as_it_was_and_only_for_who_began_to_flag_it(any_office: Office) -> None:
    evidence = Evidence(
        "Pay? <Never>. " + "x" * 9_000, "Jan", datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "https://e.org/p1"
    )
    key = await any_office.do(keep_evidence, actor=any_office.reporter, key="shortcut:1", evidence=evidence, now=NOW)
    again = await any_office.do(
        keep_evidence, actor=any_office.reporter, key="shortcut:1", evidence=replace(evidence, text="edited"), now=NOW
    )
    assert again == key
    mine = await any_office.record(evidence_key=key)
    theirs = await any_office.record(any_office.colleague, evidence_key=key)
    assert (await any_office.flag(mine.receipt.flag.id)).content.evidence == evidence
    assert (await any_office.flag(theirs.receipt.flag.id)).content.evidence is None
