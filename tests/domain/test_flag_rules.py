"""What a flag may say, and when it may be changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES, GOOD
from bot.domain.errors import (
    AmountInvalidError,
    ChoiceUnknownError,
    DateUnreadableError,
    FlagclientError,
    HappenedInFutureError,
    HappenedTooLongAgoError,
    LinkInvalidError,
    TextMissingError,
    TextTooLongError,
)
from bot.domain.flag_rules import (
    MAX_CONTACT_LENGTH,
    MAX_REASON_LENGTH,
    MAX_TEXT_LENGTH,
    FlagDraft,
    checked,
    may_edit,
    may_undo,
    needs_care,
    required_text,
    tells_of_one_event,
)
from bot.domain.model import Flag, FlagContent
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag
from tests.frozen_clock import MONDAY_MORNING

TODAY = date(2026, 3, 2)
GOOD_DRAFT = FlagDraft("late_payment", "2", "2026-03-01", "Invoice 17 is four weeks late.")


def problems_of(**changes: object) -> dict[str | None, type[FlagclientError]]:
    outcome = checked(replace(GOOD_DRAFT, **changes), CATEGORIES, TODAY)  # type: ignore[arg-type]
    assert (outcome.content is None) is bool(outcome.problems)
    return {problem.field: type(problem) for problem in outcome.problems}


def content_of(**changes: object) -> FlagContent:
    content = checked(replace(GOOD_DRAFT, **changes), CATEGORIES, TODAY).content  # type: ignore[arg-type]
    assert content is not None
    return content


def test_a_full_draft_is_read_as_typed() -> None:
    content = content_of(
        my_view=" They should know better. ",
        signals=("excuses", "pays_late"),
        contact="  Jan   Jansen ",
        impact_hours="2,5",
        impact_amount="1250.00",
        links="https://example.org/a\n\n https://example.org/b \nhttps://example.org/a",
    )
    assert content == FlagContent(
        "late_payment",
        2,
        date(2026, 3, 1),
        "Invoice 17 is four weeks late.",
        my_view="They should know better.",
        signals=("pays_late", "excuses"),
        contact_name="Jan Jansen",
        impact_hours=Decimal("2.50"),
        impact_amount=Decimal("1250.00"),
        impact_currency="EUR",
        links=("https://example.org/a", "https://example.org/b"),
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"category": "gossip"}, {"category": ChoiceUnknownError, "severity": None}),
        ({"category": ""}, {"category": ChoiceUnknownError}),
        ({"severity": ""}, {"severity": ChoiceUnknownError}),
        ({"severity": "5"}, {"severity": ChoiceUnknownError}),
        ({"severity": "٣"}, {"severity": ChoiceUnknownError}),
        ({"category": GOOD, "severity": "4"}, {"severity": ChoiceUnknownError}),
        ({"signals": ("shouted",)}, {"signals": ChoiceUnknownError}),
        ({"happened_on": "2026-03-03"}, {"happened_on": HappenedInFutureError}),
        ({"happened_on": "1926-03-03"}, {"happened_on": HappenedTooLongAgoError}),
        ({"happened_on": "soon"}, {"happened_on": DateUnreadableError}),
        ({"happened_on": "2026-02-30"}, {"happened_on": DateUnreadableError}),
        ({"happened_on": ""}, {"happened_on": DateUnreadableError}),
        ({"what_happened": " \n\u0000 "}, {"what_happened": TextMissingError}),
        ({"what_happened": "x" * (MAX_TEXT_LENGTH + 1)}, {"what_happened": TextTooLongError}),
        ({"my_view": "x" * 10_000}, {"my_view": TextTooLongError}),
        ({"contact": "x" * (MAX_CONTACT_LENGTH + 1)}, {"contact": TextTooLongError}),
        ({"impact_hours": "-1"}, {"impact_hours": AmountInvalidError}),
        ({"impact_hours": "9999.01"}, {"impact_hours": AmountInvalidError}),
        ({"impact_amount": "a lot"}, {"impact_amount": AmountInvalidError}),
        ({"impact_amount": "NaN"}, {"impact_amount": AmountInvalidError}),
        ({"impact_amount": "9" * 5000}, {"impact_amount": AmountInvalidError}),
        ({"links": "see the wiki"}, {"links": LinkInvalidError}),
        ({"links": "javascript:alert(1)"}, {"links": LinkInvalidError}),
        ({"links": "https://"}, {"links": LinkInvalidError}),
        ({"links": "https://[broken"}, {"links": LinkInvalidError}),
    ],
)
def test_each_problem_stands_at_its_own_field(
    changes: dict[str, object], problem: dict[str, type[FlagclientError] | None]
) -> None:
    found = problems_of(**changes)
    assert found == {field: kind for field, kind in problem.items() if kind is not None}


def test_all_problems_are_told_at_once() -> None:
    found = problems_of(happened_on="2030-01-01", what_happened="", impact_hours="many")
    assert found == {
        "happened_on": HappenedInFutureError,
        "what_happened": TextMissingError,
        "impact_hours": AmountInvalidError,
    }


def test_what_is_exactly_at_a_limit_fits() -> None:
    content = content_of(
        what_happened="ë" * MAX_TEXT_LENGTH,
        my_view="👍" * MAX_TEXT_LENGTH,
        contact="x" * MAX_CONTACT_LENGTH,
        impact_hours="9999",
        happened_on=TODAY.isoformat(),
    )
    assert len(content.what_happened) == len(content.my_view) == MAX_TEXT_LENGTH
    assert content.happened_on == TODAY


def test_a_contact_without_a_visible_name_is_nobody() -> None:
    assert content_of(contact="\u200b\u200b").contact_name == ""


def test_right_to_left_text_and_joined_emoji_stay_as_typed() -> None:
    said = "שלום עולם 👩‍👩‍👧 <!channel> *bold*"
    assert content_of(what_happened=said).what_happened == said


def test_overrides_of_the_order_of_writing_are_left_out() -> None:
    assert content_of(what_happened="paid\u202e later\u0000").what_happened == "paid later"


@given(
    st.builds(
        FlagDraft,
        *[st.text(max_size=40)] * 5,
        st.lists(st.text(max_size=10), max_size=3).map(tuple),
        *[st.text(max_size=40)] * 4,
    )
)
def test_any_draft_is_either_read_or_refused_at_known_fields(draft: FlagDraft) -> None:
    outcome = checked(draft, CATEGORIES, TODAY)
    assert (outcome.content is None) is bool(outcome.problems)
    assert {problem.field for problem in outcome.problems} <= set(FlagDraft.__struct_fields__)


def test_a_reason_has_its_own_limit() -> None:
    assert required_text("x" * MAX_REASON_LENGTH, MAX_REASON_LENGTH)
    with pytest.raises(TextTooLongError) as refused:
        required_text("x" * (MAX_REASON_LENGTH + 1), MAX_REASON_LENGTH)
    assert refused.value.values == {"length": MAX_REASON_LENGTH + 1, "longest": MAX_REASON_LENGTH}


def a_flag() -> Flag:
    return Flag(1, 1, 1, 1, FlagContent("late_payment", 2, TODAY, "Late."), MONDAY_MORNING)


def test_undo_ends_after_a_quarter_of_an_hour() -> None:
    flag, policy = a_flag(), Policy()
    assert may_undo(flag, MONDAY_MORNING + timedelta(minutes=15), policy)
    assert not may_undo(flag, MONDAY_MORNING + timedelta(minutes=15, seconds=1), policy)


def test_editing_ends_after_a_day() -> None:
    flag, policy = a_flag(), Policy()
    assert may_edit(flag, MONDAY_MORNING + timedelta(hours=24), policy)
    assert not may_edit(flag, MONDAY_MORNING + timedelta(hours=24, seconds=1), policy)


@pytest.mark.parametrize(
    ("category", "severity", "asked"),
    [("disrespect", 3, True), ("disrespect", 4, True), ("disrespect", 2, False), ("integrity", 4, False)],
)
def test_care_is_for_serious_disrespect(category: str, severity: int, asked: bool) -> None:
    assert needs_care(category, severity) is asked


def scored(flag_id: int, days: int = 0, category: str = "late_payment", reporter: int = 2) -> ScoredFlag:
    return ScoredFlag(flag_id, category, 2, TODAY + timedelta(days=days), reporter, 0)


def test_flags_of_colleagues_about_the_same_within_three_days_may_be_one_event() -> None:
    flags = [
        scored(1, days=-3),
        scored(2, days=-4),
        scored(3, days=1),
        scored(4, category="integrity"),
        scored(5, reporter=9),
    ]
    near = tells_of_one_event(flags, "late_payment", TODAY, 9, Policy())
    assert [flag.id for flag in near] == [3, 1]
