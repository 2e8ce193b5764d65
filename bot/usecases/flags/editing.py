"""Taking back and changing a flag: undo, edit, withdraw. Each weighs the client anew.

All are safe to repeat: a second delivery of the same click finds the flag as the first one left it. What was asked
for in a form is answered by the receipt as a private message, as no answer to a form stays.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.catalogue import UNACCEPTABLE
from bot.domain.errors import FlagWithdrawnError, NotFoundError, TooLateError
from bot.domain.flag_rules import MAX_REASON_LENGTH, may_undo, required_text
from bot.domain.model import Client, Flag, FlagContent, FlagState
from bot.domain.notices import FlagReceipt
from bot.domain.score import weightless_before
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.alerts.weighing import AfterChange, Change, after_change
from bot.usecases.discussion.joining import follow_flag
from bot.usecases.flags.care import ask_for_care, end_care, follow_care
from bot.usecases.flags.noting import note_change
from bot.usecases.flags.receipt_view import FlagReceiptView, read_receipt, refuse_unless_editable
from bot.usecases.flags.recording import contact_of
from bot.usecases.ports import UnitOfWork


def undo_flag(uow: UnitOfWork, actor: Actor, flag_id: int, now: datetime, calendar: WorkingCalendar) -> int | None:
    """Make a flag as if it never was; a client that it added goes with it unless anything else is known of it.

    Returns the id of the client that went, whose name is to leave the type-ahead. Raises `NotFoundError`,
    `FlagWithdrawnError` or `TooLateError`.
    """
    if _is_undone(uow, actor, flag_id):
        return None
    flag, client = hold_own_flag(uow, actor, flag_id)
    if flag.state is FlagState.UNDONE:
        return None
    take_back(uow, actor, flag, client, now)
    reweigh(
        uow,
        actor,
        client,
        lambda: uow.flags.set_state(flag_id, FlagState.UNDONE, now),
        now,
        calendar,
        taken_back_from=flag.recorded_at,
    )
    follow_flag(uow, flag, now)
    refresh_receipt(uow, actor, flag_id, now)
    # The instant of the transaction that recorded the flag is the client's own where it was added there.
    is_gone = uow.clients.remove_unless_used(client.id, flag.recorded_at, flag.content.contact_name or "", now)
    return client.id if is_gone else None


def _is_undone(uow: UnitOfWork, actor: Actor, flag_id: int) -> bool:
    """Whether the actor's own flag is undone: its client may have gone with it and cannot be held then."""
    flag = uow.flags.find(actor.workspace_id, flag_id)
    return flag is not None and flag.reporter_id == actor.person.id and flag.state is FlagState.UNDONE


def take_back(uow: UnitOfWork, actor: Actor, flag: Flag, client: Client, now: datetime) -> None:
    """Make sure that `flag` can still be undone, and end what was asked because of it."""
    if flag.state is FlagState.WITHDRAWN:
        raise FlagWithdrawnError
    if not may_undo(flag, now, actor.settings.policy):
        raise TooLateError
    end_care(uow, actor.workspace_id, client.id, flag.id, now)


def edit_flag(
    uow: UnitOfWork, actor: Actor, flag_id: int, content: FlagContent, now: datetime, calendar: WorkingCalendar
) -> None:
    """Replace what a flag says, keeping what it said; its evidence stays as it was.

    Raises `NotFoundError`, `FlagWithdrawnError` or `TooLateError`.
    """
    flag, client = hold_own_flag(uow, actor, flag_id)
    refuse_unless_editable(flag, actor, now)
    said = replace(content, evidence=flag.content.evidence)
    if said == flag.content:
        return
    contact_id = contact_of(uow, client, said)
    became_unacceptable = said.severity == UNACCEPTABLE and flag.content.severity != UNACCEPTABLE
    reweigh(
        uow,
        actor,
        client,
        lambda: uow.flags.revise(flag_id, said, contact_id, now),
        now,
        calendar,
        new_flag_id=flag_id if became_unacceptable else None,
        taken_back_from=flag.recorded_at,
    )
    follow_flag(uow, flag, now)
    follow_care(uow, flag, said, now)
    ask_for_care(uow, actor, client, flag_id, said, now, calendar)
    note_change(uow, actor, AuditAction.FLAG_EDITED, flag, now)
    uow.outbox.put_once(actor.workspace_id, FlagReceipt(flag_id, actor.person.id), now)


