"""What a trial may look like, how it is judged, and what several of them come to together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES, GOOD
from bot.domain.errors import (
    ChoiceUnknownError,
    FlagclientError,
    NumberInvalidError,
    RemedyDatesError,
    RemedyStartError,
    TextMissingError,
    TextTooLongError,
)
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import (
    MAX_DAYS,
    MAX_STARTED_DAYS_AGO,
    MAX_TEXT_LENGTH,
    SUGGESTIONS,
    RemedyDraft,
    checked,
    has_failed,
    is_under_way,
    judge,
    outcome_together,
    suggestions,
)
from bot.domain.score import ScoredFlag

TODAY = date(2026, 3, 2)
DRAFT = RemedyDraft(
    kind=RemedyKind.CONVERSATION,
    description="We ask for payment within fourteen days.",
    owner_id=1,
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=30),
    test=SuccessTest.NO_NEW_FLAG,
    test_category="late_payment",
)
RUNNING = Remedy(
    id=1,
    workspace_id=1,
    client_id=1,
    kind=DRAFT.kind,
    description=DRAFT.description,
    owner_id=1,
    starts_on=DRAFT.starts_on,
    ends_on=DRAFT.ends_on,
    test=DRAFT.test,
    test_category=DRAFT.test_category,
    state=RemedyState.RUNNING,
    begun_by_id=1,
    begun_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)


def flag(days: int, category: str = "late_payment", severity: int = 2) -> ScoredFlag:
    """A flag of so many days after the trial's first day."""
    return ScoredFlag(days + 100, category, severity, TODAY + timedelta(days=days), reporter_id=1, witness_count=0)


def ended(outcome: RemedyOutcome, remedy_id: int = 1, **changes: Any) -> Remedy:
    return replace(RUNNING, id=remedy_id, state=RemedyState.ENDED, outcome=outcome, **changes)


def test_every_category_has_at_least_three_suggestions() -> None:
    assert set(SUGGESTIONS) == set(CATEGORIES)
    for category in (*CATEGORIES, None, "a category of the workspace's own"):
        assert len(set(suggestions(category))) >= 3


def test_a_fitting_draft_is_kept_as_it_is_but_for_the_space_around_its_text() -> None:
    assert checked(replace(DRAFT, description=f"  {DRAFT.description}\n"), TODAY, CATEGORIES) == DRAFT


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"description": " \n"}, TextMissingError, "description"),
        ({"description": "x" * (MAX_TEXT_LENGTH + 1)}, TextTooLongError, "description"),
        ({"starts_on": TODAY - timedelta(days=MAX_STARTED_DAYS_AGO + 1)}, RemedyStartError, "starts_on"),
        ({"starts_on": TODAY + timedelta(days=MAX_DAYS + 1)}, RemedyStartError, "starts_on"),
        ({"ends_on": TODAY}, RemedyDatesError, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=MAX_DAYS + 1)}, RemedyDatesError, "ends_on"),
        (
            {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)},
            RemedyDatesError,
            "ends_on",
        ),
        ({"test_category": "made_up"}, ChoiceUnknownError, "test"),
        ({"test": SuccessTest.SCORE_BELOW}, NumberInvalidError, "test_points"),
        ({"test": SuccessTest.SCORE_BELOW, "test_points": 0.0}, NumberInvalidError, "test_points"),
        ({"test": SuccessTest.SCORE_BELOW, "test_points": float("nan")}, NumberInvalidError, "test_points"),
        ({"test": SuccessTest.SCORE_BELOW, "test_points": 1001.0}, NumberInvalidError, "test_points"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    change: dict[str, Any], error: type[FlagclientError], field: str
) -> None:
    with pytest.raises(error) as refused:
        checked(replace(DRAFT, **change), TODAY, CATEGORIES)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "change",
    [
        {"description": "x" * MAX_TEXT_LENGTH},
        {"starts_on": TODAY - timedelta(days=MAX_STARTED_DAYS_AGO), "ends_on": TODAY},
        {"starts_on": TODAY + timedelta(days=MAX_DAYS), "ends_on": TODAY + timedelta(days=2 * MAX_DAYS)},
        {"ends_on": TODAY + timedelta(days=1)},
    ],
)
def test_the_limits_themselves_fit(change: dict[str, Any]) -> None:
    draft = replace(DRAFT, **change)
    assert checked(draft, TODAY, CATEGORIES) == draft


