"""Claiming what is due, a batch in each transaction, when very much is."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median

from sqlalchemy import Connection, literal_column, update

from bot.domain.notices import FlagReceipt
from bot.usecases.ports import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from storage.tables.columns import METADATA
from tests.bench.databases import SYSTEMS, Databases, opened
from tests.bench.figures import at_least, percentile
from tests.bench.filling import copy_row, fill
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds

BUDGET = at_least(30_000)
BATCH = 200
LEASE = timedelta(minutes=1)
OUTBOX = METADATA.tables["outbox"]


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: moments and notices on both databases."""
    table = Table(
        f"Claiming {sizes.due:,} due rows, {BATCH} in each transaction",
        ("rows", "median ms", "p99 ms", "a second", "budget", ""),
    )
    for system in SYSTEMS:
        async with opened(await databases.new(system)) as database:
            await fill(database, clients=1)
            now = datetime.now(UTC)
            await database.write(partial(_put, now=now))
            await copy_row(database, "due", count=sizes.due - 1, changed={"subject": "bench:"})
            await copy_row(
                database, "outbox", count=sizes.due - 1, changed={"id": "bench:", "lane": "bench:", "subject": "bench:"}
            )
            for kind, claim in (("moments", _moments), ("notices", _notices)):
                seconds, claimed = await _claimed(database, partial(claim, now=now))
                if claimed != sizes.due:
                    raise LookupError(f"{claimed} {kind} were claimed instead of {sizes.due}")
                rate = claimed / sum(seconds)
                table.add(
                    f"{system} {kind}",
                    milliseconds(median(seconds)),
                    milliseconds(percentile(seconds, 0.99)),
                    *judged(rate, BUDGET, 0),
                )
    return [table]


def _put(uow: UnitOfWork, now: datetime) -> None:
    workspace_id = uow.people.workspaces()[0].id
    uow.due.put(workspace_id, "bench", "bench", now)
    uow.outbox.put(workspace_id, FlagReceipt(1, 1), now)


def _moments(uow: UnitOfWork, now: datetime) -> int:
    return len(uow.due.claim(now, BATCH))


def _notices(uow: UnitOfWork, now: datetime) -> int:
    return len(uow.outbox.claim(now, BATCH, LEASE))


async def _claimed(database: SqliteDatabase | PostgresDatabase, claim: partial[int]) -> tuple[list[float], int]:
    """How long each batch took, and how many rows that were; over when a batch is empty."""
    seconds: list[float] = []
    claimed = 0
    while True:
        began = time.perf_counter()
        found = await database.write(claim)
        if not found:
            return seconds, claimed
        seconds.append(time.perf_counter() - began)
        claimed += found
        await database.transact(_all_sent)


def _all_sent(connection: Connection) -> None:
    """Notices that were claimed do not stay on their way: whoever claims them sends them."""
    connection.execute(update(OUTBOX).where(OUTBOX.c.state == literal_column("'sending'")).values(state="sent"))
