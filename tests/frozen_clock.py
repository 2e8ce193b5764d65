"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""An ordinary working day: no holiday, and no change of summer time near it."""


class FrozenClock:
    """The `Clock` port, standing still at `MONDAY_MORNING` unless another instant is given."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> datetime:
        """Move the clock, and return what time it is then."""
        self._now += by
        return self._now
