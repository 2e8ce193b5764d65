"""The calendar file of a debrief: moves and cancellations change the same event in whatever calendar has it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.model import Debrief, DebriefState
from bot.usecases.debrief.zone_rules import timezone_component

LENGTH = timedelta(hours=1)
ALARM = timedelta(minutes=-15)

ORGANIZER = "MAILTO:debrief@flagclient.invalid"
"""Nobody: RFC 5546 asks for one, and answers go nowhere (RFC 2606)."""


def calendar_file(debrief: Debrief, sequence: int, summary: str, link: str, now: datetime) -> bytes:
    """The debrief as an iCalendar file (RFC 5545, 5546): one event with a stable UID and a growing SEQUENCE.

    Calendars are shared and shown on phones, so `summary` must not name the client; `link` leads to where the debrief
    was announced. Start and end carry the zone of the debrief with its rules, so that the event keeps its wall time; a
    cancelled one says so in method and status. It has no attendees: calendar programs would send them mail.
    """
    # Reading and writing calendars is rare, and this library takes as long to load as a quarter of the start.
    from icalendar import Alarm, Calendar, Event

    cancelled = debrief.state is DebriefState.CANCELLED
    zone = ZoneInfo(debrief.zone)
    event = Event()
    event.add("uid", debrief.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", debrief.starts_at.astimezone(zone))
    event.add("dtend", (debrief.starts_at + LENGTH).astimezone(zone))
    event.add("summary", summary)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", ORGANIZER, {"CN": "Flagclient"})
    event.add("url", link)
    # Outlook and Google show a link nowhere else.
    event.add("description", link)
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", ALARM)
        alarm.add("description", summary)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Flagclient//Debrief//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(timezone_component(debrief.zone, (debrief.starts_at, debrief.starts_at + LENGTH)))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
