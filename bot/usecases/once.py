"""Interactions that may be delivered more than once, where looking for the first delivery would cost everybody.

Elsewhere a use case asks the inbox first, and goes no further with a repeat. Here it says last what it answered, so
that an ordinary delivery writes its row in the inbox once, complete, and a repeat undoes all that it did.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import FlagclientError
from bot.usecases.ports import Database, UnitOfWork

Result = TypeVar("Result")
Answer = TypeVar("Answer")


class RepeatedDeliveryError(Exception):
    """What a use case raises to `write_once` where the inbox had its delivery already."""


async def write_once(
    database: Database,
    work: Callable[[UnitOfWork], Result],
    first: Callable[[UnitOfWork], Result | None],
    prepare: Callable[[Result], Answer],
) -> Answer:
    """Run `work`, and return what `prepare` makes of its result; it must have no effect, as in `write_and_prepare`.

    For a repeated delivery nothing is stored, and `first` says what came of it the first time; so it is as well where
    a repeat is refused because of what has happened since. `first` returns `None` for a delivery that was not handled
    yet. Raises what `work`, `first` and `prepare` raise, `RepeatedDeliveryError` aside.
    """
    try:
        return await database.write_and_prepare(work, prepare)
    except (RepeatedDeliveryError, FlagclientError):
        answer = await database.read(first)
        if answer is None:
            raise
        return prepare(answer)
