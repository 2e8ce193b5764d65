"""Forged and outdated gestures in an evaluation: a clear sentence, or nothing at all, and nothing stored."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.evaluation import Topic
from handlers.slack import ids
from handlers.slack.render.evaluation.form import topic_block
from tests.beginnings import Begun
from tests.handlers.slack.evaluation.scene import give, opened_form, overview, talked_about, type_about
from tests.handlers.slack.scenes import meet, said_in
from tests.hostile import MIXED
from tests.stage import Stage, words
from tests.stored import stored
from tests.unguarded import typed_into, unguarded
from tests.wire import foreign, loose_markup, refused_for_its_shape


async def nearly_said(stage: Stage) -> None:
    """Dirk's view is filled in and not sent."""
    await talked_about(stage)
    await opened_form(stage, stage.dirk, page=ids.EVALUATION_PAGE_VIEW)
    await stage.dirk.fill(stage.dirk.view, {ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: "They shout."})


@pytest.mark.parametrize(
    ("block_id", "key", "value", "field"),
    [
        (ids.EVALUATION_CHOICE, "selected_option", {"value": "burn"}, ids.EVALUATION_CHOICE),
        (ids.EVALUATION_CHOICE, "selected_option", None, ids.EVALUATION_CHOICE),
        (ids.EVALUATION_REASON, "value", "x" * 1001, ids.EVALUATION_REASON),
        (ids.EVALUATION_REASON, "value", " \u200b\u202e", ids.EVALUATION_REASON),
    ],
)
async def test_a_view_that_is_none_is_refused_at_its_field(
    begun: Begun, block_id: str, key: str, value: Any, field: str
) -> None:
    stage = await begun(nearly_said)
    before = await stored(stage)
    typed_into(stage.dirk, block_id, value, key)
    unguarded(stage.dirk)
    outcome = await stage.dirk.submit()
    assert list(outcome.errors) == [field]
    assert await stored(stage) == before


async def test_an_answer_that_is_too_long_is_refused_at_its_field_and_not_cut(begun: Begun) -> None:
    stage = await begun(talked_about)
    await opened_form(stage, stage.dirk)
    before = await stored(stage)
    typed_into(stage.dirk, topic_block(Topic.HISTORY), "x" * 1501, action_id=ids.EVALUATION_TOPIC)
    unguarded(stage.dirk)
    outcome = await stage.dirk.submit()
    assert list(outcome.errors) == [topic_block(Topic.HISTORY)]
    assert "1.501" in str(outcome.errors) or "1,501" in str(outcome.errors) or "1501" in str(outcome.errors)
    assert await stored(stage) == before


@pytest.mark.parametrize("metadata", ["", "x", "1", "1:9", "1:-1", "99:3", "1:3:5", "9" * 40 + ":3"])
async def test_a_form_about_nothing_is_answered_like_what_is_not_there(begun: Begun, metadata: str) -> None:
    stage = await begun(nearly_said)
    before = await stored(stage)
    stage.dirk.view.content["private_metadata"] = metadata
    outcome = await stage.dirk.submit()
    assert "can’t find that" in str(outcome.errors)
    assert await stored(stage) == before


async def test_a_form_left_open_over_a_decision_says_so(begun: Begun) -> None:
    """The round ends while somebody still has the form open: what they typed stays in the window."""
    stage = await begun(talked_about)
    await opened_form(stage, stage.dirk, page=ids.EVALUATION_PAGE_VIEW)
    values = {ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: "They shout."}
    await stage.dirk.fill(stage.dirk.view, values)

    def end(uow: Any) -> None:
        newest = uow.evaluations.newest_round(1)
        uow.evaluations.end(newest, stage.clock.now())

    await stage.bot.database.write(end)
    outcome = await stage.dirk.submit()
    assert "A decision has been taken" in str(outcome.errors)
    assert stage.dirk.view.values[ids.EVALUATION_REASON][ids.EVALUATION_REASON]["value"] == "They shout."


async def test_whatever_is_typed_stays_text_wherever_it_shows(http_stage: Stage) -> None:
    stage = http_stage
    await talked_about(stage)
    for text in MIXED:
        await opened_form(stage, stage.dirk, page=ids.EVALUATION_PAGE_KNOWN)
        await type_about(stage.dirk, Topic.HISTORY, text)
        assert (await stage.dirk.submit()).ok
        await stage.dirk.close(everything=True)
        assert (await stage.dirk.click(overview(stage), ids.STATEMENT_START)).ok
        said = {ids.STATEMENT_SAYS: text, ids.STATEMENT_OUR_PART: text}
        assert (await stage.dirk.submit(values=said)).ok
        await give(stage, stage.dirk, "part", f"{text} so.")
        await give(stage, stage.anna, "keep", f"{text} so.")
        assert (await stage.anna.click(overview(stage), ids.EVALUATION_READ)).ok
        assert said_in(stage.anna.view)
        await stage.anna.close()
    assert words(overview(stage))
    assert foreign(stage) == []
    assert loose_markup(stage) == []
    assert refused_for_its_shape(stage) == []


async def test_somebody_who_was_asked_and_left_can_do_nothing_any_more(begun: Begun) -> None:
    stage = await begun(talked_about)
    opening = overview(stage)
    await meet(stage, stage.dirk)
    stage.world.world.users.change(stage.dirk.id, is_restricted=True)
    await stage.settle()
    before = await stored(stage)
    await stage.dirk.click(opening, ids.EVALUATION_GIVE)
    assert not stage.dirk.views
    assert await stored(stage) == before
