"""Where a letter stands, what it waits for, and what becomes of what its writer chose."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.errors import FlagclientError
from bot.domain.farewell.differences import Difference, differences
from bot.domain.farewell.drafting import (
    LetterContent,
    LetterEvent,
    LetterEventKind,
    LetterState,
    SentAfterAskError,
    SentAfterEndError,
    SentBeforeApprovalError,
    SentInFutureError,
    checked_sent_on,
    content_of,
    sent_event,
    state_of,
    written,
)
from bot.domain.farewell.letter.letter import Letter, LetterStep, LetterTerms
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.farewell.waits import Warned, open_waits, warnings_of
from bot.domain.remedy_kinds import RemedyKind
from tests.frozen_clock import MONDAY_MORNING as NOW

TODAY = date(2026, 3, 2)
ASKED, APPROVED, RETURNED = LetterEventKind.ASKED, LetterEventKind.APPROVED, LetterEventKind.RETURNED
STEP = LetterStep(RemedyKind.PAYMENT_PLAN, date(2026, 1, 1), date(2026, 2, 1))
START = Letter(
    kind=LetterKind.FAREWELL,
    style=LetterStyle.FORMAL,
    language="nl",
    form=FormOfAddress.FORMAL,
    client="Acme",
    dated_on=TODAY,
    reasons=("late_payment",),
    steps=(STEP,),
    terms=LetterTerms(work="The accounts."),
)


def event(kind: LetterEventKind, version: int = 1, sent_on: date | None = None) -> LetterEvent:
    return LetterEvent(1, version, kind, 7, NOW, sent_on=sent_on)


@pytest.mark.parametrize(
    ("newest", "happened", "state"),
    [
        (1, [], LetterState.DRAFT),
        (1, [(ASKED, 1)], LetterState.WAITING),
        (1, [(ASKED, 1), (APPROVED, 1)], LetterState.APPROVED),
        (1, [(ASKED, 1), (RETURNED, 1)], LetterState.DRAFT),
        (2, [(ASKED, 1), (APPROVED, 1)], LetterState.DRAFT),
        (2, [(ASKED, 1), (APPROVED, 1), (ASKED, 2)], LetterState.WAITING),
        (1, [(APPROVED, 1), (LetterEventKind.SENT, 1)], LetterState.SENT),
        (1, [(ASKED, 1), (LetterEventKind.EXCEPTION_ASKED, 1)], LetterState.WAITING),
    ],
)
def test_where_a_letter_stands(newest: int, happened: list[tuple[LetterEventKind, int]], state: LetterState) -> None:
    assert state_of(newest, [event(kind, version) for kind, version in happened]) is state


def test_the_day_that_was_corrected_last_counts() -> None:
    sent = [event(LetterEventKind.SENT, sent_on=TODAY - timedelta(days=days)) for days in (1, 3)]
    found = sent_event(sent)
    assert found is not None
    assert found.sent_on == TODAY - timedelta(days=3)
    assert sent_event([event(ASKED)]) is None


@given(
    st.dictionaries(st.sampled_from(["late_payment", "disrespect"]), st.integers(0, 60)),
    st.integers(-5, 90),
    st.sets(st.sampled_from(["late_payment", "disrespect", "demanding"])),
)
def test_a_letter_waits_exactly_until_the_longest_time_to_mend_is_over(
    days: dict[str, int], ago: int, categories: set[str]
) -> None:
    warned_on = TODAY - timedelta(days=ago)
    longest = max((days.get(category, 0) for category in categories), default=0)
    waits = open_waits(days, categories, [Warned(warned_on)], TODAY)
    assert bool(waits) == (longest > 0 and ago <= longest)
    assert all(wait.until is not None and wait.until >= TODAY for wait in waits)
    if waits:
        assert waits[0].days == longest


def test_without_a_warning_the_wait_has_no_end() -> None:
    (wait,) = open_waits({"late_payment": 14}, {"late_payment", "demanding"}, [], TODAY)
    assert (wait.category, wait.days, wait.until) == ("late_payment", 14, None)


def test_what_nobody_has_changed_is_the_letter_that_it_started_from() -> None:
    assert written(START, [STEP], content_of(START)) == START


def test_what_was_ticked_and_typed_stands_in_the_letter_and_a_step_that_is_gone_does_not() -> None:
    content = LetterContent(
        style=LetterStyle.EMAIL,
        language="en",
        form=FormOfAddress.INFORMAL,
        reasons=(),
        steps=("payment_plan:2026-01-01:2026-02-01", "pause:2025-01-01:2025-02-01"),
        thanks="Thank you.",
        colleague="Sanne",
    )
    letter = written(START, [STEP], content)
    assert (letter.style, letter.language, letter.reasons, letter.steps) == (LetterStyle.EMAIL, "en", (), (STEP,))
    assert (letter.thanks, letter.terms.contact, letter.terms.work) == ("Thank you.", "Sanne", "The accounts.")
    assert tuple(one.field for one in differences(content_of(START), content)) == (
        "style",
        "language",
        "form",
        "colleague",
        "reasons",
        "steps",
        "thanks",
    )


def test_a_warning_counts_for_what_it_named_and_runs_until_the_day_that_it_gave() -> None:
    days = {"late_payment": 14, "disrespect": 14}
    about_paying = Warned(TODAY - timedelta(days=20), ("late_payment",))
    (wait,) = open_waits(days, set(days), [about_paying], TODAY)
    assert (wait.category, wait.until) == ("disrespect", None)
    about_all = Warned(TODAY - timedelta(days=20))
    assert open_waits(days, set(days), [about_all], TODAY) == ()
    with_more_time = Warned(TODAY - timedelta(days=20), mend_by=TODAY + timedelta(days=3))
    assert {wait.until for wait in open_waits(days, set(days), [with_more_time], TODAY)} == {TODAY + timedelta(days=3)}


def test_no_farewell_is_a_warning_and_those_before_one_count_no_more() -> None:
    content = content_of(START)
    ago = [TODAY - timedelta(days=days) for days in (400, 300, 20)]
    sent = [(LetterKind.WARNING, content, ago[0]), (LetterKind.FAREWELL, content, ago[1])]
    assert warnings_of(sent) == ()
    since = warnings_of([*sent, (LetterKind.BOUNDARY, content, ago[2])])
    assert [one.sent_on for one in since] == [ago[2]]


@pytest.mark.parametrize(
    ("letter", "sent_on", "error"),
    [
        (START, TODAY + timedelta(days=1), SentInFutureError),
        (START, TODAY - timedelta(days=6), SentBeforeApprovalError),
        (replace(START, ends_on=TODAY - timedelta(days=1)), TODAY, SentAfterEndError),
        (replace(START, ask_by=TODAY - timedelta(days=1)), TODAY, SentAfterAskError),
        (replace(START, ends_on=TODAY, ask_by=TODAY), TODAY, None),
        (START, TODAY - timedelta(days=5), None),
    ],
)
def test_a_letter_goes_from_its_approval_on_and_not_after_what_it_says(
    letter: Letter, sent_on: date, error: type[FlagclientError] | None
) -> None:
    approved_on = TODAY - timedelta(days=5)
    if error is None:
        assert checked_sent_on(letter, approved_on, sent_on, TODAY) == sent_on
    else:
        with pytest.raises(error) as raised:
            checked_sent_on(letter, approved_on, sent_on, TODAY)
        assert raised.value.field == "sent_on"


def test_of_a_text_only_the_sentences_that_differ_are_told() -> None:
    before = replace(content_of(START), thanks="Thank you. It was good to work with you! Goodbye.")
    after = replace(before, thanks="Thank you. It was good to know you!\nGoodbye.", reasons=(), ask_by=TODAY)
    assert differences(before, after) == (
        Difference("reasons", ("late_payment",), ()),
        Difference("thanks", ("It was good to work with you!",), ("It was good to know you!",)),
        Difference("ask_by", (), (TODAY,)),
    )


SENTENCES = st.lists(st.sampled_from(["One.", "Two!", "Three?"]))


@given(SENTENCES, SENTENCES)
def test_what_did_not_go_out_of_a_text_is_still_there(before: list[str], after: list[str]) -> None:
    old, new = (replace(content_of(START), wishes=" ".join(said)) for said in (before, after))
    found = differences(old, new)
    assert len(found) == (before != after)
    for one in found:
        assert Counter(before) - Counter(one.went_out) == Counter(after) - Counter(one.came_in)
