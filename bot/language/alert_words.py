"""The rule that an alert met, in words."""

from __future__ import annotations

from bot.domain.model import Alert
from bot.domain.thresholds import Rule
from bot.language import Language
from bot.language.vocabulary import category_label


def rule_sentence(t: Language, alert: Alert) -> str:
    """The rule that was met, with the figures and thresholds of that moment; those of today stand elsewhere."""
    figures = alert.figures
    match alert.rule:
        case Rule.UNACCEPTABLE:
            return t.gettext("A colleague flagged something unacceptable. One such flag is enough to talk at once.")
        case Rule.PATTERN:
            return t.gettext(
                "{count} flags about {category} within {days} days, from {people}.",
                count=t.number(int(figures["category_flags"]), digits=0),
                category=category_label(t, str(figures["category"])).lower(),
                days=figures["days"],
                people=_colleagues(t, int(figures["category_people"])),
            )
        case _:
            return t.gettext(
                "The flags added up to {points}, from {people}; the threshold was {threshold}.",
                points=t.points(float(figures["score"])),
                people=_colleagues(t, int(figures["people"])),
                threshold=t.number(float(figures["line"])),
            )


def _colleagues(t: Language, count: int) -> str:
    return t.ngettext("one colleague", "{number} colleagues", count)
