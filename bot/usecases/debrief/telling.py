"""What is told about debriefs: the announcement, its calendar file, and private reminders."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.debrief_rules import answered
from bot.domain.delivery_outcome import Reason
from bot.domain.model import Debrief, DebriefState, DiscussionState, DiscussionStyle
from bot.domain.notices import (
    DebriefAgenda,
    DebriefAnnouncement,
    DebriefBegins,
    DebriefCalendar,
    DebriefNudge,
    DebriefReminder,
    DebriefSummary,
    DiscussionOpening,
)
from bot.domain.timetable import WorkingCalendar
from bot.usecases.debrief.agenda import DebriefContent, read_content
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


class Posted(Struct, frozen=True):
    """An agenda or a summary on its way to a place.

    With `is_brief` more people read along than talked about the client: nothing that anybody typed is posted there.
    `can_archive` says that the channel of the talk can be archived now, `closed_by_id` who closed the debrief.
    """

    content: DebriefContent
    is_brief: bool
    can_archive: bool = False
    closed_by_id: int | None = None


class Reminding(Struct, frozen=True):
    """A debrief that comes up; `moment` says which reminder this is (see `bot.domain.timetable`)."""

    view: DebriefView
    moment: str


def tell_announcement(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefAnnouncement, now: datetime, calendar: WorkingCalendar
) -> ToTell[DebriefView]:
    """In the place of the discussion, or in the place for alerts where there is none to post in."""
    view = read_debrief(uow, workspace.id, notice.debrief_id, now)
    stands = uow.messages.find(workspace.id, notice.lane)
    if view is None or (view.debrief.state is DebriefState.CANCELLED and stands is None):
        return Over()
    places = [place for place in (view.discussion_place_id, workspace.settings.alert_place) if place is not None]
    if view.debrief.state is DebriefState.TOOK_PLACE and (stands is None or stands.place_id not in places[:1]):
        # What is over is announced nowhere anew, such as where its channel was archived.
        return Over()
    if not places:
        return Stuck(Reason.PLACE_UNSET)
    to = ToPlace(places[0], subject=notice.lane, instead=next(iter(places[1:]), None))
    return Tell(view, to, everyone_in(workspace))


def tell_calendar(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefCalendar, now: datetime, calendar: WorkingCalendar
) -> ToTell[CalendarEntry]:
    """Under the announcement, with which it waits; an older state of the debrief is not shared any more."""
    view = read_debrief(uow, workspace.id, notice.debrief_id, now)
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
    view = read_debrief(uow, workspace.id, notice.debrief_id, now)
    if view is None or view.debrief.state is not DebriefState.PLANNED or view.debrief.starts_at <= now:
        return Over()
    if any(one.away_at for one in uow.debriefs.invited(view.debrief.id) if one.person_id == notice.person_id):
        return Over()
    reader = reader_by_id(uow, workspace, notice.person_id)
    return Tell(Reminding(view, notice.moment), ToPerson(notice.person_id), reader)


def tell_agenda(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefAgenda, now: datetime, calendar: WorkingCalendar
) -> ToTell[Posted]:
    """Under the announcement, or in the thread of the discussion; not any more once the debrief has begun."""
    content = read_content(uow, workspace.id, notice.debrief_id, now)
    subject = f"debrief_agenda:{notice.debrief_id}"
    stands = uow.messages.find(workspace.id, subject) is not None
    if content is None or content.debrief.state is not DebriefState.PLANNED or (content.has_begun and not stands):
        return Over()
    where = _where(uow, workspace, content.debrief, subject, under_announcement=True)
    if where is None:
        return Stuck(Reason.PLACE_UNSET)
    to, is_brief = where
    return Tell(Posted(content, is_brief), to, everyone_in(workspace))


def tell_summary(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefSummary, now: datetime, calendar: WorkingCalendar
) -> ToTell[Posted]:
    """In the discussion, or in its thread; brought up to date where it stands, as long as that can be written in."""
    content = read_content(uow, workspace.id, notice.debrief_id, now)
    if content is None or content.debrief.state is not DebriefState.TOOK_PLACE:
        return Over()
    subject = f"debrief_summary:{notice.debrief_id}"
    stands = uow.messages.find(workspace.id, subject)
    place = uow.people.place(stands.place_id) if stands else None
    if place is not None and place.state != "open":
        return Over()
    where = _where(uow, workspace, content.debrief, subject)
    if where is None:
        return Stuck(Reason.PLACE_UNSET)
    to, is_brief = where
    end = uow.debriefs.end(content.debrief.id)
    posted = Posted(content, is_brief, _can_archive(uow, content.debrief, to), end.by_id if end else None)
    return Tell(posted, to, everyone_in(workspace))


def _where(
    uow: UnitOfWork, workspace: Workspace, debrief: Debrief, subject: str, *, under_announcement: bool = False
) -> tuple[ToPlace, bool] | None:
    """Where the team talked about the client, or else the place for alerts; and whether it is that one."""
    announcement = uow.messages.find(workspace.id, DebriefAnnouncement(debrief.id).lane)
    discussion = uow.discussions.latest_for(debrief.client_id)
    if discussion is not None and discussion.style is DiscussionStyle.THREAD:
        opening = uow.messages.find(workspace.id, DiscussionOpening(discussion.id).lane)
        if opening is not None:
            return ToPlace(opening.place_id, subject, opening.thread_external_id or opening.external_id), False
    place = uow.people.place(discussion.place_id) if discussion and discussion.place_id else None
    if place is not None and place.state == "open":
        place_id, is_brief = place.id, False
    elif workspace.settings.alert_place is not None:
        place_id, is_brief = workspace.settings.alert_place, True
    else:
        return None
    is_beside = announcement is not None and announcement.place_id == place_id
    thread = announcement.external_id if announcement and is_beside and (under_announcement or is_brief) else None
    return ToPlace(place_id, subject, thread), is_brief


def _can_archive(uow: UnitOfWork, debrief: Debrief, to: ToPlace) -> bool:
    discussion = uow.discussions.latest_for(debrief.client_id)
    return (
        discussion is not None
        and discussion.style is DiscussionStyle.CHANNEL
        and discussion.state is DiscussionState.CLOSED
        and discussion.place_id == to.place_id
    )


def tell_nudge(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefNudge, now: datetime, calendar: WorkingCalendar
) -> ToTell[DebriefView]:
    """One person is asked for their answers, unless they gave one, cannot take part, or the debrief is over."""
    view = read_debrief(uow, workspace.id, notice.debrief_id, now)
    if view is None or view.debrief.state is not DebriefState.PLANNED:
        return Over()
    away = {one.person_id for one in uow.debriefs.invited(view.debrief.id) if one.away_at is not None}
    done = away | answered(uow.debriefs.answers(view.debrief.id))
    if notice.person_id in done or not uow.people.present([notice.person_id]):
        return Over()
    return Tell(view, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_begins(
    uow: UnitOfWork, workspace: Workspace, notice: DebriefBegins, now: datetime, calendar: WorkingCalendar
) -> ToTell[DebriefView]:
    """The host hears that the debrief begins, unless it was moved or closed in the meantime."""
    view = read_debrief(uow, workspace.id, notice.debrief_id, now)
    if view is None or view.debrief.state is not DebriefState.PLANNED or not view.has_begun:
        return Over()
    if view.host_id != notice.person_id:
        return Over()
    return Tell(view, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))
