"""The form of a decision: it asks for what the guards insist on, and loses nothing that was typed."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.decision import DecisionOutcome
from bot.domain.decision_rules import Circumstances, DecisionDraft, DecisionField, asked_of
from bot.domain.errors import FlagclientError, NotFoundError
from bot.domain.evaluation import TeamView, ViewChoice
from bot.domain.evaluation_rules import tally
from bot.domain.look_back import Balance, Calm
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.domain.remedies import RemedyKind
from bot.language import LANGUAGES, Language, language
from bot.playground.blocks import check_view
from bot.usecases.decision.decision_view import DecisionForm
from bot.usecases.remedies.remedy_view import RemedyBegin
from handlers.features import ids
from handlers.features.decision.carried import carry, discussion_in, said_so_far
from handlers.features.decision.forms import build_decision_form, read_decision_draft
from handlers.slack.painting.form import paint_form
from handlers.surface.answers import Answers
from handlers.surface.form import MAX_CARRIED_LENGTH, Day, Field, Form, Line, Lines, OneOf, PersonField

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Zonnebloem"
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOW, TODAY)

readers = st.sampled_from(LANGUAGES).map(language)
BEGIN = RemedyBegin(7, NAME, TODAY, "late_payment", (RemedyKind.CONVERSATION,), ("late_payment", "demanding"), 4.0, 1)


def form_of(*choices: ViewChoice, **changes: Any) -> DecisionForm:
    views = [TeamView(1, 1, person, choice, "", False, NOW) for person, choice in enumerate(choices)]
    circumstances = Circumstances(TODAY, TODAY, tally(views), is_side_known=False, has_failed_remedy=False)
    known = replace(circumstances, **changes)
    return DecisionForm(DISCUSSION, NAME, known, BEGIN, is_confirmed_by_another=True, currency="EUR")


def shown(t: Language, form: DecisionForm, answers: Answers) -> dict[str, Field]:
    """The fields of the form, which Slack takes, by what their answers are called."""
    return fields_of(built(t, form, answers))


def built(t: Language, form: DecisionForm, answers: Answers) -> Form:
    made = build_decision_form(t, form, answers)
    assert check_view(paint_form(made, {})) == []
    return made


def fields_of(made: Form) -> dict[str, Field]:
    return {field.key: field for field in made.elements if isinstance(field, Field)}


def said(outcome: DecisionOutcome | None = None, **typed: str) -> Answers:
    """Answers in a form of the discussion 1."""
    chosen = {ids.DECISION_OUTCOME: (outcome.value,)} if outcome else {}
    return Answers(carry(1, {}), {**chosen, **{key: (text,) for key, text in typed.items()}})


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
    fields = shown(t, form, said(outcome))
    question = fields.pop(ids.DECISION_OUTCOME)
    assert isinstance(question, OneOf)
    offered = [DecisionOutcome(one.value) for one in question.options]
    chosen = outcome if outcome in offered else offered[0] if len(offered) == 1 else None
    assert question.chosen == chosen
    asked = asked_of(chosen, form.circumstances) if chosen else ()
    forecast = {key for key in fields if key.startswith("look_backs.")}
    assert bool(forecast) is (chosen is DecisionOutcome.PART)
    assert all(fields.pop(key).is_optional for key in forecast)
    remedy = {key for key in fields if key.startswith("remedies.")}
    assert bool(remedy) is (DecisionField.REMEDY in asked)
    names = {key.removeprefix("decision.") for key in fields if key not in remedy}
    day = {f"next_on:{chosen}"} if DecisionField.NEXT_ON in asked else set()
    assert names == set(asked) - {DecisionField.REMEDY, DecisionField.NEXT_ON} | day


def read(answers: Answers) -> DecisionDraft:
    """The decision in a form, as a Dutch reviewer fills it in."""
    return read_decision_draft(answers, "nl", "EUR")


TYPED = {
    ids.DECISION_REASON: "Het telt op.",
    ids.DECISION_NO_REMEDY: "Ze antwoorden niet.",
    f"{ids.DECISION_NEXT_ON}:part": "2026-04-30",
    ids.REMEDY_KIND: "conversation",
    ids.REMEDY_OWNER: "7",
    ids.REMEDY_TEST: "by_owner",
    ids.REMEDY_POINTS: "3.5",
}


def standing(field: Field) -> object:
    """What stands in a field."""
    match field:
        case Line(text=text) | Lines(text=text):
            return text
        case Day(chosen=chosen) | OneOf(chosen=chosen) | PersonField(chosen=chosen):
            return chosen
    raise AssertionError(field)


def test_what_was_typed_stays_through_a_change_of_outcome() -> None:
    t, form = language("nl"), form_of(ViewChoice.PART, ViewChoice.PART)
    keep = built(t, form, said(DecisionOutcome.KEEP, **TYPED))
    assert standing(fields_of(keep)[ids.DECISION_REASON]) == "Het telt op."
    chosen = Answers(keep.carried, {ids.DECISION_OUTCOME: ("part",), ids.DECISION_REASON: ("Toch.",)})
    so_far = said_so_far(chosen)
    assert discussion_in(chosen) == 1
    part = shown(t, form, so_far)
    assert standing(part[ids.DECISION_REASON]) == "Toch."
    assert standing(part[ids.DECISION_NO_REMEDY]) == "Ze antwoorden niet."
    assert standing(part[f"{ids.DECISION_NEXT_ON}:part"]) == date(2026, 4, 30)
    put_right = Answers(so_far.carried, {**so_far.values, ids.DECISION_OUTCOME: ("put_right",)})
    tried = shown(t, form, put_right)
    remedy = {key: standing(tried[key]) for key in TYPED if key.startswith("remedies.")}
    assert remedy == {**{key: TYPED[key] for key in remedy}, ids.REMEDY_OWNER: 7}


def test_a_window_that_is_open_during_an_upgrade_is_understood() -> None:
    carried = (
        '{"id":12,"typed":{"decision.learned":"Minder.","decision.next_on:keep":"2026-06-01","remedies.owner":"U7"}}'
    )
    so_far = said_so_far(Answers(carried, {ids.DECISION_OUTCOME: ("keep",), ids.DECISION_REASON: ()}))
    form = form_of(ViewChoice.PART, ViewChoice.PART)
    made = built(language("nl"), form, so_far)
    fields = fields_of(made)
    assert standing(fields[ids.DECISION_LEARNED]) == "Minder."
    assert standing(fields[f"{ids.DECISION_NEXT_ON}:keep"]) == date(2026, 6, 1)
    assert made.carried == '{"id":1,"typed":{"remedies.owner":"U7"}}'
    put_right = Answers(so_far.carried, {**so_far.values, ids.DECISION_OUTCOME: ("put_right",)})
    assert standing(shown(language("nl"), form, put_right)[ids.REMEDY_OWNER]) == BEGIN.owner_id


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=1200), max_size=8))
def test_what_is_carried_along_always_fits(hidden: dict[str, str]) -> None:
    carried = carry(2**31 - 1, hidden)
    assert len(carried) <= MAX_CARRIED_LENGTH
    answers = Answers(carried, {})
    assert discussion_in(answers) == 2**31 - 1
    kept = {key: values[0] for key, values in said_so_far(answers).values.items()}
    assert kept.items() <= hidden.items()
    assert len(json.dumps(hidden, ensure_ascii=False)) > MAX_CARRIED_LENGTH - 50 or kept == hidden


def test_what_is_longest_stays_behind() -> None:
    hidden = {"a": "x" * 1000, "b": "y" * 2500, "c": "z" * 1500}
    assert set(said_so_far(Answers(carry(1, hidden), {})).values) == {"a", "c"}


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "7",
        "[]",
        "{}",
        "nonsense",
        '{"id":"x","typed":{}}',
        '{"id":1}',
        '{"id":1,"typed":[]}',
        '{"id":-4,"typed":{}}',
    ],
)
def test_what_is_carried_and_none_of_ours_is_refused(carried: str) -> None:
    with pytest.raises(NotFoundError):
        discussion_in(Answers(carried, {}))


def test_a_draft_holds_what_the_outcome_shows() -> None:
    kept = said(DecisionOutcome.KEEP, **TYPED, **{f"{ids.DECISION_NEXT_ON}:keep": "2026-06-01"})
    draft = read(kept)
    assert (draft.outcome, draft.reason, draft.next_on) == (DecisionOutcome.KEEP, "Het telt op.", date(2026, 6, 1))
    assert (draft.learned, draft.remedy) == ("", None)
    days = {ids.REMEDY_STARTS: "2026-03-02", ids.REMEDY_ENDS: "2026-04-01"}
    tried = read(said(DecisionOutcome.PUT_RIGHT, **TYPED, **days))
    assert tried.next_on is None
    assert tried.remedy is not None
    assert (tried.remedy.owner_id, tried.remedy.test_points) == (7, 3.5)


def test_what_parting_is_expected_to_bring_is_read_as_it_is_typed_and_may_stay_open() -> None:
    typed = {ids.LOOK_BACK_HOURS: "12,5", ids.LOOK_BACK_AMOUNT: "1.250,00", ids.LOOK_BACK_CALM: "much"}
    day = {f"{ids.DECISION_NEXT_ON}:part": "2026-04-30"}
    expected = Balance(Decimal("12.50"), Decimal("1250.00"), "EUR", Calm.MUCH)
    assert read(said(DecisionOutcome.PART, **typed, **day)).forecast == expected
    assert read(said(DecisionOutcome.PART, **day)).forecast == Balance()
    assert read(said(DecisionOutcome.KEEP, **typed, **{f"{ids.DECISION_NEXT_ON}:keep": "2026-06-01"})).forecast is None


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (said(DecisionOutcome.PART, **{ids.LOOK_BACK_HOURS: "many"}), ids.LOOK_BACK_HOURS),
        (said(DecisionOutcome.PART, **{ids.LOOK_BACK_AMOUNT: "-5"}), ids.LOOK_BACK_AMOUNT),
        (said(DecisionOutcome.PART, **{ids.LOOK_BACK_CALM: "heavenly"}), ids.LOOK_BACK_CALM),
        (said(), ids.DECISION_OUTCOME),
        (said(**{ids.DECISION_OUTCOME: "perhaps"}), ids.DECISION_OUTCOME),
        (said(DecisionOutcome.KEEP, **{f"{ids.DECISION_NEXT_ON}:keep": "soon"}), f"{ids.DECISION_NEXT_ON}:keep"),
        (said(DecisionOutcome.PUT_RIGHT, **{ids.REMEDY_KIND: "magic"}), ids.REMEDY_TEST),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(answers: Answers, field: str) -> None:
    with pytest.raises(FlagclientError) as refused:
        read(answers)
    assert refused.value.field == field


@given(
    st.text(max_size=20) | st.sampled_from(['{"id":1,"typed":{}}', '{"id":-4,"typed":{"a":"3"}}']),
    st.dictionaries(
        st.sampled_from(
            [
                ids.DECISION_OUTCOME,
                ids.DECISION_REASON,
                ids.REMEDY_KIND,
                ids.REMEDY_TEST,
                f"{ids.DECISION_NEXT_ON}:keep",
            ]
        ),
        (st.text(max_size=20) | st.sampled_from(DecisionOutcome)).map(lambda text: (text,)) | st.just(()),
    ),
)
def test_whatever_a_form_holds_is_read_or_refused_as_we_refuse(
    carried: str, values: dict[str, tuple[str, ...]]
) -> None:
    answers = Answers(carried, values)
    for reader in (read, said_so_far, discussion_in):
        with suppress(FlagclientError):
            reader(answers)
