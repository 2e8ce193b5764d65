"""How far this machine's clock is from Slack's, ahead or behind: measured by Slack's answers, said when it matters."""

from __future__ import annotations

import time
from email.utils import formatdate
from types import SimpleNamespace

import pytest

from handlers.slack.workspaces import installation
from handlers.slack.workspaces.installation import skew_seconds
from tests.harness import running_harness, slack_of
from tests.installed_harness import many_staged

NOON = 1_772_452_800.0
LATENCY = 15.0
"""Seconds that an answer may be under way on a busy machine; the moment it is sent is given in whole ones."""

OFF = [(-80.0, False), (-40.0, True), (0.0, True), (40.0, True), (80.0, False)]
"""By how many seconds this machine is ahead of Slack, and whether that will do."""


def set_ahead(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let this machine's clock be ahead of Slack's, or behind."""
    monkeypatch.setattr(installation, "time", SimpleNamespace(time=lambda: time.time() + seconds))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Date": formatdate(NOON, usegmt=True)}, 0.0),
        ({"Date": formatdate(NOON - 61, usegmt=True)}, 61.0),
        ({"Date": formatdate(NOON + 61, usegmt=True)}, 61.0),
        ({"date": formatdate(NOON + 400, usegmt=True)}, 400.0),
        ({"Content-Type": "text/plain", "DATE": formatdate(NOON - 5, usegmt=True)}, 5.0),
        ({"Expires": formatdate(NOON - 5, usegmt=True)}, 0.0),
        ({"Date": ""}, 0.0),
        ({"Date": "yesterday"}, 0.0),
        ({}, 0.0),
    ],
)
def test_the_distance_is_told_from_the_header(
    headers: dict[str, str], seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "time", SimpleNamespace(time=lambda: NOON))
    assert skew_seconds(headers) == seconds


@pytest.mark.parametrize(("ahead", "is_right"), OFF)
async def test_a_bot_that_starts_finds_out(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, ahead: float, is_right: bool
) -> None:
    set_ahead(monkeypatch, ahead)
    async with running_harness(sqlite_url, "http") as harness:
        assert abs(harness.workspace.installation.skew_seconds - abs(ahead)) < LATENCY
        assert (await harness.bot.readiness())["clock"] is is_right


@pytest.mark.parametrize(("ahead", "is_right"), OFF)
async def test_so_does_one_that_serves_many(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, ahead: float, is_right: bool
) -> None:
    set_ahead(monkeypatch, ahead)
    async with many_staged(sqlite_url) as harness:
        assert abs(slack_of(harness.bot).workspaces.skew_seconds - abs(ahead)) < LATENCY
        assert (await harness.bot.readiness())["clock"] is is_right
