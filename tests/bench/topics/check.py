"""The check on a new flag: reading one client's flags and weighing them, however much else is stored."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from statistics import median

from bot.domain.score import weightless_before
from bot.domain.thresholds import assess
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.bench.databases import SQLITE, SYSTEMS, Databases, opened
from tests.bench.figures import at_most, percentile
from tests.bench.filling import add_flags, fill
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds
from tests.bench.turns import Timed, taking_turns

BUDGET = at_most(1.2)
OTHER_CLIENTS = 1_000
FLAGS_OF_CHECKED = 100
"""Flags of the client that is the same in every size of workspace."""


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """Two tables: by flags in the workspace, and by flags of the client."""
    return [await _by_workspace(databases, sizes), await _by_client(databases, sizes)]


async def _by_workspace(databases: Databases, sizes: Sizes) -> Table:
    table = Table(
        f"Check of one client with {FLAGS_OF_CHECKED} flags, by flags in the workspace",
        ("flags stored", "median ms", "p99 ms", "× the first", "budget", ""),
        "inside the transaction, as a recording does it: one read, weighed before and after",
    )
    for system in SYSTEMS:
        async with AsyncExitStack() as open_ones:
            timed = []
            for flags in sizes.flags:
                database = await open_ones.enter_async_context(opened(await databases.new(system)))
                timed += await _filled(database, [FLAGS_OF_CHECKED], others=flags)
            taken = await taking_turns(timed, sizes.repeats)
        for flags, seconds in zip(sizes.flags, taken, strict=True):
            compared = median(seconds) / median(taken[0])
            budget = BUDGET if flags == sizes.flags[-1] else None
            table.add(f"{system} {flags:,}", *_shown(seconds), *judged(compared, budget))
    return table


async def _by_client(databases: Databases, sizes: Sizes) -> Table:
    table = Table("Check of one client, by flags of that client", ("flags", "median ms", "p99 ms", "µs a flag"))
    async with opened(await databases.new(SQLITE)) as database:
        timed = await _filled(database, sizes.flags_of_one, others=sizes.flags[0])
        taken = await taking_turns(timed, sizes.repeats // 2)
    for flags, seconds in zip(sizes.flags_of_one, taken, strict=True):
        table.add(f"{SQLITE} {flags:,}", *_shown(seconds), f"{median(seconds) / flags * 1e6:.2f}")
    return table


def _shown(seconds: Sequence[float]) -> tuple[str, str]:
    return milliseconds(median(seconds)), milliseconds(percentile(seconds, 0.99))


async def _filled(database: SqliteDatabase | PostgresDatabase, checked: Sequence[int], *, others: int) -> list[Timed]:
    """Checks of clients with as many flags as `checked` says, beside `others` of other clients."""
    now = datetime.now(UTC)
    filled = await fill(database, clients=OTHER_CLIENTS + len(checked))
    for client_id, flags in zip(filled.clients, checked, strict=False):
        await add_flags(database, filled.actor, range(client_id, client_id + 1), flags, now)
    await add_flags(database, filled.actor, filled.clients[len(checked) :], others, now)
    return [
        Timed(database, partial(_check, actor=filled.actor, client_id=client_id, now=now))
        for client_id in filled.clients[: len(checked)]
    ]


def _check(uow: UnitOfWork, actor: Actor, client_id: int, now: datetime) -> float:
    began = time.perf_counter()
    policy, on = actor.settings.policy, local_today(now, actor.settings.zone)
    flags = uow.flags.scored(client_id, weightless_before(policy, on))
    assess(flags, policy, on)
    assess([*flags, flags[0]], policy, on)
    return time.perf_counter() - began
