"""Recording when very many flags are stored already."""

from __future__ import annotations

from contextlib import AsyncExitStack
from statistics import median

from tests.bench.databases import SQLITE, Databases, opened
from tests.bench.figures import at_least, ratio
from tests.bench.filling import fill
from tests.bench.load import Sample
from tests.bench.processes import at_rest
from tests.bench.servers import Measured, bot, recording, slack
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds

BUDGET = at_least(0.75)
CALLERS = 8
FLAGS_OF_EACH = 10


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: the same clients with and without flags."""
    stored = sizes.flags[-1]
    clients = range(stored // FLAGS_OF_EACH)
    async with AsyncExitStack() as started:
        stub = await started.enter_async_context(slack())
        measured = {}
        for flags in (0, stored):
            url = await databases.new(SQLITE)
            async with opened(url) as database:
                await fill(database, clients=len(clients), flags=flags)
            server = await started.enter_async_context(bot(url, stub))
            measured[flags] = Measured(server, recording(clients))
            await measured[flags].warm_up()
        samples: dict[int, list[Sample]] = {flags: [] for flags in measured}
        for number in range(sizes.rounds):
            for flags in (0, stored) if number % 2 else (stored, 0):
                await at_rest(one.server for one in measured.values())
                samples[flags].append(await measured[flags].sample(CALLERS, sizes.sample_seconds))
    table = Table(
        f"Recording by {CALLERS} callers, {FLAGS_OF_EACH} flags stored of each client",
        ("flags stored", "median ms", "p99 ms", "a second", "ratio", "budget", ""),
    )
    for flags, taken in samples.items():
        rates = [one.per_second for one in taken]
        table.add(
            f"{SQLITE} {flags:,}",
            milliseconds(median(one.percentile(0.5) for one in taken)),
            milliseconds(median(one.percentile(0.99) for one in taken)),
            f"{median(rates):.0f}",
            *judged(ratio(rates, [one.per_second for one in samples[0]]), BUDGET if flags else None),
        )
    return [table]
