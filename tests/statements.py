"""Which statements a piece of work has the database run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from storage.engines import prepared


@contextmanager
def statements_said() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is run in the meantime and its parameters, by whichever way it goes to the driver."""
    said: list[tuple[str, Any]] = []

    def note(*call: Any) -> None:
        said.append((call[2], call[3]))

    given = prepared._Plan.parameters

    def note_prepared(plan: prepared._Plan, values: Mapping[str, Any]) -> list[Any]:
        parameters = given(plan, values)
        said.append((plan.sql, tuple(parameters)))
        return parameters

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with patch.object(prepared._Plan, "parameters", note_prepared):
            yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)
