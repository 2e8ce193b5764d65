"""Reminders of a debrief over time: never too many, never to those who answered, never early, at most a minute late.

A small world of its own lets days pass, with the bot up or away, while people answer, are away, leave, and move the
debrief. Whatever is told is noted with the moment at which it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count, pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.domain.debrief import Question
from bot.domain.debrief_rules import MAX_NUDGES
from bot.domain.delivery_outcome import Delivered, Obsolete, Postponed
from bot.domain.errors import FlagclientError
from bot.domain.lessons import LessonDraft, LessonHead
from bot.domain.model import DebriefState
from bot.domain.notices import DebriefNudge, DebriefReminder, LessonReminder, LessonReview, Notice
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import DAY_BEFORE, is_quiet, local_instant, working_day_before
from bot.usecases.actor import Actor
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.capabilities import DUE
from bot.usecases.debrief.answering import keep_answers, say_away_from_debrief
from bot.usecases.debrief.closing import close_debrief
from bot.usecases.debrief.leaving import mark_left
from bot.usecases.debrief.planning import move_debrief
from bot.usecases.debrief.telling import tell_nudge, tell_reminder
from bot.usecases.due import run_due
from bot.usecases.lessons.telling import tell_reminder as tell_lesson
from bot.usecases.lessons.telling import tell_review
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.telling import Tell, Wait
from storage.engines.database import open_database
from storage.engines.schema import migrate
from storage.engines.sqlite import SqliteDatabase
from storage.tables.outbox import DUE as DUE_ROWS
from storage.tables.outbox import OUTBOX
from tests.factories import make_actor, make_client, make_flag, make_workspace

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FEW_ZONES = ("Europe/Amsterdam", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata")
FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
MINUTE = timedelta(minutes=1)
TELLS: dict[type[Notice], Any] = {
    DebriefNudge: tell_nudge,
    DebriefReminder: tell_reminder,
    LessonReminder: tell_lesson,
    LessonReview: tell_review,
}
NAMES = ("owner", "dealer", "reporter", "reviewer")
_teams = count(1)


class Time:
    """A workspace in which time passes; `told` is what people heard, and `heard_at` says when."""

    def __init__(self, database: SqliteDatabase, run: Any, office: str, home: str, starts: datetime) -> None:
        self._database = database
        self._run = run
        # What an earlier example has left would come due in this one.
        for table in (DUE_ROWS, OUTBOX):
            run(database.transact(lambda connection, of=table: connection.execute(delete(of))))
        self.now = starts
        self.told: list[tuple[datetime, Notice]] = []
        self.answered: set[int] = set()
        self.away: set[int] = set()
        self.gone: set[int] = set()
        self.was_away = False
        self.actors, self.client_id = self.write(partial(self._begin, office=office, home=home))
        self.settings: WorkspaceSettings = self.actors["owner"].settings
        self.calendar = HolidayCalendar(self.settings)

    def _begin(self, uow: UnitOfWork, office: str, home: str) -> tuple[dict[str, Actor], int]:
        workspace = make_workspace(uow, f"T{next(_teams):06d}R")
        uow.people.save_overrides(workspace.id, {"zone": office})
        workspace = uow.people.workspace(workspace.id)
        made = {
            name: make_actor(uow, workspace, zone=home if name == "dealer" else office, is_reviewer=name == "reviewer")
            for name in NAMES
        }
        client = make_client(uow, workspace, "Acme", owner=made["owner"].person, now=self.now)
        uow.clients.set_people(client.id, [made["dealer"].person.id])
        make_flag(uow, client, made["reporter"].person, now=self.now)
        return made, client.id

    def write(self, work: Any) -> Any:
        return self._run(self._database.write(work))

    def do(self, story: Any, by: str, **said: Any) -> Any:
        """Somebody does something; what is refused is refused."""
        wanted = story.__code__.co_varnames[: story.__code__.co_argcount + story.__code__.co_kwonlyargcount]
        given = {"now": self.now, "calendar": self.calendar}
        said |= {name: value for name, value in given.items() if name in wanted}
        try:
            return self.write(partial(story, actor=self.actors[by], **said))
        except FlagclientError:
            return None

    def pass_time(self, step: timedelta, *, is_up: bool) -> None:
        """Time passes; while the bot is up it looks each time something is due, as its clock does each second."""
        until = self.now + step
        if not is_up:
            self.now, self.was_away = until, True
            self._look()
            return
        while (at := self._next()) is not None and at <= until:
            self.now = max(self.now, at)
            self._look()
        self.now = until

    def _next(self) -> datetime | None:
        def read(uow: UnitOfWork) -> datetime | None:
            moments = [uow.due.next_at(), uow.outbox.next_due(self.now)]
            return min((moment for moment in moments if moment is not None), default=None)

        return self.write(read)

    def _look(self) -> None:
        while self.write(lambda uow: run_due(uow, self.now, 100, lambda _: self.calendar, DUE)).taken:
            pass
        while self.write(self._deliver):
            pass

    def _deliver(self, uow: UnitOfWork) -> int:
        items = uow.outbox.claim(self.now, 100, timedelta(hours=1))
        for item in items:
            tell = TELLS.get(type(item.notice))
            workspace = uow.people.workspace(item.workspace_id)
            said = tell(uow, workspace, item.notice, self.now, self.calendar) if tell else None
            if isinstance(said, Wait):
                assert said.until > self.now
                uow.outbox.finish(item, Postponed(said.until), self.now, retry_at=said.until)
                continue
            if isinstance(said, Tell):
                self.told.append((self.now, item.notice))
                self._assert_fits(item.notice)
            uow.outbox.finish(item, Delivered() if isinstance(said, Tell) else Obsolete(), self.now, retry_at=None)
        return len(items)

    def _assert_fits(self, notice: Any) -> None:
        """Whoever hears something wants to hear it, now."""
        assert notice.person_id not in self.gone
        if isinstance(notice, DebriefNudge):
            assert notice.person_id not in self.answered | self.away
        if isinstance(notice, DebriefReminder):
            assert notice.person_id not in self.away

    def heard(self, kind: type[Notice]) -> list[tuple[datetime, Any]]:
        return [(at, notice) for at, notice in self.told if isinstance(notice, kind)]

    def debrief(self) -> Any:
        return self.write(lambda uow: uow.debriefs.latest_for(self.client_id))


def nobody_is_nudged_more_than_twice(time: Time) -> None:
    counts: dict[int, int] = {}
    for _, notice in time.heard(DebriefNudge):
        counts[notice.person_id] = counts.get(notice.person_id, 0) + 1
    assert max(counts.values(), default=0) <= MAX_NUDGES


def reminders_came_in_time(time: Time, debrief: Any) -> None:
    """Of a debrief that was never moved: neither early nor more than a minute late, once each."""
    day_before = datetime.combine(working_day_before(debrief.local_at.date(), time.calendar), datetime.min.time())
    moments = {
        DAY_BEFORE: local_instant(day_before + timedelta(hours=10), debrief.zone),
        "quarter_hour": debrief.starts_at - timedelta(minutes=15),
    }
    heard = time.heard(DebriefReminder)
    assert len(heard) == len({(notice.person_id, notice.moment) for _, notice in heard})
    for at, notice in heard:
        assert moments[notice.moment] <= at <= moments[notice.moment] + MINUTE


def asked_in_working_hours(time: Time, kinds: Sequence[type[Notice]]) -> None:
    """Each at a moment at which the person works, by their own clock."""
    by_id = {actor.person.id: actor for actor in time.actors.values()}
    for kind in kinds:
        for at, notice in time.heard(kind):
            zone = by_id[notice.person_id].person.zone
            there = WorkspaceSettings(zone=zone)
            assert not is_quiet(at, there, HolidayCalendar(there)), (at, zone, notice)


def seen_through(time: Time) -> None:
    """The whole way with nobody doing anything but the host: two nudges each, reminders, a lesson, ninety days."""
    assert time.do(mark_left, "owner", client_id=time.client_id) is not None
    debrief = time.debrief()
    time.pass_time(debrief.starts_at - time.now + timedelta(days=4), is_up=True)
    reminders_came_in_time(time, debrief)
    assert len(time.heard(DebriefReminder)) == 8
    assert sorted(notice.person_id for _, notice in time.heard(DebriefNudge)) == sorted(
        actor.person.id for actor in time.actors.values() for _ in range(2)
    )
    due_on = time.now.astimezone(ZoneInfo(time.settings.zone)).date() + timedelta(days=20)
    lesson = LessonDraft("Ask a deposit", time.actors["dealer"].person.id, due_on, LessonHead.SCREENING)
    said = {"debrief_id": debrief.id, "lessons": (lesson,), "key": f"close {time.client_id}", "content_hash": ""}
    assert time.do(close_debrief, "owner", **said) is not None
    time.pass_time(timedelta(days=120), is_up=True)
    reminded = [at for at, _ in time.heard(LessonReminder)]
    assert reminded
    assert reminded[0].astimezone(ZoneInfo(time.actors["dealer"].person.zone)).date() >= due_on - timedelta(days=1)
    assert all(later - sooner >= timedelta(days=12) for sooner, later in pairwise(reminded))
    assert [notice.step for _, notice in time.heard(LessonReview)] == [1, 2]
    asked_in_working_hours(time, (DebriefNudge, LessonReminder, LessonReview))
    nobody_is_nudged_more_than_twice(time)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What makes a time in a database that all examples share."""
    url = f"sqlite:///{tmp_path_factory.mktemp('reminders')}/time.db"
    with asyncio.Runner() as runner:
        runner.run(migrate(url))
        database = runner.run(_opened(url))
        yield partial(Time, database, runner.run)
        runner.run(database.close())


