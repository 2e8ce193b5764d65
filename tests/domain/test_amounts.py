"""Numbers as people type them, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amounts import needs_showing, read_number, written
from bot.domain.errors import AmountInvalidError, FlagclientError, NumberAmbiguousError

MOST = Decimal(999_999_999)


def read(typed: str, language: str) -> str | None:
    """The number that was read, `?` where it has two readings, nothing where it is none."""
    try:
        number = read_number(typed, language, MOST)
    except NumberAmbiguousError:
        return "?"
    except AmountInvalidError:
        return None
    return "" if number is None else str(number)


@pytest.mark.parametrize(
    ("typed", "dutch", "english"),
    [
        ("1250", "1250.00", "1250.00"),
        ("1.250,00", "1250.00", "1250.00"),
        ("1,250.00", "1250.00", "1250.00"),
        ("12,5", "12.50", "12.50"),
        ("12.5", "12.50", "12.50"),
        ("1.250", "1250.00", "?"),
        ("1,250", "?", "1250.00"),
        ("1.250.000", "1250000.00", "1250000.00"),
        ("0,125", "0.12", "0.12"),
        ("0.125", "0.12", "0.12"),
        ("1250.5", "1250.50", "1250.50"),
        ("€ 1.250,-", "1250.00", "1250.00"),
        ("EUR 1 250,00", "1250.00", "1250.00"),
        ("1'250.50", "1250.50", "1250.50"),
        ("1\u00a0250,50 euro", "1250.50", "1250.50"),
        ("$1,250.00", "1250.00", "1250.00"),
        ("2 uur", "2.00", "2.00"),
        ("１２", "12.00", "12.00"),
        (" ", "", ""),
        *(
            (typed, None, None)
            for typed in ("-3", "a lot", "1.2.3", "12,34,5", "1..2", "12,", "1 25", "1e5", "٣", "NaN")
        ),
        *((typed, None, None) for typed in ("9999999999", "9" * 5000, "1,2500,000", "0.250.000")),
    ],
)
def test_numbers(typed: str, dutch: str | None, english: str | None) -> None:
    assert (read(typed, "nl"), read(typed, "en")) == (dutch, english)


def test_two_readings_are_both_told() -> None:
    with pytest.raises(NumberAmbiguousError) as refusal:
        read_number("1.250", "en", MOST)
    assert refusal.value.values == {"text": "1.250", "one": Decimal("1.250"), "other": 1250, "example": "1,250.50"}
    # Only one of them is within the limits.
    assert read_number("12.500", "en", Decimal(9999)) == Decimal("12.50")


def test_only_digits_need_no_look() -> None:
    assert [typed for typed in ("", "1250", " 7 ", "1.250", "12,5", "€5") if needs_showing(typed)] == [
        "1.250",
        "12,5",
        "€5",
    ]


@given(st.decimals(0, MOST, places=2), st.sampled_from(["nl", "en", "fr"]))
def test_what_is_written_is_read_back(number: Decimal, language: str) -> None:
    assert read_number(written(number, language), language, MOST) == number


@given(st.text(max_size=50), st.sampled_from(["nl", "en"]))
def test_any_text_is_read_or_refused(typed: str, language: str) -> None:
    try:
        number = read_number(typed, language, MOST)
    except FlagclientError:
        return
    assert number is None or 0 <= number <= MOST
