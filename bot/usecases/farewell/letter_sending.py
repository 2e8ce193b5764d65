"""A letter was sent by somebody; every later date counts from that day."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError
from bot.domain.farewell.drafting import (
    LetterChangedError,
    LetterEvent,
    LetterEventKind,
    LetterNotApprovedError,
    LetterState,
    SentBy,
    approved_event,
    checked_sent_on,
)
from bot.domain.notices import LetterFile
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.checklist.beginning import letter_sent
from bot.usecases.decision.people import show_decision
from bot.usecases.farewell.letter_news import letter_changed
from bot.usecases.farewell.letter_writing import note_letter
from bot.usecases.farewell.letters import LetterView, read_letter
from bot.usecases.ports import UnitOfWork


def mark_sent(
    uow: UnitOfWork,
    actor: Actor,
    letter_id: int,
    sent_on: date,
    sent_by: SentBy,
    now: datetime,
    calendar: WorkingCalendar,
) -> LetterView:
    """Keep on which day and how an approved letter was sent, or correct that; the same again changes nothing.

    Raises `NotFoundError`, `LetterNotApprovedError`, or what `checked_sent_on` does.
    """
    view = read_letter(uow, actor, letter_id, now, calendar)
    uow.clients.locked(actor.workspace_id, view.record.client_id)
    view = read_letter(uow, actor, letter_id, now, calendar)
    approved = approved_event(view.number, view.events)
    if approved is None or view.state not in (LetterState.APPROVED, LetterState.SENT):
        raise LetterNotApprovedError
    zone = actor.settings.zone
    checked_sent_on(view.letter, local_today(approved.at, zone), sent_on, local_today(now, zone))
    if view.sent is not None and (view.sent.sent_on, view.sent.sent_by) == (sent_on, sent_by):
        return view
    event = LetterEvent(
        view.record.id, view.number, LetterEventKind.SENT, actor.person.id, now, sent_on=sent_on, sent_by=sent_by
    )
    uow.letters.add_event(event)
    action = AuditAction.LETTER_SENT if view.sent is None else AuditAction.LETTER_SENT_CORRECTED
    note_letter(uow, actor, view.record, action, now, sent_on=sent_on.isoformat(), by=sent_by.value)
    letter_changed(uow, view.record, now)
    if view.record.decision_id is not None:
        at = datetime.combine(sent_on, time(12), ZoneInfo(actor.settings.zone))
        uow.decisions.set_letter_sent(view.record.decision_id, at)
        decision = uow.decisions.find(actor.workspace_id, view.record.decision_id)
        client = uow.clients.find(actor.workspace_id, view.record.client_id)
        if decision is not None and client is not None:
            show_decision(uow, decision, now)
            letter_sent(uow, actor.settings, decision, client, sent_on, actor.person.id, now, calendar)
    return read_letter(uow, actor, letter_id, now, calendar)


def share_letter(
    uow: UnitOfWork, actor: Actor, letter_id: int, version: int, now: datetime, calendar: WorkingCalendar
) -> None:
    """Have a version of a letter shared as a Word file in its discussion.

    Raises `NotFoundError`, also for a letter without a discussion, or `LetterChangedError`.
    """
    view = read_letter(uow, actor, letter_id, now, calendar)
    if view.record.discussion_id is None or not view.versions:
        raise NotFoundError
    if view.number != version:
        raise LetterChangedError
    notice = LetterFile(view.record.discussion_id, view.record.id, version, actor.person.id)
    uow.outbox.put_once(actor.workspace_id, notice, now)
