"""What people hear about a debrief."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class DebriefAnnouncement(Notice, frozen=True):
    """Announce a debrief, or bring its announcement up to date after a move or a cancellation."""

    kind: ClassVar[str] = "debrief_announcement"
    lane_name: ClassVar[str] = "debrief:{0.debrief_id}"
    is_never_repeated: ClassVar[bool] = True
    is_for_alert_place: ClassVar[bool] = True
    debrief_id: int


class DebriefCalendar(Notice, frozen=True):
    """Share the calendar file of a debrief as it stands at `sequence`."""

    kind: ClassVar[str] = "debrief_calendar"
    lane_name: ClassVar[str] = "debrief:{0.debrief_id}"
    is_for_alert_place: ClassVar[bool] = True
    debrief_id: int
    sequence: int


class DebriefReminder(Notice, frozen=True):
    """Remind one person of a debrief; `moment` is `day_before` or `quarter_hour`."""

    kind: ClassVar[str] = "debrief_reminder"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    debrief_id: int
    person_id: int
    moment: str


class DebriefAgenda(Notice, frozen=True):
    """Send the agenda of a debrief ahead, or bring it up to date."""

    kind: ClassVar[str] = "debrief_agenda"
    lane_name: ClassVar[str] = "debrief:{0.debrief_id}"
    is_for_alert_place: ClassVar[bool] = True
    debrief_id: int


class DebriefNudge(Notice, frozen=True):
    """Ask one person for their answers; `number` says how often that was done."""

    kind: ClassVar[str] = "debrief_nudge"
    lane_name: ClassVar[str] = "person:{0.person_id}:debrief:{0.debrief_id}"
    debrief_id: int
    person_id: int
    number: int


class DebriefBegins(Notice, frozen=True):
    """Tell the host of a debrief that it begins, and how it is closed."""

    kind: ClassVar[str] = "debrief_begins"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    debrief_id: int
    person_id: int


class DebriefSummary(Notice, frozen=True):
    """Post what a debrief came to, or bring that up to date."""

    kind: ClassVar[str] = "debrief_summary"
    lane_name: ClassVar[str] = "debrief:{0.debrief_id}"
    is_for_alert_place: ClassVar[bool] = True
    debrief_id: int
