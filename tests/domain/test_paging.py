"""Paging back and forth: a trail comes back as it was, stays short, and always leads to the first page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.paging import MAX_DEPTH, Cursor, Trail, trail_from

CURSORS = st.builds(Cursor, st.dates(), st.integers(1, 2**63))


@given(st.lists(CURSORS, max_size=MAX_DEPTH + 20))
def test_a_trail_survives_being_written_down_and_fits_a_button(cursors: list[Cursor]) -> None:
    trail = Trail()
    for cursor in cursors:
        trail = trail.older(cursor)
    assert trail_from(trail.encoded()) == trail
    assert len(trail.encoded()) <= 1900
    assert trail.before == ((cursors[-1].day, cursors[-1].id) if cursors else None)


@given(st.lists(CURSORS, min_size=1, max_size=10))
def test_newer_undoes_older(cursors: list[Cursor]) -> None:
    trail = Trail(tuple(cursors[:-1]))
    assert trail.older(cursors[-1]).newer() == trail


def test_the_first_page_has_nothing_newer() -> None:
    assert Trail().newer() == Trail()
    assert Trail().before is None
    assert trail_from("") == Trail()


def test_a_forgotten_page_leads_to_the_first_one() -> None:
    trail = Trail()
    for number in range(1, MAX_DEPTH + 10):
        trail = trail.older(Cursor(date(2026, 1, 1), number))
    for _ in range(MAX_DEPTH):
        trail = trail.newer()
    assert trail == Trail()


@pytest.mark.parametrize("text", ["x", "1.x", "0.1", "99999999999.1", ",", "1", "1.2.3"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a trail"):
        trail_from(text)
