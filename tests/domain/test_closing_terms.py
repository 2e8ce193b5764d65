"""Closing terms: what stands, what a letter still needs, and what cannot be true."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.farewell.closing_terms import (
    DAYS,
    MUST_HAVES,
    TERM_GROUPS,
    AfterTheEndError,
    BareNoneError,
    NegativeAmountError,
    SavedTerm,
    Term,
    has_any,
    missing,
    newest,
    problems,
)

END = date(2026, 4, 30)
BARE = ["none", "None.", " geen ", "Niets!", "n.v.t.", "N/A", "-", "—", "nothing", "Niet van toepassing"]
WITH_REASON = [
    "None: the project is done.",
    "geen, want alles is betaald",
    "Nothing – they took it all",
    "n.v.t. (klaar)",
]
SOMETHING = [
    "Nonetheless the annual report",
    "Geen haast, wel de aangifte",
    "Niets meer dan de jaarrekening",
    "The report",
]


def saved(term: Term, text: str, by: int = 1) -> SavedTerm:
    return SavedTerm(7, term, text, by, datetime(2026, 3, 2, tzinfo=UTC))


def test_every_term_is_asked_for_once() -> None:
    asked = [term for group in TERM_GROUPS for term in group]
    assert sorted(asked) == sorted(Term)


def test_the_newest_stands_and_what_was_taken_out_does_not() -> None:
    terms = [saved(Term.WORK, "A"), saved(Term.INVOICE, "B"), saved(Term.WORK, "C", 2), saved(Term.INVOICE, "", 2)]
    assert newest(terms) == {Term.WORK: "C"}


@pytest.mark.parametrize("text", BARE)
def test_none_needs_a_word_why(text: str) -> None:
    terms = dict.fromkeys(MUST_HAVES, "As agreed.") | {Term.INVOICE: text}
    assert missing(terms) == (Term.INVOICE,)
    assert isinstance(problems(terms, END)[Term.INVOICE], BareNoneError)
    assert has_any({Term.PREPAID: text}, Term.PREPAID) is False


@pytest.mark.parametrize("text", [*WITH_REASON, *SOMETHING])
def test_none_with_a_word_why_is_an_answer(text: str) -> None:
    terms = dict.fromkeys(MUST_HAVES, text)
    assert missing(terms) == ()
    assert problems(terms, END) == {}


def test_whether_there_is_any_is_known_once_somebody_has_said_so() -> None:
    assert has_any({}, Term.ACCESS) is None
    assert [has_any({Term.ACCESS: text}, Term.ACCESS) for text in WITH_REASON] == [False] * len(WITH_REASON)
    assert [has_any({Term.ACCESS: text}, Term.ACCESS) for text in SOMETHING] == [True] * len(SOMETHING)


@given(st.sampled_from([Term.WORK_BY, Term.HANDOVER_BY]), st.integers(-400, 400))
def test_nothing_is_done_or_handed_over_after_the_last_day(term: Term, days: int) -> None:
    found = problems({term: (END + timedelta(days=days)).isoformat()}, END)
    assert isinstance(found.get(term), AfterTheEndError) == (days > 0)


def test_the_final_invoice_may_go_out_after_the_last_day() -> None:
    assert Term.INVOICE_ON in DAYS
    assert problems({Term.INVOICE_ON: "2026-05-15"}, END) == {}


@pytest.mark.parametrize("text", ["-50", "€ -50,00 terug", "We credit −1,250.00", "- € 50", "credit of -€50"])
def test_what_is_paid_back_has_no_minus_sign(text: str) -> None:
    assert isinstance(problems({Term.MONEY_BACK: text}, END)[Term.MONEY_BACK], NegativeAmountError)


@pytest.mark.parametrize(
    "text", ["€ 50 of invoice 2026-041", "50-60 euro", "Half of INV-17", "1.250,-", "20 hours – as agreed"]
)
def test_a_dash_in_a_number_of_an_invoice_is_no_minus_sign(text: str) -> None:
    assert problems({Term.MONEY_BACK: text}, END) == {}
