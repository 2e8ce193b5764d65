"""Everything that is stored, for saying that nothing changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, MetaData

from tests.stage import Stage

NOT_STATE = ("inbox", "alembic_version")
"""Tables that remember gestures, not what they did."""


async def stored(stage: Stage) -> dict[str, list[Any]]:
    """Every row of every table that tells what is so."""

    def read(connection: Connection) -> dict[str, list[Any]]:
        tables = MetaData()
        tables.reflect(connection)
        names = [name for name in tables.tables if name not in NOT_STATE]
        return {name: sorted(map(str, connection.execute(tables.tables[name].select()))) for name in names}

    return await stage.bot.database.transact(read)
