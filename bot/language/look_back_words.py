"""The words for looking back on a decision: what was expected, what came free, and whether it was right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.domain.look_back import Balance, Calm, LookBack, Right
from bot.domain.message import N_
from bot.language import Language

CALM: dict[Calm, str] = {
    Calm.MUCH: N_("Much calmer"),
    Calm.SOMEWHAT: N_("Somewhat calmer"),
    Calm.SAME: N_("No difference"),
    Calm.LESS: N_("Less calm"),
}

RIGHT: dict[Right, str] = {
    Right.YES: N_("Yes, it was right"),
    Right.PARTLY: N_("Partly"),
    Right.NO: N_("No, it wasn’t right"),
}


def calm_label(t: Language, calm: Calm) -> str:
    """How much calmer it is."""
    return t.gettext(CALM[calm])


def right_label(t: Language, right: Right) -> str:
    """Whether it was right."""
    return t.gettext(RIGHT[right])


def forecast_sentence(t: Language, forecast: Balance) -> str:
    """What is or was expected, in one line."""
    parts = []
    if forecast.hours is not None:
        parts.append(_hours(t, forecast.hours))
    if forecast.amount is not None:
        parts.append(_amount(t, forecast.amount, forecast.currency))
    if forecast.calm is not None:
        parts.append(calm_label(t, forecast.calm))
    return t.gettext("Expected: {parts}.", parts=" · ".join(parts))


def balance_lines(t: Language, found: Balance, forecast: Balance | None) -> Iterator[str]:
    """What came free, each beside what was expected of it; what neither says is left out."""
    expected = forecast or Balance()
    rows = (
        (
            t.gettext("Hours"),
            None if found.hours is None else _hours(t, found.hours),
            None if expected.hours is None else _hours(t, expected.hours),
        ),
        (
            t.gettext("Money"),
            None if found.amount is None else _amount(t, found.amount, found.currency),
            None if expected.amount is None else _amount(t, expected.amount, expected.currency),
        ),
        (
            t.gettext("Calm"),
            None if found.calm is None else calm_label(t, found.calm),
            None if expected.calm is None else calm_label(t, expected.calm),
        ),
    )
    for label, here, then in rows:
        if forecast is None and here is not None:
            yield t.gettext("• {label}: {found}", label=label, found=here)
        elif here is not None or then is not None:
            not_said = t.gettext("not said")
            yield t.gettext(
                "• {label}: {found} (expected: {expected})",
                label=label,
                found=here or not_said,
                expected=then or not_said,
            )


def _hours(t: Language, hours: Decimal) -> str:
    return t.gettext("{hours} a month", hours=t.hours(hours))


def _amount(t: Language, amount: Decimal, currency: str) -> str:
    return t.gettext("{amount} a year", amount=t.money(amount, currency))


def after_months(t: Language, months: int) -> str:
    """How long after the end it is."""
    return t.ngettext("after {number} month", "after {number} months", months)


def look_back_line(t: Language, one: LookBack) -> str:
    """A look back that was made, as a line of a list."""
    right = right_label(t, one.was_right) if one.was_right else t.gettext("not said")
    return t.gettext("• {when}: {right}", when=after_months(t, one.months), right=right)
