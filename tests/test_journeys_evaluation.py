"""Journeys through an evaluation, as several people live them from the first flag to views that stand together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from bot.domain.evaluation import Topic
from bot.domain.model import Role
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import meet
from tests.handlers.slack.evaluation.setup import give, opened_form, overview, talked_about, type_about
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
TUESDAY_AFTER = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


async def test_views_are_hidden_until_everybody_has_answered_and_then_stand_together(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness)
    await give(harness, harness.dirk, "part", "They shout at us.")
    assert "1 of 2 in so far." in words(overview(harness))
    assert "They shout" not in words(overview(harness))
    await give(harness, harness.anna, "put_right", "Eerst een gesprek.")
    seen = words(overview(harness))
    assert "They shout at us." in seen
    assert "Eerst een gesprek." in seen
    assert "Opinions differ: no option has a majority." in seen


async def test_four_people_weigh_a_client_over_a_week(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness, "ben", "carla")
    case = harness.channel_of_case()

    # Ben knows the figures, Carla hears the client, Dirk has seen enough.
    await opened_form(harness, harness.ben)
    await type_about(harness.ben, Topic.BENEFITS, "A third of our income.")
    assert (await harness.ben.submit()).ok
    await type_about(harness.ben, Topic.IMPACT_MONEY, "Two invoices are open.")
    assert (await harness.ben.submit()).ok
    await harness.ben.close()
    assert (await harness.carla.click(overview(harness), ids.STATEMENT_START)).ok
    said = {ids.STATEMENT_SAYS: "Jullie waren zelf te laat.", ids.STATEMENT_OUR_PART: "Dat klopt, twee keer."}
    assert (await harness.carla.submit(values={**said, ids.STATEMENT_SOURCE: "phone"})).ok
    await give(harness, harness.dirk, "part", "They shout at us.")
    seen = words(overview(harness))
    assert "Our name" in seen[seen.index("*Questions without an answer*") :]
    assert "Money" not in seen
    assert "✓ *The client’s side*, 2 March 2026, on the phone: Jullie waren zelf te laat." in seen

    # A flag that comes in meanwhile is counted, and everybody is still asked.
    await harness.until(WEDNESDAY)
    assert (await harness.ben.command(COMMAND_FLAG, "Acme late 2 invoice 18 is a week late")).ok
    await harness.settle()

    await harness.until(THURSDAY)
    reminded = [
        person for person in (harness.anna, harness.ben, harness.carla, harness.dirk) if waits(harness, person.id)
    ]
    assert [person.id for person in reminded] == [harness.anna.id, harness.ben.id, harness.carla.id]
    await give(harness, harness.ben, "put_right", "We can agree on payment in advance.")
    await give(harness, harness.carla, "put_right", "Ze beloven beterschap.")

    # Anna never answers: the day of the deadline is over, and what there is stands together.
    assert "payment in advance" not in harness.sees(harness.anna, case)
    await harness.until(TUESDAY_AFTER)
    seen = words(overview(harness))
    assert "✓ *Views*: Keep this client: 0 · Put it right first: 2 · Part ways: 1 · No view: 0" in seen
    assert "More than half say “Put it right first”; not everybody agrees." in seen
    assert f"No answer yet: <@{harness.anna.id}>" in seen
    assert "The views are in" in harness.sees(harness.ben, case)

    # She can still answer, and it shows at once.
    await give(harness, harness.anna, "put_right", "Nog één keer proberen.")
    assert "Put it right first: 3" in words(overview(harness))


def waits(harness: Harness, user: str) -> bool:
    """Whether somebody has been reminded of their view."""
    person = next(one for one in (harness.anna, harness.ben, harness.carla, harness.dirk) if one.id == user)
    return any(ids.EVALUATION_AWAY in str(message.blocks) for message in person.read())


async def test_an_evaluation_in_a_thread_is_the_same(both_harness: Harness) -> None:
    harness = both_harness
    await harness.set("discussion_style", "thread")
    await meet(harness, harness.anna, role=Role.REVIEWER)
    assert (await harness.dirk.command(COMMAND_FLAG, "Acme disrespect (4) shouted at me")).ok
    await harness.settle()

    def opening() -> str:
        return words(next(one for one in harness.dirk.read(harness.alerts) if ids.EVALUATION_READ in str(one.blocks)))

    assert "0 of 2 in so far." in opening()
    for person in (harness.dirk, harness.anna):
        found = next(one for one in person.read(harness.alerts) if ids.EVALUATION_READ in str(one.blocks))
        assert (await person.click(found, ids.EVALUATION_GIVE)).ok
        assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
        assert (await person.submit(values={ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: "Enough."})).ok
        await person.close()
        await harness.settle()
    assert "Everybody who has a view says the same." in opening()


async def test_a_bot_that_starts_knows_the_deadlines_of_an_older_version(set_up: SetUp) -> None:
    harness = await set_up(talked_about, "ben")
    await give(harness, harness.ben, "keep", "They pay.")
    await give(harness, harness.dirk, "keep", "They pay.")
    await harness.bot.database.transact(  # type: ignore[attr-defined]
        lambda connection: connection.execute(text("DELETE FROM due"))
    )
    assert await harness.bot._begin()
    await harness.until(TUESDAY_AFTER)
    assert "Everybody who has a view says the same." in words(overview(harness))
