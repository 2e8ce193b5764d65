"""Figures of a dossier: history, shares as shown, the limit on one reporter, contacts, trend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import CATEGORIES, GOOD
from bot.domain.dossier import (
    HISTORY_DAYS,
    Trend,
    by_category,
    explain,
    history,
    main_contact,
    shown_score,
    trend,
)
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag, score

TODAY = date(2026, 6, 1)
POLICY = Policy()


def flag(number: int = 1, category: str = "haggling", severity: int = 2, days_ago: int = 0, by: int = 1) -> ScoredFlag:
    return ScoredFlag(number, category, severity, TODAY - timedelta(days=days_ago), by, 0)


FLAGS = st.lists(
    st.builds(
        flag,
        category=st.sampled_from([*CATEGORIES, GOOD]),
        severity=st.integers(1, 3),
        days_ago=st.integers(-1, 400),
        by=st.integers(1, 4),
    ),
    max_size=25,
).map(lambda flags: [ScoredFlag(i, *_rest(one)) for i, one in enumerate(flags, start=1)])


def _rest(one: ScoredFlag) -> tuple[str, int, date, int, int]:
    return one.category, one.severity, one.happened_on, one.reporter_id, one.witness_count


@given(FLAGS, st.integers(0, 10))
def test_what_is_shown_of_the_shares_adds_up_to_the_shown_score(flags: list[ScoredFlag], most: int) -> None:
    why = explain(flags, POLICY, TODAY, most)
    shown = sum(round(part.points * 10) for part in why.carried)
    assert shown + round(why.rest_points * 10) + round(why.floor * 10) == round(why.score * 10)
    assert why.score == shown_score(score(flags, POLICY, TODAY))
    assert len(why.carried) <= most
    assert len(why.carried) + why.rest == len(flags)


@given(FLAGS)
def test_the_history_ends_today_with_the_score_and_fits_a_chart(flags: list[ScoredFlag]) -> None:
    points = history(flags, POLICY, TODAY)
    assert points[-1].on == TODAY
    assert points[-1].score == pytest.approx(score(flags, POLICY, TODAY))
    assert points[0].on == TODAY - timedelta(days=HISTORY_DAYS)
    assert len(points) <= 20


def test_a_flag_of_a_colleague_whose_day_has_begun_already_is_in_the_last_point_and_the_trend() -> None:
    tomorrow = [flag(severity=3, days_ago=-1)]
    assert [point.score for point in history(tomorrow, POLICY, TODAY)][-2:] == [0.0, score(tomorrow, POLICY, TODAY)]
    assert trend(tomorrow, POLICY, TODAY) is Trend.RISING


def test_the_history_knows_nothing_of_what_was_still_to_come() -> None:
    points = history([flag(severity=3, days_ago=20)], POLICY, TODAY)
    by_day = {point.on: point.score for point in points}
    assert by_day[TODAY - timedelta(days=28)] == 0
    assert 3.7 < by_day[TODAY - timedelta(days=14)] < 4


def test_the_limit_on_one_reporter_is_told_with_what_it_left_out() -> None:
    flags = [flag(1, severity=3), flag(2, severity=3)]
    assert explain(flags, POLICY, TODAY, 5).capped == 2
    two_reporters = [flag(1, severity=3), flag(2, severity=3, by=2)]
    assert explain(two_reporters, POLICY, TODAY, 5).capped == 0


def test_good_that_outweighs_bad_is_lifted_to_zero_by_a_share_of_its_own() -> None:
    why = explain([flag(1, severity=1), flag(2, GOOD, 3)], POLICY, TODAY, 5)
    assert [part.points for part in why.carried] == [-4, 1]
    assert (why.floor, why.score) == (3, 0)


def test_the_largest_shares_come_first_and_the_rest_is_counted() -> None:
    why = explain([flag(1, severity=1), flag(2, severity=3, by=2), flag(3, severity=2, by=3)], POLICY, TODAY, 2)
    assert [part.flag.id for part in why.carried] == [2, 3]
    assert (why.rest, why.rest_points) == (1, 1)


@pytest.mark.parametrize(
    ("flags_of", "flags", "named"),
    [
        ({"Jan": 3}, 3, "Jan"),
        ({"Jan": 2}, 2, None),
        ({"Jan": 7, "Piet": 3}, 10, None),
        ({"Jan": 8, "Piet": 2}, 10, "Jan"),
        ({"Jan": 3}, 5, None),
        ({}, 9, None),
    ],
)
def test_one_person_is_named_above_seventy_percent_of_at_least_three(
    flags_of: dict[str, int], flags: int, named: str | None
) -> None:
    assert main_contact(flags_of, flags) == named


def test_categories_are_counted_most_first_and_good_last() -> None:
    flags = [flag(1, GOOD, 1), flag(2, GOOD, 1), flag(3), flag(4, "integrity"), flag(5, "integrity")]
    assert by_category(flags) == (("integrity", 2), ("haggling", 1), (GOOD, 2))


@pytest.mark.parametrize(
    ("flags", "goes"),
    [
        ([], Trend.STEADY),
        ([flag(days_ago=3)], Trend.RISING),
        ([flag(severity=4, days_ago=80)], Trend.FALLING),
        ([flag(severity=1, days_ago=40)], Trend.STEADY),
    ],
)
def test_a_trend_is_today_against_a_month_ago(flags: list[ScoredFlag], goes: Trend) -> None:
    assert trend(flags, POLICY, TODAY) is goes
