"""From nothing to the first command that was acknowledged, and the memory that takes."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from tests.bench.databases import SQLITE, Databases, opened
from tests.bench.figures import at_most, ratio
from tests.bench.filling import fill
from tests.bench.processes import serving
from tests.bench.servers import (
    BARE_MODULE,
    BOT_MODULE,
    Interaction,
    acknowledging,
    bot_environment,
    first_answer,
    recording,
    slack,
)
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged

TIME_BUDGET = at_most(2.6)
MEMORY_BUDGET = at_most(2.2)
BARE = "bare Bolt, acknowledges"
BOT = f"{SQLITE}: records a flag"
CLIENTS = range(100)


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds to the first answer, and the memory held then, in MB."""

    seconds: float
    memory: float


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: new processes in turn, the bot's on a database that it has used before."""
    url = await databases.new(SQLITE)
    async with opened(url) as database:
        await fill(database, clients=len(CLIENTS))
    sends = recording(CLIENTS)
    taken: dict[str, list[Started]] = {BARE: [], BOT: []}
    async with slack() as stub:
        environment = bot_environment(url, stub)
        for _ in range(sizes.starts):
            taken[BARE].append(await _started((BARE_MODULE,), {}, acknowledging(CLIENTS)))
            taken[BOT].append(await _started((BOT_MODULE, "run"), environment, sends))
    table = Table(
        "Start of a new process to its first acknowledged command",
        ("what", "median ms", "ratio", "budget", "", "memory MB", "ratio", "budget", ""),
    )
    for name, starts in taken.items():
        seconds, memory = [one.seconds for one in starts], [one.memory for one in starts]
        table.add(
            name,
            f"{median(seconds) * 1000:.0f}",
            *judged(ratio(seconds, [one.seconds for one in taken[BARE]]), TIME_BUDGET if name == BOT else None),
            f"{median(memory):.0f}",
            *judged(ratio(memory, [one.memory for one in taken[BARE]]), MEMORY_BUDGET if name == BOT else None),
        )
    return [table]


async def _started(command: tuple[str, ...], environment: Mapping[str, str], interaction: Interaction) -> Started:
    # What the process before had deleted can keep a disk busy for a tenth of a second, and belongs to its end.
    os.sync()
    began = time.perf_counter()
    async with serving(*command, environment=environment) as server:
        await first_answer(server, interaction)
        return Started(time.perf_counter() - began, server.resident_mb())
