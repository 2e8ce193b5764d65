"""Slack is away, in whatever shape that shows: nothing is lost, nothing is doubled, and nothing is given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.playground.people import Person
from handlers.slack.sending import web_api
from tests.handlers.slack.common_setup import a_client, leave_it_to_an_admin
from tests.harness import Harness, words

SHAPES: dict[str, dict[str, Any]] = {
    "500": {"status": 500, "body": '{"ok": false}'},
    "503": {"status": 503, "body": "<html>Service Unavailable</html>"},
    "429": {"status": 429, "retry_after": "30"},
    "internal_error": {"error": "internal_error"},
    "fatal_error": {"error": "fatal_error"},
    "a page": {"body": "<html>Slack is down</html>"},
    "nothing": {"body": ""},
    "half": {"body": '{"ok": tru', "content_type": "application/json"},
    "text": {"body": "upstream connect error", "content_type": "text/plain"},
    "no object": {"body": '"error"', "content_type": "application/json"},
    "half a page": {"body": '{"ok": tru'},
    "drop": {"drop": "before"},
    "drop after": {"drop": "after"},
    "hang": {"hang": True},
}
LASTS = {"44 minutes": timedelta(minutes=44), "3 hours": timedelta(hours=3), "3 days": timedelta(days=3)}
SAMPLES = {
    ("500", "44 minutes"),
    ("internal_error", "3 days"),
    ("429", "44 minutes"),
    ("half", "3 hours"),
    ("text", "44 minutes"),
    ("drop after", "44 minutes"),
    ("hang", "44 minutes"),
}
"""What every run of the tests tries; a sweep tries all."""
CLIENTS = ("Acme", "Beta", "Coyote")


async def flagged(harness: Harness) -> Person:
    """Three clients of which something unacceptable was reported a moment ago, and nothing of it told yet."""
    await leave_it_to_an_admin(harness)
    for name in CLIENTS:
        await a_client(harness, name, flags=0)
    await harness.settle()
    for name in CLIENTS:
        assert (await harness.ben.command("/flagclient", f"{name} disrespect (4) shouted at everybody")).ok
    return harness.world.person("eva")


async def pass_time(harness: Harness, lasts: timedelta, step: timedelta) -> None:
    """Let the bot do in steps what is due."""
    end = harness.clock.now() + lasts
    while harness.clock.now() < end:
        harness.clock.advance(step)
        await harness.bot.scheduler.do_what_is_due()
        await harness.bot.relay.deliver_due()
    await harness.world.settled()


def announced(harness: Harness) -> list[str]:
    """The clients of the alerts in their channel."""
    alerts = [words(message) for message in harness.anna.read(harness.alerts) if message.from_app]
    return sorted(name for said in alerts for name in CLIENTS if f"Time to talk about {name}" in said)


@pytest.mark.parametrize(
    ("shape", "lasts"),
    [
        pytest.param(shape, lasts, marks=[] if (shape, lasts) in SAMPLES else pytest.mark.sweep)
        for shape in SHAPES
        for lasts in LASTS
    ],
)
async def test_an_outage_uses_up_nothing(
    http_harness: Harness, monkeypatch: pytest.MonkeyPatch, shape: str, lasts: str
) -> None:
    harness, fault = http_harness, SHAPES[shape]
    admin = await flagged(harness)
    monkeypatch.setattr(web_api, "CALL_SECONDS", 0.02 if "hang" in fault else web_api.CALL_SECONDS)
    harness.world.faults.add("*", times=None, **fault)
    await pass_time(harness, LASTS[lasts], LASTS[lasts] / 22)
    assert len(announced(harness)) <= 1
    harness.world.faults.clear()
    monkeypatch.undo()
    await pass_time(harness, timedelta(minutes=6), timedelta(seconds=20))
    assert announced(harness) == list(CLIENTS)
    for number in range(len(CLIENTS)):
        opened = harness.channel_of_case(f"review-000{number + 1}")
        openings = [one for one in harness.anna.read(opened) if one.from_app and "is open." in words(one)]
        assert len(openings) == 1
    assert harness.sees(harness.ben).count("You’ll hear from me what came of it.") == len(CLIENTS)
    told = [words(message) for message in admin.read() if message.from_app and not message.ephemeral_to]
    assert [one for one in told if "couldn’t be reached for a while" in one] == told
    assert len(told) == (0 if shape == "429" else 1)
    assert await harness.bot.database.read(lambda uow: uow.outbox.counts()) == {
        "pending": 0,
        "sending": 0,
        "parked": 0,
        "dead": 0,
    }