def withdraw_flag(
    uow: UnitOfWork, actor: Actor, flag_id: int, reason: str, now: datetime, calendar: WorkingCalendar
) -> None:
    """Take a flag back for good: a dated trace with the reason stays, its text does not.

    Raises `NotFoundError`, `TextMissingError` or `TextTooLongError`.
    """
    stated = required_text(reason, MAX_REASON_LENGTH)
    flag, client = hold_own_flag(uow, actor, flag_id)
    if flag.state is FlagState.UNDONE:
        raise NotFoundError
    if flag.state is FlagState.WITHDRAWN:
        return
    end_care(uow, actor.workspace_id, client.id, flag_id, now)
    reweigh(
        uow,
        actor,
        client,
        lambda: uow.flags.set_state(flag_id, FlagState.WITHDRAWN, now, stated),
        now,
        calendar,
        taken_back_from=flag.recorded_at,
    )
    follow_flag(uow, flag, now)
    note_change(uow, actor, AuditAction.FLAG_WITHDRAWN, flag, now)
    uow.outbox.put_once(actor.workspace_id, FlagReceipt(flag_id, actor.person.id), now)


def hold_own_flag(uow: UnitOfWork, actor: Actor, flag_id: int) -> tuple[Flag, Client]:
    """A flag of the actor's own in whatever state, with its client held; raises `NotFoundError` for any other.

    The flag is as it stands once the client is held: nobody else changes it before the transaction ends.
    """
    before = uow.flags.find(actor.workspace_id, flag_id)
    if before is None or before.reporter_id != actor.person.id:
        raise NotFoundError
    client = held_client(uow, actor, before)
    flag = uow.flags.find(actor.workspace_id, flag_id)
    if flag is None:
        raise NotFoundError
    return flag, client


def held_client(uow: UnitOfWork, actor: Actor, flag: Flag) -> Client:
    """The flag's client, held against other writers until the transaction ends."""
    client = uow.clients.locked(actor.workspace_id, flag.client_id)
    if client is None:
        raise NotFoundError
    return client


def reweigh(
    uow: UnitOfWork,
    actor: Actor,
    client: Client,
    change: Callable[[], object],
    now: datetime,
    calendar: WorkingCalendar,
    *,
    new_flag_id: int | None = None,
    taken_back_from: datetime | None = None,
) -> AfterChange:
    """Make a change to the flags of `client`, which the caller holds, and let it have its consequences.

    `new_flag_id` names a flag that the change made count as newly come. `taken_back_from` is when the flag was recorded
    that the change takes back, or that says something else from now on.
    """
    since = weightless_before(actor.settings.policy, local_today(now, actor.settings.zone))
    before = uow.flags.scored(client.id, since)
    change()
    after = uow.flags.scored(client.id, since)
    new_flag = next((flag for flag in after if flag.id == new_flag_id), None)
    return after_change(uow, actor.settings, client, Change(before, after, new_flag, taken_back_from), now, calendar)


def refresh_receipt(uow: UnitOfWork, actor: Actor, flag_id: int, now: datetime) -> None:
    """Bring the private receipt up to date, where one stands as a message of its own."""
    if uow.messages.find(actor.workspace_id, receipt_subject(flag_id)) is not None:
        uow.outbox.put_once(actor.workspace_id, FlagReceipt(flag_id, actor.person.id), now)


def receipt_subject(flag_id: int) -> str:
    """The name under which a flag's private receipt is remembered as a living message."""
    return f"flag_receipt:{flag_id}"


def own_receipt(uow: UnitOfWork, actor: Actor, flag_id: int, now: datetime) -> FlagReceiptView:
    """The receipt of a flag of the actor's own, undone ones included; raises `NotFoundError`."""
    receipt = read_receipt(uow, actor.workspace_id, flag_id, now)
    if receipt is None or receipt.flag.reporter_id != actor.person.id:
        raise NotFoundError
    return receipt
