"""What an evaluation puts on its way: said where it belongs, in people's hours, and not when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.domain.notices import EvaluationAsked, EvaluationNews, EvaluationReminder, EvaluationShort, Notice
from bot.playground.people import Person
from bot.usecases.discussion import close_discussion
from bot.usecases.ports import UnitOfWork
from handlers.slack import ids
from tests.beginnings import Begun
from tests.factories import PLATFORM
from tests.handlers.slack.evaluation.scene import give, talked_about
from tests.stage import Stage, words

TUESDAY_EVENING = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
WEDNESDAY_MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""Nine in London."""

AFTER = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


async def person_id(stage: Stage, person: Person) -> int:
    def find(uow: UnitOfWork) -> int:
        known = uow.people.person_by_external(1, PLATFORM, person.id)
        assert known is not None
        return known.id

    return await stage.bot.database.read(find)


async def put(stage: Stage, notice: Notice) -> None:
    """Let a notice be due now, as if it had waited until then, and deliver it."""
    now = stage.clock.now()
    await stage.bot.database.write(lambda uow: uow.outbox.put(1, notice, now))
    await stage.settle()


def private(stage: Stage, person: Person) -> list[str]:
    return [one.text for one in person.read() if "review-0001" in one.text]


async def test_what_could_not_be_sent_in_working_hours_waits_for_the_next(begun: Begun) -> None:
    stage = await begun(talked_about)
    await stage.until(TUESDAY_EVENING)
    before = private(stage, stage.dirk)
    await put(stage, EvaluationReminder(1, 1, await person_id(stage, stage.dirk), 1))
    assert private(stage, stage.dirk) == before
    await stage.until(WEDNESDAY_MORNING - timedelta(minutes=1))
    assert private(stage, stage.dirk) == before
    await stage.until(WEDNESDAY_MORNING)
    assert len(private(stage, stage.dirk)) == len(before) + 1


async def test_nobody_is_reminded_of_a_deadline_that_is_over(begun: Begun) -> None:
    stage = await begun(talked_about, "ben")
    await give(stage, stage.anna, "keep")
    await give(stage, stage.ben, "keep")
    await stage.until(AFTER)
    before = private(stage, stage.dirk)
    await put(stage, EvaluationReminder(1, 1, await person_id(stage, stage.dirk), 2))
    assert private(stage, stage.dirk) == before


@pytest.mark.parametrize("kind", ["asked", "reminder", "short", "news"])
async def test_nothing_is_said_about_a_discussion_that_is_over(begun: Begun, kind: str) -> None:
    stage = await begun(talked_about)
    dirk, anna = await person_id(stage, stage.dirk), await person_id(stage, stage.anna)
    discussion = await stage.bot.database.read(lambda uow: uow.discussions.find(1, 1))
    assert discussion is not None
    await stage.bot.database.write(partial(close_discussion, discussion=discussion, now=stage.clock.now()))
    await stage.settle()
    channel = stage.channel_of_case()
    before = [private(stage, person) for person in (stage.anna, stage.dirk)], stage.sees(stage.anna, channel)
    notices: dict[str, Notice] = {
        "asked": EvaluationAsked(1, dirk),
        "reminder": EvaluationReminder(1, 1, dirk, 2),
        "short": EvaluationShort(1, 1, anna, 2),
        "news": EvaluationNews(1, 1, "shown"),
    }
    await put(stage, notices[kind])
    assert ([private(stage, person) for person in (stage.anna, stage.dirk)], stage.sees(stage.anna, channel)) == before


@pytest.mark.parametrize(
    "notice",
    [
        EvaluationAsked(99, 1),
        EvaluationReminder(99, 1, 1, 1),
        EvaluationShort(99, 1, 1, 1),
        EvaluationNews(99, 1, "moved"),
    ],
)
async def test_what_is_gone_is_let_go(begun: Begun, notice: Notice) -> None:
    stage = await begun(talked_about)
    await put(stage, notice)
    counts = await stage.bot.database.read(lambda uow: uow.outbox.counts())
    assert (counts["pending"], counts["parked"], counts["dead"]) == (0, 0, 0)


async def test_reviewers_hear_nothing_of_too_few_views_once_there_are_enough(begun: Begun) -> None:
    stage = await begun(talked_about)
    await give(stage, stage.anna, "keep")
    await give(stage, stage.dirk, "keep")
    before = private(stage, stage.anna)
    await put(stage, EvaluationShort(1, 1, await person_id(stage, stage.anna), 2))
    assert private(stage, stage.anna) == before


async def test_in_a_thread_the_news_come_under_the_alert(http_stage: Stage) -> None:
    stage = http_stage
    await stage.set("discussion_style", "thread")
    await stage.dirk.command(ids.COMMAND_FLAG, "Acme disrespect 4 shouted at me")
    await stage.settle()
    alert = next(one for one in stage.anna.read(stage.alerts) if "Acme" in one.text)
    opening = next(one for one in stage.dirk.read(stage.alerts) if ids.EVALUATION_GIVE in str(one.blocks))
    for person in (stage.dirk, stage.anna):
        assert (await person.click(opening, ids.EVALUATION_GIVE)).ok
        assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
        assert (await person.submit(values={ids.EVALUATION_CHOICE: "keep", ids.EVALUATION_REASON: "They pay."})).ok
        await person.close()
    await stage.settle()
    news = next(one for one in stage.anna.read(stage.alerts) if "The views are in" in words(one))
    assert news.thread_ts == alert.ts
    assert "Acme" not in words(news)


async def test_news_for_a_channel_that_is_gone_are_let_go_and_the_overview_follows_the_talk(begun: Begun) -> None:
    stage = await begun(talked_about)
    old = stage.channel_of_case()
    stage.world.conversations.archive(old, stage.anna.id)
    await give_privately(stage, stage.anna)
    await give_privately(stage, stage.dirk)
    await stage.settle()
    counts = await stage.bot.database.read(lambda uow: uow.outbox.counts())
    assert (counts["parked"], counts["dead"]) == (1, 0)
    # Once for the channel that was archived, once for the overview that waits for it.
    told = stage.world.person("eva").read()
    assert len([one for one in told if "Something in the discussion review-0001 did not work" in one.text]) == 2


async def give_privately(stage: Stage, person: Person) -> None:
    """Give a view from a private word, as when the channel cannot be reached."""
    await put(stage, EvaluationAsked(1, await person_id(stage, person)))
    asked = next(one for one in reversed(person.read()) if ids.EVALUATION_GIVE in str(one.blocks))
    assert (await person.click(asked, ids.EVALUATION_GIVE)).ok
    assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
    assert (await person.submit(values={ids.EVALUATION_CHOICE: "keep", ids.EVALUATION_REASON: "They pay."})).ok
    await person.close()
