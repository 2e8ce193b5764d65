"""Rate limits: per method, per channel, told by Retry-After, and over when that has passed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import Clock, Playground
from bot.playground.rate_limits import RateLimits
from tests.playground.app_side import Api

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock(START, running=False)


@pytest.mark.parametrize(
    ("method", "per_minute"),
    [
        ("apps.connections.open", 1),
        ("conversations.create", 20),
        ("users.list", 20),
        ("conversations.invite", 50),
        ("views.publish", 100),
    ],
)
def test_tiers(clock: Clock, method: str, per_minute: int) -> None:
    limits = RateLimits(clock, enabled=True)
    assert [limits.retry_after(method) for _ in range(per_minute)] == [None] * per_minute
    wait = limits.retry_after(method)
    assert wait == 60 // per_minute or wait == 1 + 60 // per_minute
    clock.advance(timedelta(seconds=wait))
    assert limits.retry_after(method) is None


def test_posting_is_held_per_channel(clock: Clock) -> None:
    limits = RateLimits(clock, enabled=True)
    assert [limits.retry_after("chat.postMessage", "C1") for _ in range(5)] == [None] * 5
    assert limits.retry_after("chat.postMessage", "C1") == 1
    assert limits.retry_after("chat.postMessage", "C2") is None
    clock.advance(timedelta(seconds=1))
    assert limits.retry_after("chat.postMessage", "C1") is None
    assert limits.retry_after("chat.postMessage", "C1") == 1
    clock.advance(timedelta(hours=1))
    held = [limits.retry_after("chat.postMessage", "C1") for _ in range(6)]
    assert held == [None] * 5 + [1]


def test_workspace_has_a_cap_of_its_own(clock: Clock) -> None:
    limits = RateLimits(clock, enabled=True)
    held = [limits.retry_after("chat.postMessage", f"C{number}") for number in range(301)]
    assert held[:300] == [None] * 300
    assert held[300] is not None


async def test_too_many_calls_are_answered_429(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("general")
    for _ in range(10):
        assert (await api("chat.postMessage", channel=channel.id, text="x"))["ok"]
    playground.rate_limits.enabled = True
    answers = [(await api("chat.postMessage", channel=channel.id, text="x"))["ok"] for _ in range(6)]
    assert answers == [True] * 5 + [False]
    assert (api.status, api.headers["Retry-After"]) == (429, "1")
    assert len(playground.world.messages.all(channel)) == 1 + 15
