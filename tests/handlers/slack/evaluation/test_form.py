"""The evaluation form in Slack: leafed through, closed half-way, given, changed, and closed to strangers."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.evaluation import Topic
from bot.domain.model import Role
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import meet, said_in
from tests.handlers.slack.evaluation.setup import (
    give,
    opened_form,
    overview,
    talked_about,
    topic_block,
    type_about,
    typed_about,
)
from tests.harness import Harness, words
from tests.recorded_setups import SetUp
from tests.stored import stored
from tests.unguarded import typed_into


async def test_a_form_that_is_closed_half_way_loses_nothing_and_shows_nothing(harness: Harness) -> None:
    await talked_about(harness)
    await opened_form(harness, harness.dirk)
    await type_about(harness.dirk, Topic.HISTORY, "Ten years, and")
    await harness.dirk.close()
    await opened_form(harness, harness.dirk, page=ids.EVALUATION_PAGE_VIEW)
    await harness.dirk.select(harness.dirk.view, ids.EVALUATION_CHOICE, "part")
    await harness.dirk.type(harness.dirk.view, ids.EVALUATION_REASON, "They sh")
    await harness.dirk.close(everything=True)
    await harness.settle()
    assert "Ten years" not in harness.sees(harness.anna, harness.channel_of_case())
    await opened_form(harness, harness.anna)
    assert "Ten years" not in said_in(harness.anna.view)

    await opened_form(harness, harness.dirk)
    assert typed_about(harness.dirk, Topic.HISTORY) == "Ten years, and"
    assert (await harness.dirk.click(harness.dirk.view, ids.EVALUATION_PAGE_VIEW)).ok
    values = harness.dirk.view.values
    assert values[ids.EVALUATION_CHOICE][ids.EVALUATION_CHOICE]["selected_option"]["value"] == "part"
    assert values[ids.EVALUATION_REASON][ids.EVALUATION_REASON]["value"] == "They sh"


async def test_what_was_not_told_yet_is_kept_when_the_page_is_turned(set_up: SetUp) -> None:
    """Slack tells of a letter a moment after it was typed, and a click can come before that."""
    harness = await set_up(talked_about)
    await opened_form(harness, harness.dirk)
    typed_into(harness.dirk, topic_block(Topic.SEVERITY), "A pattern.", action_id=ids.EVALUATION_TOPIC)
    assert (await harness.dirk.click(harness.dirk.view, ids.EVALUATION_PAGE_AFTER)).ok
    assert (await harness.dirk.click(harness.dirk.view, ids.EVALUATION_PAGE_KNOWN)).ok
    assert typed_about(harness.dirk, Topic.SEVERITY) == "A pattern."


async def test_next_gives_a_page_and_goes_on_to_the_view(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await opened_form(harness, harness.dirk)
    await type_about(harness.dirk, Topic.HISTORY, "Ten years.")
    for label in ("What does it cost us in time?", "If we part", "What would you do?"):
        assert (await harness.dirk.submit()).ok
        assert label in said_in(harness.dirk.view)
    outcome = await harness.dirk.submit(values={ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: ""})
    assert list(outcome.errors) == [ids.EVALUATION_REASON]
    assert (await harness.dirk.submit(values={ids.EVALUATION_REASON: "They shout."})).ok
    assert "Your view is in" in said_in(harness.dirk.view)
    await harness.settle()
    assert "Questions without an answer*: How serious it is · " in words(overview(harness))
    assert "They shout" not in words(overview(harness))


async def test_others_read_answers_above_the_question_and_a_changed_one_replaces_it(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await opened_form(harness, harness.dirk)
    await type_about(harness.dirk, Topic.BENEFITS, "A third of our income.")
    assert (await harness.dirk.submit()).ok
    await opened_form(harness, harness.anna)
    assert f"<@{harness.dirk.id}>: A third of our income." in said_in(harness.anna.view)
    assert (await harness.dirk.click(harness.dirk.view, ids.EVALUATION_PAGE_KNOWN)).ok
    await type_about(harness.dirk, Topic.BENEFITS, "A quarter.")
    assert (await harness.dirk.submit()).ok
    await harness.settle()
    assert (await harness.anna.click(overview(harness), ids.EVALUATION_READ)).ok
    assert "A quarter." in said_in(harness.anna.view)
    assert "A third" not in said_in(harness.anna.view)


async def test_the_form_says_who_will_see_a_view_and_when(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("views_shown", "counts")
    await talked_about(harness)
    await opened_form(harness, harness.dirk, page=ids.EVALUATION_PAGE_VIEW)
    said = said_in(harness.dirk.view)
    assert "they would hide nobody: names are shown" in said
    assert "until everybody asked has answered, 9 March 2026 is over, or a reviewer ends the waiting early" in said
    await opened_form(harness, harness.anna, page=ids.EVALUATION_PAGE_VIEW)
    assert "Niemand ziet je mening tot iedereen" in said_in(harness.anna.view)


async def test_what_was_promised_at_the_beginning_holds_when_more_people_come_in(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("views_shown", "counts")
    await talked_about(harness, "ben", "carla")
    await opened_form(harness, harness.ben, page=ids.EVALUATION_PAGE_VIEW)
    assert "names are shown" in said_in(harness.ben.view)
    for person in (harness.anna, harness.ben, harness.carla, harness.dirk):
        await give(harness, person, "keep")
    assert f"<@{harness.ben.id}> *Keep this client*" in words(overview(harness))


async def test_among_four_counts_are_shown_without_names(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("views_shown", "counts")
    await meet(harness, harness.anna, role=Role.REVIEWER)
    for person, kind in ((harness.ben, "late"), (harness.carla, "demanding"), (harness.dirk, "haggling")):
        assert (await person.command(COMMAND_FLAG, f"Acme {kind} 1 once more")).ok
    assert (await harness.anna.command(COMMAND_FLAG, "discuss Acme")).ok
    await harness.settle()
    await opened_form(harness, harness.ben, page=ids.EVALUATION_PAGE_VIEW)
    assert "the reasons without names" in said_in(harness.ben.view)
    for person, choice in (
        (harness.anna, "part"),
        (harness.ben, "keep"),
        (harness.carla, "keep"),
        (harness.dirk, "no_view"),
    ):
        await give(harness, person, choice, f"Reason to {choice}.")
    seen = words(overview(harness))
    views = seen[seen.index("*Views*") : seen.index("*The client’s side*")]
    assert "Keep this client: 2 · Put it right first: 0 · Part ways: 1 · No view: 1" in views
    assert "<@" not in views


async def test_a_view_can_be_changed_when_it_is_shown_and_its_history_stays(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.dirk, "part", "They shout.")
    await give(harness, harness.anna, "part", "Het is genoeg geweest.")
    seen = words(overview(harness))
    assert "Everybody who has a view says the same." in seen
    assert "They shout." in seen
    assert "The views are in: you find them in the pinned message." in harness.sees(
        harness.dirk, harness.channel_of_case()
    )
    await harness.later(timedelta(minutes=1))
    await opened_form(harness, harness.dirk)
    assert "What would you do?" in said_in(harness.dirk.view)
    assert "the others in this discussion see a change at once" in said_in(harness.dirk.view)
    await harness.dirk.submit(values={ids.EVALUATION_CHOICE: "put_right", ids.EVALUATION_REASON: "They called."})
    await harness.settle()
    seen = words(overview(harness))
    assert f"<@{harness.dirk.id}> *Put it right first*: They called. _(before: Part ways)_" in seen
    assert "Opinions differ" in seen


async def test_who_was_not_asked_can_neither_see_nor_answer(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    opening = overview(harness)
    harness.world.conversations.join(harness.channel_of_case(), harness.carla.id)
    await meet(harness, harness.carla)
    before = await stored(harness)
    for action in (ids.EVALUATION_GIVE, ids.EVALUATION_READ, ids.EVALUATION_PEOPLE, ids.STATEMENT_START):
        await harness.carla.click(opening, action)
        assert "niet vinden" in harness.in_windows(harness.carla)
        await harness.carla.close(everything=True)
    assert await stored(harness) == before


async def test_everything_can_be_read_and_nothing_hidden_is_in_it(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await opened_form(harness, harness.dirk)
    await type_about(harness.dirk, Topic.HISTORY, "Ten years.\n\nAnd a bit.")
    assert (await harness.dirk.submit()).ok
    await harness.dirk.close()
    await give(harness, harness.dirk, "part", "They shout.")
    assert (await harness.anna.click(overview(harness), ids.EVALUATION_READ)).ok
    assert "Ten years.\n\nAnd a bit." in said_in(harness.anna.view)
    assert "They shout." not in said_in(harness.anna.view)
    await give(harness, harness.anna, "no_view", "")
    assert (await harness.anna.click(overview(harness), ids.EVALUATION_READ)).ok
    assert "They shout." in said_in(harness.anna.view)
