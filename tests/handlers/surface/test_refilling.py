"""A form that is drawn anew shows what was filled in."""

from __future__ import annotations

from datetime import date, time

import pytest

from handlers.surface.answers import Answers, refilled
from handlers.surface.form import (
    ClientField,
    Day,
    Field,
    Line,
    Lines,
    Number,
    OneOf,
    Option,
    OptionGroup,
    PeopleField,
    PersonField,
    SomeOf,
    TimeOfDay,
)

OPTIONS = (Option("One", "1"), Option("Two", "2"))
FILLED: list[tuple[Field, tuple[str, ...], object]] = [
    (Line(id="f", label="?", max_length=9), ("said",), "said"),
    (Lines(id="f", label="?", max_length=9, text="before"), ("said",), "said"),
    (Number(id="f", label="?", maximum="9"), ("3.5",), "3.5"),
    (Day(id="f", label="?"), ("2026-04-30",), date(2026, 4, 30)),
    (TimeOfDay(id="f", label="?"), ("14:30",), time(14, 30)),
    (OneOf(id="f", label="?", options=OPTIONS, chosen="1"), ("2",), "2"),
    (OneOf(id="f", label="?", groups=(OptionGroup("Some", OPTIONS),)), ("2",), "2"),
    (SomeOf(id="f", label="?", options=OPTIONS), ("1", "2"), ("1", "2")),
    (PersonField(id="f", label="?", chosen=1), ("7",), 7),
    (PeopleField(id="f", label="?"), ("7", "8"), (7, 8)),
]
UNFIT: list[tuple[Field, str]] = [
    (Day(id="f", label="?", chosen=date(2026, 4, 30)), "2026-02-30"),
    (TimeOfDay(id="f", label="?", chosen=time(14)), "25:00"),
    (OneOf(id="f", label="?", options=OPTIONS, chosen="1"), "3"),
    (PersonField(id="f", label="?", chosen=1), "U0DIRK"),
    (PeopleField(id="f", label="?", chosen=(1,)), "U0DIRK"),
    (ClientField(id="f", label="?", chosen=Option("Acme", "c:1")), "c:2"),
]


def standing(field: Field) -> object:
    """What stands in a field."""
    return getattr(field, "text" if hasattr(field, "text") else "chosen")


@pytest.mark.parametrize(("field", "said", "stands"), FILLED)
def test_what_was_filled_in_is_put_back(field: Field, said: tuple[str, ...], stands: object) -> None:
    assert standing(refilled(field, Answers("", {"f": said}))) == stands


@pytest.mark.parametrize("field", [field for field, _, _ in FILLED])
@pytest.mark.parametrize("values", [{}, {"f": ()}, {"g": ("said",)}, {"f:other": ("said",)}])
def test_what_was_not_filled_in_stays_as_it_is(field: Field, values: dict[str, tuple[str, ...]]) -> None:
    assert refilled(field, Answers("", values)) == field


@pytest.mark.parametrize(("field", "said"), UNFIT)
def test_what_no_longer_fits_changes_nothing(field: Field, said: str) -> None:
    assert refilled(field, Answers("", {"f": (said,)})) == field


def test_only_the_answer_to_the_same_version_is_put_back() -> None:
    field = Line(id="f", label="?", version="keep", max_length=9)
    answers = Answers("", {"f:part": ("other",), "f:keep": ("said",)})
    assert standing(refilled(field, answers)) == "said"
    assert field.key == "f:keep"
