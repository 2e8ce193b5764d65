"""Transactions that take turns, so that what disturbs one disturbs those it is compared with as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.usecases.ports import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase

WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Timed:
    """A reading transaction that says how long it took inside, in seconds."""

    database: SqliteDatabase | PostgresDatabase
    work: Callable[[UnitOfWork], float]


async def taking_turns(timed: Sequence[Timed], repeats: int) -> list[list[float]]:
    """How long each run of each transaction took; the first few, which fill caches, are left out."""
    taken: list[list[float]] = [[] for _ in timed]
    for number in range(WARM_UP + repeats):
        for seconds, one in zip(taken, timed, strict=True):
            took = await one.database.read(one.work)
            if number >= WARM_UP:
                seconds.append(took)
    return taken
