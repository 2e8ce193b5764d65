"""What is told about letters: how one stands, to its discussion, to whoever can approve it, and to its writer."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.errors import NotFoundError
from bot.domain.farewell.drafting import (
    LetterEvent,
    LetterRecord,
    LetterRestsError,
    LetterState,
    authors_of,
    sent_event,
    state_of,
)
from bot.domain.farewell.waits import plea_of
from bot.domain.model import DiscussionStyle
from bot.domain.notices import DiscussionLetter, DiscussionOpening, LetterFile, LetterSettled, LetterToApprove
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.farewell.letters import LetterView, approvers, read_letter, rests
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, ShareFile, Stuck, Tell, ToPerson, ToPlace, ToTell
from bot.usecases.reach import everyone_in, reader_by_id


class LetterStatus(Struct, frozen=True):
    """How a letter stands, without a word of what it says.

    `last` is what happened last to its newest version, of which `writer_id` is the writer. `plea` is a plea not to wait
    that nobody has granted. It `rests` while its decision is reopened.
    """

    record: LetterRecord
    client_name: str
    state: LetterState
    number: int
    writer_id: int | None
    last: LetterEvent | None
    plea: LetterEvent | None
    sent: LetterEvent | None
    approvers: tuple[int, ...]
    rests: bool


def read_status(uow: UnitOfWork, workspace_id: int, letter_id: int) -> LetterStatus | None:
    """How a letter stands; `None` when it or its client is gone."""
    record = uow.letters.find(workspace_id, letter_id)
    client = uow.clients.find(workspace_id, record.client_id) if record else None
    if record is None or client is None:
        return None
    versions, events = uow.letters.versions(record.id), uow.letters.events(record.id)
    number = versions[-1].number if versions else 0
    return LetterStatus(
        record=record,
        client_name=client.name,
        state=state_of(number, events),
        number=number,
        writer_id=versions[-1].saved_by_id if versions else None,
        last=next((event for event in reversed(events) if event.version == number), None),
        plea=plea_of(events),
        sent=sent_event(events),
        approvers=tuple(approvers(uow, workspace_id, authors_of(versions, number))),
        rests=rests(uow, record),
    )


def tell_letter(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionLetter, now: datetime, calendar: WorkingCalendar
) -> ToTell[LetterStatus]:
    """Where the discussion is held, as one message that is kept up to date."""
    status = read_status(uow, workspace.id, notice.letter_id)
    place = _place_of(uow, workspace, notice.discussion_id, f"letter:{notice.letter_id}")
    if status is None or place is None:
        return Over()
    return Tell(status, place, everyone_in(workspace)) if isinstance(place, ToPlace) else place


def tell_to_approve(
    uow: UnitOfWork, workspace: Workspace, notice: LetterToApprove, now: datetime, calendar: WorkingCalendar
) -> ToTell[LetterStatus]:
    """Somebody who can approve it is asked; once that is over, only what was asked already says so."""
    status = read_status(uow, workspace.id, notice.letter_id)
    subject = f"letter_approval:{notice.letter_id}:{notice.person_id}"
    if status is None:
        return Over()
    if not is_asked(status, notice.person_id) and uow.messages.find(workspace.id, subject) is None:
        return Over()
    to = ToPerson(notice.person_id, subject)
    return Tell(status, to, reader_by_id(uow, workspace, notice.person_id))


def tell_settled(
    uow: UnitOfWork, workspace: Workspace, notice: LetterSettled, now: datetime, calendar: WorkingCalendar
) -> ToTell[LetterStatus]:
    """Whoever wrote it hears what a second person said, unless they were that person."""
    status = read_status(uow, workspace.id, notice.letter_id)
    if status is None or status.rests or status.last is None or status.last.person_id == notice.person_id:
        return Over()
    return Tell(status, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_file(
    uow: UnitOfWork, workspace: Workspace, notice: LetterFile, now: datetime, calendar: WorkingCalendar
) -> ToTell[LetterView]:
    """Under the letter's message in the discussion; a version that was overtaken is not shared any more."""
    person = uow.people.person(notice.person_id)
    place = _place_of(uow, workspace, notice.discussion_id, None)
    stands = uow.messages.find(workspace.id, f"letter:{notice.letter_id}")
    if person is None or not isinstance(place, ToPlace):
        return Over() if place is None or isinstance(place, ToPlace) else place
    try:
        view = read_letter(uow, Actor(person, workspace.settings), notice.letter_id, now, calendar)
    except (NotFoundError, LetterRestsError):
        return Over()
    if view.number != notice.version:
        return Over()
    thread = place.thread or (stands.external_id if stands is not None else None)
    return ShareFile(place.place_id, view, everyone_in(workspace), thread)


def is_asked(status: LetterStatus, person_id: int) -> bool:
    """Whether somebody is asked for something at this moment: to approve, or to agree not to wait."""
    if status.rests or person_id not in status.approvers:
        return False
    is_plea = status.plea is not None and status.plea.person_id != person_id
    return status.state is LetterState.WAITING or (is_plea and status.state is LetterState.DRAFT)


def _place_of(uow: UnitOfWork, workspace: Workspace, discussion_id: int, subject: str | None) -> ToPlace | Stuck | None:
    """Where a discussion is held, in its thread where it is one; `None` before it has begun."""
    discussion = uow.discussions.find(workspace.id, discussion_id)
    opening = uow.messages.find(workspace.id, DiscussionOpening(discussion_id).lane)
    if discussion is None or opening is None:
        return None
    if discussion.style is DiscussionStyle.THREAD:
        return ToPlace(opening.place_id, subject, opening.thread_external_id or opening.external_id)
    return Stuck(Reason.PLACE_GONE) if discussion.place_id is None else ToPlace(discussion.place_id, subject)
