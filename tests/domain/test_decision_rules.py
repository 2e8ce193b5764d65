"""The guards of a decision: what each outcome asks for, and that nothing gets past them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_errors import (
    ClientSideMissingError,
    DecisionDateError,
    DeviationReasonMissingError,
    LastResortError,
    LetterSentError,
    QuorumMissingError,
    QuorumThereError,
    RemedyMissingError,
    ReopenImpossibleError,
    ViewsHiddenError,
)
from bot.domain.decision_rules import (
    HEARD_DAYS,
    MAX_DAYS,
    MAX_TEXT_LENGTH,
    Circumstances,
    DecisionDraft,
    DecisionField,
    asked_of,
    checked,
    is_side_known,
    needs_second,
    possible_outcomes,
    refuse_unless_decidable,
    refuse_unless_reopenable,
)
from bot.domain.errors import FlagclientError, TextMissingError, TextTooLongError
from bot.domain.evaluation import ClientStatement, StatementSource, TeamView, ViewChoice
from bot.domain.evaluation_rules import Tally, tally
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import RemedyDraft

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OUTCOME_OF = {
    ViewChoice.KEEP: DecisionOutcome.KEEP,
    ViewChoice.PUT_RIGHT: DecisionOutcome.PUT_RIGHT,
    ViewChoice.PART: DecisionOutcome.PART,
}
REMEDY = RemedyDraft(
    RemedyKind.CONVERSATION, "Talk.", 1, TODAY, TODAY + timedelta(days=30), SuccessTest.NO_NEW_FLAG, None, None
)


def tally_of(*choices: ViewChoice) -> Tally:
    return tally(TeamView(1, 1, person, choice, "", False, NOON) for person, choice in enumerate(choices))


def circumstances(*choices: ViewChoice, **changes: Any) -> Circumstances:
    """Everything is there: two views, the client's side, and something that was tried in vain."""
    usual = Circumstances(
        today=TODAY,
        views_by=TODAY,
        tally=tally_of(*(choices or (ViewChoice.KEEP, ViewChoice.PART))),
        is_side_known=True,
        has_failed_remedy=True,
    )
    return replace(usual, **changes)


def draft(outcome: DecisionOutcome, **changes: Any) -> DecisionDraft:
    """A draft in which everything is filled in."""
    usual = DecisionDraft(
        outcome=outcome,
        reason="Because.",
        next_on=TODAY + timedelta(days=30),
        learned="To agree on less at a time.",
        against_majority="I see more good than bad.",
        no_remedy_possible="They do not answer.",
        client_side_waived="They do not answer.",
        remedy=REMEDY,
    )
    return replace(usual, **changes)


outcomes = st.sampled_from(DecisionOutcome)
texts = st.sampled_from(("", "  \n", "Because.", " padded ", "x" * (MAX_TEXT_LENGTH + 1)))
days = st.none() | st.integers(-3, MAX_DAYS + 3).map(lambda count: TODAY + timedelta(days=count))
drafts = st.builds(
    DecisionDraft,
    outcome=outcomes,
    reason=texts,
    next_on=days,
    learned=texts,
    against_majority=texts,
    no_remedy_possible=texts,
    client_side_waived=texts,
    remedy=st.sampled_from((None, REMEDY)),
)
tallies = st.lists(st.sampled_from(ViewChoice), max_size=6).map(lambda choices: tally_of(*choices))
situations = st.builds(
    Circumstances,
    today=st.just(TODAY),
    views_by=st.just(TODAY),
    tally=st.none() | tallies,
    is_side_known=st.booleans(),
    has_failed_remedy=st.booleans(),
    tried_until=st.none() | st.just(TODAY + timedelta(days=5)),
)


@given(drafts, situations)
def test_whatever_gets_past_the_guards_keeps_every_promise(typed: DecisionDraft, so: Circumstances) -> None:
    try:
        kept = checked(typed, so)
    except FlagclientError:
        return
    assert so.tally is not None
    assert kept.reason
    assert so.tally.has_quorum is (kept.outcome is not DecisionOutcome.UNDECIDED)
    if kept.outcome is not DecisionOutcome.UNDECIDED:
        assert so.is_side_known or kept.client_side_waived
        majority = so.tally.majority
        assert majority is None or OUTCOME_OF[majority] is kept.outcome or kept.against_majority
    if kept.outcome is DecisionOutcome.PART:
        assert so.has_failed_remedy or kept.no_remedy_possible
    if kept.outcome is DecisionOutcome.PUT_RIGHT:
        assert so.tried_until or kept.remedy
    else:
        assert kept.next_on is not None
        assert kept.next_on >= TODAY
        assert kept.remedy is None


