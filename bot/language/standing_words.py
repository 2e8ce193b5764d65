"""Why a client stands where it does, in words."""

from __future__ import annotations

from bot.domain.policy import Policy
from bot.domain.thresholds import Rule, Why
from bot.language import Language
from bot.language.vocabulary import category_label


def why_sentence(t: Language, why: Why, policy: Policy) -> str:
    """The rule by which a client is watched, with its figures of today and the lines as they are drawn today."""
    figures = why.figures
    match why.rule:
        case Rule.UNACCEPTABLE:
            return t.gettext(
                "Why: something unacceptable was reported that happened in the past {days}.",
                days=t.days(policy.half_life_days),
            )
        case Rule.PATTERN:
            return t.gettext(
                "Why: {count} flags about {category} within {days}; from {line} on that counts, whatever the score.",
                count=t.number(figures.category_flags, digits=0),
                category=category_label(t, figures.category or "").lower(),
                days=t.days(policy.pattern_days),
                line=t.number(policy.pattern_flags, digits=0),
            )
        case Rule.SCORE:
            return t.gettext(
                "Why: the flags add up to {score} points; the line is at {line}.",
                score=t.number(figures.score),
                line=t.number(policy.watch_score),
            )
    return t.gettext(
        "Why: the flags came over a line before; that lasts until the score is below {below}.",
        below=t.number(why.until_below),
    )
