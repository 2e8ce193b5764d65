"""What is told about debriefs: the announcement, its calendar file, and private reminders."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.model import DebriefState
from bot.domain.notices import DebriefAnnouncement, DebriefCalendar, DebriefReminder
from bot.domain.timetable import WorkingCalendar
from bot.usecases.debrief.debrief_view import DebriefView, read_debrief
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, ShareFile, Stuck, Tell, ToPerson, ToPlace, ToTell
from bot.usecases.reach import everyone_in, reader_by_id


class CalendarEntry(Struct, frozen=True):
    """A debrief for people's calendars, announced in a place; the ids are the platform's, `made_at` is when this was
    written.
    """

    view: DebriefView
    workspace_external_id: str
    place_external_id: str
    made_at: datetime


class Reminding(Struct, frozen=True):
    """A debrief that comes up; `moment` says which reminder this is (see `bot.domain.timetable`)."""

    view: DebriefView
    moment: str


def tell_announcement(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefAnnouncement, now: datetime, calendar: WorkingCalendar
) -> ToTell[DebriefView]:
    """In the place of the discussion, or in the place for alerts where there is none to post in."""
    view = read_debrief(uow, workspace.id, notice.debrief_id)
    stands = uow.messages.find(workspace.id, notice.lane) is not None
    if view is None or (view.debrief.state is DebriefState.CANCELLED and not stands):
        return Over()
    places = [place for place in (view.discussion_place_id, workspace.settings.alert_place) if place is not None]
    if not places:
        return Stuck(Reason.PLACE_UNSET)
    to = ToPlace(places[0], subject=notice.lane, instead=next(iter(places[1:]), None))
    return Tell(view, to, everyone_in(workspace))


def tell_calendar(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefCalendar, now: datetime, calendar: WorkingCalendar
) -> ToTell[CalendarEntry]:
    """Under the announcement, with which it waits; an older state of the debrief is not shared any more."""
    view = read_debrief(uow, workspace.id, notice.debrief_id)
    if view is None or view.debrief.sequence != notice.sequence:
        return Over()
    announcement = uow.messages.find(workspace.id, DebriefAnnouncement(notice.debrief_id).lane)
    if announcement is None:
        return Over() if view.debrief.state is DebriefState.CANCELLED else Stuck(Reason.PLACE_UNSET)
    place = uow.people.place(announcement.place_id)
    entry = CalendarEntry(view, workspace.external_id, place.external_id if place else "", now)
    return ShareFile(announcement.place_id, entry, everyone_in(workspace), announcement.external_id)


def tell_reminder(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefReminder, now: datetime, calendar: WorkingCalendar
) -> ToTell[Reminding]:
    """One person is reminded, unless the debrief was cancelled or has begun."""
    view = read_debrief(uow, workspace.id, notice.debrief_id)
    if view is None or view.debrief.state is not DebriefState.PLANNED or view.debrief.starts_at <= now:
        return Over()
    reader = reader_by_id(uow, workspace, notice.person_id)
    return Tell(Reminding(view, notice.moment), ToPerson(notice.person_id), reader)
