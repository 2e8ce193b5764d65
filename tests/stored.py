"""Everything that is stored, for saying that nothing changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from storage.columns import METADATA
from tests.stage import Stage

NOT_STATE = ("inbox",)
"""Tables that remember gestures, not what they did."""


async def stored(stage: Stage) -> dict[str, list[Any]]:
    """Every row of every table that tells what is so."""

    def read(connection: Connection) -> dict[str, list[Any]]:
        return {
            name: sorted(map(str, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))  # noqa: S608
            for name in METADATA.tables
            if name not in NOT_STATE
        }

    return await stage.bot.database.transact(read)
