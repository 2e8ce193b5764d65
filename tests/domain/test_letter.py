"""What a letter is made of, what it must tell, and what in it cannot be true."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES
from bot.domain.farewell.closing_terms import AfterTheEndError, NegativeAmountError, Term, why_none
from bot.domain.farewell.letter.checks import (
    DayForNothingError,
    DayHasPassedError,
    EndBeforeLetterError,
    EndTooEarlyError,
    MustHave,
    contradictions,
    missing,
)
from bot.domain.farewell.letter.letter import Letter, LetterTerms, letter_terms, ticked_reasons
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterKind, LetterStyle, Profession

WRITTEN, END = date(2026, 12, 1), date(2027, 1, 31)
TERMS = LetterTerms(
    work="The January newsletter.",
    work_by=date(2027, 1, 15),
    invoice="Hours until the end.",
    invoice_on=date(2027, 2, 5),
    handover="All source files.",
    handover_to="Studio Zuid",
    handover_by=date(2027, 1, 29),
    money_back="€ 50 of invoice 2026-041",
)


def a_letter(kind: LetterKind = LetterKind.FAREWELL, **fields: Any) -> Letter:
    letter = Letter(
        kind=kind,
        style=LetterStyle.FORMAL,
        language="en",
        form=FormOfAddress.FORMAL,
        client="Acme",
        dated_on=WRITTEN,
        signed_by="Anna Bakker",
        ends_on=END,
        terms=TERMS,
        ask="Please pay by the day on the invoice.",
        ask_by=END,
    )
    return replace(letter, **fields)


def told(letter: Letter, **terms: Any) -> list[tuple[type[Exception], str | None]]:
    """What is contradictory once some closing terms are different."""
    return [(type(one), one.field) for one in contradictions(replace(letter, terms=replace(letter.terms, **terms)))]


@pytest.mark.parametrize("kind", LetterKind)
def test_a_complete_letter_lacks_nothing_and_contradicts_nothing(kind: LetterKind) -> None:
    assert missing(a_letter(kind)) == ()
    assert contradictions(a_letter(kind), earliest=END) == ()


def test_what_a_farewell_must_tell_is_named_in_the_order_of_the_letter() -> None:
    bare = a_letter(ends_on=None, terms=LetterTerms(handover="geen"))
    assert missing(bare) == (MustHave.END_DATE, MustHave.WORK, MustHave.INVOICE, MustHave.HANDOVER)


@pytest.mark.parametrize("field", ["work", "invoice", "handover"])
def test_none_is_an_answer_once_it_says_why(field: str) -> None:
    days = {"work_by": None, "invoice_on": None, "handover_by": None, "handover_to": ""}
    bare = a_letter(terms=replace(TERMS, **days, **{field: "Geen."}))
    assert missing(bare) == (MustHave(field),)
    assert missing(replace(bare, terms=replace(bare.terms, **{field: "Geen, want alles is klaar."}))) == ()


def test_a_warning_asks_for_something_by_a_day_and_a_boundary_for_something() -> None:
    nothing = {"ask": " ", "ask_by": None}
    assert missing(a_letter(LetterKind.WARNING, **nothing)) == (MustHave.ASK, MustHave.ASK_BY)
    assert missing(a_letter(LetterKind.BOUNDARY, **nothing)) == (MustHave.ASK,)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_is_signed_by_somebody_or_by_the_company(kind: LetterKind) -> None:
    assert missing(a_letter(kind, signed_by=" ")) == (MustHave.SIGNED_BY,)
    assert missing(a_letter(kind, signed_by="", letterhead=Letterhead(company="Studio Noord"))) == ()


@given(st.integers(-400, 400), st.none() | st.integers(-400, 400))
def test_the_last_day_is_neither_before_the_letter_nor_before_the_earliest(days: int, earliest: int | None) -> None:
    end, first = WRITTEN + timedelta(days), None if earliest is None else WRITTEN + timedelta(earliest)
    found = [one for one in contradictions(a_letter(ends_on=end), first) if one.field == "ends_on"]
    expected: list[type[Exception]] = []
    if days < 0:
        expected = [EndBeforeLetterError]
    elif earliest is not None and days < earliest:
        expected = [EndTooEarlyError]
    assert [type(one) for one in found] == expected


@given(st.sampled_from(["work_by", "handover_by"]), st.integers(-400, 400))
def test_what_is_still_to_be_done_lies_between_the_letter_and_the_last_day(field: str, days: int) -> None:
    day = WRITTEN + timedelta(days)
    expected: list[tuple[type[Exception], str | None]] = []
    if day > END:
        expected = [(AfterTheEndError, field)]
    elif day < WRITTEN:
        expected = [(DayHasPassedError, field)]
    assert told(a_letter(), **{field: day}) == expected


def test_what_is_asked_is_asked_for_a_day_to_come() -> None:
    letter = a_letter(LetterKind.WARNING, ask_by=WRITTEN - timedelta(1))
    assert [(type(one), one.field) for one in contradictions(letter)] == [(DayHasPassedError, "ask_by")]


@pytest.mark.parametrize(
    ("about", "fields"),
    [("work", ["work_by"]), ("invoice", ["invoice_on"]), ("handover", ["handover_by", "handover_to"])],
)
def test_there_is_no_day_for_what_there_is_none_of(about: str, fields: list[str]) -> None:
    assert told(a_letter(), **{about: "None: all is done."}) == [(DayForNothingError, field) for field in fields]


def test_what_is_paid_back_has_no_minus_sign() -> None:
    assert told(a_letter(), money_back="€ -50") == [(NegativeAmountError, "money_back")]


@pytest.mark.parametrize("profession", Profession)
def test_reasons_start_ticked_but_for_integrity_accountants_and_lawyers(profession: Profession) -> None:
    expected = [] if profession is not Profession.OTHER else [one for one in CATEGORIES if one != "integrity"]
    assert list(ticked_reasons(CATEGORIES, profession)) == expected


def test_the_closing_terms_as_they_are_kept_become_those_of_a_letter() -> None:
    kept = dict.fromkeys(Term, "as typed") | {
        Term.WORK_BY: "2027-01-15",
        Term.INVOICE_ON: "2027-02-05",
        Term.HANDOVER_BY: "",
        Term.CONTACT: "7",
    }
    terms = letter_terms(kept, "Anna Bakker")
    assert (terms.work_by, terms.handover_by, terms.contact) == (date(2027, 1, 15), None, "Anna Bakker")
    assert {term.value for term in Term} == set(LetterTerms.__struct_fields__)
    assert [getattr(terms, term.value) for term in (Term.WORK, Term.DEADLINES, Term.HANDOVER_TO)] == ["as typed"] * 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("geen, want alles is betaald", "want alles is betaald"),
        ("None: the project is done.", "the project is done."),
        ("Nothing – they took it all", "they took it all"),
        ("n.v.t. (klaar)", "klaar"),
        ("none because all was paid", "because all was paid"),
        ("geen omdat het werk af is", "omdat het werk af is"),
        ("Geen, wantrouwen speelt mee", "wantrouwen speelt mee"),
        ("geen", ""),
        ("The report", ""),
    ],
)
def test_why_there_is_none_is_read_without_the_word_none(text: str, why: str) -> None:
    assert why_none(text) == why
