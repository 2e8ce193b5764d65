"""Ids in the values of buttons and forms: read back exactly, or not there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NotFoundError
from handlers.surface.values import MAX_ID, id_in, ids_in


@given(st.integers(0, MAX_ID))
def test_an_id_is_read_back(number: int) -> None:
    assert id_in(str(number)) == number
    assert ids_in(f"{number}:0", 2) == (number, 0)


@given(st.one_of(st.text(), st.integers(), st.none(), st.integers(min_value=MAX_ID + 1).map(str), st.binary()))
def test_anything_else_is_not_there(value: Any) -> None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and int(value) <= MAX_ID:
        return
    with pytest.raises(NotFoundError):
        id_in(value)
