"""Why a client stands where it does, in words."""

from __future__ import annotations

from bot.domain.policy import Policy
from bot.domain.thresholds import Rule, Why
from bot.language import Language
from bot.language.vocabulary import category_label


def why_clause(t: Language, why: Why, policy: Policy) -> str:
    """The rule by which a client is watched, as the end of a sentence: its figures and the thresholds of today."""
    figures = why.figures
    match why.rule:
        case Rule.UNACCEPTABLE:
            return t.gettext(
                "something unacceptable was reported that happened in the past {days}.",
                days=t.days(policy.half_life_days),
            )
        case Rule.PATTERN:
            return t.gettext(
                "{count} flags about {category} within {days}; from {line} on that counts, whatever the score.",
                count=t.number(figures.category_flags, digits=0),
                category=category_label(t, figures.category or "").lower(),
                days=t.days(policy.pattern_days),
                line=t.number(policy.pattern_flags, digits=0),
            )
        case Rule.SCORE:
            return t.gettext(
                "the flags add up to {points}; the threshold is {line}.",
                points=t.points(figures.score),
                line=t.number(policy.watch_score),
            )
    return t.gettext(
        "earlier flags went over a threshold; that counts until the score is below {below}.",
        below=t.number(why.until_below),
    )