@given(drafts, situations)
def test_a_refusal_names_the_part_that_it_is_about(typed: DecisionDraft, so: Circumstances) -> None:
    assume(so.tally is not None)
    refusal = refusal_of(typed, so)
    if refusal is None:
        kept = checked(typed, so)
        assert checked(kept, so) == kept
    elif not isinstance(refusal, QuorumMissingError | QuorumThereError):
        assert refusal.field in asked_of(typed.outcome, so)


def refusal_of(typed: DecisionDraft, so: Circumstances) -> FlagclientError | None:
    try:
        checked(typed, so)
    except FlagclientError as refusal:
        return refusal
    return None


@given(outcomes, situations)
def test_nothing_can_be_decided_while_views_are_hidden(outcome: DecisionOutcome, so: Circumstances) -> None:
    hidden = replace(so, tally=None)
    with pytest.raises(ViewsHiddenError):
        checked(draft(outcome), hidden)
    with pytest.raises(ViewsHiddenError):
        refuse_unless_decidable(hidden)
    assert possible_outcomes(hidden) == ()


@pytest.mark.parametrize("outcome", OUTCOME_OF.values())
@pytest.mark.parametrize("choices", [(), (ViewChoice.KEEP,), (ViewChoice.KEEP, ViewChoice.NO_VIEW, ViewChoice.NO_VIEW)])
def test_two_people_must_have_a_view(outcome: DecisionOutcome, choices: tuple[ViewChoice, ...]) -> None:
    so = circumstances(tally=tally_of(*choices))
    with pytest.raises(QuorumMissingError):
        checked(draft(outcome), so)
    assert possible_outcomes(so) == (DecisionOutcome.UNDECIDED,)
    assert checked(draft(DecisionOutcome.UNDECIDED), so).client_side_waived == ""


def test_enough_views_must_be_decided_on() -> None:
    with pytest.raises(QuorumThereError):
        checked(draft(DecisionOutcome.UNDECIDED), circumstances())
    assert DecisionOutcome.UNDECIDED not in possible_outcomes(circumstances())


def test_parting_is_the_last_resort() -> None:
    untried = circumstances(has_failed_remedy=False)
    with pytest.raises(LastResortError) as refused:
        checked(draft(DecisionOutcome.PART, no_remedy_possible=" "), untried)
    assert refused.value.field == "no_remedy_possible"
    assert checked(draft(DecisionOutcome.PART), untried).no_remedy_possible == "They do not answer."
    assert checked(draft(DecisionOutcome.PART, no_remedy_possible=""), circumstances()).no_remedy_possible == ""


@pytest.mark.parametrize("majority", OUTCOME_OF)
@pytest.mark.parametrize("outcome", OUTCOME_OF.values())
def test_going_against_the_majority_takes_a_reason(majority: ViewChoice, outcome: DecisionOutcome) -> None:
    so = circumstances(majority, majority, ViewChoice.NO_VIEW)
    silent = draft(outcome, against_majority="")
    if OUTCOME_OF[majority] is outcome:
        assert checked(draft(outcome), so).against_majority == ""
        return
    with pytest.raises(DeviationReasonMissingError):
        checked(silent, so)
    assert checked(draft(outcome), so).against_majority


@pytest.mark.parametrize("outcome", OUTCOME_OF.values())
def test_where_there_is_no_majority_nobody_deviates(outcome: DecisionOutcome) -> None:
    so = circumstances(*OUTCOME_OF)
    assert DecisionField.AGAINST_MAJORITY not in asked_of(outcome, so)


@pytest.mark.parametrize("outcome", OUTCOME_OF.values())
def test_the_clients_side_is_heard_or_waived_with_a_reason(outcome: DecisionOutcome) -> None:
    unheard = circumstances(is_side_known=False)
    with pytest.raises(ClientSideMissingError):
        checked(draft(outcome, client_side_waived=""), unheard)
    assert checked(draft(outcome), unheard).client_side_waived


