"""The forms of a trial: what they ask, and what is read from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import FlagclientError
from bot.domain.remedies import RemedyKind, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.language import LANGUAGES, Language, language
from bot.playground.blocks import check_view
from bot.usecases.remedies.ending import LastWord
from bot.usecases.remedies.remedy_view import RemedyBegin, RemedyView
from handlers.features import ids
from handlers.features.remedies.forms import (
    build_outcome_form,
    build_remedy_form,
    read_last_word,
    read_remedy,
    remedy_fields,
)
from handlers.slack.painting.form import paint_form
from handlers.surface.answers import Answers
from handlers.surface.form import OneOf
from tests.handlers.features.remedies.trials import NAME, TODAY, remedy
from tests.hostile import hostile_texts

BEGIN = RemedyBegin(7, NAME, TODAY, "demanding", (RemedyKind.PAUSE,), ("late_payment", "demanding"), 4.0, 1)
FILLED = {
    ids.REMEDY_KIND: "payment_plan",
    ids.REMEDY_DESCRIPTION: "Three instalments.",
    ids.REMEDY_OWNER: "3",
    ids.REMEDY_STARTS: "2026-03-02",
    ids.REMEDY_ENDS: "2026-04-01",
    ids.REMEDY_TEST: "no_new_flag:late_payment",
}

readers = st.sampled_from(LANGUAGES).map(language)


def answers(**values: str) -> Answers:
    """What was filled in, an empty text being an empty field."""
    return Answers("7", {field: (value,) if value else () for field, value in values.items()})


@given(readers, hostile_texts.map(lambda text: text[:80]).filter(str.strip))
def test_slack_takes_the_forms_whatever_the_name(t: Language, name: str) -> None:
    begin = RemedyBegin(7, name, TODAY, None, (RemedyKind.PAUSE,), ("late_payment", "a" * 90), 4.0, 1)
    for form in (build_remedy_form(t, begin), build_outcome_form(t, RemedyView(remedy(), name))):
        assert check_view(paint_form(form, {})) == []


def test_what_fits_the_behaviour_is_offered_first() -> None:
    kind, test = (field for field in remedy_fields(language("en"), BEGIN) if isinstance(field, OneOf))
    assert [option.value for option in kind.groups[0].options] == ["pause"]
    assert {option.value for group in kind.groups for option in group.options} == set(RemedyKind)
    assert sum(len(group.options) for group in kind.groups) == len(RemedyKind)
    assert [option.value for option in test.options] == [
        "no_new_flag:demanding",
        "no_new_flag:late_payment",
        "no_new_flag",
        "score_below",
        "by_owner",
    ]
    assert test.chosen == "no_new_flag:demanding"


def test_a_trial_is_read_as_it_was_filled_in() -> None:
    days = (date(2026, 3, 2), date(2026, 4, 1))
    said = (RemedyKind.PAYMENT_PLAN, "Three instalments.", 3, *days)
    assert read_remedy(answers(**FILLED)) == RemedyDraft(*said, SuccessTest.NO_NEW_FLAG, "late_payment")
    by_score = answers(**{**FILLED, ids.REMEDY_TEST: "score_below", ids.REMEDY_POINTS: "3.5"})
    assert read_remedy(by_score) == RemedyDraft(*said, SuccessTest.SCORE_BELOW, None, 3.5)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (ids.REMEDY_KIND, "magic"),
        (ids.REMEDY_OWNER, ""),
        (ids.REMEDY_STARTS, "soon"),
        (ids.REMEDY_ENDS, ""),
        (ids.REMEDY_TEST, "in_my_dreams"),
        (ids.REMEDY_POINTS, "NaN"),
        (ids.REMEDY_POINTS, "1001"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(FlagclientError) as refused:
        read_remedy(answers(**{**FILLED, field: value}))
    assert refused.value.field == field


@given(st.dictionaries(st.sampled_from(sorted(FILLED)), st.text(max_size=20)))
def test_whatever_a_form_holds_is_read_or_refused_with_a_sentence(values: dict[str, str]) -> None:
    values.pop(ids.REMEDY_OWNER, None)
    with pytest.raises(FlagclientError) as refused:
        read_remedy(answers(**values))
    assert refused.value.field in FILLED


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({ids.REMEDY_OUTCOME_CHOICE: "worked"}, LastWord(RemedyOutcome.WORKED)),
        (
            {ids.REMEDY_OUTCOME_CHOICE: "unclear", ids.REMEDY_OUTCOME_NOTE: "Who knows.", ids.REMEDY_OUTCOME_ENDS: "x"},
            LastWord(RemedyOutcome.UNCLEAR, "Who knows."),
        ),
        (
            {ids.REMEDY_OUTCOME_CHOICE: "more_time", ids.REMEDY_OUTCOME_ENDS: "2026-05-01"},
            LastWord(ends_on=date(2026, 5, 1)),
        ),
        ({ids.REMEDY_OUTCOME_CHOICE: "call_off", ids.REMEDY_OUTCOME_ENDS: "2026-05-01"}, LastWord()),
    ],
)
def test_the_last_word_is_read_as_it_was_said(values: dict[str, str], word: LastWord) -> None:
    assert read_last_word(answers(**values)) == word


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, ids.REMEDY_OUTCOME_CHOICE),
        ({ids.REMEDY_OUTCOME_CHOICE: "perhaps"}, ids.REMEDY_OUTCOME_CHOICE),
        ({ids.REMEDY_OUTCOME_CHOICE: "more_time"}, ids.REMEDY_OUTCOME_ENDS),
        ({ids.REMEDY_OUTCOME_CHOICE: "more_time", ids.REMEDY_OUTCOME_ENDS: "soon"}, ids.REMEDY_OUTCOME_ENDS),
    ],
)
def test_a_word_that_cannot_be_read_is_said_at_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(FlagclientError) as refused:
        read_last_word(answers(**values))
    assert refused.value.field == field


def test_what_the_figures_say_stands_in_the_form_already() -> None:
    def chosen(judged: RemedyOutcome | None) -> str | None:
        form = build_outcome_form(language("en"), RemedyView(remedy(judged=judged), NAME))
        (outcome,) = (field for field in form.elements if isinstance(field, OneOf))
        return outcome.chosen

    assert [chosen(judged) for judged in (None, *RemedyOutcome)] == [None, *RemedyOutcome]