async def _opened(url: str) -> SqliteDatabase:
    opened = open_database(url)
    assert isinstance(opened, SqliteDatabase)
    return opened


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


@pytest.mark.parametrize(
    "zone", [pytest.param(zone, marks=() if zone in FEW_ZONES else pytest.mark.sweep) for zone in ZONES]
)
def test_in_every_zone_a_debrief_is_seen_through_in_time(world: Any, zone: str) -> None:
    for number, day in enumerate((date(2026, 3, 20), date(2026, 10, 16), date(2027, 12, 17), date(2028, 2, 22))):
        office, home = (zone, "Europe/Amsterdam") if number % 2 else ("Europe/Amsterdam", zone)
        seen_through(world(office, home, noon(day)))


people = st.sampled_from(NAMES)
steps = st.one_of(
    st.tuples(st.just("answer"), people),
    st.tuples(st.just("away"), people),
    st.tuples(st.just("leave"), st.sampled_from(("dealer", "reporter"))),
    st.tuples(st.just("move"), st.integers(1, 20)),
    st.tuples(st.just("up"), st.integers(1, 200)),
    st.tuples(st.just("down"), st.sampled_from((1, 30, 24 * 8, 24 * 30))),
)


@settings(max_examples=max(20, settings().max_examples // 4))
@given(
    world_days=st.dates(FIRST, LAST),
    office=st.sampled_from(ZONES),
    home=st.sampled_from(ZONES),
    history=st.lists(steps, max_size=12),
)
def test_whatever_happens_nobody_hears_too_much_or_what_they_need_not(
    world: Any, world_days: date, office: str, home: str, history: list[tuple[str, Any]]
) -> None:
    time: Time = world(office, home, noon(world_days))
    assert time.do(mark_left, "owner", client_id=time.client_id) is not None
    debrief, is_moved = time.debrief(), False
    for what, how in history:
        match what:
            case "answer":
                if time.do(keep_answers, how, debrief_id=debrief.id, typed={Question.CAUSES: "So."}) is not None:
                    time.answered.add(time.actors[how].person.id)
                    time.away.discard(time.actors[how].person.id)
            case "away":
                if time.do(say_away_from_debrief, how, debrief_id=debrief.id) is not None:
                    time.away.add(time.actors[how].person.id)
            case "leave":
                person_id = time.actors[how].person.id
                time.write(lambda uow, who=person_id: uow.people.set_left(who, time.now))
                time.gone.add(person_id)
            case "move":
                at = time.now.astimezone(ZoneInfo(office)).replace(tzinfo=None) + timedelta(days=how)
                is_moved |= time.do(move_debrief, "owner", debrief_id=debrief.id, local_at=at) is not None
            case _:
                time.pass_time(timedelta(hours=how), is_up=what == "up")
    time.pass_time(timedelta(days=60), is_up=True)
    nobody_is_nudged_more_than_twice(time)
    asked_in_working_hours(time, (DebriefNudge,) if not time.was_away else ())
    if not is_moved and not time.was_away:
        reminders_came_in_time(time, debrief)
    assert time.debrief().state is DebriefState.TOOK_PLACE
