"""A remedy in one line of a list."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.language import language
from bot.language.marks import MARKS
from bot.language.remedy_words import remedy_line

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAYS = (date(2026, 3, 2), date(2026, 4, 1))
WHAT = (RemedyKind.CONVERSATION, "Talk with\ntheir *director*.", 3, *DAYS, SuccessTest.BY_OWNER)
REMEDY = Remedy(1, 1, 7, *WHAT, RemedyState.RUNNING, 1, NOW)


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({}, "It has worked if whoever is responsible says so."),
        ({"state": RemedyState.CALLED_OFF}, "Called off."),
        ({"judged": RemedyOutcome.WORKED}, "By the figures: It worked. The last word is still to come."),
        ({"judged": RemedyOutcome.WORKED, "outcome": RemedyOutcome.UNCLEAR}, "It’s unclear."),
    ],
)
def test_a_remedy_says_what_is_tried_and_how_it_stands(changes: dict[str, Any], stands: str) -> None:
    line = remedy_line(language("en"), replace(REMEDY, **changes), "a colleague")
    what = "• A conversation, 2 March 2026 to 1 April 2026, a colleague: Talk with their *director*."
    assert MARKS.sub("", line) == f"{what} {stands}"


def test_a_long_description_is_cut() -> None:
    line = remedy_line(language("en"), replace(REMEDY, description="x" * 151), "a colleague")
    assert f": {'x' * 149}… " in line
