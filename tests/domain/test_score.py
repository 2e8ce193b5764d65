"""The score: what flags add up to, whose shares are exact, and what time does to it."""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES, GOOD
from bot.domain.policy import Policy
from bot.domain.score import (
    ScoredFlag,
    Share,
    contributions,
    quiet_days_until_below,
    rank,
    rounded_shares,
    score,
    shares,
    weightless_before,
)

ON = date(2026, 6, 15)
POLICY = Policy()


def flag(
    id: int = 1,
    severity: int = 2,
    days_ago: int = 0,
    reporter: int = 1,
    witnesses: int = 0,
    category: str = "late_payment",
) -> ScoredFlag:
    return ScoredFlag(id, category, severity, ON - timedelta(days=days_ago), reporter, witnesses)


@st.composite
def flag_lists(draw: st.DrawFn, oldest: int = 900, largest: int = 12) -> list[ScoredFlag]:
    kinds = draw(
        st.lists(
            st.tuples(st.sampled_from((*CATEGORIES, GOOD)), st.integers(1, 4), st.integers(0, oldest)),
            max_size=largest,
        )
    )
    return [
        flag(
            number,
            min(severity, 3) if category == GOOD else severity,
            days_ago,
            draw(st.integers(1, 3)),
            draw(st.integers(0, 5)),
            category,
        )
        for number, (category, severity, days_ago) in enumerate(kinds, start=1)
    ]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([], 0.0),
        ([flag(severity=1)], 1.0),
        ([flag(severity=2)], 2.0),
        ([flag(severity=3)], 4.0),
        ([flag(severity=4)], 8.0),
        ([flag(severity=3, days_ago=90)], 2.0),
        ([flag(severity=3, days_ago=180)], 1.0),
        ([flag(severity=3, days_ago=-2)], 4.0),
        ([flag(severity=2, witnesses=1)], 2.5),
        ([flag(severity=2, witnesses=4)], 4.0),
        ([flag(severity=2, witnesses=5)], 4.0),
        ([flag(severity=3), flag(2, severity=1, category=GOOD)], 3.0),
        ([flag(severity=1), flag(2, severity=3, category=GOOD)], 0.0),
        ([flag(severity=3), flag(2, severity=2, category=GOOD, witnesses=2)], 1.0),
    ],
)
def test_points_weight_certainty_and_age(flags: list[ScoredFlag], expected: float) -> None:
    assert score(flags, POLICY, ON) == expected


def test_a_workspace_weighs_categories() -> None:
    policy = Policy(weights={"late_payment": 1.5, "haggling": 0.0})
    assert score([flag(severity=2), flag(2, severity=3, category="haggling", reporter=2)], policy, ON) == 3.0


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([flag(1, severity=3), flag(2, severity=3)], [4.0, 2.0]),
        ([flag(1, severity=3), flag(2, severity=3), flag(3, severity=1)], [4.0, 2.0, 0.0]),
        ([flag(1, severity=3, witnesses=4)], [6.0]),
        ([flag(1, severity=3), flag(2, severity=3, reporter=2)], [4.0, 4.0]),
        ([flag(1, severity=3), flag(2, severity=4), flag(3, severity=2)], [4.0, 8.0, 2.0]),
        ([flag(1, severity=3), flag(2, severity=3, category=GOOD), flag(3, severity=2)], [4.0, -4.0, 2.0]),
        ([flag(n, severity=3, category=GOOD) for n in (1, 2, 3)], [-4.0, -2.0, 0.0]),
    ],
)
def test_one_reporter_brings_six_points_a_month_at_most(flags: list[ScoredFlag], expected: list[float]) -> None:
    assert contributions(flags, POLICY, ON) == expected


@pytest.mark.parametrize(("days_apart", "older_brings"), [(29, 2.0), (30, 2.0), (31, 4.0)])
def test_the_allowance_covers_thirty_days_and_newer_flags_come_first(days_apart: int, older_brings: float) -> None:
    ageless = Policy(half_life_days=10**6)
    flags = [flag(1, severity=3, days_ago=days_apart), flag(2, severity=3)]
    assert contributions(flags, ageless, ON) == pytest.approx([older_brings, 4.0], abs=1e-3)


def test_what_a_newer_flag_used_up_is_free_again_for_one_out_of_its_reach() -> None:
    ageless = Policy(half_life_days=10**6)
    flags = [flag(n, severity=3, days_ago=days, witnesses=2) for n, days in ((1, 0), (2, 20), (3, 40))]
    assert contributions(flags, ageless, ON) == pytest.approx([6.0, 0.0, 6.0], abs=1e-3)


@given(flag_lists(), st.randoms(use_true_random=False))
def test_the_score_does_not_depend_on_order_and_is_never_negative(flags: list[ScoredFlag], random: Random) -> None:
    shuffled = random.sample(flags, len(flags))
    assert score(shuffled, POLICY, ON) == score(flags, POLICY, ON) >= 0.0
    assert sorted(shares(shuffled, POLICY, ON), key=repr) == sorted(shares(flags, POLICY, ON), key=repr)


@given(flag_lists())
def test_shares_add_up_exactly_and_as_shown(flags: list[ScoredFlag]) -> None:
    parts = shares(flags, POLICY, ON)
    total = score(flags, POLICY, ON)
    assert sum(part.points for part in parts) == total
    assert [part.flag_id for part in parts if part.flag_id is not None] == [each.id for each in flags]
    shown = rounded_shares(parts)
    assert sum(round(part.points * 10) for part in shown) == round(total * 10)
    assert all(abs(a.points - b.points) < 0.1 + 1e-9 for a, b in zip(parts, shown, strict=True))


