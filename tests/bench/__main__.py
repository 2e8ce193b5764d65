"""`python -m tests.bench`: print all figures, or those of one question with `--only`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping

from bot.log import configure_logging
from tests.bench.databases import Databases, databases
from tests.bench.machine import machine_line
from tests.bench.sizes import FULL, QUICK, Sizes
from tests.bench.tables import Table
from tests.bench.topics import (
    alerts,
    backlog,
    check,
    claims,
    commands,
    first_alert,
    growth,
    hot_client,
    letter,
    standing_out,
    start,
    type_ahead,
)

Measure = Callable[[Databases, Sizes], Awaitable[list[Table]]]

TOPICS: Mapping[str, Measure] = {
    "commands": commands.measure,
    "growth": growth.measure,
    "start": start.measure,
    "alerts": alerts.measure,
    "hot-client": hot_client.measure,
    "check": check.measure,
    "standing-out": standing_out.measure,
    "claims": claims.measure,
    "type-ahead": type_ahead.measure,
    "first-alert": first_alert.measure,
    "backlog": backlog.measure,
    "letter": letter.measure,
}


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def measure_all(names: list[str], sizes: Sizes) -> None:
    """Measure one after another, and print each as soon as it is known."""
    with databases() as made:
        for name in names:
            began = time.perf_counter()
            for table in await TOPICS[name](made, sizes):
                say(f"\n{table}")
            say(f"[{name}: {time.perf_counter() - began:.0f} s]")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer rounds, for a first look")
    parser.add_argument("--only", action="append", choices=list(TOPICS), help="measure this alone; may be repeated")
    arguments = parser.parse_args()
    say(machine_line())
    configure_logging("ERROR")
    asyncio.run(measure_all(arguments.only or list(TOPICS), QUICK if arguments.quick else FULL))


if __name__ == "__main__":
    main()
