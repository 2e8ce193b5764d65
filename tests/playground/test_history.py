"""Reading back: order, bounds, pages, and the mode in which Slack lets an app read next to nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground import Clock, Playground
from bot.playground.state import Channel
from tests.playground.app_side import Api

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock(START, running=False)


@pytest.fixture
def channel(playground: Playground, clock: Clock) -> Channel:
    """A channel with a message of the app each minute."""
    channel = playground.add_channel("general")
    playground.state.messages[channel.id].clear()
    for number in range(5):
        clock.set(START + timedelta(minutes=number))
        playground.world.messages.post(channel, playground.bot_user_id, str(number), from_app=True)
    return channel


def ts(minute: int) -> str:
    return f"{(START + timedelta(minutes=minute)).timestamp():.6f}"


@pytest.mark.parametrize(
    ("bounds", "texts"),
    [
        ({}, "43210"),
        ({"oldest": ts(1)}, "432"),
        ({"latest": ts(3)}, "210"),
        ({"oldest": ts(1), "latest": ts(3)}, "2"),
        ({"oldest": ts(1), "latest": ts(3), "inclusive": True}, "321"),
        ({"limit": 2}, "43"),
    ],
)
async def test_history_is_newest_first_within_its_bounds(
    api: Api, channel: Channel, bounds: dict[str, Any], texts: str
) -> None:
    answer = await api("conversations.history", channel=channel.id, **bounds)
    assert "".join(m["text"] for m in answer["messages"]) == texts


async def test_history_goes_on_with_its_cursor(api: Api, channel: Channel) -> None:
    first = await api("conversations.history", channel=channel.id, limit=3)
    assert first["has_more"] is True
    second = await api(
        "conversations.history", channel=channel.id, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert second["has_more"] is False
    assert [m["text"] for m in first["messages"] + second["messages"]] == list("43210")


async def test_history_leaves_replies_out_unless_broadcast(playground: Playground, api: Api, channel: Channel) -> None:
    parent = next(iter(playground.state.messages[channel.id]))
    await api("chat.postMessage", channel=channel.id, text="hidden", thread_ts=parent)
    await api("chat.postMessage", channel=channel.id, text="shown", thread_ts=parent, reply_broadcast=True)
    answer = await api("conversations.history", channel=channel.id)
    texts = [m["text"] for m in answer["messages"]]
    assert "shown" in texts
    assert "hidden" not in texts
    assert next(m for m in answer["messages"] if m["text"] == "shown")["subtype"] == "thread_broadcast"


async def test_what_cannot_be_read(playground: Playground, api: Api, channel: Channel) -> None:
    elsewhere = playground.add_channel("elsewhere", playground.add_user("anna"))
    assert (await api("conversations.history", channel=elsewhere.id))["error"] == "not_in_channel"
    assert (await api("conversations.replies", channel=channel.id, ts="1.000001"))["error"] == "thread_not_found"
    assert (await api("conversations.history", channel=channel.id, oldest="soon"))["error"] == "invalid_ts_oldest"
    assert (await api("conversations.history", channel=channel.id, limit=1000))["error"] == "invalid_limit"


async def test_restricted_history_is_one_call_a_minute_and_fifteen_messages(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("long")
    for number in range(20):
        await api("chat.postMessage", channel=channel.id, text=str(number))
    playground.rate_limits.restricted_history = True
    answer = await api("conversations.history", channel=channel.id, limit=100)
    assert len(answer["messages"]) == 15
    assert answer["has_more"] is True
    again = await api("conversations.history", channel=channel.id)
    assert (api.status, again["error"]) == (429, "ratelimited")
    assert 50 <= int(api.headers["Retry-After"]) <= 60
    playground.clock.advance(timedelta(minutes=1))
    assert (await api("conversations.history", channel=channel.id))["ok"]
