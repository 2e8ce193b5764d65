"""What an evaluation puts on its way: said where it belongs, in people's hours, and not when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.domain.notices import EvaluationAsked, EvaluationNews, EvaluationReminder, EvaluationShort, Notice
from bot.playground.people import Person
from bot.usecases.discussion import close_discussion
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from tests.factories import PLATFORM
from tests.handlers.slack.evaluation.setup import give, talked_about
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

TUESDAY_EVENING = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
WEDNESDAY_MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""Nine in London."""

AFTER = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


async def person_id(harness: Harness, person: Person) -> int:
    def find(uow: UnitOfWork) -> int:
        known = uow.people.person_by_external(1, PLATFORM, person.id)
        assert known is not None
        return known.id

    return await harness.bot.database.read(find)


async def put(harness: Harness, notice: Notice) -> None:
    """Let a notice be due now, as if it had waited until then, and deliver it."""
    now = harness.clock.now()
    await harness.bot.database.write(lambda uow: uow.outbox.put(1, notice, now))
    await harness.settle()


def private(harness: Harness, person: Person) -> list[str]:
    return [one.text for one in person.read() if "review-0001" in one.text]


async def test_what_could_not_be_sent_in_working_hours_waits_for_the_next(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await harness.until(TUESDAY_EVENING)
    before = private(harness, harness.dirk)
    await put(harness, EvaluationReminder(1, 1, await person_id(harness, harness.dirk), 1))
    assert private(harness, harness.dirk) == before
    await harness.until(WEDNESDAY_MORNING - timedelta(minutes=1))
    assert private(harness, harness.dirk) == before
    await harness.until(WEDNESDAY_MORNING)
    assert len(private(harness, harness.dirk)) == len(before) + 1


async def test_nobody_is_reminded_of_a_deadline_that_is_over(set_up: SetUp) -> None:
    harness = await set_up(talked_about, "ben")
    await give(harness, harness.anna, "keep")
    await give(harness, harness.ben, "keep")
    await harness.until(AFTER)
    before = private(harness, harness.dirk)
    await put(harness, EvaluationReminder(1, 1, await person_id(harness, harness.dirk), 2))
    assert private(harness, harness.dirk) == before


@pytest.mark.parametrize("kind", ["asked", "reminder", "short", "news"])
async def test_nothing_is_said_about_a_discussion_that_is_over(set_up: SetUp, kind: str) -> None:
    harness = await set_up(talked_about)
    dirk, anna = await person_id(harness, harness.dirk), await person_id(harness, harness.anna)
    discussion = await harness.bot.database.read(lambda uow: uow.discussions.find(1, 1))
    assert discussion is not None
    await harness.bot.database.write(partial(close_discussion, discussion=discussion, now=harness.clock.now()))
    await harness.settle()
    channel = harness.channel_of_case()
    before = [private(harness, person) for person in (harness.anna, harness.dirk)], harness.sees(harness.anna, channel)
    notices: dict[str, Notice] = {
        "asked": EvaluationAsked(1, dirk),
        "reminder": EvaluationReminder(1, 1, dirk, 2),
        "short": EvaluationShort(1, 1, anna, 2),
        "news": EvaluationNews(1, 1, "shown"),
    }
    await put(harness, notices[kind])
    assert (
        [private(harness, person) for person in (harness.anna, harness.dirk)],
        harness.sees(harness.anna, channel),
    ) == before


@pytest.mark.parametrize(
    "notice",
    [
        EvaluationAsked(99, 1),
        EvaluationReminder(99, 1, 1, 1),
        EvaluationShort(99, 1, 1, 1),
        EvaluationNews(99, 1, "moved"),
    ],
)
async def test_what_is_gone_is_let_go(set_up: SetUp, notice: Notice) -> None:
    harness = await set_up(talked_about)
    await put(harness, notice)
    counts = await harness.bot.database.read(lambda uow: uow.outbox.counts())
    assert (counts["pending"], counts["parked"], counts["dead"]) == (0, 0, 0)


async def test_reviewers_hear_nothing_of_too_few_views_once_there_are_enough(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.anna, "keep")
    await give(harness, harness.dirk, "keep")
    before = private(harness, harness.anna)
    await put(harness, EvaluationShort(1, 1, await person_id(harness, harness.anna), 2))
    assert private(harness, harness.anna) == before


async def test_in_a_thread_the_news_come_under_the_alert(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("discussion_style", "thread")
    await harness.dirk.command(ids.COMMAND_FLAG, "Acme disrespect 4 shouted at me")
    await harness.settle()
    alert = next(one for one in harness.anna.read(harness.alerts) if "Acme" in one.text)
    opening = next(one for one in harness.dirk.read(harness.alerts) if ids.EVALUATION_GIVE in str(one.blocks))
    for person in (harness.dirk, harness.anna):
        assert (await person.click(opening, ids.EVALUATION_GIVE)).ok
        assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
        assert (await person.submit(values={ids.EVALUATION_CHOICE: "keep", ids.EVALUATION_REASON: "They pay."})).ok
        await person.close()
    await harness.settle()
    news = next(one for one in harness.anna.read(harness.alerts) if "The views are in" in words(one))
    assert news.thread_ts == alert.ts
    assert "Acme" not in words(news)


async def test_news_for_a_channel_that_is_gone_are_let_go_and_the_overview_follows_the_talk(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    old = harness.channel_of_case()
    harness.world.conversations.archive(old, harness.anna.id)
    await give_privately(harness, harness.anna)
    await give_privately(harness, harness.dirk)
    await harness.settle()
    counts = await harness.bot.database.read(lambda uow: uow.outbox.counts())
    assert (counts["parked"], counts["dead"]) == (1, 0)
    # Once for the channel that was archived, once for the overview that waits for it.
    told = harness.world.person("eva").read()
    assert len([one for one in told if "Something in the discussion review-0001 did not work" in one.text]) == 2


async def give_privately(harness: Harness, person: Person) -> None:
    """Give a view from a private word, as when the channel cannot be reached."""
    await put(harness, EvaluationAsked(1, await person_id(harness, person)))
    asked = next(one for one in reversed(person.read()) if ids.EVALUATION_GIVE in str(one.blocks))
    assert (await person.click(asked, ids.EVALUATION_GIVE)).ok
    assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
    assert (await person.submit(values={ids.EVALUATION_CHOICE: "keep", ids.EVALUATION_REASON: "They pay."})).ok
    await person.close()
