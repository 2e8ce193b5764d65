"""What is due is done once, in order, and one row that fails holds up no other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.notices import AdminTold, FlagReceipt
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.due import MAX_RETRY, TELL_AFTER, DueHandler, DueRun, run_due
from bot.usecases.ports import Database, UnitOfWork
from storage.engines.database import open_database
from tests.factories import make_person, make_workspace
from tests.frozen_clock import FrozenClock
from tests.usecases.outgoing import outgoing


class Diary:
    """Due rows of one workspace, and what was done for them."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.done: list[str] = []
        self.handlers: dict[str, DueHandler] = {"note": self._note, "trip": self._trip}

    def _note(self, uow: UnitOfWork, item: Any, workspace: Any, now: datetime, calendar: Any) -> None:
        assert workspace.id == item.workspace_id
        assert calendar.is_working_day(now.date())
        uow.outbox.put(workspace.id, FlagReceipt(int(item.subject), 1), now)
        self.done.append(item.subject)

    def _trip(self, uow: UnitOfWork, item: Any, workspace: Any, now: datetime, calendar: Any) -> None:
        self._note(uow, item, workspace, now, calendar)
        raise ZeroDivisionError

    async def put(self, kind: str, subject: str, in_: timedelta = timedelta(0)) -> None:
        at = self.clock.now() + in_
        await self.database.write(lambda uow: uow.due.put(make_workspace(uow).id, kind, subject, at))

    async def run(self, limit: int = 100) -> DueRun:
        return await self.database.write(
            lambda uow: run_due(uow, self.clock.now(), limit, HolidayCalendar, self.handlers)
        )

    async def waiting(self) -> int:
        return (await self.database.read(lambda uow: uow.outbox.counts()))["pending"]


@pytest.fixture
async def diary(sqlite_url: str, clock: FrozenClock) -> AsyncIterator[Diary]:
    """A diary on SQLite, for what does not depend on the database."""
    database = open_database(sqlite_url)
    yield Diary(database, clock)
    await database.close()


@pytest.fixture
def either_diary(database: Database, clock: FrozenClock) -> Diary:
    """A diary on either database in turn."""
    return Diary(database, clock)


async def test_due_rows_are_done_earliest_first_and_once(diary: Diary) -> None:
    for subject, minutes in (("2", -1), ("1", -5), ("3", 0), ("4", 1)):
        await diary.put("note", subject, timedelta(minutes=minutes))
    assert len((await diary.run()).taken) == 3
    assert diary.done == ["1", "2", "3"]
    assert (await diary.run()).taken == ()
    diary.clock.move(timedelta(minutes=1))
    await diary.run()
    assert diary.done == ["1", "2", "3", "4"]


async def test_no_more_than_a_batch_is_taken(diary: Diary) -> None:
    for subject in range(5):
        await diary.put("note", str(subject))
    assert [len((await diary.run(limit=2)).taken) for _ in range(3)] == [2, 2, 1]


async def test_a_row_that_fails_leaves_no_trace_and_the_others_are_done(either_diary: Diary) -> None:
    for subject, kind in (("1", "note"), ("2", "trip"), ("3", "note")):
        await either_diary.put(kind, subject, timedelta(minutes=-int(subject)))
    run = await either_diary.run()
    assert [(item.subject, type(error)) for item, error in run.failed] == [("2", ZeroDivisionError)]
    assert await either_diary.waiting() == 2


async def test_a_row_that_fails_is_tried_again_ever_more_seldom_and_is_never_lost(diary: Diary) -> None:
    await diary.put("trip", "1")
    pauses = []
    for _ in range(12):
        assert len((await diary.run()).failed) == 1
        again = await diary.database.read(lambda uow: uow.due.next_at())
        assert again is not None
        pauses.append(again - diary.clock.now())
        diary.clock.move(pauses[-1])
    assert pauses == sorted(pauses)
    assert pauses[0] >= timedelta(minutes=1)
    assert pauses[-1] == MAX_RETRY
    diary.handlers["trip"] = diary._note
    assert (await diary.run()).failed == ()
    assert await diary.waiting() == 1


async def test_a_kind_that_nobody_knows_is_kept_for_who_may_know_it_later(diary: Diary) -> None:
    await diary.put("unheard_of", "1")
    await diary.put("note", "2")
    run = await diary.run()
    assert [item.kind for item, _ in run.failed] == ["unheard_of"]
    assert diary.done == ["2"]
    assert await diary.database.read(lambda uow: uow.due.next_at()) is not None


async def test_what_was_overdue_for_a_month_is_done_once(diary: Diary) -> None:
    await diary.put("note", "1")
    diary.clock.move(timedelta(days=28))
    assert len((await diary.run()).taken) == 1
    assert (await diary.run()).taken == ()


async def test_the_admins_hear_once_of_a_row_that_keeps_failing(diary: Diary, clock: FrozenClock) -> None:
    admin_id = await diary.database.write(lambda uow: make_person(uow, make_workspace(uow), is_admin=True).id)
    await diary.put("trip", "7")
    told: list[int] = []
    for _ in range(TELL_AFTER + 3):
        await diary.run()
        told.append(await diary.waiting())
        clock.move(MAX_RETRY)
    assert told == [0] * (TELL_AFTER - 1) + [1] * 4
    (notice,) = await outgoing(diary.database, AdminTold)
    assert notice.notice == AdminTold(admin_id, "keeps_failing", "due:trip")
