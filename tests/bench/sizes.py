"""How much is measured: in full, or quickly for a first look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of rounds and rows; `sample_seconds` is how long one sample of requests lasts."""

    rounds: int = 9
    sample_seconds: float = 0.5
    starts: int = 7
    repeats: int = 200
    flags: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    flags_of_one: tuple[int, ...] = (10, 1_000, 10_000)
    clients: tuple[int, ...] = (1_000, 100_000)
    due: int = 100_000
    names: int = 100_000
    queries: int = 400
    hot_commands: int = 400
    alerts: int = 20
    backlog: int = 5_000
    accounts: tuple[int, ...] = (100, 10_000, 100_000)


FULL = Sizes()
QUICK = Sizes(
    rounds=3,
    sample_seconds=0.3,
    starts=3,
    repeats=50,
    flags=(1_000, 10_000, 100_000),
    flags_of_one=(10, 100, 1_000),
    clients=(1_000, 10_000),
    due=20_000,
    names=20_000,
    queries=100,
    hot_commands=200,
    alerts=5,
    backlog=1_000,
    accounts=(100, 10_000),
)
