"""Forged and outdated interactions in an evaluation: a clear sentence, or nothing at all, and nothing stored."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.evaluation import Topic
from handlers.features import ids
from tests.handlers.slack.common_setup import meet, said_in
from tests.handlers.slack.evaluation.setup import give, opened_form, overview, talked_about, topic_block, type_about
from tests.harness import Harness, words
from tests.hostile import MIXED
from tests.recorded_setups import SetUp
from tests.stored import stored
from tests.unguarded import typed_into, unguarded
from tests.wire import foreign, loose_markup, refused_for_its_shape


async def nearly_said(harness: Harness) -> None:
    """Dirk's view is filled in and not sent."""
    await talked_about(harness)
    await opened_form(harness, harness.dirk, page=ids.EVALUATION_PAGE_VIEW)
    await harness.dirk.fill(harness.dirk.view, {ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: "They shout."})


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
    set_up: SetUp, block_id: str, key: str, value: Any, field: str
) -> None:
    harness = await set_up(nearly_said)
    before = await stored(harness)
    typed_into(harness.dirk, block_id, value, key)
    unguarded(harness.dirk)
    outcome = await harness.dirk.submit()
    assert list(outcome.errors) == [field]
    assert await stored(harness) == before


async def test_an_answer_that_is_too_long_is_refused_at_its_field_and_not_cut(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await opened_form(harness, harness.dirk)
    before = await stored(harness)
    typed_into(harness.dirk, topic_block(Topic.SEVERITY), "x" * 1501, action_id=ids.EVALUATION_TOPIC)
    unguarded(harness.dirk)
    outcome = await harness.dirk.submit()
    assert list(outcome.errors) == [topic_block(Topic.SEVERITY)]
    assert "1.501" in str(outcome.errors) or "1,501" in str(outcome.errors) or "1501" in str(outcome.errors)
    assert await stored(harness) == before


@pytest.mark.parametrize("metadata", ["", "x", "1", "1:9", "1:-1", "99:3", "1:3:5", "9" * 40 + ":3"])
async def test_a_form_about_nothing_is_answered_like_what_is_not_there(set_up: SetUp, metadata: str) -> None:
    harness = await set_up(nearly_said)
    before = await stored(harness)
    harness.dirk.view.content["private_metadata"] = metadata
    outcome = await harness.dirk.submit()
    assert "can’t find that" in str(outcome.errors)
    assert await stored(harness) == before


async def test_a_form_left_open_over_a_decision_says_so(set_up: SetUp) -> None:
    """The round ends while somebody still has the form open: what they typed stays in the window."""
    harness = await set_up(talked_about)
    await opened_form(harness, harness.dirk, page=ids.EVALUATION_PAGE_VIEW)
    values = {ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: "They shout."}
    await harness.dirk.fill(harness.dirk.view, values)

    def end(uow: Any) -> None:
        newest = uow.evaluations.newest_round(1)
        uow.evaluations.end(newest, harness.clock.now())

    await harness.bot.database.write(end)
    outcome = await harness.dirk.submit()
    assert "A decision has been taken" in str(outcome.errors)
    assert harness.dirk.view.values[ids.EVALUATION_REASON][ids.EVALUATION_REASON]["value"] == "They shout."


async def test_whatever_is_typed_stays_text_wherever_it_shows(http_harness: Harness) -> None:
    harness = http_harness
    await talked_about(harness)
    for text in MIXED:
        await opened_form(harness, harness.dirk, page=ids.EVALUATION_PAGE_KNOWN)
        await type_about(harness.dirk, Topic.HISTORY, text)
        assert (await harness.dirk.submit()).ok
        await harness.dirk.close(everything=True)
        assert (await harness.dirk.click(overview(harness), ids.STATEMENT_START)).ok
        said = {ids.STATEMENT_SAYS: text, ids.STATEMENT_OUR_PART: text}
        assert (await harness.dirk.submit(values=said)).ok
        await give(harness, harness.dirk, "part", f"{text} so.")
        await give(harness, harness.anna, "keep", f"{text} so.")
        assert (await harness.anna.click(overview(harness), ids.EVALUATION_READ)).ok
        assert said_in(harness.anna.view)
        await harness.anna.close()
    assert words(overview(harness))
    assert foreign(harness) == []
    assert loose_markup(harness) == []
    assert refused_for_its_shape(harness) == []


async def test_somebody_who_was_asked_and_left_can_do_nothing_any_more(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    opening = overview(harness)
    await meet(harness, harness.dirk)
    harness.world.world.users.change(harness.dirk.id, is_restricted=True)
    # The message makes way for a neutral line when there is time for that.
    await harness.world.settled()
    before = await stored(harness)
    await harness.dirk.click(opening, ids.EVALUATION_GIVE)
    assert "isn’t available" in harness.in_windows(harness.dirk)
    assert len(harness.dirk.views) == 1
    assert await stored(harness) == before
