"""The list of clients that stand out, however many clients there are."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from statistics import median

from bot.usecases.actor import Actor
from bot.usecases.dossier.standing_out import read_standing_out
from bot.usecases.ports import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.bench.databases import SYSTEMS, Databases, opened
from tests.bench.figures import at_most, percentile
from tests.bench.filling import add_flags, fill
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds
from tests.bench.turns import Timed, taking_turns

BUDGET = at_most(1.2)
LISTED = 20
FLAGS_OF_EACH = 20


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: the list by clients in the workspace."""
    table = Table(
        f"Clients that stand out, the first {LISTED} with {FLAGS_OF_EACH} flags each, by clients in the workspace",
        ("clients", "median ms", "p99 ms", "× the first", "budget", ""),
        "inside the transaction",
    )
    for system in SYSTEMS:
        async with AsyncExitStack() as open_ones:
            timed = []
            for clients in sizes.clients:
                database = await open_ones.enter_async_context(opened(await databases.new(system)))
                timed.append(await _filled(database, clients))
            taken = await taking_turns(timed, sizes.repeats)
        for clients, seconds in zip(sizes.clients, taken, strict=True):
            budget = BUDGET if clients == sizes.clients[-1] else None
            shown = milliseconds(median(seconds)), milliseconds(percentile(seconds, 0.99))
            table.add(f"{system} {clients:,}", *shown, *judged(median(seconds) / median(taken[0]), budget))
    return [table]


async def _filled(database: SqliteDatabase | PostgresDatabase, clients: int) -> Timed:
    now = datetime.now(UTC)
    filled = await fill(database, clients=clients)
    # The last ones rank highest.
    await add_flags(database, filled.actor, filled.clients[-LISTED:], LISTED * FLAGS_OF_EACH, now)
    return Timed(database, partial(_listed, actor=filled.actor, now=now))


def _listed(uow: UnitOfWork, actor: Actor, now: datetime) -> float:
    began = time.perf_counter()
    found = read_standing_out(uow, actor, now)
    taken = time.perf_counter() - began
    if len(found.clients) + len(found.others) != LISTED:
        raise LookupError(f"{len(found.clients) + len(found.others)} clients stand out instead of {LISTED}")
    return taken
