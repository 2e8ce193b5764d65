"""What the flags of a client add up to on a given day, and what each of them brings.

The score is a pure function of open flags, a policy and a date; nothing about it is stored but the derived `rank`.
Points are multiples of a tiny fraction (`_GRID`), so sums are exact: shares add up to the score to the last bit, in
whatever order the flags come.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.catalogue import GOOD, UNACCEPTABLE, points_of
from bot.domain.policy import Policy

_GRID = 2.0**32
_WEIGHTLESS_HALVINGS = 20
_MAX_HALVINGS = 1000.0
_MIN_ALLOWANCE = 1e-9


class ScoredFlag(Struct, frozen=True):
    """What the score needs of an open flag: the columns of the covering index, in that order."""

    id: int
    category: str
    severity: int
    happened_on: date
    reporter_id: int
    witness_count: int


class Share(Struct, frozen=True):
    """What one flag brings to the score, negative for something good.

    `flag_id` is `None` for what the floor at zero adds where good outweighs bad.
    """

    flag_id: int | None
    points: float


class _Allowance:
    """What is left for one reporter, going back in time: no window of `days` holds more than `points`."""

    __slots__ = ("_days", "_granted", "_left")

    def __init__(self, points: float, days: int) -> None:
        self._days = days
        self._left = points
        self._granted: deque[tuple[int, float]] = deque()

    def grant(self, day: int, wanted: float) -> float:
        """As much of `wanted` as the flags at most `days` newer than `day` (an ordinal) have left over."""
        granted = self._granted
        while granted and granted[0][0] > day + self._days:
            self._left += granted.popleft()[1]
        if self._left < _MIN_ALLOWANCE:
            return 0.0
        points = min(wanted, self._left)
        self._left -= points
        granted.append((day, points))
        return points


def contributions(flags: Sequence[ScoredFlag], policy: Policy, on: date) -> list[float]:
    """The points that each flag brings on `on`, in the order of `flags`, before the floor at zero.

    A reporter's allowance goes to the newest day first and, within a day, to the flag recorded first. That way one
    more flag or witness never lowers the score, a withdrawn one never raises it, and flags too old to weigh anything
    change nothing for newer ones.
    """
    oldest = weightless_before(policy, on).toordinal()
    days = [flag.happened_on.toordinal() for flag in flags]
    order = sorted((index for index, day in enumerate(days) if day >= oldest), key=lambda index: flags[index].id)
    order.sort(key=days.__getitem__, reverse=True)
    points = [0.0] * len(flags)
    worth, decay = _Worth(policy), _Decay(policy, on)
    allowances: dict[tuple[int, bool], _Allowance] = {}
    for index in order:
        flag = flags[index]
        brought = worth[flag.category, flag.severity, flag.witness_count]
        is_good = flag.category == GOOD
        if is_good or flag.severity != UNACCEPTABLE:
            key = (flag.reporter_id, is_good)
            allowance = allowances.get(key)
            if allowance is None:
                allowance = allowances[key] = _Allowance(policy.reporter_cap_points, policy.reporter_cap_days)
            brought = allowance.grant(days[index], brought)
        if brought:
            decayed = round(brought * decay[days[index]] * _GRID) / _GRID
            points[index] = -decayed if is_good else decayed
    return points


class _Worth(dict[tuple[str, int, int], float]):
    """What a flag of a category, severity and number of witnesses is worth on its day, without sign."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._policy = policy

    def __missing__(self, kind: tuple[str, int, int]) -> float:
        category, severity, witnesses = kind
        certainty = 1.0 + min(self._policy.witness_bonus * witnesses, self._policy.witness_bonus_most)
        self[kind] = worth = abs(points_of(category, severity)) * self._policy.weight(category) * certainty
        return worth


class _Decay(dict[int, float]):
    """What is left, on one day, of a point that was earned on another (an ordinal)."""

    def __init__(self, policy: Policy, on: date) -> None:
        super().__init__()
        self._half_life = policy.half_life_days
        self._today = on.toordinal()

    def __missing__(self, day: int) -> float:
        self[day] = left = _left_after(max(0, self._today - day), self._half_life)
        return left


def _left_after(days: int, half_life: int) -> float:
    return math.pow(0.5, min(days / half_life, _MAX_HALVINGS))


def shares(flags: Iterable[ScoredFlag], policy: Policy, on: date) -> list[Share]:
    """What each flag brings, in the order of `flags`; their sum is exactly the score.

    Where good outweighs bad a last share without a flag lifts the sum to zero.
    """
    listed = list(flags)
    points = contributions(listed, policy, on)
    parts = [Share(flag.id, brought) for flag, brought in zip(listed, points, strict=True)]
    below_zero = math.fsum(points)
    if below_zero < 0:
        parts.append(Share(None, -below_zero))
    return parts


def score(flags: Iterable[ScoredFlag], policy: Policy, on: date) -> float:
    """The score on `on`: never below zero, and the same in whatever order the flags come."""
    return max(0.0, math.fsum(contributions(list(flags), policy, on)))


def weightless_before(policy: Policy, on: date) -> date:
    """The day before which events need not be read: they add nothing to a score, and are in no pattern.

    An event this old weighs less than a thousandth of what is ever shown.
    """
    heaviest = max(1.0, *policy.weights.values()) if policy.weights else 1.0
    halvings = _WEIGHTLESS_HALVINGS + math.log2(heaviest)
    days = max(math.ceil(halvings * policy.half_life_days), policy.pattern_days)
    return on - timedelta(days=min(days, on.toordinal() - 1))


def rounded_shares(parts: Sequence[Share], digits: int = 1) -> list[Share]:
    """The shares as shown with `digits` decimals: they add up to the score as shown with as many.

    Each differs from its exact share by less than one unit of the last digit (largest remainder).
    """
    scale = 10**digits
    exact = [part.points * scale for part in parts]
    units = [math.floor(value) for value in exact]
    missing = round(math.fsum(part.points for part in parts) * scale) - sum(units)
    by_remainder = sorted(range(len(parts)), key=lambda index: units[index] - exact[index])
    for index in by_remainder[:missing]:
        units[index] += 1
    return [Share(part.flag_id, unit / scale) for part, unit in zip(parts, units, strict=True)]


def quiet_days_until_below(score: float, target: float, policy: Policy) -> int:
    """The first number of days without new flags after which `score` is below `target`, which is above zero."""
    if score < target:
        return 0
    days = max(0, math.floor(policy.half_life_days * math.log2(score / target)) - 1)
    while score * _left_after(days, policy.half_life_days) >= target:
        days += 1
    return days


def rank(score: float, on: date, policy: Policy) -> float:
    """An order value that does not change as days pass: of two clients the one with the higher score has the higher.

    Scores halve at one pace, so their order today is their order on any later day. 0 stands for a score of zero.
    """
    if score <= 0:
        return 0.0
    return max(0.0, math.log2(score) + on.toordinal() / policy.half_life_days)
