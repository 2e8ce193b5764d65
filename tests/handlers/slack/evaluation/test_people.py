"""Who takes part: asked in by a reviewer, away by their own word, reminded in a direct message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.playground.people import Person
from bot.playground.state import Message
from handlers.slack import ids
from tests.beginnings import Begun
from tests.handlers.slack.evaluation.scene import give, overview, talked_about
from tests.handlers.slack.scenes import said_in
from tests.stage import Stage, words

THURSDAY = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
"""Nine in the morning in Amsterdam, two working days before the deadline."""

DEADLINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


def reminders(stage: Stage, person: Person) -> list[Message]:
    """What a person was reminded of in the direct message."""
    return [one for one in person.read() if ids.EVALUATION_AWAY in str(one.blocks)]


async def test_a_reviewer_asks_in_a_colleague_and_nobody_else_can(stage: Stage) -> None:
    opening = await talked_about(stage)
    assert (await stage.dirk.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert ids.EVALUATION_PEOPLE_ASK not in str(stage.dirk.view.blocks)
    await stage.dirk.close()
    assert (await stage.anna.click(opening, ids.EVALUATION_PEOPLE)).ok
    outcome = await stage.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [stage.gust.id]})
    assert list(outcome.errors) == [ids.EVALUATION_PEOPLE_ASK]
    assert (await stage.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [stage.ben.id]})).ok
    await stage.settle()
    assert stage.ben.id in stage.channel_of_case().members
    assert stage.gust.id not in stage.channel_of_case().members
    (asked,) = reminders(stage, stage.ben)
    assert "You are asked into review-0001" in asked.text
    assert "Acme" not in asked.text
    assert "Acme" in words(asked)
    assert f"<@{stage.ben.id}>" in words(overview(stage))


async def test_people_are_reminded_twice_in_their_morning_and_never_after_an_answer(begun: Begun) -> None:
    stage = await begun(talked_about, "ben")
    await give(stage, stage.ben, "keep")
    await stage.until(THURSDAY - timedelta(minutes=1))
    assert reminders(stage, stage.anna) == []
    await stage.until(THURSDAY)
    (first,) = reminders(stage, stage.anna)
    assert "review-0001: je mening wordt gevraagd, uiterlijk maandag 9 maart 2026." in first.text
    # It is eight in London.
    assert reminders(stage, stage.dirk) == []
    await stage.later(timedelta(hours=1))
    (seen,) = reminders(stage, stage.dirk)
    assert "Acme" not in seen.text
    assert (await stage.dirk.click(seen, ids.EVALUATION_GIVE)).ok
    assert (await stage.dirk.click(stage.dirk.view, ids.EVALUATION_PAGE_VIEW)).ok
    assert (await stage.dirk.submit(values={ids.EVALUATION_CHOICE: "no_view"})).ok
    await stage.until(DEADLINE + timedelta(hours=2))
    assert len(reminders(stage, stage.anna)) == 2
    assert "vandaag is de laatste dag" in reminders(stage, stage.anna)[1].text
    assert len(reminders(stage, stage.dirk)) == 1
    assert reminders(stage, stage.ben) == []
    await stage.later(timedelta(days=30))
    assert len(reminders(stage, stage.anna)) == 2


async def test_nobody_waits_for_who_says_that_they_cannot_answer(begun: Begun) -> None:
    stage = await begun(talked_about)
    await give(stage, stage.anna, "part", "Genoeg.")
    await stage.until(THURSDAY + timedelta(hours=1))
    (seen,) = reminders(stage, stage.dirk)
    assert (await stage.dirk.click(seen, ids.EVALUATION_AWAY)).ok
    await stage.settle()
    assert "nobody waits for you this time" in stage.sees(stage.dirk)
    assert "Genoeg." in words(overview(stage))
    assert f"Can’t answer now: <@{stage.dirk.id}>" in words(overview(stage))


async def test_people_say_in_the_discussion_that_they_cannot_answer(begun: Begun) -> None:
    stage = await begun(talked_about)
    opening = overview(stage)
    await give(stage, stage.anna, "part", "Genoeg.")
    assert (await stage.dirk.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert f"No answer yet: <@{stage.dirk.id}>" in said_in(stage.dirk.view)
    assert (await stage.dirk.click(stage.dirk.view, ids.EVALUATION_AWAY)).ok
    assert f"Can’t answer now: <@{stage.dirk.id}>" in said_in(stage.dirk.view)
    assert ids.EVALUATION_AWAY not in str(stage.dirk.view.blocks)
    await stage.settle()
    assert "Genoeg." in words(overview(stage))


async def test_a_reviewer_says_who_is_away(begun: Begun) -> None:
    stage = await begun(talked_about)
    opening = overview(stage)
    await give(stage, stage.anna, "part", "Genoeg.")
    assert (await stage.anna.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert (await stage.anna.submit(values={ids.EVALUATION_PEOPLE_AWAY: [stage.dirk.id]})).ok
    await stage.settle()
    assert "Genoeg." in words(overview(stage))


async def test_a_quorum_that_is_not_met_moves_the_deadline_once_and_then_offers_ways_out(begun: Begun) -> None:
    stage = await begun(talked_about)
    await give(stage, stage.anna, "part", "Genoeg.")
    await stage.until(AFTER)
    channel = stage.channel_of_case()
    assert "Views are asked until Monday 16 March 2026 now" in stage.sees(stage.anna, channel)
    assert "The deadline has moved once" in words(overview(stage))
    assert "Genoeg." not in words(overview(stage))
    assert channel.topic.value.endswith("16 March 2026")
    assert "Er is nu tijd tot en met maandag 16 maart 2026." in stage.sees(stage.anna)
    await stage.until(AFTER + timedelta(days=7))
    assert "Genoeg." in words(overview(stage))
    told = next(one for one in reversed(stage.anna.read()) if ids.EVALUATION_PEOPLE in str(one.blocks))
    assert "te weinig mensen hebben een mening om te besluiten" in told.text
    assert (await stage.anna.click(told, ids.EVALUATION_PEOPLE)).ok
    assert (await stage.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [stage.ben.id]})).ok
    await stage.settle()
    await give(stage, stage.ben, "part")
    assert "Everybody who has a view says the same." in words(overview(stage))


async def test_too_few_views_are_closed_without_a_decision(begun: Begun) -> None:
    stage = await begun(talked_about)
    await give(stage, stage.anna, "no_view", "")
    await give(stage, stage.dirk, "no_view", "")
    told = next(one for one in reversed(stage.anna.read()) if ids.EVALUATION_PEOPLE in str(one.blocks))
    assert (await stage.anna.click(told, ids.DECISION_START)).ok
    assert stage.anna.view.content["callback_id"] == ids.DECISION_FORM


async def test_an_evaluation_goes_on_when_its_channel_was_archived_by_hand(begun: Begun) -> None:
    """People answer from their reminders, and the overview follows once the channel is there again."""
    stage = await begun(talked_about)
    channel = stage.channel_of_case()
    stage.world.conversations.archive(channel, stage.anna.id)
    await stage.until(THURSDAY + timedelta(hours=1))
    for person in (stage.anna, stage.dirk):
        (seen,) = reminders(stage, person)
        assert (await person.click(seen, ids.EVALUATION_GIVE)).ok
        assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
        assert (await person.submit(values={ids.EVALUATION_CHOICE: "keep", ids.EVALUATION_REASON: "They pay."})).ok
        await person.close()
    await stage.settle()
    stage.world.conversations.unarchive(channel, stage.anna.id)
    await stage.settle()
    assert "Everybody who has a view says the same." in words(overview(stage))


async def test_a_leaver_is_not_waited_for(begun: Begun) -> None:
    stage = await begun(talked_about)
    await give(stage, stage.anna, "part", "Genoeg.")
    stage.world.world.users.change(stage.dirk.id, deleted=True)
    await stage.settle()
    assert "Genoeg." in words(overview(stage))
    assert "No answer yet" not in words(overview(stage))
