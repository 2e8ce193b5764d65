"""While a platform is out of reach its workspace rests; a notice that fails alone does not hold up the others."""

from __future__ import annotations

from datetime import timedelta

from bot.reachability import FIRST_REST, MAX_REST, Reachability
from tests.frozen_clock import MONDAY_MORNING as NOW

SECOND = timedelta(seconds=1)


def test_a_workspace_rests_twice_as_long_each_time_up_to_a_minute() -> None:
    reach, now, rests = Reachability(), NOW, []
    for _ in range(7):
        assert reach.lost(1, now, now, None)
        rested = next(rest for rest in range(1, 200) if not reach.resting(now + rest * SECOND))
        rests.append(rested * SECOND)
        now += rests[-1]
    assert rests == [min(FIRST_REST * 2**number, MAX_REST) for number in range(7)]


def test_attempts_that_fail_together_count_once_and_others_do_not_rest() -> None:
    reach = Reachability()
    for _ in range(16):
        assert reach.lost(1, NOW, NOW, None)
    assert reach.resting(NOW) == [1]
    assert reach.resting(NOW + FIRST_REST) == []


def test_whoever_gets_through_ends_the_rest() -> None:
    reach = Reachability()
    reach.lost(1, NOW, NOW, None)
    reach.reached(1, NOW + SECOND)
    assert reach.resting(NOW + SECOND) == []


def test_a_notice_that_fails_while_another_gets_through_fails_alone() -> None:
    reach = Reachability()
    reach.reached(1, NOW + SECOND)
    assert not reach.lost(1, NOW, NOW + 2 * SECOND, None)
    assert reach.resting(NOW + 2 * SECOND) == []
    assert reach.lost(1, NOW + 3 * SECOND, NOW + 3 * SECOND, None)


def test_a_delay_that_was_named_is_kept() -> None:
    reach = Reachability()
    reach.lost(1, NOW, NOW, timedelta(minutes=15))
    assert reach.resting(NOW + timedelta(minutes=14)) == [1]
    assert reach.resting(NOW + timedelta(minutes=15)) == []
