"""Whether a column holds one of several values, on both databases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, insert, select

from bot.usecases.ports.database import UnitOfWork
from storage.engines.membership import among, one_of
from storage.engines.postgres import PostgresDatabase
from storage.engines.prepared import Prepared
from storage.engines.sqlite import SqliteDatabase
from storage.tables.columns import METADATA
from tests.factories import make_client, make_workspace

AnyDatabase = SqliteDatabase | PostgresDatabase

CLIENT, META = METADATA.tables["client"], METADATA.tables["meta"]
HOSTILE = ("it's", 'a "word"', "null", "[1]", "é\u200e🙂", "%", "\\")


@pytest.mark.parametrize("chosen", [("a",), ("a", "b"), ("c", "a", "a"), HOSTILE, ("a", *HOSTILE[:3])])
async def test_it_finds_those_and_no_others(database: AnyDatabase, chosen: Sequence[str]) -> None:
    add = Prepared(insert(META))
    given = Prepared(lambda connection: select(META.c.key).where(among(connection, META.c.key, "keys")))
    written = Prepared(select(META.c.key).where(one_of(META.c.key, chosen)))
    known = {"a", "b", *HOSTILE}

    def story(connection: Connection) -> None:
        for key in known:
            add.changed(connection, {"key": key, "value": ""})
        expected = sorted(known & set(chosen))
        assert sorted(given.scalars(connection, {"keys": list(chosen)})) == expected
        assert sorted(written.scalars(connection)) == expected

    await database.transact(story)


async def test_one_statement_serves_lists_of_every_length(database: AnyDatabase) -> None:
    named = Prepared(lambda connection: select(CLIENT.c.id).where(among(connection, CLIENT.c.id, "clients")))

    def setup(uow: UnitOfWork) -> list[int]:
        workspace = make_workspace(uow)
        return [make_client(uow, workspace).id for _ in range(3)]

    ids = await database.write(setup)
    for length in range(4):
        wanted = {"clients": ids[:length]}
        found = await database.transact(lambda connection, wanted=wanted: named.scalars(connection, wanted))
        assert sorted(found) == ids[:length]
    many = {"clients": [*range(ids[-1] + 1, ids[-1] + 40_000), ids[0]]}
    assert await database.transact(lambda connection: named.scalars(connection, many)) == [ids[0]]
