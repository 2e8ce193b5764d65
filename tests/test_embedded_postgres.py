"""A PostgreSQL database that one test gave back is as new for the next, and one that could not be is gone."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import asyncpg
import pytest

from bot.usecases.ports import UnitOfWork
from storage.engines.database import open_database
from tests.embedded_postgres import EmbeddedPostgres, LentDatabases
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.storage.privacy.client_rows import fill_all_of

ROWS = """
SELECT string_agg(format('SELECT %L, count(*), NULL FROM %s', oid::regclass, oid::regclass), ' UNION ALL ')
FROM pg_class WHERE relkind = 'r' AND oid >= 16384
"""
SEQUENCES = """
SELECT string_agg(format('SELECT %L, last_value, is_called FROM %s', seqrelid::regclass, seqrelid::regclass), ' UNION ')
FROM pg_sequence
"""
"""Statements that write the one which looks into every table, and into every sequence."""

CHANGES = [
    "ALTER TABLE flag ADD COLUMN more text",
    "ALTER TABLE flag DISABLE TRIGGER ALL",
    "ALTER SEQUENCE flag_id_seq INCREMENT 2",
    "DROP INDEX ix_flag_scoring",
    "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET work_mem = 64'; END $$",
    "SELECT lo_create(0)",
    "UPDATE alembic_version SET version_num = version_num",
    "VACUUM flag",
    "INSERT INTO meta SELECT number, 'so much that plans change' FROM generate_series(1, 2000) AS number",
]
"""What deleting rows does not take back."""


async def said(url: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows that a statement answers with, over a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


async def state(url: str) -> set[tuple[Any, ...]]:
    """How many rows every table has, where every sequence stands, and at which version the schema is."""
    ((rows,),), ((sequences,),) = await said(url, ROWS), await said(url, SEQUENCES)
    return {*await said(url, rows), *await said(url, sequences), *await said(url, "SELECT * FROM alembic_version")}


async def filled(url: str) -> dict[str, int]:
    """Put a row into every table of a client and those it refers to; some of the ids that these have now."""

    def fill(uow: UnitOfWork) -> dict[str, int]:
        workspace = make_workspace(uow)
        client, person = make_client(uow, workspace), make_person(uow, workspace)
        place, flag = uow.people.ensure_place(workspace.id, "slack", "C1"), make_flag(uow, client, person)
        return {"workspace": workspace.id, "client": client.id, "person": person.id, "place": place.id, "flag": flag}

    database = open_database(url)
    try:
        known = await database.write(fill)
        await database.transact(partial(fill_all_of, ids=known, word="word"))
    finally:
        await database.close()
    return known


def test_a_database_that_is_used_again_is_as_new(lent_databases: LentDatabases) -> None:
    lent_databases.remove_idle()
    url = lent_databases.lend()
    new = asyncio.run(state(url))
    for _ in range(2):
        assert set(asyncio.run(filled(url)).values()) == {1}
        assert len(asyncio.run(state(url)) - new) > len(new) / 2
        lent_databases.give_back(url)
        assert lent_databases.lend() == url
        assert asyncio.run(state(url)) == new
    lent_databases.give_back(url)


def assert_not_used_again(databases: LentDatabases, url: str) -> None:
    """What is given back at `url` is gone, and another is lent in its place."""
    databases.give_back(url)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        asyncio.run(said(url, "SELECT 1"))
    other = databases.lend()
    assert other != url
    databases.give_back(other)


@pytest.mark.parametrize("change", CHANGES)
def test_a_database_that_was_changed_is_not_used_again(lent_databases: LentDatabases, change: str) -> None:
    url = lent_databases.lend()
    asyncio.run(said(url, change))
    assert_not_used_again(lent_databases, url)


def test_a_database_that_somebody_is_connected_to_is_not_used_again(lent_databases: LentDatabases) -> None:
    url = lent_databases.lend()
    with asyncio.Runner() as runner:
        lingering = runner.run(asyncpg.connect(url))
        assert_not_used_again(lent_databases, url)
        lingering.terminate()


def test_a_database_that_is_not_there_any_more_is_not_used_again(
    lent_databases: LentDatabases, postgres_server: EmbeddedPostgres
) -> None:
    url = lent_databases.lend()
    asyncio.run(postgres_server.drop(url))
    assert_not_used_again(lent_databases, url)


def test_most_tests_get_a_database_that_was_used(request: pytest.FixtureRequest, lent_databases: LentDatabases) -> None:
    used = lent_databases.lend()
    lent_databases.give_back(used)
    assert request.getfixturevalue("postgres_url") == used


def test_who_asks_for_the_server_gets_a_database_that_nobody_used(
    request: pytest.FixtureRequest, lent_databases: LentDatabases, postgres_server: EmbeddedPostgres
) -> None:
    used = lent_databases.lend()
    lent_databases.give_back(used)
    assert request.getfixturevalue("postgres_url") != used
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        asyncio.run(said(used, "SELECT 1"))
