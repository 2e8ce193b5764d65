"""What is told while views are asked, to whom and when; nothing is told that is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.evaluation import Round, ViewChoice
from bot.domain.model import Person
from bot.domain.notices import (
    DiscussionOpening,
    EvaluationAsked,
    EvaluationNews,
    EvaluationReminder,
    EvaluationShort,
    Notice,
)
from bot.usecases.actor import Actor
from bot.usecases.discussion.closing import close_discussion
from bot.usecases.evaluation.rounds import begin_round, end_round
from bot.usecases.evaluation.showing import MOVED, WAYS_OUT
from bot.usecases.evaluation.taking_part import say_away
from bot.usecases.evaluation.telling import (
    Asking,
    News,
    Reminding,
    TooFew,
    tell_asked,
    tell_news,
    tell_reminder,
    tell_short,
)
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import Over, Reader, Tell, ToPerson, ToPlace, ToTell, Wait
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.evaluation_setup import Setup, open_setup
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup

KEEP = ViewChoice.KEEP
BY = date(2026, 3, 9)
LAST_MORNING = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
WORKSPACE = Reader("en", "Europe/Amsterdam")

TELLINGS: dict[type[Notice], Callable[..., ToTell[Any]]] = {
    EvaluationNews: tell_news,
    EvaluationAsked: tell_asked,
    EvaluationReminder: tell_reminder,
    EvaluationShort: tell_short,
}


@pytest.fixture
async def setup(case: CaseSetup) -> Setup:
    return await open_setup(case)


async def told(setup: Setup, notice: Notice) -> ToTell[Any]:
    """What is decided about a notice at this moment."""

    def decide(uow: UnitOfWork) -> ToTell[Any]:
        workspace = uow.people.workspace(setup.workspace_id)
        return TELLINGS[type(notice)](uow, workspace, notice, setup.now, setup.calendar)

    return await setup.case.database.read(decide)


async def opened(setup: Setup, thread: str | None = None) -> int:
    """The opening of the discussion stands, in a thread where given; returns the place."""

    def stand(uow: UnitOfWork) -> int:
        place = uow.people.ensure_place(setup.workspace_id, PLATFORM, "C1")
        standing = TrackedMessage(place.id, "17.000001", thread)
        uow.messages.save(setup.workspace_id, DiscussionOpening(setup.discussion.id).lane, standing)
        return place.id

    return int(await setup.change(stand))


async def asking(setup: Setup) -> Asking:
    return Asking(setup.discussion, setup.case.client.name, await setup.round())


def everything(setup: Setup, number: int = 1) -> list[Notice]:
    """A notice of each kind about a round, privately to the owner, or to the reviewer about too few views."""
    owner, reviewer = setup.case.owner.person.id, setup.case.reviewer.person.id
    return [
        EvaluationNews(1, number, "shown"),
        EvaluationNews(1, number, "again"),
        EvaluationNews(1, number, "moved"),
        EvaluationAsked(1, owner),
        EvaluationReminder(1, number, owner, 2),
        EvaluationShort(1, number, reviewer, WAYS_OUT),
    ]


def reader(actor: Actor) -> Reader:
    return Reader(actor.person.language, actor.person.zone)


@pytest.mark.parametrize("thread", [None, "16.000001"])
async def test_news_are_told_where_the_opening_stands(setup: Setup, thread: str | None) -> None:
    place_id = await opened(setup, thread)
    to = ToPlace(place_id, thread=thread)
    for news in ("shown", "again", "moved"):
        assert await told(setup, EvaluationNews(1, 1, news)) == Tell(News(await asking(setup), news), to, WORKSPACE)


async def test_before_the_opening_stands_there_is_nobody_to_tell_news(setup: Setup) -> None:
    assert await told(setup, EvaluationNews(1, 1, "shown")) == Over()


async def test_once_views_are_shown_only_that_is_news(setup: Setup) -> None:
    await opened(setup)
    for actor in setup.asked:
        await setup.view(actor, KEEP)
    assert isinstance(await told(setup, EvaluationNews(1, 1, "shown")), Tell)
    assert await told(setup, EvaluationNews(1, 1, "again")) == Over()
    assert await told(setup, EvaluationNews(1, 1, "moved")) == Over()


async def test_where_nobody_gave_a_view_that_is_what_is_told(setup: Setup) -> None:
    await opened(setup)
    await setup.change(lambda uow: uow.evaluations.set_shown(uow.evaluations.newest_round(1), setup.now))
    said = await told(setup, EvaluationNews(1, 1, "shown"))
    assert isinstance(said, Tell)
    assert said.what.news == "none"
    await setup.view(setup.asked[0], KEEP)
    said = await told(setup, EvaluationNews(1, 1, "shown"))
    assert isinstance(said, Tell)
    assert said.what.news == "shown"


async def test_somebody_is_asked_in_their_own_language(setup: Setup) -> None:
    asked = await setup.newcomer(language="nl", zone="America/New_York")
    await setup.change(lambda uow: uow.discussions.ask_in(1, [asked.person.id]))
    told_to = ToPerson(asked.person.id)
    assert await told(setup, EvaluationAsked(1, asked.person.id)) == Tell(
        await asking(setup), told_to, Reader("nl", "America/New_York")
    )


@pytest.mark.parametrize(
    ("at", "step", "is_today", "is_last"),
    [(NOW, 1, False, False), (LAST_MORNING, 2, True, True), (LAST_MORNING - timedelta(days=3), 2, False, True)],
)
async def test_a_reminder_says_how_long_there_is_and_whether_it_is_the_last(
    setup: Setup, at: datetime, step: int, is_today: bool, is_last: bool
) -> None:
    owner, setup.now = setup.case.owner, at
    reminding = Reminding(await asking(setup), is_today, is_last)
    expected = Tell(reminding, ToPerson(owner.person.id), reader(owner))
    assert await told(setup, EvaluationReminder(1, 1, owner.person.id, step)) == expected


async def test_a_reminder_waits_for_the_working_hours_where_somebody_is(setup: Setup) -> None:
    york = await setup.newcomer(zone="America/New_York")
    await setup.change(lambda uow: uow.discussions.ask_in(1, [york.person.id]))
    notice = EvaluationReminder(1, 1, york.person.id, 1)
    morning = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert await told(setup, notice) == Wait(morning)
    setup.now = morning - timedelta(seconds=1)
    assert await told(setup, notice) == Wait(morning)
    setup.now = morning
    assert isinstance(await told(setup, notice), Tell)
    # Friday evening there; on Monday their clocks show summer time.
    setup.now = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    assert await told(setup, notice) == Wait(datetime(2026, 3, 9, 13, 0, tzinfo=UTC))


async def test_nobody_is_reminded_of_a_day_that_is_over(setup: Setup) -> None:
    notice = EvaluationReminder(1, 1, setup.case.owner.person.id, 2)
    setup.now = datetime(2026, 3, 9, 22, 59, tzinfo=UTC)
    assert isinstance(await told(setup, notice), Wait)
    setup.now = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
    assert await told(setup, notice) == Over()


@pytest.mark.parametrize(("step", "has_moved"), [(MOVED, True), (WAYS_OUT, False)])
async def test_a_reviewer_hears_of_too_few_views(setup: Setup, step: int, has_moved: bool) -> None:
    reviewer = setup.case.reviewer
    expected = Tell(TooFew(await asking(setup), has_moved), ToPerson(reviewer.person.id), reader(reviewer))
    assert await told(setup, EvaluationShort(1, 1, reviewer.person.id, step)) == expected


async def test_a_reviewer_hears_nothing_of_it_once_there_are_enough(setup: Setup) -> None:
    await setup.view(setup.case.owner, KEEP)
    notice = EvaluationShort(1, 1, setup.case.reviewer.person.id, WAYS_OUT)
    assert isinstance(await told(setup, notice), Tell)
    await setup.view(setup.case.dealer, KEEP)
    assert await told(setup, notice) == Over()


async def test_who_has_answered_or_cannot_is_asked_no_more(setup: Setup) -> None:
    owner, dealer = setup.case.owner, setup.case.dealer
    await setup.view(owner, ViewChoice.NO_VIEW, "")
    await setup.do(say_away, actor=dealer, discussion_id=1, person_ids=[dealer.person.id], now=setup.now)
    for person in (owner.person, dealer.person, setup.case.colleague.person):
        assert await told(setup, EvaluationAsked(1, person.id)) == Over()
        assert await told(setup, EvaluationReminder(1, 1, person.id, 1)) == Over()


async def test_who_has_left_is_told_nothing(setup: Setup) -> None:
    owner, reviewer = setup.case.owner.person, setup.case.reviewer.person
    await setup.change(lambda uow: [_leave(uow, person, setup.now) for person in (owner, reviewer)])
    assert await told(setup, EvaluationAsked(1, owner.id)) == Over()
    assert await told(setup, EvaluationReminder(1, 1, owner.id, 1)) == Over()
    assert await told(setup, EvaluationShort(1, 1, reviewer.id, WAYS_OUT)) == Over()


def _leave(uow: UnitOfWork, person: Person, now: datetime) -> None:
    uow.people.set_left(person.id, now)


async def end(setup: Setup) -> None:
    """A decision is taken."""
    await setup.change(lambda uow: end_round(uow, setup.discussion, setup.now))


async def close(setup: Setup) -> None:
    await setup.change(lambda uow: close_discussion(uow, setup.discussion, setup.now))


async def close_alone(setup: Setup) -> None:
    """The discussion is closed while its round goes on, which nothing of ours does."""
    await setup.change(lambda uow: uow.discussions.close(setup.discussion.id, setup.now))


@pytest.mark.parametrize("over", [end, close, close_alone])
async def test_nothing_is_told_where_no_views_are_asked_any_more(setup: Setup, over: Any) -> None:
    await opened(setup)
    assert Over() not in [await told(setup, notice) for notice in everything(setup)]
    await over(setup)
    assert {type(await told(setup, notice)) for notice in everything(setup)} == {Over}


async def test_of_an_older_round_nothing_is_told(setup: Setup) -> None:
    await opened(setup)

    def again(uow: UnitOfWork) -> Round:
        return begin_round(uow, setup.case.reviewer.settings, setup.discussion, setup.now, CALENDAR)

    await setup.change(again)
    of_a_round = [notice for notice in everything(setup) if not isinstance(notice, EvaluationAsked)]
    assert {type(await told(setup, notice)) for notice in of_a_round} == {Over}
    assert Over() not in [await told(setup, notice) for notice in everything(setup, number=2)]


@pytest.mark.parametrize(
    "notice",
    [
        EvaluationAsked(99, 1),
        EvaluationReminder(99, 1, 1, 1),
        EvaluationShort(99, 1, 1, 1),
        EvaluationNews(99, 1, "shown"),
    ],
)
async def test_of_a_discussion_that_is_gone_nothing_is_told(setup: Setup, notice: Notice) -> None:
    assert await told(setup, notice) == Over()
