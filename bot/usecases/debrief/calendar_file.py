"""The calendar file of a debrief: moves and cancellations change the same event in whatever calendar has it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.model import Debrief, DebriefState

LENGTH = timedelta(hours=1)


def calendar_file(debrief: Debrief, sequence: int, summary: str, now: datetime) -> bytes:
    """The debrief as an iCalendar file (RFC 5545): one event with a stable UID and a growing SEQUENCE.

    Calendars are shared and shown on phones, so `summary` must not name the client. Start and end carry the zone of
    the debrief with its rules, so that the event keeps its wall time; a cancelled one says so in method and status.
    """
    # Reading and writing calendars is rare, and this library takes as long to load as a quarter of the start.
    from icalendar import Calendar, Event

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
    calendar = Calendar()
    calendar.add("prodid", "-//Flagclient//Debrief//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