def test_what_a_test_does_not_look_at_is_not_kept() -> None:
    by_owner = checked(replace(DRAFT, test=SuccessTest.BY_OWNER, test_points=4.0), TODAY, CATEGORIES)
    assert (by_owner.test_category, by_owner.test_points) == (None, None)
    by_score = checked(replace(DRAFT, test=SuccessTest.SCORE_BELOW, test_points=4.0), TODAY, CATEGORIES)
    assert (by_score.test_category, by_score.test_points) == (None, 4.0)


def test_flags_count_from_the_day_after_the_first_to_the_last() -> None:
    outside = [flag(-1), flag(0), flag(31), flag(3, "haggling"), flag(3, GOOD)]
    assert judge(RUNNING, outside, 9.0).outcome is RemedyOutcome.WORKED
    for days in (1, 30):
        judgement = judge(RUNNING, [*outside, flag(days)], 0.0)
        assert (judgement.outcome, judgement.flags) == (RemedyOutcome.DID_NOT_WORK, 1)


def test_without_a_category_every_bad_flag_counts() -> None:
    any_flag = replace(RUNNING, test_category=None)
    assert judge(any_flag, [flag(3, "haggling")], 0.0).outcome is RemedyOutcome.DID_NOT_WORK
    assert judge(any_flag, [flag(3, GOOD)], 0.0).outcome is RemedyOutcome.WORKED


def test_a_score_has_to_be_below_the_line() -> None:
    by_score = replace(RUNNING, test=SuccessTest.SCORE_BELOW, test_category=None, test_points=4.0)
    assert judge(by_score, [flag(3)], 3.9).outcome is RemedyOutcome.WORKED
    assert judge(by_score, [], 4.0).outcome is RemedyOutcome.DID_NOT_WORK


def test_what_its_owner_judges_is_unclear_by_the_figures() -> None:
    assert judge(replace(RUNNING, test=SuccessTest.BY_OWNER), [], 0.0).outcome is RemedyOutcome.UNCLEAR


def test_nothing_is_said_of_all_together_while_one_is_under_way() -> None:
    other = replace(RUNNING, id=2, state=RemedyState.TO_CONFIRM)
    assert is_under_way(other)
    assert outcome_together(ended(RemedyOutcome.DID_NOT_WORK), [other]) is None


def test_what_was_tried_long_before_has_no_say() -> None:
    before = ended(
        RemedyOutcome.DID_NOT_WORK, 2, starts_on=TODAY - timedelta(days=60), ends_on=TODAY - timedelta(days=1)
    )
    assert outcome_together(ended(RemedyOutcome.WORKED), [before]) is RemedyOutcome.WORKED


def test_what_was_called_off_was_not_tried() -> None:
    assert not has_failed([replace(RUNNING, state=RemedyState.CALLED_OFF)])
    assert has_failed([ended(RemedyOutcome.WORKED), ended(RemedyOutcome.DID_NOT_WORK, 2)])


@given(st.lists(st.sampled_from(RemedyOutcome), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_gravest_outcome_stands_for_all_in_any_order(outcomes: list[RemedyOutcome], random: Any) -> None:
    remedies = [ended(outcome, number) for number, outcome in enumerate(outcomes)]
    shuffled = random.sample(remedies, len(remedies))
    gravest = max(outcomes, key=[RemedyOutcome.WORKED, RemedyOutcome.UNCLEAR, RemedyOutcome.DID_NOT_WORK].index)
    assert outcome_together(shuffled[0], shuffled) is gravest


@given(st.lists(st.integers(-40, 60), max_size=8), st.integers(1, 60))
def test_a_longer_trial_never_sees_fewer_flags(days: list[int], length: int) -> None:
    flags = [flag(day) for day in days]
    shorter = replace(RUNNING, ends_on=TODAY + timedelta(days=length))
    longer = replace(RUNNING, ends_on=TODAY + timedelta(days=length + 1))
    assert judge(shorter, flags, 0.0).flags <= judge(longer, flags, 0.0).flags
