"""WebApi keep to their rate, in the order in which their turns were asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.sending.rate_limits import Key, Rate, RateLimiter, Turn, keys_of

RATE = Rate(per_minute=60, burst=3)


KEY: Key = ("key", RATE)


def wait(pace: RateLimiter, key: Key, who: str, *, is_urgent: bool = False) -> float:
    """Seconds until somebody may call under one key."""
    return pace.wait([key], Turn(who, is_urgent))


class Seconds:
    """A monotonic clock that stands still."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_the_rest_waits_its_turn() -> None:
    pace = RateLimiter(Seconds())
    waits = [wait(pace, KEY, f"call{number}") for number in range(6)]
    assert waits == [0, 0, 0, 1, 2, 3]


def test_whoever_waits_keeps_the_turn_and_asking_again_does_not_lose_it() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(3):
        wait(pace, KEY, f"call{number}")
    assert wait(pace, KEY, "patient") == 1
    assert wait(pace, KEY, "patient") == 1
    assert wait(pace, KEY, "later") == 2
    seconds.now += 1
    assert wait(pace, KEY, "patient") == 0
    assert wait(pace, KEY, "later") == 1


def test_keys_do_not_wait_for_each_other() -> None:
    pace = RateLimiter(Seconds())
    for number in range(10):
        wait(pace, ("busy", RATE), f"call{number}")
    assert wait(pace, ("quiet", RATE), "call") == 0


def test_a_parked_key_lets_nobody_through_before_its_time_and_then_one_by_one() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(5):
        wait(pace, KEY, f"call{number}")
    pace.park(KEY, 30)
    assert [wait(pace, KEY, f"call{number}") for number in (3, 4)] == [30, 31]
    assert wait(pace, ("other", RATE), "call") == 0
    seconds.now += 30
    assert [wait(pace, KEY, f"call{number}") for number in (3, 4)] == [0, 1]


def test_a_turn_that_nobody_came_for_is_forgotten() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(4):
        wait(pace, KEY, f"call{number}")
    seconds.now += 500
    for number in range(4):
        wait(pace, KEY, f"another{number}")
    assert wait(pace, KEY, "call3") > 0


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
        if wait(pace, ("key", rate), f"call{number}") == 0:
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
        waited = wait(pace, ("key", Rate(per_minute=50, burst=25)), f"call{number}")
        if waited:
            seconds.now += round(waited, 6)
            assert wait(pace, ("key", Rate(per_minute=50, burst=25)), f"call{number}") == 0


def test_what_is_urgent_goes_before_whoever_can_wait_and_the_rate_is_kept() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    for number in range(6):
        wait(pace, KEY, f"call{number}")
    assert wait(pace, KEY, "alert", is_urgent=True) == 1
    assert wait(pace, KEY, "second alert", is_urgent=True) == 2
    passed = []
    for _ in range(6):
        seconds.now += 1
        for who, is_urgent in [("call3", False), ("call4", False), ("alert", True), ("second alert", True)]:
            if who not in passed and wait(pace, KEY, who, is_urgent=is_urgent) == 0:
                passed.append(who)
    assert passed == ["alert", "second alert", "call3", "call4"]


def test_what_waits_for_one_channel_keeps_nobody_from_another() -> None:
    pace = RateLimiter(Seconds())
    for number in range(500):
        pace.wait(keys_of("chat.postMessage", "C1"), Turn(f"one{number}"))
    assert pace.wait(keys_of("chat.postMessage", "C2"), Turn("two")) == 0


def test_a_turn_that_is_held_is_still_there_when_it_is_taken() -> None:
    seconds = Seconds()
    pace, held = RateLimiter(seconds), Turn("held")
    assert pace.hold([KEY], held) == 0
    for number in range(4):
        wait(pace, KEY, f"call{number}")
    seconds.now += 0.5
    assert pace.wait([KEY], held) == 0
    assert pace.wait([KEY], held) > 0


def test_what_keeps_no_turn_passes_only_where_nobody_waits() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    assert [pace.take(KEY) for _ in range(4)] == [0, 0, 0, 1]
    assert wait(pace, KEY, "waiting") == 1
    assert pace.take(KEY) == 2
    seconds.now += 1
    assert pace.take(KEY) == 1
    assert wait(pace, KEY, "waiting") == 0


def test_a_parked_key_says_how_long_it_is_left_alone() -> None:
    seconds = Seconds()
    pace = RateLimiter(seconds)
    pace.park(KEY, 30)
    assert (pace.parked("key"), pace.parked("other"), pace.take(KEY)) == (30, 0, 30)
    seconds.now += 30
    assert (pace.parked("key"), pace.take(KEY)) == (0, 0)
