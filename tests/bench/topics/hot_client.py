"""Very many callers on one client at once, each delivery twice: nothing may be lost or doubled."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection, func, select

from bot.domain.score import rank, score, weightless_before
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from storage.tables.columns import METADATA
from tests.bench.databases import SYSTEMS, Databases, opened
from tests.bench.figures import at_most
from tests.bench.filling import fill
from tests.bench.load import load
from tests.bench.servers import bot, is_promise, is_receipt, recording, slack
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds

BUDGET = at_most(0)
CALLERS = 32
ENOUGH_SECONDS = 300.0
HOT = 1
"""The client that everybody flags, counted from 0; starting the bot takes one of its own."""
FLAG, CLIENT, ALERT, DISCUSSION = (METADATA.tables[name] for name in ("flag", "client", "alert", "discussion"))


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: what was counted afterwards, on both databases."""
    table = Table(
        f"One client, {CALLERS} callers at once, {sizes.hot_commands} commands, each delivered twice",
        ("database", "median ms", "p99 ms", "a second", "lost or doubled", "budget", ""),
        "counted: flags, the client's rank against all its flags, alerts of one level, open discussions",
    )
    for system in SYSTEMS:
        url = await databases.new(system)
        async with opened(url) as database:
            filled = await fill(database, clients=HOT + 1)
        hot = filled.clients[HOT]
        interaction = recording(range(HOT, HOT + 1), severity=3)
        deliveries = [request for request in interaction.requests(sizes.hot_commands) for _ in range(2)]
        async with slack() as stub, bot(url, stub) as server:
            sample = await load(server, deliveries, callers=CALLERS, is_right=_is_answer, seconds=ENOUGH_SECONDS)
        if len(sample.latencies) != len(deliveries):
            raise TimeoutError(f"only {len(sample.latencies)} of {len(deliveries)} deliveries were sent in time")
        async with opened(url) as database:
            expected = await database.read(partial(_rank, actor=filled.actor, client_id=hot))
            counted = partial(_miscounted, client_id=hot, commands=sizes.hot_commands, expected_rank=expected)
            wrong = await database.transact(counted)
        shown = milliseconds(sample.percentile(0.5)), milliseconds(sample.percentile(0.99))
        table.add(system, *shown, f"{sample.per_second:.0f}", *judged(wrong, BUDGET, 0))
    return [table]


def _is_answer(body: bytes) -> bool:
    # On a busy machine somebody waits behind all others for so long; the server ends what it promised before it stops.
    return is_receipt(body) or is_promise(body)


def _rank(uow: UnitOfWork, actor: Actor, client_id: int) -> float:
    """What the stored flags add up to."""
    policy, on = actor.settings.policy, local_today(datetime.now(UTC), actor.settings.zone)
    return rank(score(uow.flags.scored(client_id, weightless_before(policy, on)), policy, on), on, policy)


def _miscounted(connection: Connection, client_id: int, commands: int, expected_rank: float) -> int:
    """Flags that are missing or too many, a rank that missed a flag, and alerts and discussions that are doubled."""
    flags = connection.scalar(select(func.count()).where(FLAG.c.client_id == client_id)) or 0
    stored_rank = connection.scalar(select(CLIENT.c.rank).where(CLIENT.c.id == client_id)) or 0.0
    open_alerts = select(func.count()).where(ALERT.c.client_id == client_id, ALERT.c.state == "open")
    alerts = connection.scalars(open_alerts.group_by(ALERT.c.level)).all()
    discussions = connection.scalar(select(func.count()).where(DISCUSSION.c.client_id == client_id)) or 0
    doubled = sum(count - 1 for count in alerts) + max(0, discussions - 1)
    return abs(flags - commands) + (not math.isclose(stored_rank, expected_rank)) + doubled
