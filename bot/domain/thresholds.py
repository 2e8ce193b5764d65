"""Which level the flags of a client reach, by which rule, and what would change that.

A level alerts once. It is armed again only after the score fell below a share of its threshold and no pattern or
recent unacceptable event holds it up.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.catalogue import GOOD, POINTS, UNACCEPTABLE
from bot.domain.model import ClientStage, Level, Standing
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag, contributions, quiet_days_until_below

_MIN_SHOWN = 0.05
"""Points below this show as 0.0: nobody stands behind a score with less."""


class Rule(StrEnum):
    """What a level was reached by."""

    SCORE = "score"
    PATTERN = "pattern"
    UNACCEPTABLE = "unacceptable"


class Figures(Struct, frozen=True):
    """What a rule saw. Something good is in `score` alone.

    `flags` and `people` are behind the score: flags that bring something one can see, and at least how many different
    people reported or witnessed those. `category` is the one nearest to a pattern, with its flags within the
    pattern's days and at least how many people are behind those. `severity_4` says whether an unacceptable event is
    at most one half-life old.
    """

    score: float
    flags: int = 0
    people: int = 0
    category: str | None = None
    category_flags: int = 0
    category_people: int = 0
    severity_4: bool = False

    def as_dict(self) -> dict[str, float | int | str]:
        """JSON-ready, as stored with an alert; no category is an empty string."""
        return {
            "score": self.score,
            "flags": self.flags,
            "people": self.people,
            "category": self.category or "",
            "category_flags": self.category_flags,
            "category_people": self.category_people,
            "severity_4": self.severity_4,
        }


class Assessment(Struct, frozen=True):
    """The highest level that holds, the rule it was reached by (`None` at no level) and the figures."""

    level: Level
    rule: Rule | None
    figures: Figures
    score: float


def assess(flags: Sequence[ScoredFlag], policy: Policy, on: date) -> Assessment:
    """Weigh the open flags of one client on `on`, in any order; where several rules hold, the gravest is named."""
    if not flags:
        nothing = Figures(0.0)
        return Assessment(*_level(nothing, policy), nothing, 0.0)
    points = contributions(flags, policy, on)
    score = max(0.0, math.fsum(points))
    behind = [flag for flag, brought in zip(flags, points, strict=True) if brought >= _MIN_SHOWN]
    category, recent = _nearest_to_pattern(flags, policy, on)
    figures = Figures(
        score=score,
        flags=len(behind),
        people=_people(behind),
        category=category,
        category_flags=len(recent),
        category_people=_people(recent),
        severity_4=any(
            (on - flag.happened_on).days <= policy.half_life_days for flag in flags if flag.severity == UNACCEPTABLE
        ),
    )
    level, rule = _level(figures, policy)
    return Assessment(level, rule, figures, score)


def _level(figures: Figures, policy: Policy) -> tuple[Level, Rule | None]:
    has_pattern = _has_pattern(figures, policy)
    if figures.severity_4:
        return Level.DISCUSS, Rule.UNACCEPTABLE
    if figures.score >= policy.discuss_score and figures.people >= policy.discuss_people:
        return Level.DISCUSS, Rule.SCORE
    if has_pattern and figures.category_people >= policy.discuss_people:
        return Level.DISCUSS, Rule.PATTERN
    if figures.score >= policy.watch_score:
        return Level.WATCH, Rule.SCORE
    if has_pattern:
        return Level.WATCH, Rule.PATTERN
    return Level.NONE, None


def _has_pattern(figures: Figures, policy: Policy) -> bool:
    return figures.category_flags >= policy.pattern_flags


def _people(flags: Sequence[ScoredFlag]) -> int:
    """At least how many different people reported or witnessed `flags`; nobody witnesses their own."""
    reporters = {flag.reporter_id for flag in flags}
    return max(len(reporters), max((1 + flag.witness_count for flag in flags), default=0))


def _by_category(flags: Iterable[ScoredFlag]) -> dict[str, list[ScoredFlag]]:
    grouped = defaultdict(list)
    for flag in flags:
        if flag.category != GOOD:
            grouped[flag.category].append(flag)
    return grouped


def _nearest_to_pattern(
    flags: Sequence[ScoredFlag], policy: Policy, on: date
) -> tuple[str | None, Sequence[ScoredFlag]]:
    """The category whose recent flags reach furthest, and those flags; by name where two are equal."""
    since = on - timedelta(days=policy.pattern_days)
    recent = _by_category(flag for flag in flags if since <= flag.happened_on <= on)

    def reach(category: str) -> tuple[bool, int, int]:
        count, people = len(recent[category]), _people(recent[category])
        return count >= policy.pattern_flags and people >= policy.discuss_people, count, people

    category = max(sorted(recent), key=reach, default=None)
    return category, recent[category] if category is not None else ()


def rearmed(alerted: Level, assessment: Assessment, policy: Policy) -> Level:
    """What remains of `alerted`, given the state just before a change; each level is armed again by itself."""
    figures = assessment.figures
    if alerted is Level.NONE or figures.severity_4 or _has_pattern(figures, policy):
        return alerted
    held = (level for level in (Level.WATCH, Level.DISCUSS) if assessment.score >= _rearm_score(level, policy))
    return min(alerted, max(held, default=Level.NONE))


def _rearm_score(level: Level, policy: Policy) -> float:
    threshold = policy.discuss_score if level is Level.DISCUSS else policy.watch_score
    return policy.rearm_share * threshold


def fires(alerted: Level, assessment: Assessment, new_flag: ScoredFlag | None) -> Level:
    """The level to alert now, `Level.NONE` for nothing.

    `alerted` is what `rearmed` left of it before the change, `assessment` is after the change. A new flag of
    severity 4 always fires, whatever has alerted before.
    """
    if new_flag is not None and new_flag.severity == UNACCEPTABLE:
        return Level.DISCUSS
    return assessment.level if assessment.level > alerted else Level.NONE


def standing_of(stage: ClientStage, alerted: Level, assessment: Assessment, policy: Policy) -> Standing:
    """Where the client stands: its stage, or on the way to it whether it is watched, which lasts until armed again.

    `alerted` is the level as it is stored; that a level is armed again is seen on the day it is asked.
    """
    is_watched = why_watched(alerted, assessment, policy) is not None
    return Standing.WATCH if stage is ClientStage.ACTIVE and is_watched else Standing(stage.value)


class Why(Struct, frozen=True):
    """What a client is watched for: the rule that holds with its figures.

    Without a `rule` none holds any more: the client came over a line before, and stays watched until its score is below
    `until_below`.
    """

    rule: Rule | None
    figures: Figures
    until_below: float = 0.0


def why_watched(alerted: Level, assessment: Assessment, policy: Policy) -> Why | None:
    """Why a client whose stage is of no concern is watched; `None` where it is not."""
    if assessment.rule is not None:
        return Why(assessment.rule, assessment.figures)
    held = rearmed(alerted, assessment, policy)
    return Why(None, assessment.figures, _rearm_score(held, policy)) if held is not Level.NONE else None


class Change(Struct, frozen=True):
    """Something that would bring the client to `level`; exactly one of the others is set.

    `severity`: one more flag at least this severe, today, by another person, in a category of usual weight.
    `category`: one more flag of this category by another person, however slight. `quiet_days`: so many days without
    anything new.
    """

    level: Level
    severity: int | None = None
    category: str | None = None
    quiet_days: int | None = None


def what_would_change(
    flags: Sequence[ScoredFlag], policy: Policy, on: date, alerted: Level = Level.NONE
) -> list[Change]:
    """What would lift the client to a higher level, then what would bring it down from the one it has.

    `alerted` is the level that still counts as alerted: it holds the client up until it is armed again.
    """
    assessment = assess(flags, policy, on)
    level = max(rearmed(alerted, assessment, policy), assessment.level)
    changes = [] if level is Level.DISCUSS else _one_more(flags, policy, on, level)
    if level is not Level.NONE:
        changes.append(_quiet(flags, policy, on, level, assessment.score))
    return changes


def _one_more(flags: Sequence[ScoredFlag], policy: Policy, on: date, level: Level) -> list[Change]:
    def with_another(category: str, severity: int) -> Assessment:
        return assess([*flags, ScoredFlag(0, category, severity, on, reporter_id=0, witness_count=0)], policy, on)

    by_severity = ((severity, with_another("", severity)) for severity in sorted(POINTS))
    severity, reached = next((severity, after) for severity, after in by_severity if after.level > level)
    changes = [Change(reached.level, severity=severity)]
    slightest = min(POINTS)
    if severity > slightest:
        for category in sorted(_by_category(flags)):
            reached = with_another(category, slightest)
            if reached.level > level:
                changes.append(Change(reached.level, category=category))
    return changes


def _quiet(flags: Sequence[ScoredFlag], policy: Policy, on: date, level: Level, score: float) -> Change:
    held_for = [quiet_days_until_below(score, _rearm_score(level, policy), policy) - 1]
    for of_category in _by_category(flags).values():
        newest = sorted((flag.happened_on for flag in of_category), reverse=True)[: policy.pattern_flags]
        if len(newest) == policy.pattern_flags:
            held_for.append((newest[-1] - on).days + policy.pattern_days)
    held_for += [
        (flag.happened_on - on).days + policy.half_life_days for flag in flags if flag.severity == UNACCEPTABLE
    ]
    days = max(1, *held_for)
    while (left := rearmed(level, assess(flags, policy, on + timedelta(days=days)), policy)) >= level:
        days += 1
    return Change(left, quiet_days=days)


class Confidence(StrEnum):
    """How sure a score is, by how much and how many people are behind it."""

    NONE = "none"
    LOW = "low"
    FAIR = "fair"
    HIGH = "high"


def confidence(flags: int, people: int) -> Confidence:
    """One person's word is low, two people's fair; high takes three people and five flags."""
    if flags == 0:
        return Confidence.NONE
    if people < 2:
        return Confidence.LOW
    return Confidence.HIGH if people >= 3 and flags >= 5 else Confidence.FAIR
