"""Everything that is stored, for saying that nothing changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from storage.tables.columns import METADATA
from tests.harness import Harness

NOT_STATE = ("inbox",)
"""Tables that remember interactions, not what they did."""


async def stored(harness: Harness) -> dict[str, list[Any]]:
    """Every row of every table that tells what is so."""

    def read(connection: Connection) -> dict[str, list[Any]]:
        return {
            name: sorted(map(str, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))  # noqa: S608
            for name in METADATA.tables
            if name not in NOT_STATE
        }

    return await harness.bot.database.transact(read)
