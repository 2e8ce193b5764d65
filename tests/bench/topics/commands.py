"""Slash commands over HTTP: recording and opening the form, beside a bare app that only acknowledges."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from statistics import median

from tests.bench.databases import POSTGRES, SQLITE, Databases, opened
from tests.bench.figures import Budget, at_least, at_most, ratio
from tests.bench.filling import fill
from tests.bench.load import Sample
from tests.bench.processes import at_rest
from tests.bench.servers import Measured, acknowledging, bare, bot, opening_form, recording, slack
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged, milliseconds

BARE = "bare Bolt, acknowledges"
RECORDS = "records a flag"
ALERTS = "records a flag that alerts"
OPENS = "opens the form"
CALLERS = (1, 8, 32)
CLIENTS = range(20_000)

BUDGETS: Mapping[tuple[str, int], Budget] = {
    (f"{SQLITE}: {RECORDS}", 1): at_least(0.20),
    (f"{SQLITE}: {RECORDS}", 8): at_least(0.32),
    (f"{SQLITE}: {RECORDS}", 32): at_least(0.34),
    (f"{POSTGRES}: {RECORDS}", 1): at_least(0.10),
    (f"{POSTGRES}: {RECORDS}", 8): at_least(0.15),
    (f"{POSTGRES}: {RECORDS}", 32): at_least(0.15),
}
"""Answers a second relative to the bare app."""

CPU_CALLERS = 8
CPU_BUDGETS: Mapping[str, Budget] = {f"{SQLITE}: {RECORDS}": at_most(3.2)}

Samples = dict[tuple[str, int], list[Sample]]


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """Two tables: answers by callers, and processor time."""
    async with AsyncExitStack() as started:
        stub = await started.enter_async_context(slack())
        measured = {BARE: Measured(await started.enter_async_context(bare()), acknowledging(CLIENTS))}
        for system, alerts in ((SQLITE, False), (SQLITE, True), (POSTGRES, False)):
            url = await databases.new(system)
            async with opened(url) as database:
                await fill(database, clients=len(CLIENTS))
            server = await started.enter_async_context(bot(url, stub))
            if alerts:
                measured[f"{system}: {ALERTS}"] = Measured(server, recording(CLIENTS, severity=3))
            else:
                measured[f"{system}: {RECORDS}"] = Measured(server, recording(CLIENTS))
                measured[f"{system}: {OPENS}"] = Measured(server, opening_form())
        for one in measured.values():
            await one.warm_up()
        samples = await _samples(measured, sizes)
    return [_answers(samples, list(measured)), _processor(samples, list(measured))]


async def _samples(measured: Mapping[str, Measured], sizes: Sizes) -> Samples:
    samples: Samples = {(name, callers): [] for name in measured for callers in CALLERS}
    for number in range(sizes.rounds):
        names = [*measured][number % len(measured) :] + [*measured][: number % len(measured)]
        for callers in CALLERS:
            for name in names:
                await at_rest(one.server for one in measured.values())
                samples[name, callers].append(await measured[name].sample(callers, sizes.sample_seconds))
    return samples


def _answers(samples: Samples, names: list[str]) -> Table:
    table = Table(
        "Slash commands, acknowledged after the commit",
        ("what", "callers", "median ms", "p99 ms", "a second", "ratio", "budget", ""),
        "ratio: answers a second relative to the bare app, the median of the ratios round by round",
    )
    for callers in CALLERS:
        for name in names:
            taken = samples[name, callers]
            compared = ratio([one.per_second for one in taken], [one.per_second for one in samples[BARE, callers]])
            table.add(
                name,
                str(callers),
                milliseconds(median(one.percentile(0.5) for one in taken)),
                milliseconds(median(one.percentile(0.99) for one in taken)),
                f"{median(one.per_second for one in taken):.0f}",
                *judged(compared, BUDGETS.get((name, callers))),
            )
    return table


def _processor(samples: Samples, names: list[str]) -> Table:
    table = Table(
        f"Processor time of the server for each command, {CPU_CALLERS} callers",
        ("what", "µs", "ratio", "budget", ""),
        "of PostgreSQL itself nothing is counted",
    )
    reference = [one.cpu_per_request for one in samples[BARE, CPU_CALLERS]]
    for name in names:
        taken = [one.cpu_per_request for one in samples[name, CPU_CALLERS]]
        table.add(name, f"{median(taken) * 1e6:.0f}", *judged(ratio(taken, reference), CPU_BUDGETS.get(name)))
    return table
