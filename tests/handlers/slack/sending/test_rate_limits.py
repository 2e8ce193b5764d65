"""WebApi keep to their rate, in the order in which their turns were asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.sending.rate_limits import Rate, RateLimiter

RATE = Rate(per_minute=60, burst=3)


class Seconds:
    """A monotonic clock that stands still."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_the_rest_waits_its_turn() -> None:
    pace = RateLimiter(Seconds())
    waits = [pace.wait("key", RATE, f"call{number}") for number in range(6)]
    assert waits == [0, 0, 0, 1, 2, 3]


def test_whoever_waits_keeps_the_turn_and_asking_again_does_not_lose_it() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(3):
        pace.wait("key", RATE, f"call{number}")
    assert pace.wait("key", RATE, "patient") == 1
    assert pace.wait("key", RATE, "patient") == 1
    assert pace.wait("key", RATE, "later") == 2
    seconds.now += 1
    assert pace.wait("key", RATE, "patient") == 0
    assert pace.wait("key", RATE, "later") == 1


def test_keys_do_not_wait_for_each_other() -> None:
    pace = RateLimiter(Seconds())
    for number in range(10):
        pace.wait("busy", RATE, f"call{number}")
    assert pace.wait("quiet", RATE, "call") == 0


def test_a_parked_key_lets_nobody_through_before_its_time_and_then_one_by_one() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(5):
        pace.wait("key", RATE, f"call{number}")
    pace.park("key", RATE, 30)
    assert [pace.wait("key", RATE, f"call{number}") for number in (3, 4)] == [30, 31]
    assert pace.wait("other", RATE, "call") == 0
    seconds.now += 30
    assert [pace.wait("key", RATE, f"call{number}") for number in (3, 4)] == [0, 1]


def test_a_turn_that_nobody_came_for_is_forgotten() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(4):
        pace.wait("key", RATE, f"call{number}")
    seconds.now += 500
    for number in range(4):
        pace.wait("key", RATE, f"another{number}")
    assert pace.wait("key", RATE, "call3") > 0


@given(
    steps=st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=80),
    per_minute=st.integers(min_value=1, max_value=120),
    burst=st.integers(min_value=1, max_value=10),
)
def test_no_stretch_of_time_sees_more_calls_than_the_rate_allows(
    steps: list[float], per_minute: int, burst: int
) -> None:
    seconds = Seconds()
    pace, rate = RateLimiter(seconds), Rate(per_minute, burst)
    passed = []
    for number, step in enumerate(steps):
        seconds.now += step
        if pace.wait("key", rate, f"call{number}") == 0:
            passed.append(seconds.now)
    for first, start in enumerate(passed):
        for last in range(first, len(passed)):
            allowed = burst + (passed[last] - start) / rate.interval
            assert last - first + 1 <= allowed + 1e-6


def test_whoever_comes_when_told_to_has_their_turn_however_their_clock_rounds() -> None:
    """Seconds since 1970 hold less than a microsecond of what a rate makes of them."""
    seconds = Seconds()
    seconds.now = 1_772_442_000.123456
    pace = RateLimiter(seconds)
    for number in range(200):
        waited = pace.wait("key", Rate(per_minute=50, burst=25), f"call{number}")
        if waited:
            seconds.now += round(waited, 6)
            assert pace.wait("key", Rate(per_minute=50, burst=25), f"call{number}") == 0