def test_the_floor_is_a_share_of_its_own() -> None:
    parts = shares([flag(1, severity=1), flag(2, severity=3, category=GOOD)], POLICY, ON)
    assert parts == [Share(1, 1.0), Share(2, -4.0), Share(None, 3.0)]


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        ([], []),
        ([0.34, 0.33, 0.33], [0.4, 0.3, 0.3]),
        ([1.25, 2.75], [1.3, 2.7]),
        ([0.04] * 5, [0.1, 0.1, 0.0, 0.0, 0.0]),
        ([3.96, -1.06], [4.0, -1.1]),
        ([3.94, -1.02], [3.9, -1.0]),
    ],
)
def test_rounding_by_largest_remainder(points: list[float], shown: list[float]) -> None:
    parts = [Share(number, each) for number, each in enumerate(points)]
    assert [part.points for part in rounded_shares(parts)] == shown


@given(flag_lists(), st.data())
def test_one_more_witness_or_flag_never_lowers_the_score(flags: list[ScoredFlag], data: st.DataObject) -> None:
    more = flag(99, data.draw(st.integers(1, 4)), data.draw(st.integers(0, 900)), data.draw(st.integers(1, 3)))
    grown = [*flags, more]
    assert score(grown, POLICY, ON) >= score(flags, POLICY, ON) - 1e-8
    chosen = data.draw(st.sampled_from(range(len(grown))))
    seen = [
        replace(each, witness_count=each.witness_count + 1) if number == chosen else each
        for number, each in enumerate(grown)
    ]
    change = score(seen, POLICY, ON) - score(grown, POLICY, ON)
    assert change <= 1e-8 if grown[chosen].category == GOOD else change >= -1e-8


@given(st.integers(1, 3), st.integers(0, 30))
def test_ten_flags_of_one_person_score_under_one_serious_flag_each_of_three(severity: int, spread: int) -> None:
    one = [flag(number, severity, days_ago=number * spread // 10) for number in range(10)]
    three = [flag(number, 3, days_ago=spread, reporter=number) for number in range(3)]
    assert score(one, POLICY, ON) <= 6.0 < score(three, POLICY, ON)


@given(flag_lists(), st.integers(0, 400))
def test_a_quiet_score_halves_with_each_half_life(flags: list[ScoredFlag], days: int) -> None:
    later = score(flags, POLICY, ON + timedelta(days=days))
    assert later == pytest.approx(score(flags, POLICY, ON) * 0.5 ** (days / 90), abs=1e-7)


@given(flag_lists(), flag_lists(), st.integers(0, 200))
def test_rank_taken_on_different_days_orders_as_live_scores(
    one: list[ScoredFlag], other: list[ScoredFlag], days: int
) -> None:
    later = ON + timedelta(days=days)
    one_later, other_later = score(one, POLICY, later), score(other, POLICY, later)
    difference = rank(score(one, POLICY, ON), ON, POLICY) - rank(other_later, later, POLICY)
    if math.isclose(one_later, other_later, rel_tol=1e-4, abs_tol=1e-6):
        return
    assert (difference > 0) is (one_later > other_later)


def test_rank_has_a_floor() -> None:
    assert rank(0.0, ON, POLICY) == 0.0
    assert 0.0 < rank(2.0**-32, ON, POLICY) < rank(0.1, ON, POLICY)
    assert rank(1e-300, ON, Policy(half_life_days=10**6)) == 0.0


@given(flag_lists(), st.lists(st.integers(0, 3000), min_size=1, max_size=12))
def test_weightless_flags_change_nothing(flags: list[ScoredFlag], ages: list[int]) -> None:
    before = weightless_before(POLICY, ON)
    old = [
        replace(flag(100 + n, 3, reporter=1 + n % 3), happened_on=before - timedelta(days=1 + age))
        for n, age in enumerate(ages)
    ]
    assert score([*old, *flags], POLICY, ON) == score(flags, POLICY, ON)


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        (Policy(), 1800),
        (Policy(weights={"demanding": 4.0}), 1980),
        (Policy(weights={"demanding": 0.5}), 1800),
        (Policy(half_life_days=1), 60),
        (Policy(half_life_days=10**6), ON.toordinal() - 1),
    ],
)
def test_how_far_back_events_are_read(policy: Policy, days: int) -> None:
    assert (ON - weightless_before(policy, ON)).days == days


def test_the_last_day_that_counts_and_the_first_that_does_not() -> None:
    assert score([flag(severity=4, days_ago=1800)], POLICY, ON) > 0
    assert score([flag(severity=4, days_ago=1801)], POLICY, ON) == 0


@pytest.mark.parametrize(
    ("start", "target", "days"),
    [(2.9, 3.0, 0), (3.0, 3.0, 1), (6.0, 3.0, 91), (4.0, 3.0, 38), (12.0, 3.0, 181), (0.0, 3.0, 0)],
)
def test_quiet_days(start: float, target: float, days: int) -> None:
    assert quiet_days_until_below(start, target, POLICY) == days


@given(st.floats(0.1, 1e6), st.floats(0.1, 50), st.integers(1, 2000))
def test_quiet_days_are_the_first_such_day(start: float, target: float, half_life: int) -> None:
    policy = Policy(half_life_days=half_life)
    days = quiet_days_until_below(start, target, policy)
    assert start * 0.5 ** (days / half_life) < target
    assert days == 0 or start * 0.5 ** ((days - 1) / half_life) >= target
