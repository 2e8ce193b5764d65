"""What colleagues add to somebody else's flag: "I saw this too" and "I see it differently".

The two say nothing of each other: who saw an event can see it differently, so neither ever takes the place of the
other, and what somebody wrote stays until they change it themselves.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import FlagWithdrawnError, NotFoundError, OwnFlagError
from bot.domain.flag_rules import required_text, text
from bot.domain.model import Client, Flag, FlagContent, FlagState, ViewKind, Witness
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.discussion.joining import follow_flag, join_discussion
from bot.usecases.flags.editing import held_client, hold_own_flag, refresh_receipt, reweigh, take_back
from bot.usecases.flags.noting import note_change
from bot.usecases.flags.receipt_view import same_events, visible_flag
from bot.usecases.ports import UnitOfWork


class JoinFlag(Struct, frozen=True):
    """Joining a colleague's flag as a witness instead of recording the same event of a client again."""

    flag_id: int
    client_id: int
    category: str
    happened_on: date
    note: str


def add_view(
    uow: UnitOfWork,
    actor: Actor,
    flag_id: int,
    kind: ViewKind,
    note: str,
    now: datetime,
    calendar: WorkingCalendar,
) -> bool:
    """Add the actor's view of a colleague's flag, or change the one of that kind; false when it was there just so.

    Seeing it differently needs a note. Raises `NotFoundError`, `OwnFlagError`, `FlagWithdrawnError`,
    `TextMissingError` or `TextTooLongError`.
    """
    said = required_text(note) if kind is ViewKind.DIFFERS else text(note)
    flag, _ = visible_flag(uow, actor, flag_id)
    client = held_client(uow, actor, flag)
    return _added(uow, actor, flag_id, client, kind, said, now, calendar)


def take_back_witness(uow: UnitOfWork, actor: Actor, flag_id: int, now: datetime, calendar: WorkingCalendar) -> bool:
    """The actor did not see it after all; false when they were no witness. What they see differently stays.

    Raises `NotFoundError`.
    """
    flag, _ = visible_flag(uow, actor, flag_id)
    client = held_client(uow, actor, flag)
    if _own_view(uow, actor, flag_id, ViewKind.WITNESS) is None:
        return False
    reweigh(
        uow,
        actor,
        client,
        lambda: uow.flags.remove_witness(flag_id, actor.person.id, ViewKind.WITNESS),
        now,
        calendar,
    )
    note_change(uow, actor, AuditAction.WITNESS_TAKEN_BACK, flag, now)
    return True


def read_other_view(uow: UnitOfWork, actor: Actor, flag_id: int) -> str:
    """How the actor sees a colleague's flag differently so far, empty where they have not said so.

    Raises what `add_view` would raise about the flag itself, so that nobody writes a note in vain.
    """
    flag, _ = visible_flag(uow, actor, flag_id)
    _refuse_unless_open(flag, actor)
    known = _own_view(uow, actor, flag_id, ViewKind.DIFFERS)
    return known.note if known else ""


def join_flag(uow: UnitOfWork, actor: Actor, command: JoinFlag, now: datetime, calendar: WorkingCalendar) -> bool:
    """Become a witness to the flag that tells of the same event; false when the actor was one already.

    Raises `NotFoundError` unless the flag could be joined for that client, category and day.
    """
    client = uow.clients.locked(actor.workspace_id, command.client_id)
    if client is None:
        raise NotFoundError
    offered = same_events(uow, actor, client.id, command.category, command.happened_on)
    if command.flag_id not in [flag.id for flag in offered]:
        raise NotFoundError
    return _added(uow, actor, command.flag_id, client, ViewKind.WITNESS, text(command.note), now, calendar)


def join_instead(
    uow: UnitOfWork, actor: Actor, own_flag_id: int, flag_id: int, now: datetime, calendar: WorkingCalendar
) -> None:
    """Undo the actor's own flag and witness the colleague's that tells of the same event; its words become the note.

    Doing it again changes nothing.
    Raises `NotFoundError`, `FlagWithdrawnError` or `TooLateError`.
    """
    own, client = hold_own_flag(uow, actor, own_flag_id)
    if own.state is FlagState.UNDONE:
        if _own_view(uow, actor, flag_id, ViewKind.WITNESS) is not None:
            return
        raise NotFoundError
    take_back(uow, actor, own, client, now)
    offered = same_events(uow, actor, client.id, own.content.category, own.content.happened_on)
    if flag_id not in [flag.id for flag in offered]:
        raise NotFoundError

    def change() -> None:
        uow.flags.set_state(own_flag_id, FlagState.UNDONE, now)
        _keep_note(uow, actor, flag_id, ViewKind.WITNESS, note_of(own.content), now)

    reweigh(uow, actor, client, change, now, calendar, taken_back_from=own.recorded_at)
    follow_flag(uow, own, now)
    refresh_receipt(uow, actor, own_flag_id, now)


def _added(
    uow: UnitOfWork,
    actor: Actor,
    flag_id: int,
    client: Client,
    kind: ViewKind,
    note: str,
    now: datetime,
    calendar: WorkingCalendar,
) -> bool:
    _refuse_unless_open(uow.flags.find(actor.workspace_id, flag_id), actor)
    known = _own_view(uow, actor, flag_id, kind)
    if known is not None and note in ("", known.note):
        return False
    reweigh(uow, actor, client, lambda: _keep_note(uow, actor, flag_id, kind, note, now), now, calendar)
    discussion = uow.discussions.open_for(client.id)
    if discussion is not None:
        join_discussion(uow, discussion, [actor.person.id], now)
    return True


def _keep_note(uow: UnitOfWork, actor: Actor, flag_id: int, kind: ViewKind, note: str, now: datetime) -> None:
    """Store a view; what a witness wrote before stands above the new note, since no form showed it to them."""
    known = _own_view(uow, actor, flag_id, kind)
    if kind is ViewKind.WITNESS and known is not None and known.note and note not in known.note:
        note = f"{known.note}\n\n{note}"
    uow.flags.add_witness(flag_id, actor.person.id, kind, note, now)


def note_of(content: FlagContent) -> str:
    """Everything in words that a flag says, as the note of a witness: nothing that was typed is lost on the way."""
    evidence = content.evidence.text if content.evidence else ""
    parts = (content.what_happened, content.my_view, evidence, "\n".join(content.links))
    return "\n\n".join(dict.fromkeys(part for part in parts if part))


def _own_view(uow: UnitOfWork, actor: Actor, flag_id: int, kind: ViewKind) -> Witness | None:
    views = uow.flags.witnesses([flag_id]).get(flag_id, [])
    return next((view for view in views if view.person_id == actor.person.id and view.kind is kind), None)


def _refuse_unless_open(flag: Flag | None, actor: Actor) -> None:
    if flag is None:
        raise NotFoundError
    if flag.reporter_id == actor.person.id:
        raise OwnFlagError
    if flag.state is not FlagState.OPEN:
        raise FlagWithdrawnError
