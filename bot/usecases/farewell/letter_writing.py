"""Writing a letter: begun, kept while it is typed, saved as versions, and taken up by a colleague."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.decision import Decision
from bot.domain.errors import FlagclientError, NotFoundError
from bot.domain.farewell.drafting import (
    MAX_LINE_LENGTH,
    WRITTEN,
    LetterContent,
    LetterEvent,
    LetterEventKind,
    LetterRecord,
    LetterSentError,
    LetterVersion,
    sent_event,
)
from bot.domain.farewell.letter.letter import MAX_LETTER_PART_LENGTH
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.flag_rules import text
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.farewell.closing_check import parting
from bot.usecases.farewell.letter_news import letter_changed
from bot.usecases.farewell.letter_start import start_warning
from bot.usecases.farewell.letters import LetterView, find_letter, read_letter, rests
from bot.usecases.ports import UnitOfWork

LINES = ("contact", "greeting", "signed_by", "signer_role", "colleague")


class LetterSaved(Struct, frozen=True):
    """A letter after it was saved; `overtaken` is what a colleague saved while this was written, if anybody did."""

    view: LetterView
    overtaken: LetterVersion | None


def begin_farewell(
    uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    """The farewell letter after a decision to part, begun where nobody has; raises `NotFoundError`.

    What was written after an earlier decision of the same discussion, which was reopened, is taken up.
    """
    decision, client = parting(uow, actor, decision_id)
    uow.clients.locked(actor.workspace_id, client.id)
    record = uow.letters.of_decision(decision.id) or _taken_up(uow, actor, decision, now)
    record = record or uow.letters.begin(
        actor.workspace_id,
        client.id,
        LetterKind.FAREWELL,
        discussion_id=decision.discussion_id,
        decision_id=decision.id,
        remedy_id=None,
        begun_by_id=actor.person.id,
        now=now,
    )
    return read_letter(uow, actor, record.id, now, calendar)


def _taken_up(uow: UnitOfWork, actor: Actor, decision: Decision, now: datetime) -> LetterRecord | None:
    resting = [
        one
        for one in uow.letters.of_client(decision.client_id)
        if one.discussion_id == decision.discussion_id and rests(uow, one)
    ]
    if not resting:
        return None
    uow.letters.take_up(resting[0].id, decision.id)
    versions = uow.letters.versions(resting[0].id)
    number = versions[-1].number if versions else 0
    uow.letters.add_event(LetterEvent(resting[0].id, number, LetterEventKind.TAKEN_UP, actor.person.id, now))
    record = uow.letters.of_decision(decision.id)
    if record is not None:
        letter_changed(uow, record, now)
    return record


def begin_warning(
    uow: UnitOfWork, actor: Actor, remedy_id: int, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    """The warning or the boundary that a trial is, begun where nobody has; raises `NotFoundError`."""
    start = start_warning(uow, actor, remedy_id, now)
    remedy = uow.remedies.find(actor.workspace_id, remedy_id)
    if remedy is None:
        raise NotFoundError
    uow.clients.locked(actor.workspace_id, remedy.client_id)
    record = uow.letters.of_remedy(remedy.id) or uow.letters.begin(
        actor.workspace_id,
        remedy.client_id,
        start.letter.kind,
        discussion_id=remedy.discussion_id,
        decision_id=None,
        remedy_id=remedy.id,
        begun_by_id=actor.person.id,
        now=now,
    )
    return read_letter(uow, actor, record.id, now, calendar)


def keep_letter(
    uow: UnitOfWork, actor: Actor, letter_id: int, base: int, content: LetterContent, now: datetime
) -> None:
    """Keep what somebody typed, whatever it is: closing the form loses nothing. Raises `NotFoundError`."""
    record, _ = find_letter(uow, actor, letter_id, now)
    uow.clients.locked(actor.workspace_id, record.client_id)
    uow.letters.keep_copy(record.id, actor.person.id, base, _stored(content), now)


def save_letter(
    uow: UnitOfWork,
    actor: Actor,
    letter_id: int,
    base: int,
    content: LetterContent,
    now: datetime,
    calendar: WorkingCalendar,
) -> LetterSaved:
    """Keep what was written as the newest version; the same again makes none.

    `base` is the version from which it was written: what a colleague saved since then stays a version of its own.
    Raises `NotFoundError`, `LetterSentError`, or `TextTooLongError` with the field.
    """
    record, _ = find_letter(uow, actor, letter_id, now)
    uow.clients.locked(actor.workspace_id, record.client_id)
    if sent_event(uow.letters.events(record.id)) is not None:
        raise LetterSentError
    versions, kept = uow.letters.versions(record.id), _stored(content)
    newest = versions[-1] if versions else None
    is_overtaken = newest is not None and newest.number > base and newest.saved_by_id != actor.person.id
    if newest is None or newest.content != kept:
        number = newest.number + 1 if newest else 1
        uow.letters.add_version(LetterVersion(record.id, number, kept, actor.person.id, now))
        note_letter(uow, actor, record, AuditAction.LETTER_SAVED, now, version=number)
        letter_changed(uow, record, now)
    uow.letters.drop_copy(record.id, actor.person.id)
    return LetterSaved(read_letter(uow, actor, record.id, now, calendar), newest if is_overtaken else None)


def note_letter(
    uow: UnitOfWork, actor: Actor, record: LetterRecord, action: AuditAction, now: datetime, **details: int | str
) -> None:
    """Keep in the trail what somebody did with a letter."""
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=record.client_id,
        subject=f"letter:{record.id}",
        **details,
    )


def _stored(content: LetterContent) -> LetterContent:
    kept = {name: _text(content, name, MAX_LETTER_PART_LENGTH) for name in (*WRITTEN, "client_address")}
    return replace(content, **kept, **{name: _text(content, name, MAX_LINE_LENGTH) for name in LINES})


def _text(content: LetterContent, name: str, longest: int) -> str:
    try:
        return text(getattr(content, name), longest)
    except FlagclientError as error:
        error.field = name
        raise
