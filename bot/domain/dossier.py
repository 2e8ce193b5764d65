"""What a dossier shows of a client's flags in figures: pure functions of flags, policy and a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.catalogue import GOOD
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag, contributions, rounded_shares, score, shares, weightless_before

HISTORY_DAYS = 182
"""How far back the score over time goes: half a year."""

HISTORY_STEP = timedelta(days=14)
"""The time between two points; a chart takes at most twenty."""

TREND_DAYS = 30
MIN_TREND = 0.5
"""A score that moved by less than this in `TREND_DAYS` days is called steady."""

MAIN_CONTACT_FLAGS = 3
MAIN_CONTACT_PERCENT = 70

_NO_LIMIT = 1e12


class HistoryPoint(Struct, frozen=True):
    """The score as it was at the end of a day, by what we know now."""

    on: date
    score: float


class Carried(Struct, frozen=True):
    """A flag and its share of the score, rounded as shown; negative for something good."""

    flag: ScoredFlag
    points: float


class Explanation(Struct, frozen=True):
    """Why the score is what it is: `score` is the sum of the points of `carried`, `rest_points` and `floor`.

    `carried` are the flags with the largest shares, largest first; `rest` says how many more there are, and `counting`
    how many of all have a share that one can see. `floor` is
    what good events would have taken below zero. `capped` are the points that the limit on one reporter's flags
    left out; they are in no share.
    """

    score: float
    carried: tuple[Carried, ...]
    counting: int
    rest: int
    rest_points: float
    floor: float
    capped: float


class Trend(StrEnum):
    """Where a score is going."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


def shown_score(score: float) -> float:
    """A score as people read it: with one decimal."""
    return round(score * 10) / 10


def score_on(flags: Sequence[ScoredFlag], policy: Policy, on: date) -> float:
    """The score as it was on a day: what happened later is left out."""
    since = weightless_before(policy, on)
    return score([flag for flag in flags if since <= flag.happened_on <= on], policy, on)


def score_today(flags: Sequence[ScoredFlag], policy: Policy, today: date) -> float:
    """The score as it is `today`, with flags of colleagues whose clock shows the next day already."""
    since = weightless_before(policy, today)
    return score([flag for flag in flags if since <= flag.happened_on], policy, today)


def history(flags: Sequence[ScoredFlag], policy: Policy, today: date) -> tuple[HistoryPoint, ...]:
    """The score over the last half year, one point every two weeks, the oldest first; the last is that of today."""
    days = [today - step * HISTORY_STEP for step in range(HISTORY_DAYS // HISTORY_STEP.days, 0, -1)]
    before = (HistoryPoint(day, score_on(flags, policy, day)) for day in days)
    return (*before, HistoryPoint(today, score_today(flags, policy, today)))


def trend(flags: Sequence[ScoredFlag], policy: Policy, today: date) -> Trend:
    """Today's score against that of `TREND_DAYS` days ago."""
    change = score_today(flags, policy, today) - score_on(flags, policy, today - timedelta(days=TREND_DAYS))
    if change >= MIN_TREND:
        return Trend.RISING
    return Trend.FALLING if change <= -MIN_TREND else Trend.STEADY


def by_category(flags: Sequence[ScoredFlag]) -> tuple[tuple[str, int], ...]:
    """Categories and their number of flags, most first, something good last."""
    counts = Counter(flag.category for flag in flags)
    return tuple(sorted(counts.items(), key=lambda pair: (pair[0] == GOOD, -pair[1], pair[0])))


def explain(flags: Sequence[ScoredFlag], policy: Policy, on: date, most: int) -> Explanation:
    """Today's score in its parts, at most `most` flags by name; what is shown adds up to what is shown."""
    shown = {share.flag_id: share.points for share in rounded_shares(shares(flags, policy, on))}
    floor = shown.pop(None, 0.0)
    by_weight = sorted(
        (Carried(flag, shown[flag.id]) for flag in flags),
        key=lambda part: (-abs(part.points), -part.flag.happened_on.toordinal(), -part.flag.id),
    )
    carried = tuple(part for part in by_weight[:most] if part.points)
    rest = by_weight[len(carried) :]
    return Explanation(
        score=shown_score(sum(shown.values()) + floor),
        carried=carried,
        counting=sum(1 for part in by_weight if part.points),
        rest=len(rest),
        rest_points=_one_decimal(sum(part.points for part in rest)),
        floor=floor,
        capped=_capped(flags, policy, on),
    )


def main_contact(flags_of: Mapping[str, int], flags: int) -> str | None:
    """The one contact who causes more than 70% of at least three flags; `flags` counts all but the good ones."""
    if flags < MAIN_CONTACT_FLAGS or not flags_of:
        return None
    name, caused = max(flags_of.items(), key=lambda pair: pair[1])
    return name if caused * 100 > flags * MAIN_CONTACT_PERCENT else None


def _capped(flags: Sequence[ScoredFlag], policy: Policy, on: date) -> float:
    bad = [flag for flag in flags if flag.category != GOOD]
    unlimited = replace(policy, reporter_cap_points=_NO_LIMIT)
    return _one_decimal(sum(contributions(bad, unlimited, on)) - sum(contributions(bad, policy, on)))


def _one_decimal(value: float) -> float:
    """Rounded as shown, never a negative zero."""
    return round(value, 1) + 0.0
