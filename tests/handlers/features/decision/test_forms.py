"""The form of a decision: it asks for what the guards insist on, and loses nothing that was typed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.decision import DecisionOutcome
from bot.domain.decision_rules import Circumstances, DecisionField, asked_of
from bot.domain.evaluation import TeamView, ViewChoice
from bot.domain.evaluation_rules import tally
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.domain.remedies import RemedyKind
from bot.language import LANGUAGES, Language, language
from bot.playground.blocks import check_view
from bot.usecases.decision import DecisionForm
from bot.usecases.remedies import RemedyBegin
from handlers.features import ids
from handlers.features.decision.forms import (
    BLOCKS,
    MAX_METADATA_LENGTH,
    FormState,
    build_decision_form,
    decoded,
    encoded,
    next_on_block,
)
from handlers.slack.render.block_json import plain

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Zonnebloem"
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOW, TODAY)

readers = st.sampled_from(LANGUAGES).map(language)
BEGIN = RemedyBegin(7, NAME, TODAY, "late_payment", (RemedyKind.CONVERSATION,), ("late_payment", "demanding"), 4.0, 1)


def form_of(*choices: ViewChoice, **changes: Any) -> DecisionForm:
    views = [TeamView(1, 1, person, choice, "", False, NOW) for person, choice in enumerate(choices)]
    circumstances = Circumstances(TODAY, TODAY, tally(views), is_side_known=False, has_failed_remedy=False)
    return DecisionForm(DISCUSSION, NAME, replace(circumstances, **changes), BEGIN, is_confirmed_by_another=True)


def shown(t: Language, form: DecisionForm, state: FormState) -> dict[str, Any]:
    view: dict[str, Any] = plain(build_decision_form(t, form, state))
    assert check_view(view) == []
    return view


def inputs_of(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


@given(
    readers,
    st.lists(st.sampled_from(ViewChoice), max_size=4),
    st.none() | st.sampled_from(DecisionOutcome),
    st.booleans(),
    st.booleans(),
    st.none() | st.just(TODAY + timedelta(days=9)),
)
def test_the_form_asks_exactly_for_what_the_guards_insist_on(
    t: Language,
    choices: list[ViewChoice],
    outcome: DecisionOutcome | None,
    is_side_known: bool,
    has_failed: bool,
    tried_until: date | None,
) -> None:
    form = form_of(*choices, is_side_known=is_side_known, has_failed_remedy=has_failed, tried_until=tried_until)
    inputs = inputs_of(shown(t, form, FormState("U1", outcome)))
    offered = [DecisionOutcome(one["value"]) for one in inputs[ids.DECISION_OUTCOME]["options"]]
    chosen = outcome if outcome in offered else offered[0] if len(offered) == 1 else None
    asked = asked_of(chosen, form.circumstances) if chosen else ()
    expected = {BLOCKS[part] for part in asked if part is not DecisionField.NEXT_ON}
    if chosen and DecisionField.NEXT_ON in asked:
        expected.add(next_on_block(chosen))
    remedy = {block for block in inputs if block.startswith("remedies.")} - {ids.REMEDY_DESCRIPTION}
    assert set(inputs) - remedy - {ids.DECISION_OUTCOME} == expected
    assert bool(remedy) is (DecisionField.REMEDY in asked)


def test_what_was_typed_stays_through_a_change_of_outcome() -> None:
    t, form = language("nl"), form_of(ViewChoice.PART, ViewChoice.PART)
    typed = {
        ids.DECISION_REASON: "Het telt op.",
        ids.DECISION_NO_REMEDY: "Ze antwoorden niet.",
        next_on_block(DecisionOutcome.PART): "2026-04-30",
        ids.REMEDY_KIND: "conversation",
        ids.REMEDY_OWNER: "U7",
        ids.REMEDY_TEST: "by_owner",
        ids.REMEDY_POINTS: "3.5",
    }
    keep = shown(t, form, FormState("U1", DecisionOutcome.KEEP, typed))
    assert inputs_of(keep)[ids.DECISION_REASON]["initial_value"] == "Het telt op."
    discussion_id, hidden = decoded(keep["private_metadata"])
    assert (discussion_id, hidden) == (1, {key: text for key, text in typed.items() if key != ids.DECISION_REASON})
    part = inputs_of(shown(t, form, FormState("U1", DecisionOutcome.PART, typed)))
    assert part[ids.DECISION_NO_REMEDY]["initial_value"] == "Ze antwoorden niet."
    assert part[next_on_block(DecisionOutcome.PART)]["initial_date"] == "2026-04-30"
    put_right = inputs_of(shown(t, form, FormState("U1", DecisionOutcome.PUT_RIGHT, typed)))
    assert put_right[ids.REMEDY_KIND]["initial_option"]["value"] == "conversation"
    assert put_right[ids.REMEDY_OWNER]["initial_user"] == "U7"
    assert put_right[ids.REMEDY_TEST]["initial_option"]["value"] == "by_owner"
    assert put_right[ids.REMEDY_POINTS]["initial_value"] == "3.5"


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=1200), max_size=8))
def test_what_is_carried_along_always_fits(hidden: dict[str, str]) -> None:
    carried = encoded(2**31 - 1, hidden)
    assert len(carried) <= MAX_METADATA_LENGTH
    discussion_id, kept = decoded(carried)
    assert discussion_id == 2**31 - 1
    assert kept.items() <= hidden.items()
    assert len(json.dumps(hidden, ensure_ascii=False)) > MAX_METADATA_LENGTH - 50 or kept == hidden


@pytest.mark.parametrize(
    "stored", [None, 7, "", "7", "[]", "{}", '{"id":"x","typed":{}}', '{"id":1}', '{"id":1,"typed":[]}']
)
def test_metadata_that_is_none_of_ours_is_refused(stored: Any) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decoded(stored)
