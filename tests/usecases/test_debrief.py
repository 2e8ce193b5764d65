"""A client leaves: the debrief is planned, moved, cancelled and reminded of, and keeps its time on the wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from bot.domain.errors import (
    ClientLeftAlreadyError,
    DebriefInPastError,
    DebriefMissingError,
    HappenedInFutureError,
    NotFoundError,
)
from bot.domain.model import ClientStage, Debrief, DebriefState, Level
from bot.domain.notices import DebriefAnnouncement, DebriefCalendar, DebriefNudge, DebriefReminder
from bot.domain.timetable import local_instant
from bot.usecases.capabilities import DUE
from bot.usecases.debrief.calendar_file import calendar_file
from bot.usecases.debrief.debrief_view import read_debrief, upcoming_debriefs
from bot.usecases.debrief.leaving import ClientLeft, mark_left, take_back_left
from bot.usecases.debrief.planning import (
    cancel_debrief,
    move_debrief,
    plan_or_move_debrief,
    planned_debrief,
    snooze_debrief,
)
from bot.usecases.debrief.wall_times import recompute_wall_times
from bot.usecases.due import run_due
from bot.usecases.settings import change_setting
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SLOT = datetime(2026, 3, 9, 10, 0)  # noqa: DTZ001 (wall time)


async def left(case: CaseSetup, by: Any = None, **when: Any) -> ClientLeft:
    arguments = {"actor": by or case.owner, "client_id": case.client.id, "now": NOW, "calendar": CALENDAR}
    outcome = await case.do(mark_left, **{**arguments, **when})
    assert isinstance(outcome, ClientLeft)
    return outcome


async def stored(case: CaseSetup, debrief_id: int = 1) -> Debrief:
    found = await case.database.read(lambda uow: uow.debriefs.find(case.client.workspace_id, debrief_id))
    assert found is not None
    return found


async def plan(case: CaseSetup, local_at: datetime | None, now: datetime = NOW, by: Any = None) -> Debrief:
    planned = await case.do(
        plan_or_move_debrief,
        actor=by or case.owner,
        client_id=case.client.id,
        local_at=local_at,
        now=now,
        calendar=CALENDAR,
    )
    assert isinstance(planned, Debrief)
    return planned


async def reminded(case: CaseSetup, now: datetime) -> list[str]:
    """Do what is due by then; returns the moments that people were reminded of, each once."""
    run = await case.database.write(lambda uow: run_due(uow, now, 100, lambda _: CALENDAR, DUE))
    assert not run.failed
    said = [str(one.notice.payload()["moment"]) for one in await outgoing(case.database, DebriefReminder)]
    await forget_outgoing(case.database)
    return list(dict.fromkeys(said))


def announced(sequences: Iterable[int]) -> list[Any]:
    return [DebriefAnnouncement(1), *(DebriefCalendar(1, sequence) for sequence in sequences)]


async def test_leaving_plans_a_debrief_five_working_days_later(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=1)
    outcome = await left(case)
    assert (outcome.debrief.local_at, outcome.debrief.zone) == (SLOT, "Europe/Amsterdam")
    assert outcome.debrief.starts_at == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    client = await case.stored_client()
    assert (client.stage, client.left_on) == (ClientStage.PARTED, date(2026, 3, 2))
    assert [one.notice for one in await outgoing(case.database)] == announced([0])
    assert await due_rows(case.database) == {
        ("debrief_agenda", "1"): datetime(2026, 3, 5, 9, 0, tzinfo=UTC),
        ("debrief_day_before", "1"): datetime(2026, 3, 6, 9, 0, tzinfo=UTC),
        ("debrief_quarter_hour", "1"): datetime(2026, 3, 9, 8, 45, tzinfo=UTC),
        ("debrief_begins", "1"): datetime(2026, 3, 9, 9, 0, tzinfo=UTC),
    }
    invited = await case.database.read(lambda uow: uow.debriefs.people(1))
    concerned = (case.reviewer, case.owner, case.dealer, case.reporter)
    assert invited == sorted(actor.person.id for actor in concerned)


async def test_only_who_sees_the_dossier_says_that_a_client_left(case: CaseSetup) -> None:
    await case.record(severity=1)
    for other in (case.reporter, case.colleague):
        with pytest.raises(NotFoundError):
            await left(case, other)
    await left(case, case.dealer)
    with pytest.raises(ClientLeftAlreadyError) as refused:
        await left(case, case.reviewer)
    assert refused.value.values == {"client": "Acme B.V.", "date": date(2026, 3, 2)}


async def test_a_day_to_come_is_refused_and_one_long_ago_is_looked_back_on_soon(case: CaseSetup) -> None:
    with pytest.raises(HappenedInFutureError):
        await left(case, left_on=date(2026, 3, 3))
    outcome = await left(case, left_on=date(2025, 11, 3))
    assert outcome.debrief.local_at == datetime(2026, 3, 3, 10, 0)  # noqa: DTZ001 (wall time)


async def test_leaving_ends_what_was_open(case: CaseSetup) -> None:
    await case.record(severity=4)
    outcome = await left(case)
    assert outcome.discussion_id == 1
    assert await case.database.read(lambda uow: uow.discussions.open_for(case.client.id)) is None
    assert await case.database.read(lambda uow: uow.alerts.open_for(case.client.id)) == []
    rows = await due_rows(case.database)
    assert not [kind for kind, _ in rows if kind == "alert_waits"]


async def test_a_mistake_is_taken_back_with_its_discussion(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=4)
    outcome = await left(case)
    for _ in range(2):
        await case.do(
            take_back_left,
            actor=case.owner,
            client_id=case.client.id,
            now=NOW,
            calendar=CALENDAR,
            discussion_id=outcome.discussion_id,
        )
    client = await case.stored_client()
    assert (client.stage, client.left_on, client.alerted) == (ClientStage.IN_REVIEW, None, Level.DISCUSS)
    assert await case.database.read(lambda uow: uow.discussions.open_for(case.client.id)) is not None
    debrief = await stored(case)
    assert (debrief.state, debrief.sequence) == (DebriefState.CANCELLED, 1)
    assert not [kind for kind, _ in await due_rows(case.database) if kind.startswith("debrief")]
    again = await left(case)
    assert again.debrief.id == 2


async def test_a_mistake_taken_back_arms_the_levels_that_were_closed_with_it(case: CaseSetup) -> None:
    await case.record(severity=3)
    await left(case)
    with pytest.raises(NotFoundError):
        await case.do(take_back_left, actor=case.reporter, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    await case.do(take_back_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    client = await case.stored_client()
    assert (client.stage, client.alerted) == (ClientStage.ACTIVE, Level.NONE)
    await case.record(severity=1, category="haggling")
    alerts = await case.database.read(lambda uow: uow.alerts.open_for(case.client.id))
    assert [alert.level for alert in alerts] == [Level.WATCH]


async def test_by_hand_it_is_planned_moved_and_left_as_it_is(case: CaseSetup) -> None:
    with pytest.raises(NotFoundError):
        await plan(case, None, by=case.colleague)
    with pytest.raises(DebriefInPastError):
        await plan(case, datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 (wall time)
    planned = await plan(case, None)
    assert planned.local_at == SLOT
    assert await plan(case, None) == planned
    assert await plan(case, SLOT) == planned
    afternoon = SLOT.replace(hour=14)
    moved = await plan(case, afternoon)
    assert (moved.id, moved.uid, moved.sequence, moved.local_at) == (planned.id, planned.uid, 1, afternoon)
    assert [one.notice for one in await outgoing(case.database)] == announced([0, 1])
    assert (await left(case)).debrief == moved


async def test_the_invited_move_put_off_and_cancel_and_others_cannot(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=1)
    await left(case)
    with pytest.raises(NotFoundError):
        await case.do(cancel_debrief, actor=case.colleague, debrief_id=1, now=NOW)
    thursday = datetime(2026, 3, 12, 15, 30)  # noqa: DTZ001 (wall time)
    asked: dict[str, Any] = {"actor": case.reporter, "debrief_id": 1, "now": NOW, "calendar": CALENDAR}
    for _ in range(2):
        await case.do(move_debrief, local_at=thursday, **asked)
    with pytest.raises(DebriefInPastError):
        await case.do(move_debrief, local_at=datetime(2026, 3, 1, 9, 0), **asked)  # noqa: DTZ001 (wall time)
    for _ in range(2):
        await case.do(snooze_debrief, expected_sequence=1, **asked)
    put_off = await stored(case)
    assert (put_off.local_at, put_off.sequence) == (thursday + timedelta(days=7), 2)
    for _ in range(2):
        await case.do(cancel_debrief, actor=case.reporter, debrief_id=1, now=NOW)
    assert ((await stored(case)).state, (await stored(case)).sequence) == (DebriefState.CANCELLED, 3)
    with pytest.raises(DebriefMissingError):
        await case.do(move_debrief, local_at=thursday, **asked)
    with pytest.raises(DebriefMissingError):
        await case.database.read(lambda uow: planned_debrief(uow, case.owner, 1))
    assert await due_rows(case.database) == {}
    assert [one.notice for one in await outgoing(case.database)] == announced([0, 1, 2, 3])


async def test_a_debrief_put_off_into_a_weekend_moves_to_the_next_working_day(case: CaseSetup) -> None:
    saturday = datetime(2026, 3, 7, 11, 0)  # noqa: DTZ001 (wall time)
    await plan(case, saturday)
    asked: dict[str, Any] = {"actor": case.owner, "debrief_id": 1, "now": NOW, "calendar": CALENDAR}
    moved = await case.do(snooze_debrief, expected_sequence=0, **asked)
    assert moved.local_at == datetime(2026, 3, 16, 11, 0)  # noqa: DTZ001 (wall time)


async def test_reminders_come_once_each_and_follow_a_move(case: CaseSetup) -> None:
    await left(case)
    await forget_outgoing(case.database)
    friday = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    assert await reminded(case, friday - timedelta(seconds=1)) == []
    assert await reminded(case, friday) == ["day_before"]
    assert await reminded(case, friday) == []
    tuesday = datetime(2026, 3, 10, 9, 0)  # noqa: DTZ001 (wall time)
    await plan(case, tuesday, now=friday)
    await forget_outgoing(case.database)
    assert await reminded(case, datetime(2026, 3, 9, 9, 0, tzinfo=UTC)) == ["day_before"]
    assert await reminded(case, datetime(2026, 3, 10, 7, 45, tzinfo=UTC)) == ["quarter_hour"]


async def test_the_announcement_names_nobody_for_what_they_reported(case: CaseSetup) -> None:
    await case.record(severity=1)
    await left(case)
    view = await case.database.read(lambda uow: read_debrief(uow, case.client.workspace_id, 1, NOW))
    assert view is not None
    assert view.people == tuple(sorted(one.person.id for one in (case.reviewer, case.owner, case.dealer)))
    assert view.has_others
    assert case.reporter.person.id in await case.database.read(lambda uow: uow.debriefs.people(1))


async def test_who_left_is_not_reminded(case: CaseSetup) -> None:
    await left(case)
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    await forget_outgoing(case.database)
    await case.database.write(
        lambda uow: run_due(uow, datetime(2026, 3, 6, 9, 0, tzinfo=UTC), 100, lambda _: CALENDAR, DUE)
    )
    for kind in (DebriefReminder, DebriefNudge):
        asked = {one.notice.payload()["person_id"] for one in await outgoing(case.database, kind)}
        assert asked == {case.owner.person.id, case.reviewer.person.id}
    view = await case.database.read(lambda uow: read_debrief(uow, case.client.workspace_id, 1, NOW))
    assert view is not None
    assert case.dealer.person.id not in view.people


@pytest.mark.parametrize(
    ("away_until", "said"),
    [
        (datetime(2026, 3, 9, 7, 0, tzinfo=UTC), ["day_before"]),
        (datetime(2026, 3, 9, 8, 50, tzinfo=UTC), ["quarter_hour"]),
        (NOW + timedelta(days=30), []),
    ],
)
async def test_a_bot_that_was_away_says_only_what_still_helps(
    case: CaseSetup, away_until: datetime, said: list[str]
) -> None:
    await left(case)
    await forget_outgoing(case.database)
    assert await reminded(case, away_until) == said


@pytest.mark.parametrize(("left_on", "utc_hour"), [(date(2026, 3, 24), 8), (date(2026, 10, 20), 9)])
async def test_a_change_of_the_clocks_in_between_keeps_the_time_on_the_wall(
    case: CaseSetup, left_on: date, utc_hour: int
) -> None:
    now = datetime.combine(left_on, datetime.min.time(), UTC) + timedelta(hours=12)
    debrief = (await left(case, now=now)).debrief
    assert debrief.local_at.hour == 10
    assert debrief.starts_at.hour == utc_hour
    assert debrief.starts_at.astimezone(AMSTERDAM).replace(tzinfo=None) == debrief.local_at
    rows = await due_rows(case.database)
    assert rows["debrief_quarter_hour", "1"] == debrief.starts_at - timedelta(minutes=15)


async def test_another_zone_keeps_the_time_on_the_wall_and_tells_calendars(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=3)
    await left(case)
    await plan(case, SLOT.replace(hour=14))

    def put(uow: Any) -> None:
        uow.due.put(case.client.workspace_id, "instant", "1", NOW)
        uow.due.put(case.client.workspace_id, "wall_time", "1", NOW, local_at=SLOT, zone="Europe/Amsterdam")

    await case.database.write(put)
    await case.database.write(lambda uow: recompute_wall_times(uow, NOW, lambda _: CALENDAR))
    await forget_outgoing(case.database)

    def recompute(uow: Any) -> int:
        return recompute_wall_times(uow, NOW, lambda _: CALENDAR)

    assert await case.database.write(recompute) == 0
    await case.database.write(
        lambda uow: change_setting(uow, case.client.workspace_id, "zone", "America/New_York", NOW)
    )
    assert await case.database.write(recompute) > 0
    debrief = await stored(case)
    assert (debrief.local_at, debrief.zone) == (SLOT.replace(hour=14), "America/New_York")
    assert debrief.starts_at == datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
    assert await due_rows(case.database) == {
        ("debrief_agenda", "1"): datetime(2026, 3, 5, 15, 0, tzinfo=UTC),
        ("debrief_day_before", "1"): datetime(2026, 3, 6, 15, 0, tzinfo=UTC),
        ("debrief_quarter_hour", "1"): datetime(2026, 3, 9, 17, 45, tzinfo=UTC),
        ("debrief_begins", "1"): datetime(2026, 3, 9, 18, 0, tzinfo=UTC),
        ("instant", "1"): NOW,
        ("wall_time", "1"): datetime(2026, 3, 9, 14, 0, tzinfo=UTC),
    }
    assert [one.notice for one in await outgoing(case.database)] == announced([2])
    assert await case.database.write(recompute) == 0


async def test_what_is_planned_is_listed_for_those_invited(case: CaseSetup) -> None:
    await left(case)
    listed = await case.database.read(lambda uow: upcoming_debriefs(uow, case.dealer, NOW))
    assert [(one.client_name, one.debrief.id) for one in listed] == [("Acme B.V.", 1)]
    assert await case.database.read(lambda uow: upcoming_debriefs(uow, case.colleague, NOW)) == []


DEBRIEF = Debrief(
    id=1,
    workspace_id=1,
    client_id=1,
    state=DebriefState.PLANNED,
    local_at=SLOT,
    zone="Europe/Amsterdam",
    starts_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC),
    sequence=0,
    uid="4f8a@flagclient",
)
LINK = "https://chatter.example/T1/C1"


def test_the_calendar_file_says_when_in_the_zone_and_is_taken_back_under_the_same_uid() -> None:
    file = Calendar.from_ical(calendar_file(DEBRIEF, 0, "Debrief review-0001", LINK, NOW))
    (event,) = file.walk("VEVENT")
    assert file["METHOD"] == "PUBLISH"
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == ("4f8a@flagclient", 0, "CONFIRMED")
    assert str(event["SUMMARY"]) == "Debrief review-0001"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert [str(zone["TZID"]) for zone in file.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)
    # RFC 5546: a file that is published has one organizer, and no attendees, whom programs would write to.
    assert str(event["ORGANIZER"]).endswith(".invalid")
    assert "ATTENDEE" not in event
    assert str(event["URL"]) == str(event["DESCRIPTION"]) == LINK
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(minutes=-15)

    cancelled = replace(DEBRIEF, state=DebriefState.CANCELLED)
    taken_back = Calendar.from_ical(calendar_file(cancelled, 1, "Debrief", LINK, NOW))
    (event,) = taken_back.walk("VEVENT")
    assert taken_back["METHOD"] == "CANCEL"
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == ("4f8a@flagclient", 1, "CANCELLED")
    assert str(event["ORGANIZER"]).endswith(".invalid")
    assert event.walk("VALARM") == []


@example(minutes=28_350, zone="Europe/Amsterdam")  # half past two in the night in which the clocks skip that hour
@given(
    minutes=st.integers(0, 10 * 366 * 24 * 60),
    zone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]),
)
def test_the_calendar_file_always_names_the_very_instant(minutes: int, zone: str) -> None:
    local_at = SLOT + timedelta(minutes=minutes)
    starts_at = local_instant(local_at, zone)
    debrief = replace(DEBRIEF, local_at=local_at, zone=zone, starts_at=starts_at)
    (event,) = Calendar.from_ical(calendar_file(debrief, 3, "Debrief", LINK, NOW)).walk("VEVENT")
    shown = event.decoded("DTSTART")
    assert shown.replace(tzinfo=None) == starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
