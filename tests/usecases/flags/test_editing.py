"""Undo, edit and withdraw: in time, by the reporter alone, and with the client weighed anew."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import FlagWithdrawnError, NotFoundError, TextMissingError, TextTooLongError, TooLateError
from bot.domain.model import AgreementKind, Client, FlagState, Level, Standing
from bot.domain.names import normalized
from bot.domain.notices import AlertCard, DiscussionChannel, FlagReceipt
from bot.usecases.flags import ClientChoice, edit_flag, own_receipt, undo_flag, withdraw_flag
from bot.usecases.ports import UnitOfWork
from tests.factories import TODAY, make_content
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.office import CALENDAR, Office, said

QUARTER = timedelta(minutes=15)
DAY = timedelta(hours=24)


async def undo(office: Office, flag_id: int, **arguments: Any) -> int | None:
    gone: int | None = await office.do(
        undo_flag, **{"actor": office.reporter, "flag_id": flag_id, "now": NOW, "calendar": CALENDAR, **arguments}
    )
    return gone


async def edit(office: Office, flag_id: int, content: Any, **arguments: Any) -> None:
    given = {"actor": office.reporter, "flag_id": flag_id, "content": content, "now": NOW, "calendar": CALENDAR}
    await office.do(edit_flag, **{**given, **arguments})


async def withdraw(office: Office, flag_id: int, reason: str = "A mistake.", **arguments: Any) -> None:
    given = {"actor": office.reporter, "flag_id": flag_id, "reason": reason, "now": NOW, "calendar": CALENDAR}
    await office.do(withdraw_flag, **{**given, **arguments})


async def standing(office: Office, flag_id: int) -> Standing:
    receipt = await office.do(own_receipt, actor=office.reporter, flag_id=flag_id, now=NOW)
    found: Standing = receipt.standing_after
    return found


async def open_flags(office: Office) -> int:
    return len(await office.database.read(lambda uow: uow.flags.scored(office.client.id, TODAY - DAY * 90)))


async def test_undo_makes_it_as_if_it_never_was(office: Office) -> None:
    flag_id = (await office.record(severity=3, category="integrity")).receipt.flag.id
    assert await standing(office, flag_id) is Standing.WATCH
    await undo(office, flag_id, now=NOW + QUARTER)
    flag = await office.flag(flag_id)
    assert (flag.state, flag.content.what_happened) == (FlagState.UNDONE, "")
    client = await office.stored_client()
    assert (client.alerted, await open_flags(office)) == (Level.NONE, 0)
    alerts = await office.database.read(lambda uow: uow.alerts.open_for(office.client.id))
    assert alerts == []


async def test_undo_twice_is_undo_once(any_office: Office) -> None:
    flag_id = (await any_office.record()).receipt.flag.id
    await asyncio.gather(undo(any_office, flag_id), undo(any_office, flag_id))
    await undo(any_office, flag_id, now=NOW + DAY)
    assert (await any_office.flag(flag_id)).state is FlagState.UNDONE


NEW = ClientChoice(new_name="Tulp B.V.")


async def by_name(office: Office, name: str) -> Client | None:
    return await office.database.read(lambda uow: uow.clients.by_name(office.client.workspace_id, normalized(name)))


async def test_a_client_that_only_an_undone_flag_added_goes_with_it(any_office: Office) -> None:
    office = any_office
    first = await office.record(client=NEW, severity=4, contact_name="Jan", key="first")
    flag_id, client_id = first.receipt.flag.id, first.client_id
    assert await undo(office, flag_id, now=NOW + QUARTER) == client_id
    assert await by_name(office, "Tulp") is None
    assert await undo(office, flag_id, now=NOW + QUARTER) is None
    receipt = await office.do(own_receipt, actor=office.reporter, flag_id=flag_id, now=NOW)
    assert (receipt.client_name, receipt.flag.state) == ("Tulp B.V.", FlagState.UNDONE)
    with pytest.raises(NotFoundError):
        await office.record(client=ClientChoice(client_id), key="chosen before")
    again = await office.record(client=NEW, key="again")
    assert (again.is_new_client, again.client_id == client_id) == (True, False)


@pytest.mark.parametrize(
    "happens",
    [
        lambda uow, office, client_id: uow.clients.change(client_id, owner_id=office.owner.person.id),
        lambda uow, office, client_id: uow.clients.change(client_id, agreement_kind=AgreementKind.OPEN_ENDED),
        lambda uow, office, client_id: uow.clients.add_alias(office.client.workspace_id, client_id, "Bol", "bol"),
        lambda uow, office, client_id: uow.clients.set_people(client_id, [office.dealer.person.id]),
        lambda uow, office, client_id: uow.clients.ensure_contact(client_id, "Piet"),
        lambda uow, office, client_id: uow.clients.merge(
            office.client.workspace_id, office.client.id, client_id, office.reviewer.person.id, NOW
        ),
    ],
    ids=["an owner", "an agreement", "an alias", "somebody who deals with it", "a contact", "a merge"],
)
async def test_a_client_of_which_anything_else_is_known_stays(office: Office, happens: Any) -> None:
    recorded = await office.record(client=NEW, contact_name="Jan")
    await office.database.write(lambda uow: happens(uow, office, recorded.client_id))
    assert await undo(office, recorded.receipt.flag.id) is None
    assert await by_name(office, "Tulp") is not None


@pytest.mark.parametrize("is_withdrawn", [False, True])
async def test_a_client_that_another_flag_is_about_stays(office: Office, is_withdrawn: bool) -> None:
    first = await office.record(client=NEW)
    other = await office.record(by=office.colleague, client=NEW)
    if is_withdrawn:
        await withdraw(office, other.receipt.flag.id, actor=office.colleague)
    assert await undo(office, first.receipt.flag.id) is None
    assert await by_name(office, "Tulp") is not None


async def test_a_client_that_was_there_before_stays(office: Office) -> None:
    await office.do(add_bare_client, office=office)
    recorded = await office.record(client=NEW)
    assert await undo(office, recorded.receipt.flag.id) is None
    assert await by_name(office, "Tulp") is not None


def add_bare_client(uow: UnitOfWork, office: Office) -> None:
    uow.clients.add(office.client.workspace_id, "Tulp B.V.", normalized("Tulp B.V."), NOW - DAY)


async def test_a_flag_that_meets_an_undo_adds_its_client_anew(any_office: Office) -> None:
    office = any_office
    for number in range(5):
        first = await office.record(client=NEW, key=f"first {number}")
        _, second = await asyncio.gather(
            undo(office, first.receipt.flag.id),
            office.record(by=office.colleague, client=NEW, key=f"second {number}"),
        )
        client = await by_name(office, "Tulp")
        assert client is not None
        assert client.id == second.client_id
        await undo(office, second.receipt.flag.id, actor=office.colleague)


async def test_undo_has_its_time(office: Office) -> None:
    flag_id = (await office.record()).receipt.flag.id
    with pytest.raises(TooLateError):
        await undo(office, flag_id, now=NOW + QUARTER + timedelta(seconds=1))
    assert (await office.flag(flag_id)).state is FlagState.OPEN


async def test_nobody_else_can_take_a_flag_back_or_change_it_whatever_their_role(office: Office) -> None:
    flag_id = (await office.record()).receipt.flag.id
    for other in (office.colleague, office.reviewer, office.owner):
        with pytest.raises(NotFoundError):
            await undo(office, flag_id, actor=other)
        with pytest.raises(NotFoundError):
            await edit(office, flag_id, make_content(), actor=other)
        with pytest.raises(NotFoundError):
            await withdraw(office, flag_id, actor=other)
    with pytest.raises(NotFoundError):
        await undo(office, flag_id + 999)


async def test_an_edit_keeps_what_was_said_and_weighs_anew(any_office: Office) -> None:
    recorded = await any_office.record(severity=2, category="integrity")
    flag_id = recorded.receipt.flag.id
    later = said(recorded.receipt.flag, severity=3, contact_name="Jan", what_happened="They lied twice.")
    await edit(any_office, flag_id, later, now=NOW + QUARTER)
    flag = await any_office.flag(flag_id)
    assert (flag.content, flag.edited_at) == (later, NOW + QUARTER)
    revisions = await any_office.database.read(lambda uow: uow.flags.revisions(flag_id))
    assert [revision.content for revision in revisions] == [recorded.receipt.flag.content]
    assert (await any_office.stored_client()).alerted is Level.WATCH
    assert len(await any_office.sent(AlertCard)) == 1


async def test_an_edit_that_changes_nothing_leaves_no_history(office: Office) -> None:
    recorded = await office.record()
    await edit(office, recorded.receipt.flag.id, recorded.receipt.flag.content)
    flag = await office.flag(recorded.receipt.flag.id)
    assert flag.edited_at is None


async def test_an_edit_to_unacceptable_is_talked_about_at_once(office: Office) -> None:
    recorded = await office.record(severity=2)
    await edit(office, recorded.receipt.flag.id, said(recorded.receipt.flag, severity=4))
    assert len(await office.sent(DiscussionChannel)) == 1


async def test_an_edit_to_unacceptable_does_not_wait_for_the_morning(office: Office) -> None:
    night = NOW + timedelta(hours=13)
    recorded = await office.record(severity=3, category="integrity", now=night)
    await edit(office, recorded.receipt.flag.id, said(recorded.receipt.flag, severity=4), now=night)
    alerts = await office.database.read(lambda uow: uow.alerts.open_for(office.client.id))
    assert [(alert.level, alert.post_at) for alert in alerts] == [(Level.DISCUSS, night)]


async def test_editing_has_its_time(office: Office) -> None:
    recorded = await office.record()
    with pytest.raises(TooLateError):
        await edit(office, recorded.receipt.flag.id, make_content(severity=1), now=NOW + DAY + timedelta(seconds=1))


async def test_a_withdrawn_flag_leaves_a_dated_trace_without_text(any_office: Office) -> None:
    flag_id = (await any_office.record(severity=3, category="integrity")).receipt.flag.id
    await withdraw(any_office, flag_id, " I was wrong. ", now=NOW + DAY * 40)
    flag = await any_office.flag(flag_id)
    assert (flag.state, flag.withdrawn_reason, flag.withdrawn_at) == (
        FlagState.WITHDRAWN,
        "I was wrong.",
        NOW + DAY * 40,
    )
    assert (flag.content.what_happened, flag.content.happened_on) == ("", TODAY)
    assert await open_flags(any_office) == 0
    assert (await any_office.stored_client()).alerted is Level.NONE


async def test_withdrawing_again_keeps_the_first_reason(office: Office) -> None:
    flag_id = (await office.record()).receipt.flag.id
    await withdraw(office, flag_id, "First.")
    await withdraw(office, flag_id, "Second.", now=NOW + DAY)
    flag = await office.flag(flag_id)
    assert (flag.withdrawn_reason, flag.withdrawn_at) == ("First.", NOW)


@pytest.mark.parametrize(("reason", "refused"), [("  ", TextMissingError), ("x" * 301, TextTooLongError)])
async def test_withdrawing_needs_a_reason_that_fits(office: Office, reason: str, refused: type[Exception]) -> None:
    flag_id = (await office.record()).receipt.flag.id
    with pytest.raises(refused):
        await withdraw(office, flag_id, reason)
    assert (await office.flag(flag_id)).state is FlagState.OPEN


async def test_a_withdrawn_flag_is_neither_undone_nor_edited(office: Office) -> None:
    flag_id = (await office.record()).receipt.flag.id
    await withdraw(office, flag_id)
    with pytest.raises(FlagWithdrawnError):
        await undo(office, flag_id)
    with pytest.raises(FlagWithdrawnError):
        await edit(office, flag_id, make_content())


async def test_an_undone_flag_is_gone_for_every_other_button(office: Office) -> None:
    flag_id = (await office.record()).receipt.flag.id
    await undo(office, flag_id)
    with pytest.raises(NotFoundError):
        await withdraw(office, flag_id)
    with pytest.raises(NotFoundError):
        await edit(office, flag_id, make_content())


async def test_what_was_asked_in_a_form_is_answered_by_message(office: Office) -> None:
    recorded = await office.record()
    flag_id = recorded.receipt.flag.id
    receipt = FlagReceipt(flag_id, office.reporter.person.id)
    await edit(office, flag_id, said(recorded.receipt.flag, severity=1))
    assert await office.sent(FlagReceipt) == [receipt]
    await withdraw(office, flag_id)
    assert await office.sent(FlagReceipt) == [receipt]


async def test_the_receipt_counts_down_what_can_still_be_done(office: Office) -> None:
    flag_id = (await office.record()).receipt.flag.id
    offered = []
    for now in (NOW + QUARTER, NOW + DAY, NOW + DAY * 2):
        receipt = await office.do(own_receipt, actor=office.reporter, flag_id=flag_id, now=now)
        offered.append((receipt.may_undo, receipt.may_edit))
    assert offered == [(True, True), (False, True), (False, False)]


async def test_a_later_receipt_tells_what_this_flag_changed(office: Office) -> None:
    await office.record(office.colleague, severity=2)
    flag_id = (await office.record(severity=3, category="integrity")).receipt.flag.id
    receipt = await office.do(own_receipt, actor=office.reporter, flag_id=flag_id, now=NOW)
    assert (receipt.standing_before, receipt.standing_after, receipt.fired) == (
        Standing.ACTIVE,
        Standing.WATCH,
        Level.WATCH,
    )
