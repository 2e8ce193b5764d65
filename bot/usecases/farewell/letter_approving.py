"""A second person reads a letter: asked, approved or sent back; and exceptions from waiting, which take two as well."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError, ReviewersOnlyError
from bot.domain.farewell.drafting import (
    LetterChangedError,
    LetterEvent,
    LetterEventKind,
    LetterIncompleteError,
    LetterNotAskedError,
    LetterState,
    MarksOpenError,
    OwnLetterError,
)
from bot.domain.farewell.letter.letter import MAX_LETTER_PART_LENGTH
from bot.domain.farewell.waits import WaitRunsError, WarningFirstError
from bot.domain.flag_rules import required_text
from bot.domain.timetable import WorkingCalendar
from bot.domain.visibility import may_decide
from bot.usecases.actor import Actor
from bot.usecases.farewell.letter_news import ask_approvers, letter_changed, letter_settled
from bot.usecases.farewell.letter_texts import versions_for
from bot.usecases.farewell.letter_writing import note_letter
from bot.usecases.farewell.letters import LetterView, may_approve, read_letter
from bot.usecases.ports import UnitOfWork


def ask_approval(
    uow: UnitOfWork,
    actor: Actor,
    letter_id: int,
    version: int,
    *,
    leaves_marks: bool,
    now: datetime,
    calendar: WorkingCalendar,
) -> LetterView:
    """Ask whoever can approve the newest version to read it; asking again changes nothing.

    `leaves_marks` says that somebody has looked at the words that are marked and leaves them, which is recorded in the
    audit log. Raises `NotFoundError`, `LetterChangedError`, `LetterIncompleteError`, what cannot be true, or
    `MarksOpenError`.
    """
    view = _current(uow, actor, letter_id, version, now, calendar)
    if view.state is not LetterState.DRAFT:
        return view
    refuse_unless_ready(view)
    if view.marks:
        if not leaves_marks:
            raise MarksOpenError
        uow.letters.add_event(LetterEvent(letter_id, version, LetterEventKind.MARKS_LEFT, actor.person.id, now))
        marks = len(view.marks)
        note_letter(uow, actor, view.record, AuditAction.LETTER_MARKS_LEFT, now, version=version, marks=marks)
    return _done(uow, actor, view, LetterEventKind.ASKED, AuditAction.LETTER_APPROVAL_ASKED, now, calendar)


def approve_letter(
    uow: UnitOfWork, actor: Actor, letter_id: int, version: int, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    """Approve the newest version, which can go to the client then; approving again changes nothing.

    For reviewers, and for its writer only where there is no other. Raises `NotFoundError`, `ReviewersOnlyError`,
    `OwnLetterError`, `LetterChangedError`, `LetterNotAskedError`, `LetterIncompleteError`, what cannot be true,
    `WarningFirstError` or `WaitRunsError`.
    """
    view = _current(uow, actor, letter_id, version, now, calendar)
    if view.state in (LetterState.APPROVED, LetterState.SENT):
        return view
    _refuse_unless_approver(actor, view)
    if view.state is not LetterState.WAITING:
        raise LetterNotAskedError
    refuse_unless_ready(view)
    refuse_while_waiting(view)
    return _done(uow, actor, view, LetterEventKind.APPROVED, AuditAction.LETTER_APPROVED, now, calendar)


def return_letter(
    uow: UnitOfWork, actor: Actor, letter_id: int, version: int, reason: str, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    """Send a letter back to be written anew, with a reason; an approval counts no more.

    Raises `NotFoundError`, `ReviewersOnlyError`, `LetterChangedError`, or what is wrong with the reason.
    """
    view = _current(uow, actor, letter_id, version, now, calendar)
    if not may_decide(actor.person):
        raise ReviewersOnlyError
    if view.state in (LetterState.DRAFT, LetterState.SENT):
        return view
    said = required_text(reason, MAX_LETTER_PART_LENGTH)
    return _done(uow, actor, view, LetterEventKind.RETURNED, AuditAction.LETTER_RETURNED, now, calendar, said)


def ask_exception(
    uow: UnitOfWork, actor: Actor, letter_id: int, reason: str, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    """Ask not to wait, with a reason that is kept; raises `NotFoundError` or what is wrong with the reason."""
    view = _locked(uow, actor, letter_id, now, calendar)
    if not view.waits or view.is_exempt or view.exception is not None:
        return view
    said = required_text(reason, MAX_LETTER_PART_LENGTH)
    kind, action = LetterEventKind.EXCEPTION_ASKED, AuditAction.LETTER_EXCEPTION_ASKED
    return _done(uow, actor, view, kind, action, now, calendar, said)


def grant_exception(
    uow: UnitOfWork, actor: Actor, letter_id: int, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    """A second person agrees that there is no time to wait.

    For reviewers who did not ask for it. Raises `NotFoundError`, `ReviewersOnlyError` or `OwnLetterError`.
    """
    view = _locked(uow, actor, letter_id, now, calendar)
    if not may_decide(actor.person):
        raise ReviewersOnlyError
    if view.exception is None:
        return view
    if view.exception.person_id == actor.person.id:
        raise OwnLetterError
    kind, action = LetterEventKind.EXCEPTION_GRANTED, AuditAction.LETTER_EXCEPTION_GRANTED
    return _done(uow, actor, view, kind, action, now, calendar)


def refuse_unless_ready(view: LetterView) -> None:
    """Raise what keeps a letter from being finished: what it must tell and does not, or what cannot be true."""
    if not view.versions:
        raise NotFoundError
    if view.missing:
        raise LetterIncompleteError
    for problem in view.problems:
        raise problem


def refuse_while_waiting(view: LetterView) -> None:
    """Raise `WarningFirstError` or `WaitRunsError` while the time to mend runs and no exception counts."""
    if view.is_exempt:
        return
    for wait in view.waits:
        if wait.until is None:
            raise WarningFirstError(days=wait.days)
        raise WaitRunsError(date=wait.until)


def _refuse_unless_approver(actor: Actor, view: LetterView) -> None:
    if not may_decide(actor.person):
        raise ReviewersOnlyError
    if not may_approve(actor, view):
        raise OwnLetterError


def _locked(uow: UnitOfWork, actor: Actor, letter_id: int, now: datetime, calendar: WorkingCalendar) -> LetterView:
    seen = read_letter(uow, actor, letter_id, now, calendar)
    uow.clients.locked(actor.workspace_id, seen.record.client_id)
    return read_letter(uow, actor, letter_id, now, calendar)


def _current(
    uow: UnitOfWork, actor: Actor, letter_id: int, version: int, now: datetime, calendar: WorkingCalendar
) -> LetterView:
    view = _locked(uow, actor, letter_id, now, calendar)
    if view.number != version:
        raise LetterChangedError
    return view


def _done(
    uow: UnitOfWork,
    actor: Actor,
    view: LetterView,
    kind: LetterEventKind,
    action: AuditAction,
    now: datetime,
    calendar: WorkingCalendar,
    said: str = "",
) -> LetterView:
    event = LetterEvent(view.record.id, view.number, kind, actor.person.id, now, said)
    if kind is LetterEventKind.APPROVED:
        texts = versions_for(uow, actor.workspace_id, view.letter)
        event = replace(event, letter=view.letter, own_texts=texts)
    uow.letters.add_event(event)
    note_letter(uow, actor, view.record, action, now, version=view.number)
    letter_changed(uow, view.record, now)
    if kind in (LetterEventKind.ASKED, LetterEventKind.EXCEPTION_ASKED):
        ask_approvers(uow, view, actor.person.id, now)
    else:
        letter_settled(uow, view, now)
    return read_letter(uow, actor, view.record.id, now, calendar)
