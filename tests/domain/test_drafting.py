"""Where a letter stands, what it waits for, and what becomes of what its writer chose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.farewell.drafting import (
    LetterContent,
    LetterEvent,
    LetterEventKind,
    LetterState,
    content_of,
    differences,
    open_waits,
    sent_event,
    state_of,
    written,
)
from bot.domain.farewell.letter.letter import Letter, LetterStep, LetterTerms
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
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
    waits = open_waits(days, categories, warned_on, TODAY)
    assert bool(waits) == (longest > 0 and ago <= longest)
    assert all(wait.until is not None and wait.until >= TODAY for wait in waits)
    if waits:
        assert waits[0].days == longest


def test_without_a_warning_the_wait_has_no_end() -> None:
    (wait,) = open_waits({"late_payment": 14}, {"late_payment", "demanding"}, None, TODAY)
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
    assert differences(content_of(START), content) == (
        "style",
        "language",
        "form",
        "colleague",
        "reasons",
        "steps",
        "thanks",
    )
