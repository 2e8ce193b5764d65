"""What Prometheus reads, under the names and labels that dashboards go by."""

from __future__ import annotations

import time
from typing import Any

import aiohttp
import pytest

from bot.app import Timeouts
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.figures import Growth
from tests.harness import Harness, running_harness, slack_of

FLAG = "Acme late 3 invoice 2024-17 is still open after 45 days"


def event(harness: Harness) -> dict[str, Any]:
    """An event that we do nothing about."""
    return {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": harness.world.team_id,
        "authorizations": [{"team_id": harness.world.team_id, "enterprise_id": None}],
        "event": {"type": "never_heard_of"},
    }


async def test_how_long_each_kind_of_interaction_takes_is_measured(harness: Harness) -> None:
    kinds = ("command", "shortcut", "event_callback")
    counted = {kind: Growth("ack_seconds_count", interaction_type=kind) for kind in kinds}
    taken = Growth("ack_seconds_sum", interaction_type="command")
    began = time.perf_counter()
    for _ in range(2):
        assert (await harness.ben.command(COMMAND_FLAG, "help")).ok
    assert 0 < taken() <= time.perf_counter() - began
    assert (await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok
    assert {kind: growth() for kind, growth in counted.items()} == {"command": 2, "shortcut": 1, "event_callback": 0}


@pytest.mark.parametrize(
    ("reason", "label"),
    [
        *((reason, reason) for reason in ("http_timeout", "http_error", "connection_failed", "ssl_error")),
        *((reason, reason) for reason in ("too_many_redirects", "unknown_error", "timeout")),
        ("bad_weather", "other"),
    ],
)
async def test_what_slack_delivers_again_is_counted_by_its_reason(harness: Harness, reason: str, label: str) -> None:
    reasons = {name: Growth("delivery_retries_total", reason=name) for name in (label, reason, "other", "")}
    assert (await harness.world.dispatcher.ask("event", event(harness))).status == 200
    assert {growth() for growth in reasons.values()} == {0}
    for times in (1, 2):
        assert (await harness.world.dispatcher.redeliver(reason=reason)).status == 200
        assert {name: growth() for name, growth in reasons.items()} == dict.fromkeys(reasons, 0) | {label: times}


async def test_an_answer_that_comes_too_late_is_counted(sqlite_url: str) -> None:
    late = Growth("late_answers_total", interaction_type="command")
    async with running_harness(sqlite_url, "http", timeouts=Timeouts(ack=0)) as harness:
        # Whoever is new is asked about before there is anything to answer.
        await harness.ben.command(COMMAND_FLAG, "help")
        await slack_of(harness.bot).dispatch.drain(60)
    assert late() == 1


async def test_an_answer_in_time_is_not(harness: Harness) -> None:
    late = Growth("late_answers_total", interaction_type="command")
    await harness.ben.command(COMMAND_FLAG, "help")
    assert late() == 0


async def test_a_request_without_a_signature_is_counted(http_harness: Harness) -> None:
    refused = Growth("signature_refused_total")
    assert (await http_harness.ben.command(COMMAND_FLAG, "help")).ok
    assert refused() == 0
    url = http_harness.world.world.http.url
    assert url is not None
    async with aiohttp.ClientSession() as session, session.post(url, data="x") as answer:
        assert answer.status == 401
    assert refused() == 1


async def test_attempts_are_counted_by_what_came_of_them(http_harness: Harness) -> None:
    harness = http_harness
    outcomes = ("Delivered", "RetryLater", "Unknown", "Refused", "Obsolete")
    attempts = {outcome: Growth("deliveries_total", kind="alert_card", outcome=outcome) for outcome in outcomes}
    rated = Growth("rate_limited_total", method="chat.postMessage")
    harness.world.faults.add("chat.postMessage", status=429, retry_after="2")
    assert (await harness.ben.command(COMMAND_FLAG, FLAG, harness.general)).ok
    await harness.settle()
    assert {name: growth() for name, growth in attempts.items()} == dict.fromkeys(outcomes, 0) | {
        "RetryLater": 1,
        "Delivered": 1,
    }
    assert rated() == 1


async def test_a_database_that_is_away_is_counted(http_harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*_: object) -> None:
        raise DatabaseUnavailableError

    failures = {name: Growth("failures_total", boundary=name) for name in ("database", "listener")}
    await http_harness.ben.command(COMMAND_FLAG, "help")
    for way in ("read", "write", "write_and_prepare"):
        monkeypatch.setattr(http_harness.bot.database, way, gone)
    await http_harness.ben.command(COMMAND_FLAG, FLAG)
    assert {name: growth() for name, growth in failures.items()} == {"database": 1, "listener": 0}
