"""What an evaluation puts on its way, in Slack: where it belongs, in people's hours, also where a channel is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.domain.notices import EvaluationAsked, EvaluationReminder, Notice
from bot.playground.people import Person
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.factories import PLATFORM
from tests.handlers.slack.evaluation.setup import talked_about
from tests.harness import Harness, words
from tests.recorded_setups import SetUp
from tests.usecases.outgoing import outgoing

TUESDAY_EVENING = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
WEDNESDAY_MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""Nine in London."""


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


async def attempts_at(harness: Harness, notice: Notice) -> int:
    """How many attempts at the one waiting notice of its kind count."""
    found: int = await harness.bot.database.transact(  # type: ignore[attr-defined]
        lambda connection: connection.execute(
            text("SELECT attempts FROM outbox WHERE kind = :kind AND state = 'pending'"), {"kind": notice.kind}
        ).scalar_one()
    )
    return found


def private(harness: Harness, person: Person) -> list[str]:
    return [one.text for one in person.read() if "review-0001" in one.text]


async def test_what_could_not_be_sent_in_working_hours_waits_for_the_next(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await harness.until(TUESDAY_EVENING)
    before = private(harness, harness.dirk)
    reminder = EvaluationReminder(1, 1, await person_id(harness, harness.dirk), 1)
    await put(harness, reminder)
    assert private(harness, harness.dirk) == before
    (waiting,) = await outgoing(harness.bot.database, EvaluationReminder)
    assert (waiting.notice, waiting.due_at, waiting.state) == (reminder, WEDNESDAY_MORNING, "pending")
    assert await attempts_at(harness, reminder) == 0
    await harness.until(WEDNESDAY_MORNING - timedelta(minutes=1))
    assert private(harness, harness.dirk) == before
    await harness.until(WEDNESDAY_MORNING)
    assert len(private(harness, harness.dirk)) == len(before) + 1


async def test_in_a_thread_the_news_come_under_the_alert(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("discussion_style", "thread")
    await harness.dirk.command(COMMAND_FLAG, "Acme disrespect (4) shouted at me")
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
