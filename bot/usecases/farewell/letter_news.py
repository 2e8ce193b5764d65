"""Whom a change of a letter concerns: the discussion, whoever can approve it, and whoever wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.farewell.drafting import LetterEvent, LetterEventKind, LetterRecord, LetterState, state_of
from bot.domain.notices import DiscussionLetter, LetterSettled, LetterToApprove
from bot.usecases.ports import UnitOfWork

if TYPE_CHECKING:
    from bot.usecases.farewell.letters import LetterView


def letter_changed(uow: UnitOfWork, record: LetterRecord, now: datetime) -> None:
    """The discussion says how its letter stands, and whoever was asked to approve it sees whether that still is so."""
    if record.discussion_id is not None:
        uow.outbox.put_once(record.workspace_id, DiscussionLetter(record.discussion_id, record.id), now)
    for reviewer in uow.people.reviewers(record.workspace_id):
        uow.outbox.put_once(record.workspace_id, LetterToApprove(record.id, reviewer.id), now)


def terms_changed(uow: UnitOfWork, decision_id: int, by_id: int, now: datetime) -> None:
    """The closing terms say something else: a farewell that waits for approval or has it is to be approved anew."""
    record = uow.letters.of_decision(decision_id)
    if record is None:
        return
    versions, events = uow.letters.versions(record.id), uow.letters.events(record.id)
    number = versions[-1].number if versions else 0
    if state_of(number, events) in (LetterState.WAITING, LetterState.APPROVED):
        uow.letters.add_event(LetterEvent(record.id, number, LetterEventKind.CHANGED, by_id, now))
        letter_changed(uow, record, now)


def decision_reopened(uow: UnitOfWork, decision_id: int, now: datetime) -> None:
    """The letter of a decision that does not stand any more rests, and is to be said to rest."""
    record = uow.letters.of_decision(decision_id)
    if record is not None:
        letter_changed(uow, record, now)


def ask_approvers(uow: UnitOfWork, view: LetterView, asked_by_id: int, now: datetime) -> None:
    """Whoever can approve it is asked, apart from whoever asks."""
    for person_id in view.approvers:
        if person_id != asked_by_id:
            uow.outbox.put_once(view.record.workspace_id, LetterToApprove(view.record.id, person_id), now)


def letter_settled(uow: UnitOfWork, view: LetterView, now: datetime) -> None:
    """Whoever wrote the newest version hears what came of it."""
    if view.versions:
        writer = view.versions[-1].saved_by_id
        uow.outbox.put(view.record.workspace_id, LetterSettled(view.record.id, writer), now)
