"""Who takes part: asked in by a reviewer, away by their own word, reminded in a direct message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.playground.people import Person
from bot.playground.state import Message
from handlers.features import ids
from tests.handlers.slack.common_setup import said_in
from tests.handlers.slack.evaluation.setup import give, overview, talked_about
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

THURSDAY = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
"""Nine in the morning in Amsterdam, two working days before the deadline."""

DEADLINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


def reminders(harness: Harness, person: Person) -> list[Message]:
    """What a person was reminded of in the direct message."""
    return [one for one in person.read() if ids.EVALUATION_AWAY in str(one.blocks)]


async def test_a_reviewer_asks_in_a_colleague_and_nobody_else_can(harness: Harness) -> None:
    opening = await talked_about(harness)
    assert (await harness.dirk.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert ids.EVALUATION_PEOPLE_ASK not in str(harness.dirk.view.blocks)
    await harness.dirk.close()
    assert (await harness.anna.click(opening, ids.EVALUATION_PEOPLE)).ok
    outcome = await harness.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [harness.gust.id]})
    assert list(outcome.errors) == [ids.EVALUATION_PEOPLE_ASK]
    assert (await harness.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [harness.ben.id]})).ok
    await harness.settle()
    assert harness.ben.id in harness.channel_of_case().members
    assert harness.gust.id not in harness.channel_of_case().members
    (asked,) = reminders(harness, harness.ben)
    assert "You are asked into review-0001" in asked.text
    assert "Acme" not in asked.text
    assert "Acme" in words(asked)
    assert f"<@{harness.ben.id}>" in words(overview(harness))


async def test_people_are_reminded_twice_in_their_morning_and_never_after_an_answer(set_up: SetUp) -> None:
    harness = await set_up(talked_about, "ben")
    await give(harness, harness.ben, "keep")
    await harness.until(THURSDAY - timedelta(minutes=1))
    assert reminders(harness, harness.anna) == []
    await harness.until(THURSDAY)
    (first,) = reminders(harness, harness.anna)
    assert "review-0001: je mening wordt gevraagd, uiterlijk maandag 9 maart 2026." in first.text
    # It is eight in London.
    assert reminders(harness, harness.dirk) == []
    await harness.later(timedelta(hours=1))
    (seen,) = reminders(harness, harness.dirk)
    assert "Acme" not in seen.text
    assert (await harness.dirk.click(seen, ids.EVALUATION_GIVE)).ok
    assert (await harness.dirk.click(harness.dirk.view, ids.EVALUATION_PAGE_VIEW)).ok
    assert (await harness.dirk.submit(values={ids.EVALUATION_CHOICE: "no_view"})).ok
    await harness.until(DEADLINE + timedelta(hours=2))
    assert len(reminders(harness, harness.anna)) == 2
    assert "vandaag is de laatste dag" in reminders(harness, harness.anna)[1].text
    assert len(reminders(harness, harness.dirk)) == 1
    assert reminders(harness, harness.ben) == []
    await harness.later(timedelta(days=30))
    assert len(reminders(harness, harness.anna)) == 2


async def test_nobody_waits_for_who_says_that_they_cannot_answer(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.anna, "part", "Genoeg.")
    await harness.until(THURSDAY + timedelta(hours=1))
    (seen,) = reminders(harness, harness.dirk)
    assert (await harness.dirk.click(seen, ids.EVALUATION_AWAY)).ok
    await harness.settle()
    assert "nobody waits for you this time" in harness.sees(harness.dirk)
    assert "Genoeg." in words(overview(harness))
    assert f"Can’t answer now: <@{harness.dirk.id}>" in words(overview(harness))


async def test_people_say_in_the_discussion_that_they_cannot_answer(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    opening = overview(harness)
    await give(harness, harness.anna, "part", "Genoeg.")
    assert (await harness.dirk.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert f"No answer yet: <@{harness.dirk.id}>" in said_in(harness.dirk.view)
    assert (await harness.dirk.click(harness.dirk.view, ids.EVALUATION_AWAY)).ok
    assert f"Can’t answer now: <@{harness.dirk.id}>" in said_in(harness.dirk.view)
    assert ids.EVALUATION_AWAY not in str(harness.dirk.view.blocks)
    await harness.settle()
    assert "Genoeg." in words(overview(harness))


async def test_a_reviewer_says_who_is_away(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    opening = overview(harness)
    await give(harness, harness.anna, "part", "Genoeg.")
    assert (await harness.anna.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert (await harness.anna.submit(values={ids.EVALUATION_PEOPLE_AWAY: [harness.dirk.id]})).ok
    await harness.settle()
    assert "Genoeg." in words(overview(harness))


async def test_a_form_left_open_while_somebody_leaves_is_taken_and_guests_are_not(set_up: SetUp) -> None:
    harness = await set_up(talked_about, "ben")
    await give(harness, harness.anna, "part", "Genoeg.")
    assert (await harness.anna.click(overview(harness), ids.EVALUATION_PEOPLE)).ok
    harness.world.world.users.change(harness.dirk.id, deleted=True)
    await harness.settle()
    outcome = await harness.anna.submit(values={ids.EVALUATION_PEOPLE_AWAY: [harness.gust.id, harness.ben.id]})
    assert list(outcome.errors) == [ids.EVALUATION_PEOPLE_AWAY]
    assert "Genoeg." not in words(overview(harness))
    outcome = await harness.anna.submit(values={ids.EVALUATION_PEOPLE_AWAY: [harness.dirk.id, harness.ben.id]})
    assert outcome.ok
    assert not outcome.errors
    await harness.settle()
    assert "Genoeg." in words(overview(harness))


async def test_a_quorum_that_is_not_met_moves_the_deadline_once_and_then_offers_ways_out(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.anna, "part", "Genoeg.")
    await harness.until(AFTER)
    channel = harness.channel_of_case()
    assert "The deadline is now Monday 16 March 2026" in harness.sees(harness.anna, channel)
    assert "The deadline has moved once" in words(overview(harness))
    assert "Genoeg." not in words(overview(harness))
    assert channel.topic.value.endswith("16 March 2026")
    assert "Er is nu tijd tot en met maandag 16 maart 2026." in harness.sees(harness.anna)
    await harness.until(AFTER + timedelta(days=7))
    assert "Genoeg." in words(overview(harness))
    told = next(one for one in reversed(harness.anna.read()) if ids.EVALUATION_PEOPLE in str(one.blocks))
    assert "te weinig mensen hebben een mening om te besluiten" in told.text
    assert (await harness.anna.click(told, ids.EVALUATION_PEOPLE)).ok
    assert (await harness.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [harness.ben.id]})).ok
    await harness.settle()
    await give(harness, harness.ben, "part")
    assert "Everybody who has a view says the same." in words(overview(harness))


async def test_too_few_views_are_closed_without_a_decision(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.anna, "no_view", "")
    await give(harness, harness.dirk, "no_view", "")
    told = next(one for one in reversed(harness.anna.read()) if ids.EVALUATION_PEOPLE in str(one.blocks))
    assert (await harness.anna.click(told, ids.DECISION_START)).ok
    assert harness.anna.view.content["callback_id"] == ids.DECISION_FORM


async def test_an_evaluation_goes_on_when_its_channel_was_archived_by_hand(set_up: SetUp) -> None:
    """People answer from their reminders, and the overview follows once the channel is there again."""
    harness = await set_up(talked_about)
    channel = harness.channel_of_case()
    harness.world.conversations.archive(channel, harness.anna.id)
    await harness.until(THURSDAY + timedelta(hours=1))
    for person in (harness.anna, harness.dirk):
        (seen,) = reminders(harness, person)
        assert (await person.click(seen, ids.EVALUATION_GIVE)).ok
        assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
        assert (await person.submit(values={ids.EVALUATION_CHOICE: "keep", ids.EVALUATION_REASON: "They pay."})).ok
        await person.close()
    await harness.settle()
    harness.world.conversations.unarchive(channel, harness.anna.id)
    await harness.settle()
    assert "Everybody who has a view says the same." in words(overview(harness))


async def test_a_leaver_is_not_waited_for(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.anna, "part", "Genoeg.")
    harness.world.world.users.change(harness.dirk.id, deleted=True)
    await harness.settle()
    assert "Genoeg." in words(overview(harness))
    assert "No answer yet" not in words(overview(harness))
