"""Reminders of a checklist: one a day, three to whoever sees to it, then others once; repeated, broken off or late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.decision import DecisionOutcome
from bot.domain.notices import ChecklistReminder
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import local_instant
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.checklist.beginning import letter_sent
from bot.usecases.checklist.moments import DUE, morning_of
from bot.usecases.checklist.reminding import whom_to_remind
from bot.usecases.checklist.seeing_to import change_item, hand_over_checklists
from bot.usecases.ports import Database, UnitOfWork
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import CALENDAR, PART, DecisionSetup, open_setup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

TUESDAY = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def setup(database: Database) -> DecisionSetup:
    """A letter was sent on Monday; its first point is due on Tuesday, and is the client's owner's."""
    setup = await open_setup(database)
    await setup.view(PART, PART)
    made = await setup.decide(DecisionOutcome.PART, next_on=date(2026, 5, 30))

    def send(uow: UnitOfWork) -> None:
        decision, client = uow.decisions.find(made.workspace_id, made.id), setup.case.client
        assert decision is not None
        owner = setup.case.owner
        letter_sent(uow, owner.settings, decision, client, NOW.date(), owner.person.id, NOW, CALENDAR)

    await setup.database.write(send)
    await forget_outgoing(setup.database)
    return setup


async def reminded(setup: DecisionSetup, now: datetime) -> list[tuple[int, int]]:
    """Who is reminded by then, and at which step; each of them hears it before the next."""
    await setup.run_due(now)
    found = [one.notice.payload() for one in await outgoing(setup.database, ChecklistReminder)]
    await forget_outgoing(setup.database)
    return [(one["person_id"], one["step"]) for one in found]


async def test_the_owner_hears_it_three_times_and_then_each_reviewer_once(setup: DecisionSetup) -> None:
    owner = setup.case.owner.person.id
    reviewers = await setup.database.read(lambda uow: [one.id for one in uow.people.reviewers(1) if one.id != owner])
    heard = [await reminded(setup, TUESDAY + number * DAY) for number in range(14)]
    assert heard[:3] == [[(owner, 1)]] * 3
    assert sorted(one for day in heard[3:] for one in day) == sorted((one, 1) for one in reviewers)


async def test_the_client_s_owner_comes_before_the_reviewers_and_nobody_is_asked_for_good(setup: DecisionSetup) -> None:
    owner, dealer = setup.case.owner.person.id, setup.case.dealer.person.id
    items = await setup.database.read(lambda uow: uow.checklists.open_of(owner))
    first, *others = [item.id for item in items]

    def give(uow: UnitOfWork) -> None:
        uow.checklists.change(first, owner_id=dealer)
        for item_id in others:
            uow.due.drop(1, DUE, str(item_id))

    await setup.database.write(give)
    heard = [await reminded(setup, TUESDAY + number * DAY) for number in range(14)]
    told = [[person for person, _ in day] for day in heard if day]
    assert told[:4] == [[dealer]] * 3 + [[owner]]
    assert len(told) == 5
    assert not {owner, dealer} & set(told[4])

    def still_asked(uow: UnitOfWork) -> list[int]:
        item = uow.checklists.find(1, first)
        assert item is not None
        return whom_to_remind(uow, item, setup.case.client, item.reminders)

    assert await setup.database.read(still_asked) == []


async def test_whoever_gets_it_is_reminded_also_after_all_others_were(setup: DecisionSetup) -> None:
    owner, dealer = setup.case.owner.person, setup.case.dealer.person
    (first, *_) = await setup.database.read(lambda uow: uow.checklists.open_of(owner.id))
    for number in range(14):
        await reminded(setup, TUESDAY + number * DAY)
    later = TUESDAY + timedelta(days=14)
    to_dealer = {"item_id": first.id, "owner_id": dealer.id, "due_on": first.due_on, "reason": ""}
    await setup.do(change_item, setup.case.reviewer, now=later, **to_dealer)
    await forget_outgoing(setup.database)
    assert await reminded(setup, later + DAY) == [(dealer.id, 1)]
    await setup.database.write(lambda uow: uow.checklists.change(first.id, reminders=6))
    await setup.database.write(lambda uow: uow.due.drop(1, DUE, str(first.id)))
    await setup.database.write(lambda uow: hand_over_checklists(uow, dealer.id, later + DAY))
    await forget_outgoing(setup.database)
    assert await reminded(setup, later + 2 * DAY) == [(owner.id, 1)]


async def test_looking_again_on_the_same_day_reminds_nobody_again(setup: DecisionSetup) -> None:
    assert len(await reminded(setup, TUESDAY)) == 1
    for minutes in (0, 1, 600):
        assert await reminded(setup, TUESDAY + timedelta(minutes=minutes)) == []


async def test_a_bot_that_was_away_reminds_once_not_for_each_day_that_it_missed(setup: DecisionSetup) -> None:
    back = TUESDAY + timedelta(days=20)
    assert await reminded(setup, back) == [(setup.case.owner.person.id, 1)]
    assert await reminded(setup, back + timedelta(hours=1)) == []


async def test_a_reminder_that_is_broken_off_comes_once_all_the_same(setup: DecisionSetup) -> None:
    before = await due_rows(setup.database)

    def broken_off(uow: UnitOfWork) -> None:
        for item in uow.checklists.open_of(setup.case.owner.person.id):
            uow.due.drop(item.workspace_id, DUE, str(item.id))
            uow.checklists.change(item.id, reminders=3)
        raise RuntimeError("the process ended")

    with pytest.raises(RuntimeError):
        await setup.database.write(broken_off)
    assert await due_rows(setup.database) == before
    assert await reminded(setup, TUESDAY) == [(setup.case.owner.person.id, 1)]


@given(
    st.integers(0, 3 * 366 * 24 * 60),
    st.integers(-40, 400),
    st.sampled_from(["Europe/Amsterdam", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kolkata"]),
)
def test_it_comes_in_the_morning_of_a_working_day_to_come_and_never_before_its_day(
    minutes: int, days: int, zone: str
) -> None:
    settings = replace(WorkspaceSettings(), zone=zone)
    calendar, now = HolidayCalendar(settings), NOW + timedelta(minutes=minutes)
    day = now.date() + timedelta(days=days)
    local = morning_of(day, settings, now, calendar)
    assert local.time() == settings.quiet_until
    assert calendar.is_working_day(local.date())
    assert local.date() >= day
    assert local_instant(local, zone) > now
