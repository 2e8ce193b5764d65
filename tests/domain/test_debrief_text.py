"""What is read after `/debrief`."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.debrief_text import DebriefText, parse_debrief_text
from bot.domain.errors import DateUnreadableError

DAY, AT = date(2026, 12, 1), time(14, 30)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", DebriefText("", None, None)),
        ("  Acme  ", DebriefText("Acme", None, None)),
        ("Acme 2026-12-01", DebriefText("Acme", DAY, None)),
        ("Acme 1-12-2026", DebriefText("Acme", DAY, None)),
        ("Acme 1/12/2026 14:30", DebriefText("Acme", DAY, AT)),
        ("Acme 01.12.2026 om 14.30 uur", DebriefText("Acme", DAY, AT)),
        ("Acme 2026-12-01 at 14:30", DebriefText("Acme", DAY, AT)),
        ("Acme 14:30", DebriefText("Acme", None, AT)),
        ("Acme 14:30u", DebriefText("Acme", None, AT)),
        ("2026-12-01", DebriefText("", DAY, None)),
        ("Studio 54", DebriefText("Studio 54", None, None)),
        ("Route 66 B.V. 2026-12-01", DebriefText("Route 66 B.V.", DAY, None)),
        ("Bar 2026", DebriefText("Bar 2026", None, None)),
        ('"Bakkerij 10:00" 1-12-2026 14:30', DebriefText("Bakkerij 10:00", DAY, AT)),
        ("„Bakkerij De Zon” 14:30", DebriefText("Bakkerij De Zon", None, AT)),
        ("'Acme'", DebriefText("Acme", None, None)),
        ('"O’Brien & Sons" 2026-12-01', DebriefText("O’Brien & Sons", DAY, None)),
        ("'t Hoekje's winkel 2026-12-01", DebriefText("'t Hoekje's winkel", DAY, None)),
        ("'t Hoekje 14:30", DebriefText("'t Hoekje", None, AT)),
        ("Kapsalon 't Hoekje", DebriefText("Kapsalon 't Hoekje", None, None)),
    ],
)
def test_names_days_and_times(text: str, read: DebriefText) -> None:
    assert parse_debrief_text(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "Acme 2026-02-30",
        "Acme 31-11-2026",
        "Acme 25:00",
        "Acme 2026-12-01 10:75",
        '"Acme" next week',
        "Acme 0000-01-01",
    ],
)
def test_days_and_times_that_do_not_exist_are_told(text: str) -> None:
    with pytest.raises(DateUnreadableError):
        parse_debrief_text(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse_debrief_text(text)
    except DateUnreadableError:
        return
    assert read.name == read.name.strip()
    assert read.name in text


@given(
    name=st.text(st.characters(exclude_characters='"', exclude_categories=["C", "Z"]), min_size=1),
    on=st.none() | st.dates(date(1000, 1, 1)),
    at=st.none() | st.times(),
)
def test_a_quoted_name_comes_back_whole_whatever_it_looks_like(name: str, on: date | None, at: time | None) -> None:
    typed = " ".join([f'"{name}"', *([on.isoformat()] if on else []), *([f"{at:%H:%M}"] if at else [])])
    assert parse_debrief_text(typed) == DebriefText(name, on, at.replace(second=0, microsecond=0) if at else None)


def test_a_long_hostile_text_is_read_quickly() -> None:
    for text in ('"' * 100_000, "1-" * 50_000, "1:" * 50_000, "“" * 50_000 + " 1.1.2026", " " * 100_000 + "1:00"):
        try:
            parse_debrief_text(text)
        except DateUnreadableError:
            continue
