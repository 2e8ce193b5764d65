"""Behaviour categories, their signals, and what each severity weighs.

The five categories and the points come from the product's vocabulary, which drew them from two Dutch articles on
parting with clients. What people read for each key stands in `bot.language.vocabulary`.
"""

from __future__ import annotations

GOOD = "good"
"""The category of "something good", which lowers the score."""

SIGNALS: dict[str, tuple[str, ...]] = {
    "late_payment": ("pays_late", "owes_several", "disputes_without_reason", "excuses"),
    "integrity": ("says_and_does", "lied", "misused_trust", "reputation"),
    "demanding": (
        "changing_requirements",
        "unpaid_extra_work",
        "never_satisfied",
        "stalls_then_presses",
        "odd_hours",
    ),
    "disrespect": ("insulted", "shouted", "threatened", "spoils_for_others"),
    "haggling": ("wants_it_free", "steep_discount", "shops_around", "no_lasting_relationship"),
}
"""Signals that a reporter can tick, for each category a workspace starts with."""

CATEGORIES: tuple[str, ...] = tuple(SIGNALS)

POINTS: dict[int, int] = {1: 1, 2: 2, 3: 4, 4: 8}
"""Points for each severity level."""

GOOD_POINTS: dict[int, int] = {1: 1, 2: 2, 3: 4}
"""Points for each size of something good: kind, helpful, put things right."""

UNACCEPTABLE = 4
"""The severity of which one flag is enough to talk at once."""


def points_of(category: str, severity: int) -> int:
    """The points of one event before weight, certainty and age; negative for something good."""
    return -GOOD_POINTS[severity] if category == GOOD else POINTS[severity]