def test_putting_things_right_takes_something_that_is_tried() -> None:
    with pytest.raises(RemedyMissingError):
        checked(draft(DecisionOutcome.PUT_RIGHT, remedy=None), circumstances())
    trying = circumstances(tried_until=TODAY)
    assert checked(draft(DecisionOutcome.PUT_RIGHT, remedy=None), trying).remedy is None
    assert checked(draft(DecisionOutcome.PUT_RIGHT), trying).remedy == REMEDY


@pytest.mark.parametrize(
    ("outcome", "first"), [(DecisionOutcome.KEEP, 1), (DecisionOutcome.PART, 0), (DecisionOutcome.UNDECIDED, 1)]
)
def test_every_outcome_has_a_day_that_makes_sense(outcome: DecisionOutcome, first: int) -> None:
    so = circumstances(tally=tally_of()) if outcome is DecisionOutcome.UNDECIDED else circumstances()
    for offset in (first, MAX_DAYS):
        on = TODAY + timedelta(days=offset)
        assert checked(draft(outcome, next_on=on), so).next_on == on
    for offset in (first - 1, MAX_DAYS + 1):
        with pytest.raises(DecisionDateError):
            checked(draft(outcome, next_on=TODAY + timedelta(days=offset)), so)
    with pytest.raises(DecisionDateError):
        checked(draft(outcome, next_on=None), so)


def test_a_reason_is_always_asked_and_never_cut() -> None:
    for outcome in OUTCOME_OF.values():
        with pytest.raises(TextMissingError):
            checked(draft(outcome, reason=" \n"), circumstances())
        with pytest.raises(TextTooLongError):
            checked(draft(outcome, reason="x" * (MAX_TEXT_LENGTH + 1)), circumstances())
    with pytest.raises(TextMissingError) as refused:
        checked(draft(DecisionOutcome.KEEP, learned=""), circumstances())
    assert refused.value.field == "learned"


DISCUSSION = Discussion(7, 1, 1, 1, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOON, TODAY)


def statement(said_on: date, discussion_id: int | None = None) -> ClientStatement:
    return ClientStatement(1, 1, 1, "Sorry.", "", said_on, StatementSource.PHONE, 1, NOON, discussion_id)


def test_the_clients_side_counts_when_it_is_recent_or_belongs_to_the_discussion() -> None:
    long_ago = TODAY - timedelta(days=HEARD_DAYS + 1)
    assert not is_side_known(DISCUSSION, TODAY, [])
    assert not is_side_known(DISCUSSION, TODAY, [statement(long_ago), statement(long_ago, discussion_id=6)])
    assert is_side_known(DISCUSSION, TODAY, [statement(long_ago, discussion_id=7)])
    assert is_side_known(DISCUSSION, TODAY, [statement(TODAY - timedelta(days=HEARD_DAYS))])


@given(outcomes, st.integers(1, 5), st.sets(st.integers(1, 5)))
def test_only_parting_takes_a_second_reviewer_who_is_somebody_else(
    outcome: DecisionOutcome, maker: int, reviewers: set[int]
) -> None:
    expected = outcome is DecisionOutcome.PART and bool(reviewers - {maker})
    assert needs_second(outcome, maker, reviewers) is expected


TAKEN = Decision(1, 1, 1, 7, 1, DecisionOutcome.PART, DecisionState.TAKEN, "Because.", TODAY, 1, NOON, {})


def test_a_decision_can_be_reopened_until_the_letter_was_sent() -> None:
    refuse_unless_reopenable(TAKEN, is_newest=True, has_left=False)
    with pytest.raises(LetterSentError):
        refuse_unless_reopenable(replace(TAKEN, letter_sent_at=NOON), is_newest=True, has_left=False)


@pytest.mark.parametrize("state", [state for state in DecisionState if state is not DecisionState.TAKEN])
def test_only_what_stands_as_taken_can_be_reopened(state: DecisionState) -> None:
    with pytest.raises(ReopenImpossibleError):
        refuse_unless_reopenable(replace(TAKEN, state=state), is_newest=True, has_left=False)


@pytest.mark.parametrize(("is_newest", "has_left"), [(False, False), (True, True)])
def test_what_was_overtaken_cannot_be_reopened(is_newest: bool, has_left: bool) -> None:
    with pytest.raises(ReopenImpossibleError):
        refuse_unless_reopenable(TAKEN, is_newest=is_newest, has_left=has_left)
