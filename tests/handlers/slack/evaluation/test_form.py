"""The evaluation form in Slack: leafed through, closed half-way, given, changed, and closed to strangers."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.evaluation import Topic
from bot.domain.model import Role
from handlers.slack import ids
from tests.beginnings import Begun
from tests.handlers.slack.evaluation.scene import give, opened_form, overview, talked_about, type_about, typed_about
from tests.handlers.slack.scenes import meet, said_in
from tests.stage import Stage, words
from tests.stored import stored


async def test_a_form_that_is_closed_half_way_loses_nothing_and_shows_nothing(stage: Stage) -> None:
    await talked_about(stage)
    await opened_form(stage, stage.dirk)
    await type_about(stage.dirk, Topic.HISTORY, "Ten years, and")
    await stage.dirk.close()
    await opened_form(stage, stage.dirk, page=ids.EVALUATION_PAGE_VIEW)
    await stage.dirk.select(stage.dirk.view, ids.EVALUATION_CHOICE, "part")
    await stage.dirk.type(stage.dirk.view, ids.EVALUATION_REASON, "They sh")
    await stage.dirk.close(everything=True)
    await stage.settle()
    assert "Ten years" not in stage.sees(stage.anna, stage.channel_of_case())
    await opened_form(stage, stage.anna)
    assert "Ten years" not in said_in(stage.anna.view)

    await opened_form(stage, stage.dirk)
    assert typed_about(stage.dirk, Topic.HISTORY) == "Ten years, and"
    assert (await stage.dirk.click(stage.dirk.view, ids.EVALUATION_PAGE_VIEW)).ok
    values = stage.dirk.view.values
    assert values[ids.EVALUATION_CHOICE][ids.EVALUATION_CHOICE]["selected_option"]["value"] == "part"
    assert values[ids.EVALUATION_REASON][ids.EVALUATION_REASON]["value"] == "They sh"


async def test_next_gives_a_page_and_goes_on_to_the_view(begun: Begun) -> None:
    stage = await begun(talked_about)
    await opened_form(stage, stage.dirk)
    await type_about(stage.dirk, Topic.HISTORY, "Ten years.")
    for label in ("What does it cost us in time?", "If we part", "What would you do?"):
        assert (await stage.dirk.submit()).ok
        assert label in said_in(stage.dirk.view)
    outcome = await stage.dirk.submit(values={ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: ""})
    assert list(outcome.errors) == [ids.EVALUATION_REASON]
    assert (await stage.dirk.submit(values={ids.EVALUATION_REASON: "They shout."})).ok
    assert "Your view is in" in said_in(stage.dirk.view)
    await stage.settle()
    assert "✓ How it has been: Ten years." in words(overview(stage))
    assert "They shout" not in words(overview(stage))


async def test_others_read_answers_above_the_question_and_a_changed_one_replaces_it(begun: Begun) -> None:
    stage = await begun(talked_about)
    await opened_form(stage, stage.dirk)
    await type_about(stage.dirk, Topic.BENEFITS, "A third of our income.")
    assert (await stage.dirk.submit()).ok
    await opened_form(stage, stage.anna)
    assert f"<@{stage.dirk.id}>: A third of our income." in said_in(stage.anna.view)
    assert (await stage.dirk.click(stage.dirk.view, ids.EVALUATION_PAGE_KNOWN)).ok
    await type_about(stage.dirk, Topic.BENEFITS, "A quarter.")
    assert (await stage.dirk.submit()).ok
    await stage.settle()
    assert "A quarter." in words(overview(stage))
    assert "A third" not in words(overview(stage))


async def test_the_form_says_who_will_see_a_view_and_when(http_stage: Stage) -> None:
    stage = http_stage
    await stage.set("views_shown", "counts")
    await talked_about(stage)
    await opened_form(stage, stage.dirk, page=ids.EVALUATION_PAGE_VIEW)
    said = said_in(stage.dirk.view)
    assert "they would hide nobody: names are shown" in said
    assert "until everybody asked has answered, or 9 March 2026 is over" in said
    await opened_form(stage, stage.anna, page=ids.EVALUATION_PAGE_VIEW)
    assert "Niemand ziet jouw mening tot iedereen heeft geantwoord" in said_in(stage.anna.view)


async def test_what_was_promised_at_the_beginning_holds_when_more_people_come_in(http_stage: Stage) -> None:
    stage = http_stage
    await stage.set("views_shown", "counts")
    await talked_about(stage, "ben", "carla")
    await opened_form(stage, stage.ben, page=ids.EVALUATION_PAGE_VIEW)
    assert "names are shown" in said_in(stage.ben.view)
    for person in (stage.anna, stage.ben, stage.carla, stage.dirk):
        await give(stage, person, "keep")
    assert f"<@{stage.ben.id}> *Keep this client*" in words(overview(stage))


async def test_among_four_counts_are_shown_without_names(http_stage: Stage) -> None:
    stage = http_stage
    await stage.set("views_shown", "counts")
    await meet(stage, stage.anna, role=Role.REVIEWER)
    for person, kind in ((stage.ben, "late"), (stage.carla, "demanding"), (stage.dirk, "haggling")):
        assert (await person.command(ids.COMMAND_FLAG, f"Acme {kind} 1 once more")).ok
    assert (await stage.anna.command(ids.COMMAND_FLAG, "discuss Acme")).ok
    await stage.settle()
    await opened_form(stage, stage.ben, page=ids.EVALUATION_PAGE_VIEW)
    assert "the reasons without names" in said_in(stage.ben.view)
    for person, choice in ((stage.anna, "part"), (stage.ben, "keep"), (stage.carla, "keep"), (stage.dirk, "no_view")):
        await give(stage, person, choice, f"Reason to {choice}.")
    seen = next(text for text in words(overview(stage)).split("\n○ ") if "Reason to keep" in text)
    views = seen[seen.index("*Views*") : seen.index("Asked in")]
    assert "Keep this client: 2 · Put it right first: 0 · Part ways: 1 · No view: 1" in views
    assert "<@" not in views


async def test_a_view_can_be_changed_when_it_is_shown_and_its_history_stays(begun: Begun) -> None:
    stage = await begun(talked_about)
    await give(stage, stage.dirk, "part", "They shout.")
    await give(stage, stage.anna, "part", "Het is genoeg geweest.")
    seen = words(overview(stage))
    assert "Everybody who has a view says the same." in seen
    assert "They shout." in seen
    assert "The views are in: they stand together at the top." in stage.sees(stage.dirk, stage.channel_of_case())
    await stage.later(timedelta(minutes=1))
    await opened_form(stage, stage.dirk)
    assert "What would you do?" in said_in(stage.dirk.view)
    assert "the others in this discussion see a change at once" in said_in(stage.dirk.view)
    await stage.dirk.submit(values={ids.EVALUATION_CHOICE: "put_right", ids.EVALUATION_REASON: "They called."})
    await stage.settle()
    seen = words(overview(stage))
    assert f"<@{stage.dirk.id}> *Put it right first*: They called. _(before: Part ways)_" in seen
    assert "You see this differently" in seen


async def test_who_was_not_asked_can_neither_see_nor_answer(begun: Begun) -> None:
    stage = await begun(talked_about)
    opening = overview(stage)
    stage.world.conversations.join(stage.channel_of_case(), stage.carla.id)
    await meet(stage, stage.carla)
    before = await stored(stage)
    for action in (ids.EVALUATION_GIVE, ids.EVALUATION_READ, ids.EVALUATION_PEOPLE, ids.STATEMENT_START):
        await stage.carla.click(opening, action)
        assert not stage.carla.views
    assert stage.sees(stage.carla, stage.channel_of_case()).count("niet vinden") >= 4
    assert await stored(stage) == before


async def test_everything_can_be_read_and_nothing_hidden_is_in_it(begun: Begun) -> None:
    stage = await begun(talked_about)
    await opened_form(stage, stage.dirk)
    await type_about(stage.dirk, Topic.HISTORY, "Ten years.\n\nAnd a bit.")
    assert (await stage.dirk.submit()).ok
    await stage.dirk.close()
    await give(stage, stage.dirk, "part", "They shout.")
    assert (await stage.anna.click(overview(stage), ids.EVALUATION_READ)).ok
    assert "Ten years.\n\nAnd a bit." in said_in(stage.anna.view)
    assert "They shout." not in said_in(stage.anna.view)
    await give(stage, stage.anna, "no_view", "")
    assert (await stage.anna.click(overview(stage), ids.EVALUATION_READ)).ok
    assert "They shout." in said_in(stage.anna.view)
