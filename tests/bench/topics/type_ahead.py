"""Type-ahead over very many names: how long an answer takes, and how long it holds everybody else up."""

from __future__ import annotations

import asyncio
import time
from itertools import product
from statistics import median

from bot.usecases.clients.client_index import ClientIndex, IndexedName
from tests.bench.databases import Databases
from tests.bench.figures import at_most, percentile
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged

ANSWER_BUDGET = at_most(25)
HELD_BUDGET = at_most(15)
WORKSPACE = 1
SHOWN = 25

_BEGINNINGS = ("Van", "De", "Bouw", "Noord", "Zuid", "Hout", "Water", "Licht", "Stad", "Groen")
_SYLLABLES = ("ka", "ro", "min", "del", "ver", "sta", "lo", "ner", "vik", "ama", "tes", "bru")
_ENDS = ("Bakkerij", "Advies", "Groep", "Logistiek", "Media", "Techniek", "Zorg", "Bouw B.V.", "Holding", "& Zonen")


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: by kind of query. The names are in memory, so no database takes part."""
    names = [
        f"{beginning} {''.join(syllables).title()} {end}"
        for syllables in product(_SYLLABLES, repeat=3)
        for beginning, end in product(_BEGINNINGS, _ENDS)
    ][: sizes.names]
    index = ClientIndex()
    index.replace(WORKSPACE, [IndexedName(number, name, name) for number, name in enumerate(names, 1)])
    table = Table(
        f"Type-ahead over {len(names):,} names, {SHOWN} shown",
        ("what is typed", "median ms", "p95 ms", "budget", "", "loop held p95 ms", "budget", "", "longest"),
    )
    chosen = names[:: max(1, len(names) // sizes.queries)]
    for kind, queries in {
        "a beginning": [name[:4] for name in chosen],
        "a word inside": [name.split()[1][1:6] for name in chosen],
        "a whole name with a typo": [f"{name[:6]}x{name[7:]}" for name in chosen],
    }.items():
        answered = [await _asked(index, query) for query in queries]
        seconds, held = ([one[at] * 1000 for one in answered] for at in (0, 1))
        table.add(
            kind,
            f"{median(seconds):.2f}",
            *judged(percentile(seconds, 0.95), ANSWER_BUDGET),
            *judged(percentile(held, 0.95), HELD_BUDGET),
            f"{max(held):.2f}",
        )
    return [table]


async def _asked(index: ClientIndex, query: str) -> tuple[float, float]:
    """How long the answer took, and the longest time in which nothing else could run."""
    longest = 0.0

    async def wait_for_turns() -> None:
        nonlocal longest
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    waiting = asyncio.create_task(wait_for_turns())
    await asyncio.sleep(0)
    began = time.perf_counter()
    await index.type_ahead(WORKSPACE, query, limit=SHOWN)
    taken = time.perf_counter() - began
    await asyncio.sleep(0)
    waiting.cancel()
    return taken, longest
