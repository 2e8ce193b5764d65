"""What the clock does in an evaluation: deadlines, the one move of them, and reminders in people's own mornings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.audit import AuditAction
from bot.domain.evaluation import ViewChoice
from bot.domain.notices import DiscussionTopic, EvaluationNews, EvaluationReminder, EvaluationShort
from bot.usecases.audit import trail_of
from bot.usecases.debrief import recompute_wall_times
from bot.usecases.discussion import ask_in, close_discussion
from bot.usecases.evaluation import MOVED, WAYS_OUT, begin_round, end_round, say_away, wake_rounds
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.evaluation_desk import Desk, open_desk
from tests.usecases.flags.office import CALENDAR, Office
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice

BEFORE = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
"""The start of Thursday in Amsterdam, two working days before the deadline."""

ON_THE_DAY = datetime(2026, 3, 8, 23, 0, tzinfo=UTC)
OVER = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
OVER_AGAIN = datetime(2026, 3, 16, 23, 0, tzinfo=UTC)


@pytest.fixture
async def desk(office: Office) -> Desk:
    return await open_desk(office)


@pytest.fixture
async def any_desk(any_office: Office) -> Desk:
    return await open_desk(any_office)


async def reminded(desk: Desk) -> dict[tuple[int, int], datetime]:
    """Who is about to be reminded, by person and step, and when."""
    waiting = await outgoing(desk.office.database, EvaluationReminder)
    return {
        (one.notice.person_id, one.notice.step): one.due_at
        for one in waiting
        if isinstance(one.notice, EvaluationReminder)
    }


async def told(desk: Desk) -> list[tuple[int, datetime]]:
    """What reviewers are told about too few views, and when."""
    waiting = await outgoing(desk.office.database, EvaluationShort)
    return [(one.notice.step, one.due_at) for one in waiting if isinstance(one.notice, EvaluationShort)]


async def test_a_round_has_a_deadline_and_two_days_of_reminders(any_desk: Desk) -> None:
    rows = {
        key: at for key, at in (await due_rows(any_desk.office.database)).items() if key[0].startswith("evaluation")
    }
    assert rows == {
        ("evaluation_reminder", "1:1:1"): BEFORE,
        ("evaluation_reminder", "1:1:2"): ON_THE_DAY,
        ("evaluation_deadline", "1:1"): OVER,
    }
    assert (await any_desk.round()).views_by == date(2026, 3, 9)


async def test_the_day_of_the_deadline_ends_with_the_views_shown(any_desk: Desk) -> None:
    desk = any_desk
    await desk.view(desk.office.reviewer, KEEP)
    await desk.view(desk.office.owner, PART)
    await desk.until(OVER - timedelta(minutes=1))
    assert (await desk.evaluation()).shown is None
    await desk.until(OVER)
    assert (await desk.evaluation()).shown is not None
    (news,) = await outgoing(desk.office.database, EvaluationNews)
    # Nobody is called at midnight: the working day begins at nine in Amsterdam.
    assert news.due_at == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_with_too_few_views_the_deadline_moves_once_and_reviewers_hear_of_both(any_desk: Desk) -> None:
    desk = any_desk
    await desk.view(desk.office.reviewer, KEEP)
    await desk.view(desk.office.owner, NO_VIEW, "")
    await forget_outgoing(desk.office.database)
    await desk.until(OVER)
    moved = await desk.evaluation()
    assert (moved.shown, moved.round.views_by, moved.round.extended_at) == (None, date(2026, 3, 16), OVER)
    assert await told(desk) == [(MOVED, datetime(2026, 3, 10, 8, 0, tzinfo=UTC))]
    kinds = {type(one.notice) for one in await outgoing(desk.office.database)}
    assert {DiscussionTopic, EvaluationNews} <= kinds
    discussion = await desk.office.database.read(lambda uow: uow.discussions.find(desk.workspace_id, 1))
    assert discussion is not None
    assert discussion.views_by == date(2026, 3, 16)
    await forget_outgoing(desk.office.database)
    await desk.until(OVER_AGAIN)
    over = await desk.evaluation()
    assert over.shown is not None
    assert over.round.views_by == date(2026, 3, 16)
    assert await told(desk) == [(WAYS_OUT, datetime(2026, 3, 17, 8, 0, tzinfo=UTC))]
    trail = await desk.office.database.read(lambda uow: trail_of(uow, desk.office.client.id))
    kept = [one.action for one in trail]
    assert (kept.count(AuditAction.DEADLINE_MOVED), kept.count(AuditAction.VIEWS_SHOWN)) == (1, 1)


async def test_a_colleague_asked_in_after_the_last_deadline_makes_the_quorum(desk: Desk) -> None:
    await desk.view(desk.office.reviewer, KEEP)
    await desk.until(OVER)
    await desk.until(OVER_AGAIN)
    person = desk.office.colleague.person.id
    await desk.do(ask_in, actor=desk.office.reviewer, discussion_id=1, person_ids=[person], now=desk.now)
    await desk.view(desk.office.colleague, KEEP)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert shown.tally.has_quorum


async def test_reminders_go_to_those_who_can_answer_and_have_not_twice_at_most(any_desk: Desk) -> None:
    desk = any_desk
    reviewer, _, dealer = (actor.person.id for actor in desk.asked)
    await desk.view(desk.office.owner, KEEP)
    await desk.do(say_away, actor=desk.office.dealer, discussion_id=1, person_ids=[dealer], now=desk.now)
    await desk.until(BEFORE)
    await desk.until(ON_THE_DAY)
    morning = timedelta(hours=9)
    assert await reminded(desk) == {(reviewer, 1): BEFORE + morning, (reviewer, 2): ON_THE_DAY + morning}
    await forget_outgoing(desk.office.database)
    await desk.until(OVER)
    await desk.until(OVER_AGAIN)
    assert await reminded(desk) == {}


async def test_people_are_reminded_in_the_morning_where_they_are(desk: Desk) -> None:
    tokyo = await desk.newcomer(zone="Asia/Tokyo")
    york = await desk.newcomer(zone="America/New_York")
    auckland = await desk.newcomer(zone="Pacific/Auckland")
    angeles = await desk.newcomer(zone="America/Los_Angeles")
    people = [actor.person.id for actor in (tokyo, york, auckland, angeles)]
    await desk.change(lambda uow: uow.discussions.ask_in(1, people))
    await desk.until(BEFORE)
    found = await reminded(desk)
    assert found[tokyo.person.id, 1] == datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
    assert found[york.person.id, 1] == datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
    # It is still Wednesday afternoon in Los Angeles: the morning of the same day comes there, too.
    assert found[angeles.person.id, 1] == datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
    # Noon in Auckland already, and a working day.
    assert found[auckland.person.id, 1] == BEFORE


async def test_a_bot_that_was_away_reminds_once_of_the_last_day_and_never_after_it(desk: Desk) -> None:
    await desk.until(ON_THE_DAY + timedelta(hours=12))
    assert {step for _, step in await reminded(desk)} == {2}
    other = await open_desk(desk.office)
    assert other.discussion == desk.discussion


async def test_after_the_deadline_nobody_is_reminded(desk: Desk) -> None:
    await desk.until(OVER + timedelta(days=3))
    assert await reminded(desk) == {}


async def test_a_deadline_that_becomes_a_holiday_stays_and_is_reminded_of_before(desk: Desk) -> None:
    """The Monday of the deadline became a day off after it was set: the day still counts as a whole."""

    class LongWeekend:
        def is_working_day(self, day: date) -> bool:
            return day.isoweekday() <= 5 and day != date(2026, 3, 9)

    await desk.view(desk.office.owner, KEEP)
    await desk.view(desk.office.dealer, KEEP)
    desk.calendar = LongWeekend()
    await desk.until(ON_THE_DAY + timedelta(hours=9))
    assert await reminded(desk) == {}
    await desk.until(OVER)
    assert (await desk.evaluation()).shown is not None
    (news,) = await outgoing(desk.office.database, EvaluationNews)
    assert news.due_at == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_a_deadline_is_set_past_days_off(desk: Desk) -> None:
    class WithoutWednesday:
        def is_working_day(self, day: date) -> bool:
            return day.isoweekday() <= 5 and day != date(2026, 3, 4)

    settings = desk.office.reviewer.settings
    begun = await desk.change(lambda uow: begin_round(uow, settings, desk.discussion, NOW, WithoutWednesday()))
    assert begun.views_by == date(2026, 3, 10)


async def test_a_round_that_ended_moves_no_more_and_shows_its_views_when_its_day_is_over(desk: Desk) -> None:
    await desk.view(desk.office.reviewer, KEEP)
    await desk.change(lambda uow: end_round(uow, desk.discussion, desk.now))
    await forget_outgoing(desk.office.database)
    await desk.until(ON_THE_DAY)
    assert await reminded(desk) == {}
    assert (await desk.evaluation()).shown is None
    await desk.until(OVER)
    found = await desk.evaluation()
    assert found.shown is not None
    assert found.round.extended_at is None
    assert await told(desk) == []


async def test_a_discussion_that_is_over_is_left_alone(any_desk: Desk) -> None:
    desk = any_desk
    await desk.change(lambda uow: close_discussion(uow, desk.discussion, desk.now))
    await forget_outgoing(desk.office.database)
    for moment in (BEFORE, ON_THE_DAY, OVER):
        await desk.until(moment)
    assert await outgoing(desk.office.database, EvaluationNews) == []
    assert await reminded(desk) == {}
    assert await told(desk) == []


async def test_an_older_rounds_clock_does_nothing_to_a_newer_one(desk: Desk) -> None:
    desk.now = NOW + timedelta(days=3)
    await desk.view(desk.office.reviewer, KEEP)
    await desk.change(lambda uow: begin_round(uow, desk.office.reviewer.settings, desk.discussion, desk.now, CALENDAR))
    await desk.until(OVER)
    found = await desk.round()
    assert (found.number, found.extended_at, found.shown_at) == (2, None, None)


async def test_a_workspace_that_moves_zone_ends_the_day_there(desk: Desk) -> None:
    await desk.set("zone", "America/New_York")
    await desk.change(lambda uow: recompute_wall_times(uow, NOW, lambda _: CALENDAR))
    rows = await due_rows(desk.office.database)
    assert rows["evaluation_deadline", "1:1"] == datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


async def test_a_round_that_an_older_version_began_gets_its_deadline_when_the_bot_starts(any_desk: Desk) -> None:
    desk = any_desk
    await desk.view(desk.office.reviewer, KEEP)
    await desk.view(desk.office.owner, KEEP)
    await desk.office.database.transact(lambda connection: connection.execute(text("DELETE FROM due")))  # type: ignore[attr-defined]
    for _ in range(2):
        await desk.change(lambda uow: wake_rounds(uow, desk.workspace_id, desk.now))
    assert await due_rows(desk.office.database) == {("evaluation_deadline", "1:1"): OVER}
    await desk.until(OVER)
    assert (await desk.evaluation()).shown is not None
    await desk.change(lambda uow: wake_rounds(uow, desk.workspace_id, desk.now))
    assert await due_rows(desk.office.database) == {}
