"""What is read after `/debrief`."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.debrief_text import DebriefText, parse_debrief_text, parse_left_text
from bot.domain.errors import DateAmbiguousError, DateUnreadableError

FRIDAY = date(2026, 11, 27)
DAY, AT = date(2026, 12, 1), time(14, 30)


def read(text: str, language: str = "nl") -> DebriefText:
    """What is read on that Friday."""
    return parse_debrief_text(text, FRIDAY, language)


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_names_days_and_times(text: str, expected: DebriefText) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Acme 2026-02-30",
        "Acme 31-11-2026",
        "Acme 25:00",
        "Acme 2026-12-01 10:75",
        '"Acme" next week',
        "Acme 0000-01-01",
        "Acme 24:00",
        "Acme 03/20/2026",
        "Acme wk 13",
        "Acme volgende week",
        "Acme next week 14:00",
        "Acme 20 maart 25:00",
        "Acme 13pm",
        "Acme 30 februari",
    ],
)
def test_days_and_times_that_do_not_exist_are_told(text: str) -> None:
    with pytest.raises(DateUnreadableError) as refusal:
        read(text)
    assert refusal.value.values["text"] == text.partition(" ")[2]


@pytest.mark.parametrize(
    ("day", "on"),
    [
        *((day, "2027-03-20") for day in ("20 maart 2027", "20 maart", "20-03-27", "20/3", "2027/03/20", "20.3.2027")),
        *((day, "2026-11-28") for day in ("morgen", "tomorrow", "komende zaterdag")),
        *((day, "2026-12-04") for day in ("vrijdag", "Friday", "volgende week vrijdag", "over een week")),
        ("on 2027-03-20", "2027-03-20"),
        ("op 20-03-2027", "2027-03-20"),
    ],
)
@pytest.mark.parametrize(
    ("at", "clock"),
    [
        ("", ""),
        *((at, "14:00") for at in ("14:00", "14.00", "14u", "14 uur", "2pm", "2 pm", "om 14:00", "at 14:00:00")),
    ],
)
def test_days_and_times_as_people_write_them(day: str, on: str, at: str, clock: str) -> None:
    expected = DebriefText("Acme", date.fromisoformat(on), time.fromisoformat(clock) if clock else None)
    assert read(f"Acme {day} {at}") == expected
    assert read(f"Acme {at} {day}") == expected
    assert read(f'"Acme" {day}, {at}') == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [("14u30", "14:30"), ("14:30u", "14:30"), ("9.05 uur", "09:05"), ("12am", "00:00"), ("12 pm", "12:00")],
)
def test_times(text: str, at: str) -> None:
    assert read(f"Acme 1-12-2026 {text}") == DebriefText("Acme", DAY, time.fromisoformat(at))


def test_a_time_behind_a_date_in_one_word() -> None:
    assert read("Acme 2026-12-01T14:30") == DebriefText("Acme", DAY, AT)
    assert read("Acme 2026-12-01 14:30:00") == DebriefText("Acme", DAY, AT)


def test_figures_with_two_readings_are_named_in_english() -> None:
    with pytest.raises(DateAmbiguousError) as refusal:
        read("Acme 04/05/2026", "en")
    values = refusal.value.values
    assert (values["text"], values["one"], values["other"]) == ("04/05/2026", date(2026, 4, 5), date(2026, 5, 4))
    assert read("Acme 04/05/2027").on == date(2027, 5, 4)
    assert read("Acme 03/20/2027", "en").on == date(2027, 3, 20)


def test_a_client_left_on_a_day_that_is_over() -> None:
    def left(text: str) -> DebriefText:
        return parse_left_text(text, FRIDAY, "nl")

    assert left("Acme") == DebriefText("Acme", None, None)
    assert left("Acme gisteren").on == date(2026, 11, 26)
    assert left("Acme op 20 november").on == date(2026, 11, 20)
    assert left("Acme 31-12").on == date(2025, 12, 31)
    assert left("Acme 14:00") == DebriefText("Acme 14:00", None, None)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except DateUnreadableError:
        return
    assert found.name == found.name.strip()
    assert found.name in text


@given(
    name=st.text(st.characters(exclude_characters='"', exclude_categories=["C", "Z"]), min_size=1),
    on=st.none() | st.dates(date(1000, 1, 1)),
    at=st.none() | st.times(),
)
def test_a_quoted_name_comes_back_whole_whatever_it_looks_like(name: str, on: date | None, at: time | None) -> None:
    typed = " ".join([f'"{name}"', *([on.isoformat()] if on else []), *([f"{at:%H:%M}"] if at else [])])
    assert read(typed) == DebriefText(name, on, at.replace(second=0, microsecond=0) if at else None)


def test_a_long_hostile_text_is_read_quickly() -> None:
    for text in ('"' * 100_000, "1-" * 50_000, "1:" * 50_000, "“" * 50_000 + " 1.1.2026", " " * 100_000 + "1:00"):
        try:
            read(text)
        except DateUnreadableError:
            continue
