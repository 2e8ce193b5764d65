"""Frozen data behaves as that of `dataclasses` does, whichever of the two made it."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.values import dataclass


def empty(decorate: Callable[[type], type]) -> type:
    @decorate
    class Empty:
        """Nothing."""

    return Empty


def single(decorate: Callable[[type], type]) -> type:
    @decorate
    class Single:
        """One field."""

        first: Any

    return Single


def several(decorate: Callable[[type], type]) -> type:
    @decorate
    class Several:
        """A few fields, with defaults and something that is none."""

        kind: ClassVar[str] = "several"
        first: Any
        second: Any = 2
        third: Any = dataclasses.field(default_factory=tuple)

        @property
        def both(self) -> tuple[Any, Any]:
            return self.first, self.second

    return Several


OURS = dataclass(frozen=True, slots=True)
THEIRS = dataclasses.dataclass(frozen=True, slots=True)
PAIRS = [(make(OURS), make(THEIRS), count) for make, count in ((empty, 0), (single, 1), (several, 3))]
VALUES = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.floats(), st.tuples(st.integers()))


@given(st.data())
@pytest.mark.parametrize(("ours", "theirs", "count"), PAIRS)
def test_it_compares_hashes_and_shows_alike(ours: type, theirs: type, count: int, data: st.DataObject) -> None:
    given_values = st.lists(VALUES, min_size=count, max_size=count)
    one, other = data.draw(given_values), data.draw(given_values)
    assert (ours(*one) == ours(*other)) is (theirs(*one) == theirs(*other))
    assert (ours(*one) != ours(*other)) is (theirs(*one) != theirs(*other))
    assert hash(ours(*one)) == hash(theirs(*one))
    assert repr(ours(*one)) == repr(theirs(*one))
    assert ours(*one) == ours(*one) or theirs(*one) != theirs(*one)


@pytest.mark.parametrize(("ours", "theirs", "count"), PAIRS)
def test_it_is_a_dataclass_like_any_other(ours: type, theirs: type, count: int) -> None:
    one, twin = ours(*range(count)), theirs(*range(count))
    assert one != twin
    assert one != tuple(range(count))
    assert dataclasses.asdict(one) == dataclasses.asdict(twin)
    assert [field.name for field in dataclasses.fields(one)] == [field.name for field in dataclasses.fields(twin)]
    assert dataclasses.replace(one) == one
    assert ours.__match_args__ == theirs.__match_args__  # type: ignore[attr-defined]
    assert ours.__slots__ == theirs.__slots__  # type: ignore[attr-defined]


def test_it_cannot_be_changed_and_hashes_only_what_can_be() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        single(OURS)(1).first = 2
    with pytest.raises(TypeError):
        hash(several(OURS)([]))


@OURS
class Kept:
    """What can be found by its name, for pickling."""

    first: int
    second: str = "two"


@OURS
class More(Kept):
    """One that adds to another."""

    third: int = 3


def test_it_can_be_kept_and_extended() -> None:
    assert pickle.loads(pickle.dumps(Kept(1))) == Kept(1)  # noqa: S301
    assert More(1) == More(1, "two", 3) != More(1, "two", 4)
    assert More(1) != Kept(1)
    assert repr(More(1)) == "More(first=1, second='two', third=3)"


MADE = [Kept(1), More(1), dataclasses.replace(Kept(1), first=2), pickle.loads(pickle.dumps(More(1)))]  # noqa: S301


@pytest.mark.parametrize("made", MADE)
def test_nothing_is_changed_or_taken_away_once_it_is_made(made: Any) -> None:
    for field in dataclasses.fields(made):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, field.name, 3)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(made, field.name)


def test_what_changes_is_not_for_it() -> None:
    with pytest.raises(TypeError):
        single(dataclass(frozen=False, slots=True))


def test_what_is_missing_or_too_much_is_refused() -> None:
    for wrong in (Kept, More):
        with pytest.raises(TypeError):
            wrong()
        with pytest.raises(TypeError):
            wrong(1, "two", 3, 4)
        with pytest.raises(TypeError):
            wrong(1, other=2)
