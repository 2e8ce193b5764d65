"""Logs and figures hold nothing about people or clients, at any level."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextvars import copy_context
from datetime import timedelta

import pytest
import structlog

from bot.log import ALLOWED, bind_correlation, configure_logging, log
from bot.metrics import REGISTRY, exposition
from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.flags.setup import fill_in
from tests.harness import Harness

CANARY = "canary"
MAX_SERIES = 500


@pytest.fixture
def debug_log() -> Iterator[Callable[[], None]]:
    """Calling it sets up our own logging at its most talkative; it is put back afterwards.

    A test calls it itself, since pytest captures what a fixture prints apart.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield lambda: configure_logging("DEBUG")
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(told: str) -> list[dict[str, object]]:
    """The log as data."""
    return [json.loads(line) for line in told.splitlines()]


def test_only_known_fields_are_written(capfd: pytest.CaptureFixture[str], debug_log: Callable[[], None]) -> None:
    debug_log()
    log.info("something_happened", count=3, name="canary", text="canary")
    (line,) = lines(capfd.readouterr().out)
    assert line.keys() <= ALLOWED
    assert (line["event"], line["count"]) == ("something_happened", 3)
    assert CANARY not in str(line)


@pytest.mark.parametrize("name", ["slack_bolt", "slack_sdk.web", "aiohttp.server", "sqlalchemy.engine", "anything"])
def test_libraries_are_reduced_to_where_they_speak(
    name: str, capfd: pytest.CaptureFixture[str], debug_log: Callable[[], None]
) -> None:
    debug_log()

    def speak() -> None:
        bind_correlation()
        library = logging.getLogger(name)
        library.debug("canary %s", "canary")
        library.info("canary")
        try:
            raise ValueError("canary")
        except ValueError:
            library.exception("canary %s", "canary")

    copy_context().run(speak)
    (line,) = lines(capfd.readouterr().out)
    assert (line["event"], line["logger"], line["error"]) == ("library_record", name, "ValueError")
    assert line["timestamp"]
    assert line["correlation"]
    assert CANARY not in str(line)


def test_what_a_library_repeats_is_told_once_a_second(
    capfd: pytest.CaptureFixture[str], debug_log: Callable[[], None]
) -> None:
    debug_log()
    library = logging.getLogger("slack_sdk.web")
    for _ in range(100):
        library.error("canary")
    library.error("canary from elsewhere")
    assert len(lines(capfd.readouterr().out)) == 2


def test_a_level_keeps_the_lower_ones_out(capfd: pytest.CaptureFixture[str], debug_log: Callable[[], None]) -> None:
    configure_logging("warning")
    log.info("not_told")
    log.warning("told")
    assert [line["event"] for line in lines(capfd.readouterr().out)] == ["told"]


async def test_the_main_loop_leaves_no_trace_of_what_was_said(
    harness: Harness, capfd: pytest.CaptureFixture[str], debug_log: Callable[[], None]
) -> None:
    """Somebody with a telling name types something telling into everything there is."""
    debug_log()
    carol = harness.world.add_user("canaryname", real_name="Canaryname", tz="Europe/Paris")
    carol.join(harness.general)
    said = harness.dirk.say(harness.general, "canarymessage about them")
    await carol.command(COMMAND_FLAG, '"Canaryclient" late (4) canarytext was said', harness.general)
    await carol.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, said.ts)
    await fill_in(carol, "Canaryother", value_starts="n:", what_happened="canarytext", FLAG_FORM_VIEW="canaryview")
    await carol.submit()
    await carol.command(COMMAND_DOSSIER, "Canaryclient")
    await carol.command(COMMAND_DOSSIER, "Canaryunknown")
    await carol.command(COMMAND_DEBRIEF, "Canaryclient tomorrow 14:00")
    await harness.settle()
    harness.world.faults.add("chat.postMessage", error="canaryerror", times=3)
    harness.world.faults.add("views.open", error="canaryerror")
    await carol.command(COMMAND_FLAG, "Canaryclient late (4) canarytext again")
    await carol.global_shortcut(ids.SHORTCUT_FLAG)
    await harness.anna.command(COMMAND_FLAG, "left Canaryclient")
    await harness.later(timedelta(days=8))
    told = "".join(capfd.readouterr())
    secrets = (
        harness.world.bot_token,
        harness.world.app_token,
        harness.world.signing_secret,
        carol.id,
        harness.general.id,
    )
    assert not [secret for secret in (*secrets, "canaryname") if secret in told.lower()]
    found = [line for line in told.splitlines() if CANARY in line.lower() and '"code": "canaryerror"' not in line]
    assert found == []
    assert CANARY not in exposition().decode().lower()
    for line in lines(told):
        assert line.keys() <= ALLOWED


async def test_every_line_of_a_gesture_has_its_correlation(
    http_harness: Harness, capfd: pytest.CaptureFixture[str], debug_log: Callable[[], None]
) -> None:
    debug_log()
    capfd.readouterr()
    await http_harness.gust.command(COMMAND_FLAG, "help")
    http_harness.world.faults.add("views.open", error="invalid_arguments")
    await http_harness.ben.command(COMMAND_FLAG)
    told = lines(capfd.readouterr().out)
    assert [line["event"] for line in told] == ["access_denied", "listener_failed"]
    assert len({line["correlation"] for line in told}) == 2


async def test_figures_stay_few_whatever_comes(http_harness: Harness) -> None:
    harness = http_harness
    for number in range(30):
        await harness.world.dispatcher.ask("event", unknown_event(harness, f"kind_{number}"))
        await harness.world.dispatcher.ask("interaction", {"type": f"type_{number}"})
        visitor = harness.world.add_user(f"visitor-{number}", is_restricted=True)
        await visitor.command(COMMAND_FLAG, f"Client {number} late 3 text")
    assert sum(len(metric.samples) for metric in REGISTRY.collect()) < MAX_SERIES


def unknown_event(harness: Harness, kind: str) -> dict[str, object]:
    """An event that nobody listens to."""
    team = {"team_id": harness.world.team_id, "enterprise_id": None}
    return {
        "type": "event_callback",
        "event_id": kind,
        "team_id": harness.world.team_id,
        "authorizations": [team],
        "event": {"type": kind},
    }
