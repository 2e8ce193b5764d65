"""Deliveries over HTTP: how they are signed, and which are tried again, when and with what."""

import asyncio
import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.playground import Clock, Playground
from tests.playground.app_side import MANIFEST, Listener, Received


def is_signed(secret: str, received: Received) -> bool:
    moment = received.headers["X-Slack-Request-Timestamp"]
    digest = hmac.new(secret.encode(), f"v0:{moment}:".encode() + received.raw, hashlib.sha256).hexdigest()
    fresh = abs(time.time() - int(moment)) < 5
    return fresh and received.headers["X-Slack-Signature"] == f"v0={digest}"


async def test_every_delivery_is_signed_in_real_time(playground: Playground, listener: Listener) -> None:
    playground.clock.advance(timedelta(days=30))
    anna = playground.add_user("anna")
    await anna.command("/echo", "hi & bye")
    await anna.global_shortcut("new_note")
    await playground.settled()
    assert len(listener.received) == 3
    assert all(is_signed(playground.signing_secret, received) for received in listener.received)
    types = {received.headers["Content-Type"] for received in listener.received}
    assert types == {"application/json", "application/x-www-form-urlencoded"}
    assert not any("X-Slack-Retry-Num" in received.headers for received in listener.received)


async def test_event_envelope(playground: Playground, listener: Listener) -> None:
    anna = playground.add_user("anna")
    await playground.settled()
    envelope = listener.received[-1].payload
    assert envelope["type"] == "event_callback"
    assert (envelope["team_id"], envelope["api_app_id"]) == (playground.team_id, playground.state.app_id)
    assert envelope["event"]["user"]["id"] == anna.id
    assert envelope["event_id"].startswith("Ev")
    assert abs(envelope["event_time"] - playground.clock.now().timestamp()) < 5
    assert envelope["authorizations"][0]["user_id"] == playground.bot_user_id
    assert envelope["is_ext_shared_channel"] is False


async def test_failed_event_comes_again_at_once_after_a_minute_and_after_five(
    playground: Playground, listener: Listener
) -> None:
    listener.react = lambda payload: web.Response(status=500)
    playground.add_user("anna")
    await playground.settled()
    assert len(listener.received) == 2
    playground.clock.advance(timedelta(seconds=59))
    await asyncio.sleep(0)
    await playground.settled()
    assert len(listener.received) == 2
    playground.clock.advance(timedelta(seconds=2))
    await listener.count(3)
    await playground.settled()
    playground.clock.advance(timedelta(minutes=5))
    await listener.count(4)
    await playground.settled()
    playground.clock.advance(timedelta(hours=1))
    await playground.settled()

    attempts = [received.headers for received in listener.received]
    assert [headers.get("X-Slack-Retry-Num") for headers in attempts] == [None, "1", "2", "3"]
    assert {headers.get("X-Slack-Retry-Reason") for headers in attempts[1:]} == {"http_error"}
    assert len({received.payload["event_id"] for received in listener.received}) == 1
    assert len({received.raw for received in listener.received}) == 1


async def test_delayed_events_come_again_every_hour_of_a_day(listener: Listener) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    playground = Playground(MANIFEST, Clock(noon, running=False), ack_timeout=1.0, delayed_events=True)
    await playground.start()
    playground.connect_http(listener.url)
    heard: list[datetime] = []

    def refuse(payload: dict[str, Any]) -> web.Response:
        heard.append(playground.clock.now())
        return web.Response(status=500)

    listener.react = refuse
    playground.add_user("anna")
    await playground.settled()
    while (due := playground.clock.next_awaited()) is not None:
        playground.clock.set(due)
        await playground.clock.caught_up()
        await playground.settled()
    after = [round((moment - noon) / timedelta(minutes=1)) for moment in heard]
    assert after == [0, 0, 1, 6, *(6 + 60 * hour for hour in range(1, 25))]
    assert len({received.payload["event_id"] for received in listener.received}) == 1
    await playground.stop()


@pytest.mark.parametrize("ack_timeout", [0.3])
async def test_retry_says_that_the_app_was_too_slow(playground: Playground, listener: Listener) -> None:
    answers = iter([True, False])

    async def react(payload: dict[str, Any]) -> None:
        if next(answers):
            await asyncio.Event().wait()

    listener.react = react
    playground.add_user("anna")
    await playground.settled()
    assert listener.received[1].headers["X-Slack-Retry-Reason"] == "http_timeout"


async def test_app_may_decline_retries(playground: Playground, listener: Listener) -> None:
    listener.react = lambda payload: web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
    playground.add_user("anna")
    await playground.settled()
    playground.clock.advance(timedelta(hours=1))
    await playground.settled()
    assert len(listener.received) == 1


async def test_commands_and_interactions_are_never_tried_again(playground: Playground, listener: Listener) -> None:
    listener.react = lambda payload: web.Response(status=500)
    anna = playground.add_user("anna", team_id="T0OTHER")
    await anna.command("/echo")
    await anna.global_shortcut("new_note")
    playground.clock.advance(timedelta(hours=1))
    await playground.settled()
    assert len(listener.received) == 2


@pytest.mark.parametrize("ack_timeout", [0.3])
async def test_slow_app_is_given_up_and_the_person_told(playground: Playground, listener: Listener) -> None:
    async def never(payload: dict[str, Any]) -> None:
        await asyncio.Event().wait()

    listener.react = never
    outcome = await playground.add_user("anna", team_id="T0OTHER").command("/echo")
    assert outcome.status is None
    assert outcome.toast == '/echo failed with the error "operation_timeout"'
    assert 0.25 < outcome.seconds < 2


async def test_last_delivery_can_be_brought_again_unchanged(playground: Playground, listener: Listener) -> None:
    playground.add_user("anna")
    await playground.settled()
    assert (await playground.dispatcher.redeliver()).ok
    first, second = listener.received
    assert first.raw == second.raw
    assert second.headers["X-Slack-Retry-Num"] == "1"
    assert is_signed(playground.signing_secret, second)


async def test_events_can_be_held_back(playground: Playground, listener: Listener) -> None:
    playground.dispatcher.hold()
    playground.add_user("anna")
    sent = int(playground.clock.now().timestamp())
    await playground.settled()
    assert listener.received == []
    playground.clock.advance(timedelta(hours=23))
    playground.dispatcher.release()
    await listener.count(1)
    assert abs(listener.received[0].payload["event_time"] - sent) <= 1


async def test_request_url_is_verified_by_its_challenge(playground: Playground, listener: Listener) -> None:
    listener.react = lambda payload: {"challenge": payload["challenge"]}
    assert await playground.verify_request_url()
    listener.react = lambda payload: {"challenge": "something else"}
    assert not await playground.verify_request_url()


async def test_app_that_was_never_there_misses_events_for_good(playground: Playground) -> None:
    playground.add_user("anna")
    await playground.settled()
    assert playground.inspector.exchanges("to_app") == []


async def test_stopping_gives_up_what_hangs(listener: Listener, playground: Playground) -> None:
    async def never(payload: dict[str, Any]) -> None:
        await asyncio.Event().wait()

    listener.react = never
    playground.add_user("anna")
    await listener.count(1)
    started = time.perf_counter()
    await playground.stop()
    assert time.perf_counter() - started < 0.25
