"""Trials for tests of what is said about them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from bot.domain.remedies import Remedy, RemedyKind, RemedyState, SuccessTest

NAME = "Zonnebloem"
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_WHAT = (RemedyKind.CONVERSATION, "Talk with their director.", 3, TODAY, date(2026, 4, 1), SuccessTest.NO_NEW_FLAG)


def remedy(**changes: Any) -> Remedy:
    """A trial of a month that runs, with changes."""
    return replace(Remedy(1, 1, 7, *_WHAT, RemedyState.RUNNING, 1, NOW), **changes)
