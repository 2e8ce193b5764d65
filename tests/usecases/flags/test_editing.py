"""Undo, edit and withdraw: in time, by the reporter alone, and with the client weighed anew."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.agreement import Agreement, AgreementKind
from bot.domain.audit import AuditAction
from bot.domain.errors import FlagWithdrawnError, NotFoundError, TextMissingError, TextTooLongError, TooLateError
from bot.domain.model import Client, FlagState, Level, Standing
from bot.domain.names import normalized
from bot.domain.notices import AlertCard, DiscussionSpace, FlagReceipt
from bot.usecases.audit import trail_of
from bot.usecases.flags.editing import edit_flag, own_receipt, undo_flag, withdraw_flag
from bot.usecases.flags.recording import ClientChoice
from bot.usecases.ports import UnitOfWork
from tests.factories import TODAY, make_content
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup, said

QUARTER = timedelta(minutes=15)
DAY = timedelta(hours=24)


async def undo(case: CaseSetup, flag_id: int, **arguments: Any) -> int | None:
    gone: int | None = await case.do(
        undo_flag, **{"actor": case.reporter, "flag_id": flag_id, "now": NOW, "calendar": CALENDAR, **arguments}
    )
    return gone


async def edit(case: CaseSetup, flag_id: int, content: Any, **arguments: Any) -> None:
    given = {"actor": case.reporter, "flag_id": flag_id, "content": content, "now": NOW, "calendar": CALENDAR}
    await case.do(edit_flag, **{**given, **arguments})


async def withdraw(case: CaseSetup, flag_id: int, reason: str = "A mistake.", **arguments: Any) -> None:
    given = {"actor": case.reporter, "flag_id": flag_id, "reason": reason, "now": NOW, "calendar": CALENDAR}
    await case.do(withdraw_flag, **{**given, **arguments})


async def standing(case: CaseSetup, flag_id: int) -> Standing:
    receipt = await case.do(own_receipt, actor=case.reporter, flag_id=flag_id, now=NOW)
    found: Standing = receipt.standing_after
    return found


async def open_flags(case: CaseSetup) -> int:
    return len(await case.database.read(lambda uow: uow.flags.scored(case.client.id, TODAY - DAY * 90)))


async def test_undo_makes_it_as_if_it_never_was(case: CaseSetup) -> None:
    flag_id = (await case.record(severity=3, category="integrity")).receipt.flag.id
    assert await standing(case, flag_id) is Standing.WATCH
    await undo(case, flag_id, now=NOW + QUARTER)
    flag = await case.flag(flag_id)
    assert (flag.state, flag.content.what_happened) == (FlagState.UNDONE, "")
    client = await case.stored_client()
    assert (client.alerted, await open_flags(case)) == (Level.NONE, 0)
    alerts = await case.database.read(lambda uow: uow.alerts.open_for(case.client.id))
    assert alerts == []


async def test_undo_twice_is_undo_once(any_case: CaseSetup) -> None:
    flag_id = (await any_case.record()).receipt.flag.id
    await asyncio.gather(undo(any_case, flag_id), undo(any_case, flag_id))
    await undo(any_case, flag_id, now=NOW + DAY)
    assert (await any_case.flag(flag_id)).state is FlagState.UNDONE


NEW = ClientChoice(new_name="Tulp B.V.")


async def by_name(case: CaseSetup, name: str) -> Client | None:
    return await case.database.read(lambda uow: uow.clients.by_name(case.client.workspace_id, normalized(name)))


async def test_a_client_that_only_an_undone_flag_added_goes_with_it(any_case: CaseSetup) -> None:
    case = any_case
    first = await case.record(client=NEW, severity=4, contact_name="Jan", key="first")
    flag_id, client_id = first.receipt.flag.id, first.client_id
    assert await undo(case, flag_id, now=NOW + QUARTER) == client_id
    assert await by_name(case, "Tulp") is None
    assert await undo(case, flag_id, now=NOW + QUARTER) is None
    receipt = await case.do(own_receipt, actor=case.reporter, flag_id=flag_id, now=NOW)
    assert (receipt.client_name, receipt.flag.state) == ("Tulp B.V.", FlagState.UNDONE)
    with pytest.raises(NotFoundError):
        await case.record(client=ClientChoice(client_id), key="chosen before")
    again = await case.record(client=NEW, key="again")
    assert (again.is_new_client, again.client_id == client_id) == (True, False)


@pytest.mark.parametrize(
    "happens",
    [
        lambda uow, case, client_id: uow.clients.change(client_id, owner_id=case.owner.person.id),
        lambda uow, case, client_id: uow.clients.change(client_id, agreement=Agreement(AgreementKind.OPEN_ENDED)),
        lambda uow, case, client_id: uow.clients.add_alias(case.client.workspace_id, client_id, "Bol", "bol"),
        lambda uow, case, client_id: uow.clients.set_people(client_id, [case.dealer.person.id]),
        lambda uow, case, client_id: uow.clients.ensure_contact(client_id, "Piet"),
        lambda uow, case, client_id: uow.clients.merge(
            case.client.workspace_id, case.client.id, client_id, case.reviewer.person.id, NOW
        ),
    ],
    ids=["an owner", "an agreement", "an alias", "somebody who deals with it", "a contact", "a merge"],
)
async def test_a_client_of_which_anything_else_is_known_stays(case: CaseSetup, happens: Any) -> None:
    recorded = await case.record(client=NEW, contact_name="Jan")
    await case.database.write(lambda uow: happens(uow, case, recorded.client_id))
    assert await undo(case, recorded.receipt.flag.id) is None
    assert await by_name(case, "Tulp") is not None


@pytest.mark.parametrize("is_withdrawn", [False, True])
async def test_a_client_that_another_flag_is_about_stays(case: CaseSetup, is_withdrawn: bool) -> None:
    first = await case.record(client=NEW)
    other = await case.record(by=case.colleague, client=NEW)
    if is_withdrawn:
        await withdraw(case, other.receipt.flag.id, actor=case.colleague)
    assert await undo(case, first.receipt.flag.id) is None
    assert await by_name(case, "Tulp") is not None


async def test_a_client_that_was_there_before_stays(case: CaseSetup) -> None:
    await case.do(add_bare_client, case=case)
    recorded = await case.record(client=NEW)
    assert await undo(case, recorded.receipt.flag.id) is None
    assert await by_name(case, "Tulp") is not None


def add_bare_client(uow: UnitOfWork, case: CaseSetup) -> None:
    uow.clients.add(case.client.workspace_id, "Tulp B.V.", normalized("Tulp B.V."), NOW - DAY)


async def test_a_flag_that_meets_an_undo_adds_its_client_anew(any_case: CaseSetup) -> None:
    case = any_case
    for number in range(5):
        first = await case.record(client=NEW, key=f"first {number}")
        _, second = await asyncio.gather(
            undo(case, first.receipt.flag.id),
            case.record(by=case.colleague, client=NEW, key=f"second {number}"),
        )
        client = await by_name(case, "Tulp")
        assert client is not None
        assert client.id == second.client_id
        await undo(case, second.receipt.flag.id, actor=case.colleague)


async def test_undo_has_its_time(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    with pytest.raises(TooLateError):
        await undo(case, flag_id, now=NOW + QUARTER + timedelta(seconds=1))
    assert (await case.flag(flag_id)).state is FlagState.OPEN


async def test_nobody_else_can_take_a_flag_back_or_change_it_whatever_their_role(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    for other in (case.colleague, case.reviewer, case.owner):
        with pytest.raises(NotFoundError):
            await undo(case, flag_id, actor=other)
        with pytest.raises(NotFoundError):
            await edit(case, flag_id, make_content(), actor=other)
        with pytest.raises(NotFoundError):
            await withdraw(case, flag_id, actor=other)
    with pytest.raises(NotFoundError):
        await undo(case, flag_id + 999)


async def test_an_edit_keeps_what_was_said_and_weighs_anew(any_case: CaseSetup) -> None:
    recorded = await any_case.record(severity=2, category="integrity")
    flag_id = recorded.receipt.flag.id
    later = said(recorded.receipt.flag, severity=3, contact_name="Jan", what_happened="They lied twice.")
    await edit(any_case, flag_id, later, now=NOW + QUARTER)
    flag = await any_case.flag(flag_id)
    assert (flag.content, flag.edited_at) == (later, NOW + QUARTER)
    revisions = await any_case.database.read(lambda uow: uow.flags.revisions(flag_id))
    assert [revision.content for revision in revisions] == [recorded.receipt.flag.content]
    assert (await any_case.stored_client()).alerted is Level.WATCH
    assert len(await any_case.sent(AlertCard)) == 1


async def test_an_edit_that_changes_nothing_leaves_no_history(case: CaseSetup) -> None:
    recorded = await case.record()
    await edit(case, recorded.receipt.flag.id, recorded.receipt.flag.content)
    flag = await case.flag(recorded.receipt.flag.id)
    assert flag.edited_at is None


async def test_an_edit_to_unacceptable_is_talked_about_at_once(case: CaseSetup) -> None:
    recorded = await case.record(severity=2)
    await edit(case, recorded.receipt.flag.id, said(recorded.receipt.flag, severity=4))
    assert len(await case.sent(DiscussionSpace)) == 1


async def test_an_edit_to_unacceptable_does_not_wait_for_the_morning(case: CaseSetup) -> None:
    night = NOW + timedelta(hours=13)
    recorded = await case.record(severity=3, category="integrity", now=night)
    await edit(case, recorded.receipt.flag.id, said(recorded.receipt.flag, severity=4), now=night)
    alerts = await case.database.read(lambda uow: uow.alerts.open_for(case.client.id))
    assert [(alert.level, alert.post_at) for alert in alerts] == [(Level.DISCUSS, night)]


async def test_editing_has_its_time(case: CaseSetup) -> None:
    recorded = await case.record()
    with pytest.raises(TooLateError):
        await edit(case, recorded.receipt.flag.id, make_content(severity=1), now=NOW + DAY + timedelta(seconds=1))


async def test_a_withdrawn_flag_leaves_a_dated_trace_without_text(any_case: CaseSetup) -> None:
    flag_id = (await any_case.record(severity=3, category="integrity")).receipt.flag.id
    await withdraw(any_case, flag_id, " I was wrong. ", now=NOW + DAY * 40)
    flag = await any_case.flag(flag_id)
    assert (flag.state, flag.withdrawn_reason, flag.withdrawn_at) == (
        FlagState.WITHDRAWN,
        "I was wrong.",
        NOW + DAY * 40,
    )
    assert (flag.content.what_happened, flag.content.happened_on) == ("", TODAY)
    assert await open_flags(any_case) == 0
    assert (await any_case.stored_client()).alerted is Level.NONE


async def test_withdrawing_again_keeps_the_first_reason(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    await withdraw(case, flag_id, "First.")
    await withdraw(case, flag_id, "Second.", now=NOW + DAY)
    flag = await case.flag(flag_id)
    assert (flag.withdrawn_reason, flag.withdrawn_at) == ("First.", NOW)


@pytest.mark.parametrize(("reason", "refused"), [("  ", TextMissingError), ("x" * 301, TextTooLongError)])
async def test_withdrawing_needs_a_reason_that_fits(case: CaseSetup, reason: str, refused: type[Exception]) -> None:
    flag_id = (await case.record()).receipt.flag.id
    with pytest.raises(refused):
        await withdraw(case, flag_id, reason)
    assert (await case.flag(flag_id)).state is FlagState.OPEN


async def test_a_withdrawn_flag_is_neither_undone_nor_edited(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    await withdraw(case, flag_id)
    with pytest.raises(FlagWithdrawnError):
        await undo(case, flag_id)
    with pytest.raises(FlagWithdrawnError):
        await edit(case, flag_id, make_content())


async def test_an_undone_flag_is_gone_for_every_other_button(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    await undo(case, flag_id)
    with pytest.raises(NotFoundError):
        await withdraw(case, flag_id)
    with pytest.raises(NotFoundError):
        await edit(case, flag_id, make_content())


async def test_what_was_asked_in_a_form_is_answered_by_message(case: CaseSetup) -> None:
    recorded = await case.record()
    flag_id = recorded.receipt.flag.id
    receipt = FlagReceipt(flag_id, case.reporter.person.id)
    await edit(case, flag_id, said(recorded.receipt.flag, severity=1))
    assert await case.sent(FlagReceipt) == [receipt]
    await withdraw(case, flag_id)
    assert await case.sent(FlagReceipt) == [receipt]


async def test_the_receipt_counts_down_what_can_still_be_done(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    offered = []
    for now in (NOW + QUARTER, NOW + DAY, NOW + DAY * 2):
        receipt = await case.do(own_receipt, actor=case.reporter, flag_id=flag_id, now=now)
        offered.append((receipt.may_undo, receipt.may_edit))
    assert offered == [(True, True), (False, True), (False, False)]


async def test_a_later_receipt_tells_what_this_flag_changed(case: CaseSetup) -> None:
    await case.record(case.colleague, severity=2)
    flag_id = (await case.record(severity=3, category="integrity")).receipt.flag.id
    receipt = await case.do(own_receipt, actor=case.reporter, flag_id=flag_id, now=NOW)
    assert (receipt.standing_before, receipt.standing_after, receipt.fired) == (
        Standing.ACTIVE,
        Standing.WATCH,
        Level.WATCH,
    )


async def test_the_trail_tells_that_a_flag_was_changed_and_taken_back_and_nothing_of_one_undone(
    case: CaseSetup,
) -> None:
    edited, undone = [(await case.record(what_happened=text)).receipt.flag.id for text in ("First.", "Second.")]
    await edit(case, edited, make_content(what_happened="Third."))
    await withdraw(case, edited)
    await undo(case, undone)
    trail = await case.database.read(lambda uow: trail_of(uow, case.client.id))
    assert [(one.action, one.subject) for one in trail] == [
        (AuditAction.FLAG_WITHDRAWN, f"flag:{edited}"),
        (AuditAction.FLAG_EDITED, f"flag:{edited}"),
    ]
