"""What one person is told when something went wrong: an admin what did not work, others what became of a click."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.model import DiscussionState
from bot.domain.notices import AdminTold, AnswerLost
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Tell, ToPerson, ToTell
from bot.usecases.reach import reader_by_id


class Subject(Struct, frozen=True):
    """What something went wrong with, as admins meet it, which names no client.

    `kind` is the beginning of a lane; with it comes the case code, or our id of the place or the person.
    `discussion_id` is given where the discussion can go on in another place.
    """

    kind: str
    code: str = ""
    place_id: int | None = None
    person_id: int | None = None
    discussion_id: int | None = None
    is_alert_place: bool = False


class Trouble(Struct, frozen=True):
    """What did not work, and why."""

    subject: Subject
    reason: Reason


def tell_admin(
    uow: UnitOfWork, workspace: Workspace, notice: AdminTold, now: datetime, calendar: WorkingCalendar
) -> ToTell[Trouble]:
    """One admin hears of trouble, also where what it was about is gone."""
    trouble = Trouble(_subject(uow, workspace, notice.subject), Reason(notice.reason))
    return Tell(trouble, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_lost_answer(
    uow: UnitOfWork, workspace: Workspace, notice: AnswerLost, now: datetime, calendar: WorkingCalendar
) -> ToTell[AnswerLost]:
    """Somebody hears privately what could not be told where they clicked."""
    return Tell(notice, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def _subject(uow: UnitOfWork, workspace: Workspace, subject: str) -> Subject:
    """What `subject`, such as `alert:12`, is called where admins meet it."""
    kind, number = (*subject.split(":"), "")[:2]
    if kind == "alert":
        return Subject(kind, place_id=workspace.settings.alert_place)
    if not number.isdecimal():
        return Subject(kind)
    match kind:
        case "discussion" | "dressing":
            discussion = uow.discussions.find(workspace.id, int(number))
            return Subject(kind, code=discussion.code) if discussion else Subject("")
        case "covered":
            place = uow.people.place(int(number))
            at = uow.discussions.at_place(place.id) if place else None
            is_open = at is not None and at.state is DiscussionState.OPEN
            return Subject(
                kind,
                code=at.code if at else "",
                place_id=place.id if place else None,
                discussion_id=at.id if at and is_open else None,
                is_alert_place=place is not None and workspace.settings.alert_place == place.id,
            )
        case "place":
            place = uow.people.place(int(number))
            return Subject(kind, place_id=place.id) if place else Subject("")
        case "person":
            person = uow.people.person(int(number))
            return Subject(kind, person_id=person.id) if person else Subject("")
    return Subject(kind)
