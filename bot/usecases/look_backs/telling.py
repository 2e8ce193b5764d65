"""What is told about looks back: a private question, in working hours."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import LookBackAsked
from bot.domain.timetable import WorkingCalendar
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.look_backs.answering import LookBackView, read_look_back
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Tell, ToPerson, ToTell, Wait
from bot.usecases.reach import reader_of


def tell_asked(
    uow: UnitOfWork, workspace: Workspace, notice: LookBackAsked, now: datetime, calendar: WorkingCalendar
) -> ToTell[LookBackView]:
    """Somebody is asked to look back, unless that was done, or the client is a client again."""
    view = read_look_back(uow, workspace.id, notice.look_back_id)
    person = uow.people.person(notice.person_id)
    if view is None or view.look_back.answered_at is not None or view.client.left_on is None:
        return Over()
    if person is None or not uow.people.present([person.id]):
        return Over()
    at = in_their_hours(now, person, workspace.settings, calendar)
    return Wait(at) if at > now else Tell(view, ToPerson(person.id), reader_of(person, workspace))
