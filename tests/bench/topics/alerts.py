"""From a flag over the line to its alert in the channel, on a machine that has nothing else to do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median

from aiohttp import ClientSession

from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from tests.bench.databases import SYSTEMS, Databases, opened
from tests.bench.figures import at_most, ratio
from tests.bench.filling import fill
from tests.bench.load import load
from tests.bench.processes import Server, at_rest
from tests.bench.servers import Interaction, bot, recording, slack
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds
from tests.bench.workspace import CHANNEL

BUDGET = at_most(100)
"""Milliseconds from the commit to the alert."""

WARM_UP = 3
PACE_SECONDS = 1.0
"""Messages to one channel go out this far apart, so that an alert that comes sooner would wait for its turn."""

STEP = 0.618
"""The share of a second by which a command comes later than the one before it: no two meet a tick at the same point."""

LOOK_AGAIN_SECONDS = 0.05
ALERT_SECONDS = 30.0

AT_ANY_HOUR: Mapping[str, str] = {
    "alert_channel": CHANNEL,
    "workdays": "mon, tue, wed, thu, fri, sat, sun",
    "quiet_from": "09:00",
    "quiet_until": "09:00",
}
"""Settings of a workspace without days off and quiet hours, in which alerts would wait."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """Seconds from sending a command to its answer, and from there to the alert."""

    command: float
    alert: float


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: commands one by one, each on a client that has no alert yet, on both databases."""
    table = Table(
        "A flag over the line, from the answer to its command to its alert accepted by the stub of Slack, idle",
        ("database", "command ms", "alert / command", "slowest ms", "alert ms", "budget", ""),
        "the answer leaves right after the commit; all are medians but the slowest",
    )
    for system in SYSTEMS:
        url = await databases.new(system)
        async with opened(url) as database:
            await fill(database, clients=1 + WARM_UP + sizes.alerts)
            await database.write(partial(_set_up, now=datetime.now(UTC)))
        async with slack() as stub, bot(url, stub) as server:
            # The first client was flagged when the bot was asked whether it answers.
            taken = await _alerted(server, stub, recording(range(1, 1 + WARM_UP + sizes.alerts), severity=3))
        alerts = [one.alert for one in taken]
        table.add(
            system,
            milliseconds(median(one.command for one in taken)),
            f"{ratio(alerts, [one.command for one in taken]):.1f}",
            milliseconds(max(alerts)),
            *judged(median(alerts) * 1000, BUDGET, 0),
        )
    return [table]


def _set_up(uow: UnitOfWork, *, now: datetime) -> None:
    (workspace,) = uow.people.workspaces()
    for key, text in AT_ANY_HOUR.items():
        change_setting(uow, workspace.id, key, text, now)
    # No country has this code, and no days off.
    (workspace,) = uow.people.workspaces()
    uow.people.save_overrides(workspace.id, {**workspace.overrides, "country": "ZZ"})


async def _alerted(server: Server, stub: Server, interaction: Interaction) -> list[Alerted]:
    taken = []
    async with ClientSession(f"http://127.0.0.1:{stub.port}") as session:
        for number in range(len(interaction.clients)):
            await at_rest((server, stub))
            await asyncio.sleep(PACE_SECONDS + number * STEP % 1)
            known = len(await _accepted(session))
            began = time.perf_counter()
            sample = await load(server, interaction.requests(1), callers=1, is_right=interaction.is_right)
            at = await _next_accepted(session, known)
            taken.append(Alerted(sample.latencies[0], at - began - sample.latencies[0]))
    return taken[WARM_UP:]


async def _next_accepted(session: ClientSession, known: int) -> float:
    """When the first message after the `known` ones was accepted; raises `TimeoutError` where none comes."""
    async with asyncio.timeout(ALERT_SECONDS):
        while True:
            accepted = await _accepted(session)
            if len(accepted) > known:
                return accepted[known]
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _accepted(session: ClientSession) -> list[float]:
    async with session.get("/accepted") as answer:
        found: list[float] = await answer.json()
        return found
