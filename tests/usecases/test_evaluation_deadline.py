"""What the clock does in an evaluation: deadlines, the one move of them, and reminders in people's own mornings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.audit import AuditAction
from bot.domain.evaluation import ViewChoice
from bot.domain.notices import DiscussionDescription, EvaluationNews, EvaluationReminder, EvaluationShort
from bot.usecases.audit import trail_of
from bot.usecases.debrief.wall_times import recompute_wall_times
from bot.usecases.discussion.asking_in import ask_in
from bot.usecases.discussion.closing import close_discussion
from bot.usecases.evaluation.rounds import begin_round, end_round, wake_rounds
from bot.usecases.evaluation.showing import MOVED, WAYS_OUT
from bot.usecases.evaluation.taking_part import say_away
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.evaluation_setup import Setup, open_setup
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice

BEFORE = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
"""The start of Thursday in Amsterdam, two working days before the deadline."""

ON_THE_DAY = datetime(2026, 3, 8, 23, 0, tzinfo=UTC)
OVER = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
OVER_AGAIN = datetime(2026, 3, 16, 23, 0, tzinfo=UTC)


@pytest.fixture
async def setup(case: CaseSetup) -> Setup:
    return await open_setup(case)


@pytest.fixture
async def any_setup(any_case: CaseSetup) -> Setup:
    return await open_setup(any_case)


async def reminded(setup: Setup) -> dict[tuple[int, int], datetime]:
    """Who is about to be reminded, by person and step, and when."""
    waiting = await outgoing(setup.case.database, EvaluationReminder)
    return {
        (one.notice.person_id, one.notice.step): one.due_at
        for one in waiting
        if isinstance(one.notice, EvaluationReminder)
    }


async def told(setup: Setup) -> list[tuple[int, datetime]]:
    """What reviewers are told about too few views, and when."""
    waiting = await outgoing(setup.case.database, EvaluationShort)
    return [(one.notice.step, one.due_at) for one in waiting if isinstance(one.notice, EvaluationShort)]


async def test_a_round_has_a_deadline_and_two_days_of_reminders(any_setup: Setup) -> None:
    rows = {key: at for key, at in (await due_rows(any_setup.case.database)).items() if key[0].startswith("evaluation")}
    assert rows == {
        ("evaluation_reminder", "1:1:1"): BEFORE,
        ("evaluation_reminder", "1:1:2"): ON_THE_DAY,
        ("evaluation_deadline", "1:1"): OVER,
    }
    assert (await any_setup.round()).views_by == date(2026, 3, 9)


async def test_the_day_of_the_deadline_ends_with_the_views_shown(any_setup: Setup) -> None:
    setup = any_setup
    await setup.view(setup.case.reviewer, KEEP)
    await setup.view(setup.case.owner, PART)
    await setup.until(OVER - timedelta(minutes=1))
    assert (await setup.evaluation()).shown is None
    await setup.until(OVER)
    assert (await setup.evaluation()).shown is not None
    (news,) = await outgoing(setup.case.database, EvaluationNews)
    # Nobody is called at midnight: the working day begins at nine in Amsterdam.
    assert news.due_at == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_with_too_few_views_the_deadline_moves_once_and_reviewers_hear_of_both(any_setup: Setup) -> None:
    setup = any_setup
    await setup.view(setup.case.reviewer, KEEP)
    await setup.view(setup.case.owner, NO_VIEW, "")
    await forget_outgoing(setup.case.database)
    await setup.until(OVER)
    moved = await setup.evaluation()
    assert (moved.shown, moved.round.views_by, moved.round.extended_at) == (None, date(2026, 3, 16), OVER)
    assert await told(setup) == [(MOVED, datetime(2026, 3, 10, 8, 0, tzinfo=UTC))]
    kinds = {type(one.notice) for one in await outgoing(setup.case.database)}
    assert {DiscussionDescription, EvaluationNews} <= kinds
    discussion = await setup.case.database.read(lambda uow: uow.discussions.find(setup.workspace_id, 1))
    assert discussion is not None
    assert discussion.views_by == date(2026, 3, 16)
    await forget_outgoing(setup.case.database)
    await setup.until(OVER_AGAIN)
    over = await setup.evaluation()
    assert over.shown is not None
    assert over.round.views_by == date(2026, 3, 16)
    assert await told(setup) == [(WAYS_OUT, datetime(2026, 3, 17, 8, 0, tzinfo=UTC))]
    trail = await setup.case.database.read(lambda uow: trail_of(uow, setup.case.client.id))
    kept = [one.action for one in trail]
    assert (kept.count(AuditAction.DEADLINE_MOVED), kept.count(AuditAction.VIEWS_SHOWN)) == (1, 1)


async def test_a_colleague_asked_in_after_the_last_deadline_makes_the_quorum(setup: Setup) -> None:
    await setup.view(setup.case.reviewer, KEEP)
    await setup.until(OVER)
    await setup.until(OVER_AGAIN)
    person = setup.case.colleague.person.id
    await setup.do(ask_in, actor=setup.case.reviewer, discussion_id=1, person_ids=[person], now=setup.now)
    await setup.view(setup.case.colleague, KEEP)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert shown.tally.has_quorum


async def test_reminders_go_to_those_who_can_answer_and_have_not_twice_at_most(any_setup: Setup) -> None:
    setup = any_setup
    reviewer, _, dealer = (actor.person.id for actor in setup.asked)
    await setup.view(setup.case.owner, KEEP)
    await setup.do(say_away, actor=setup.case.dealer, discussion_id=1, person_ids=[dealer], now=setup.now)
    await setup.until(BEFORE)
    await setup.until(ON_THE_DAY)
    morning = timedelta(hours=9)
    assert await reminded(setup) == {(reviewer, 1): BEFORE + morning, (reviewer, 2): ON_THE_DAY + morning}
    await forget_outgoing(setup.case.database)
    await setup.until(OVER)
    await setup.until(OVER_AGAIN)
    assert await reminded(setup) == {}


async def test_people_are_reminded_in_the_morning_where_they_are(setup: Setup) -> None:
    tokyo = await setup.newcomer(zone="Asia/Tokyo")
    york = await setup.newcomer(zone="America/New_York")
    auckland = await setup.newcomer(zone="Pacific/Auckland")
    angeles = await setup.newcomer(zone="America/Los_Angeles")
    people = [actor.person.id for actor in (tokyo, york, auckland, angeles)]
    await setup.change(lambda uow: uow.discussions.ask_in(1, people))
    await setup.until(BEFORE)
    found = await reminded(setup)
    assert found[tokyo.person.id, 1] == datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
    assert found[york.person.id, 1] == datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
    # It is still Wednesday afternoon in Los Angeles: the morning of the same day comes there, too.
    assert found[angeles.person.id, 1] == datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
    # Noon in Auckland already, and a working day.
    assert found[auckland.person.id, 1] == BEFORE


async def test_a_bot_that_was_away_reminds_once_of_the_last_day_and_never_after_it(setup: Setup) -> None:
    await setup.until(ON_THE_DAY + timedelta(hours=12))
    assert {step for _, step in await reminded(setup)} == {2}
    other = await open_setup(setup.case)
    assert other.discussion == setup.discussion


async def test_after_the_deadline_nobody_is_reminded(setup: Setup) -> None:
    await setup.until(OVER + timedelta(days=3))
    assert await reminded(setup) == {}


async def test_a_deadline_that_becomes_a_holiday_stays_and_is_reminded_of_before(setup: Setup) -> None:
    """The Monday of the deadline became a day off after it was set: the day still counts as a whole."""

    class LongWeekend:
        def is_working_day(self, day: date) -> bool:
            return day.isoweekday() <= 5 and day != date(2026, 3, 9)

    await setup.view(setup.case.owner, KEEP)
    await setup.view(setup.case.dealer, KEEP)
    setup.calendar = LongWeekend()
    await setup.until(ON_THE_DAY + timedelta(hours=9))
    assert await reminded(setup) == {}
    await setup.until(OVER)
    assert (await setup.evaluation()).shown is not None
    (news,) = await outgoing(setup.case.database, EvaluationNews)
    assert news.due_at == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_a_deadline_is_set_past_days_off(setup: Setup) -> None:
    class WithoutWednesday:
        def is_working_day(self, day: date) -> bool:
            return day.isoweekday() <= 5 and day != date(2026, 3, 4)

    settings = setup.case.reviewer.settings
    begun = await setup.change(lambda uow: begin_round(uow, settings, setup.discussion, NOW, WithoutWednesday()))
    assert begun.views_by == date(2026, 3, 10)


async def test_a_round_that_ended_moves_no_more_and_shows_its_views_when_its_day_is_over(setup: Setup) -> None:
    await setup.view(setup.case.reviewer, KEEP)
    await setup.change(lambda uow: end_round(uow, setup.discussion, setup.now))
    await forget_outgoing(setup.case.database)
    await setup.until(ON_THE_DAY)
    assert await reminded(setup) == {}
    assert (await setup.evaluation()).shown is None
    await setup.until(OVER)
    found = await setup.evaluation()
    assert found.shown is not None
    assert found.round.extended_at is None
    assert await told(setup) == []


async def test_a_discussion_that_is_over_is_left_alone(any_setup: Setup) -> None:
    setup = any_setup
    await setup.change(lambda uow: close_discussion(uow, setup.discussion, setup.now))
    await forget_outgoing(setup.case.database)
    for moment in (BEFORE, ON_THE_DAY, OVER):
        await setup.until(moment)
    assert await outgoing(setup.case.database, EvaluationNews) == []
    assert await reminded(setup) == {}
    assert await told(setup) == []


async def test_an_older_rounds_clock_does_nothing_to_a_newer_one(setup: Setup) -> None:
    setup.now = NOW + timedelta(days=3)
    await setup.view(setup.case.reviewer, KEEP)
    await setup.change(
        lambda uow: begin_round(uow, setup.case.reviewer.settings, setup.discussion, setup.now, CALENDAR)
    )
    await setup.until(OVER)
    found = await setup.round()
    assert (found.number, found.extended_at, found.shown_at) == (2, None, None)


async def test_a_workspace_that_moves_zone_ends_the_day_there(setup: Setup) -> None:
    await setup.set("zone", "America/New_York")
    await setup.change(lambda uow: recompute_wall_times(uow, NOW, lambda _: CALENDAR))
    rows = await due_rows(setup.case.database)
    assert rows["evaluation_deadline", "1:1"] == datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


async def test_a_round_that_an_older_version_began_gets_its_deadline_when_the_bot_starts(any_setup: Setup) -> None:
    setup = any_setup
    await setup.view(setup.case.reviewer, KEEP)
    await setup.view(setup.case.owner, KEEP)
    await setup.case.database.transact(lambda connection: connection.execute(text("DELETE FROM due")))  # type: ignore[attr-defined]
    for _ in range(2):
        await setup.change(lambda uow: wake_rounds(uow, setup.workspace_id, setup.now))
    assert await due_rows(setup.case.database) == {("evaluation_deadline", "1:1"): OVER}
    await setup.until(OVER)
    assert (await setup.evaluation()).shown is not None
    await setup.change(lambda uow: wake_rounds(uow, setup.workspace_id, setup.now))
    assert await due_rows(setup.case.database) == {}
