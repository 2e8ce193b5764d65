"""The points to look at before a letter: which apply, which are asked, and that none of them is a verdict."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.farewell.closing_check import (
    ClosingFacts,
    Condition,
    Jurisdiction,
    Severity,
    applies,
    look_at,
)
from bot.usecases.farewell.closing_check_text import CLOSING_CHECK_TEXT, read_check

CHECK = read_check(CLOSING_CHECK_TEXT.default(""))
FACTS = st.builds(
    ClosingFacts,
    kind=st.sampled_from([None, "fixed", "open_ended", "project"]),
    ends_on=st.none() | st.just(date(2026, 12, 31)),
    notice=st.sampled_from([None, True]),
    renewal=st.sampled_from([None, "none", "tacit"]),
    is_consumer=st.none() | st.booleans(),
    governing_law=st.sampled_from([None, "nl", "other"]),
    country=st.sampled_from([None, "NL", "BE", "GB"]),
    ends_before_notice=st.none() | st.booleans(),
    open_invoices=st.none() | st.integers(0, 3),
    reason_kinds=st.none() | st.just(("integrity",)) | st.just(()),
    holds_records=st.none() | st.booleans(),
    sector=st.sampled_from([None, "law", "audit", "care"]),
    years_together=st.none() | st.floats(0, 40),
)


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        (Condition(), ClosingFacts(), True),
        (Condition(is_={"kind": ("fixed",)}), ClosingFacts(kind="fixed"), True),
        (Condition(is_={"kind": ("fixed",)}), ClosingFacts(kind="open_ended"), False),
        (Condition(is_={"kind": ("fixed",)}), ClosingFacts(), None),
        (Condition(is_={"kind": ("unknown",)}), ClosingFacts(), True),
        (Condition(is_={"kind": ("unknown",)}), ClosingFacts(kind="fixed"), False),
        (Condition(is_={"is_consumer": (True,)}), ClosingFacts(is_consumer=False), False),
        (Condition(known=("notice",)), ClosingFacts(), False),
        (Condition(unknown=("notice",)), ClosingFacts(), True),
        (Condition(any_unknown=("notice", "kind")), ClosingFacts(kind="fixed"), True),
        (Condition(any_unknown=("notice", "kind")), ClosingFacts(kind="fixed", notice=True), False),
        (Condition(is_true=("prepaid",)), ClosingFacts(), None),
        (Condition(is_true=("prepaid",)), ClosingFacts(prepaid=False), False),
        (Condition(at_least_one=("open_invoices",)), ClosingFacts(open_invoices=0), False),
        (Condition(at_least_one=("open_invoices",)), ClosingFacts(open_invoices=2), True),
        (Condition(not_empty=("copies_to",)), ClosingFacts(copies_to=()), False),
        (Condition(contains={"reason_kinds": ("integrity",)}), ClosingFacts(reason_kinds=("late_payment",)), False),
        (Condition(years_together_at_least=5), ClosingFacts(years_together=5), True),
        (Condition(ends_before_notice=True), ClosingFacts(), None),
        (Condition(is_true=("prepaid",), is_={"kind": ("fixed",)}), ClosingFacts(kind="project"), False),
        (Condition(any_of=(Condition(is_true=("prepaid",)), Condition(is_true=("open_claim",)))), ClosingFacts(), None),
        (
            Condition(any_of=(Condition(is_true=("prepaid",)), Condition(is_true=("open_claim",)))),
            ClosingFacts(open_claim=True),
            True,
        ),
    ],
)
def test_a_condition_holds_or_not_or_nobody_knows(
    condition: Condition, facts: ClosingFacts, *, holds: bool | None
) -> None:
    assert applies(condition, facts) is holds


@given(FACTS)
def test_dutch_law_is_shown_only_where_it_governs(facts: ClosingFacts) -> None:
    looked = look_at(CHECK, facts)
    shown = {point.jurisdiction for point in (*looked.applying, *looked.asked)}
    assert (Jurisdiction.NL in shown) == (facts.governing_law == "nl")
    assert facts.governing_law != "nl" or Jurisdiction.OTHER not in shown


@given(FACTS)
def test_graver_points_come_first_and_none_twice(facts: ClosingFacts) -> None:
    looked = look_at(CHECK, facts)
    gravity = [list(Severity).index(point.severity) for point in looked.applying]
    assert gravity == sorted(gravity, reverse=True)
    ids = [point.id for point in (*looked.applying, *looked.asked)]
    assert len(ids) == len(set(ids))


def test_what_comes_to_be_known_only_moves_points_out_of_the_questions() -> None:
    nothing, known = look_at(CHECK, ClosingFacts()), look_at(CHECK, ClosingFacts(prepaid=True, open_claim=False))
    asked = {point.id for point in nothing.asked}
    assert {"prepaid-or-credit", "open-claim"} <= asked
    assert asked - {point.id for point in known.asked} == {"prepaid-or-credit", "open-claim"}
    assert "prepaid-or-credit" in {point.id for point in known.applying}


def test_the_file_is_whole() -> None:
    ids = [point.id for point in CHECK.points]
    assert len(ids) == len(set(ids)) > 50
    for point in CHECK.points:
        assert set(point.applies.facts()) <= set(ClosingFacts.__struct_fields__), point.id
        assert point.en.endswith((".", "?")), point.id
        assert point.nl.endswith((".", "?")), point.id
        assert all(source.url.startswith(("https://", "http://")) for source in point.sources), point.id
        # No rate and no amount: they change, and are for the law itself to say.
        assert not re.search(r"[€$£%]|\d+([.,]\d+)? ?(euro|procent|per ?cent)", f"{point.en} {point.nl}"), point.id
