"""Claims of several workers, and lanes in which something is stuck, on both databases alike."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.delivery_outcome import Delivered, Reason, RetryLater
from bot.domain.notices import (
    AlertCard,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionStep,
    FlagReceipt,
    Notice,
)
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.outbox import OutboxItem
from storage.backup.quarantine import SET_QUARANTINE, is_quarantined, release_quarantine
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from storage.repositories.outbox_claim import CLAIM_IN, STEPS
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase
LEASE = timedelta(minutes=1)
NOW = MONDAY_MORNING


def claim(uow: UnitOfWork, at: timedelta = timedelta(0), limit: int = 100) -> list[OutboxItem]:
    return uow.outbox.claim(NOW + at, limit, LEASE)


@pytest.mark.parametrize("stuck", ["dead", "parked"])
async def test_a_step_of_a_discussion_that_is_stuck_holds_up_the_next_ones(database: AnyDatabase, stuck: str) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for notice in (DiscussionSpace(1), DiscussionDescription(1), DiscussionPeople(1), DiscussionSpace(2)):
            uow.outbox.put(workspace.id, notice, NOW)
        channel, other = claim(uow)
        assert (channel.notice, other.notice) == (DiscussionSpace(1), DiscussionSpace(2))
        getattr(uow.outbox, {"dead": "kill", "parked": "park"}[stuck])(channel, NOW, "channel_refused", "")
        assert claim(uow) == []

        getattr(uow.outbox, {"dead": "revive", "parked": "unpark"}[stuck])(workspace.id, NOW)
        (channel,) = claim(uow)
        uow.outbox.finish(channel, Delivered(), NOW, retry_at=None)
        assert [item.notice for item in claim(uow)] == [DiscussionDescription(1)]

    await database.write(story)


async def test_letting_a_stuck_step_go_lets_the_next_one_pass(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for notice in (DiscussionDescription(1), DiscussionFlag(1, 5)):
            uow.outbox.put(workspace.id, notice, NOW)
        (topic,) = claim(uow)
        uow.outbox.kill(topic, NOW, "refused", "")
        uow.outbox.discard(workspace.id, NOW)
        assert [item.notice for item in claim(uow)] == [DiscussionFlag(1, 5)]

    await database.write(story)


@pytest.mark.parametrize("stuck", ["kill", "park"])
async def test_anything_else_that_is_stuck_lets_the_next_one_pass(database: AnyDatabase, stuck: str) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for number in (1, 2):
            uow.outbox.put(workspace.id, FlagReceipt(number, 7), NOW)
        (first,) = claim(uow)
        getattr(uow.outbox, stuck)(first, NOW, "person_unreachable", "")
        assert [item.notice for item in claim(uow)] == [FlagReceipt(2, 7)]

    await database.write(story)


def test_every_step_of_a_discussion_is_known_as_one() -> None:
    def concrete(kind: type[DiscussionStep]) -> set[str]:
        return {step.kind for step in kind.__subclasses__()}.union(*map(concrete, kind.__subclasses__()))

    assert set(STEPS) == concrete(DiscussionStep)


async def test_a_notice_that_became_visible_late_waits_for_the_one_on_its_way(database: AnyDatabase) -> None:
    """Two transactions put into one lane; the one with the lower position commits after the other was claimed."""

    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.outbox.put(workspace.id, FlagReceipt(1, 7), NOW, due_at=NOW + LEASE)
        uow.outbox.put(workspace.id, FlagReceipt(2, 7), NOW)
        execute = uow._connection.exec_driver_sql  # type: ignore[attr-defined]
        execute("UPDATE outbox SET state = 'obsolete' WHERE position = 1")
        (on_its_way,) = claim(uow)
        execute("UPDATE outbox SET state = 'pending' WHERE position = 1")
        uow.outbox.hasten(workspace.id, "person:7", NOW)
        assert claim(uow) == []
        uow.outbox.finish(on_its_way, Delivered(), NOW, retry_at=None)
        assert [item.notice for item in claim(uow)] == [FlagReceipt(1, 7)]

    await database.write(story)


async def test_eight_workers_deliver_everything_once_and_every_lane_in_order(database: AnyDatabase) -> None:
    lanes, each = 40, 5

    def setup(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for number in range(each):
            for person in range(lanes):
                uow.outbox.put(workspace.id, FlagReceipt(number, person), NOW)

    delivered: dict[int, list[int]] = defaultdict(list)
    left = lanes * each

    async def work() -> None:
        nonlocal left
        while left:
            for item in await database.write(lambda uow: claim(uow, limit=3)):
                assert isinstance(item.notice, FlagReceipt)
                delivered[item.notice.person_id].append(item.notice.flag_id)
                left -= 1
                await database.write(finish(item))

    def finish(item: OutboxItem) -> object:
        return lambda uow: uow.outbox.finish(item, Delivered(), NOW, retry_at=None)

    await database.write(setup)
    await asyncio.wait_for(asyncio.gather(*(work() for _ in range(8))), timeout=60)

    assert delivered == {person: list(range(each)) for person in range(lanes)}


async def test_a_copy_in_quarantine_gives_out_nothing(database: AnyDatabase) -> None:
    def put(uow: UnitOfWork) -> None:
        uow.outbox.put(make_workspace(uow).id, AlertCard(1), NOW)

    await database.write(put)
    await database.transact(lambda connection: connection.exec_driver_sql(SET_QUARANTINE) and None)
    assert await is_quarantined(database)
    assert await database.write(claim) == []

    assert await release_quarantine(database)
    assert not await is_quarantined(database)
    assert not await release_quarantine(database)
    assert [item.notice for item in await database.write(claim)] == [AlertCard(1)]


async def test_what_another_version_put_does_not_stop_the_others(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for number in (1, 2, 3):
            uow.outbox.put(workspace.id, AlertCard(number), NOW)
        execute = uow._connection.exec_driver_sql  # type: ignore[attr-defined]
        execute("UPDATE outbox SET kind = 'a_kind_of_next_year' WHERE lane = 'alert:1'")
        execute("""UPDATE outbox SET payload = '{"no_such_field": 1}' WHERE lane = 'alert:2'""")
        assert [item.notice for item in claim(uow)] == [AlertCard(3)]
        # The new kind waits for the version that knows it; what nobody can read is kept for a person to see.
        assert uow.outbox.counts() == {"pending": 1, "sending": 1, "parked": 0, "dead": 1}

    await database.write(story)


def test_only_postgresql_skips_what_another_worker_holds() -> None:
    assert "FOR UPDATE SKIP LOCKED" in CLAIM_IN["postgresql"]
    assert "FOR UPDATE" not in CLAIM_IN["sqlite"]


NOTICES = st.one_of(
    st.builds(FlagReceipt, st.integers(1, 9), st.integers(1, 3)),
    st.builds(DiscussionFlag, st.integers(1, 2), st.integers(1, 9)),
)
STEP = st.one_of(
    NOTICES,
    st.tuples(st.sampled_from(["deliver", "retry", "kill", "park"]), st.integers(0, 9)),
    st.sampled_from(["claim", "claim", "claim", "unpark", "revive"]),
)


BECOMES = {"deliver": "done", "retry": "pending", "kill": "dead", "park": "parked"}


class Model:
    """The outbox in plain words: lanes of notices, of which the first that counts is given out, one at a time."""

    def __init__(self) -> None:
        self.lanes: dict[str, list[list[object]]] = defaultdict(list)

    def put(self, notice: Notice) -> None:
        self.lanes[notice.lane].append([notice, "pending"])

    def claim(self) -> list[Notice]:
        given = []
        for lane in self.lanes.values():
            if any(state == "sending" for _, state in lane):
                continue
            for entry in lane:
                notice, state = entry
                if state == "pending":
                    entry[1] = "sending"
                    given.append(notice)
                if state == "pending" or (state != "done" and isinstance(notice, DiscussionStep)):
                    break
        return given  # type: ignore[return-value]

    def change(self, was: str, becomes: str, notice: Notice | None = None) -> None:
        for lane in self.lanes.values():
            for entry in lane:
                if entry[1] == was and (notice is None or entry[0] is notice):
                    entry[1] = becomes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=40))
@example(steps=[FlagReceipt(1, 1), "claim", FlagReceipt(2, 1), ("park", 0), "claim", "unpark", "claim"])
def test_any_course_of_events_goes_as_in_the_model(steps: list[object], sqlite_url: str) -> None:
    asyncio.run(compare(steps, sqlite_url))


async def compare(steps: list[object], url: str) -> None:
    database = open_database(url)
    try:
        await database.transact(lambda connection: connection.exec_driver_sql("DELETE FROM outbox") and None)
        await database.write(lambda uow: play(uow, steps))
    finally:
        await database.close()


def play(uow: UnitOfWork, steps: list[object]) -> None:
    workspace_id = make_workspace(uow).id
    model = Model()
    held: list[tuple[OutboxItem, Notice]] = []
    for step in steps:
        if isinstance(step, Notice):
            model.put(step)
            uow.outbox.put(workspace_id, step, NOW)
        elif step == "claim":
            items = claim(uow)
            expected = model.claim()
            assert sorted(map(str, (item.notice for item in items))) == sorted(map(str, expected))
            held += [(item, next(one for one in expected if one == item.notice)) for item in items]
        elif step in ("unpark", "revive"):
            model.change("parked", "pending")
            if step == "revive":
                model.change("dead", "pending")
            getattr(uow.outbox, str(step))(workspace_id, NOW)
        elif held and isinstance(step, tuple):
            item, notice = held.pop(step[1] % len(held))
            end(uow, item, step[0])
            model.change("sending", BECOMES[step[0]], notice)


def end(uow: UnitOfWork, item: OutboxItem, how: str) -> None:
    match how:
        case "deliver":
            uow.outbox.finish(item, Delivered(), NOW, retry_at=None)
        case "retry":
            uow.outbox.finish(item, RetryLater(Reason.PLATFORM_DOWN), NOW, retry_at=NOW)
        case "kill":
            uow.outbox.kill(item, NOW, "refused", "")
        case "park":
            uow.outbox.park(item, NOW, "scope_missing", "")
