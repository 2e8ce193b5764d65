"""Behind PgBouncer, as it comes, in either mode: what the server's own connections promise holds as well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.usecases.ports.database import UnitOfWork
from storage.backup.backup import backup
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.postgres_connection import LIMITS, PoolerError
from storage.engines.schema import migrate
from storage.privacy.shredding import refuse_what_cannot_shred
from tests.embedded_postgres import EmbeddedPostgres
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.pgbouncer import pooled

COPIES = 3


@pytest.fixture(params=["session", "transaction"])
def pooled_url(request: pytest.FixtureRequest, postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A new database with nothing in it, behind a pooler."""
    url = asyncio.run(postgres_server.empty_database())
    with pooled(url, request.param) as behind:
        yield behind
    asyncio.run(postgres_server.drop(url))


@pytest.fixture
async def copies(pooled_url: str) -> AsyncIterator[list[PostgresDatabase]]:
    """The database as several processes have it open."""
    await migrate(pooled_url)
    opened = [open_database(pooled_url) for _ in range(COPIES)]
    yield opened  # type: ignore[misc]
    for database in opened:
        await database.close()


def _stored(uow: UnitOfWork) -> set[str]:
    return {workspace.external_id for workspace in uow.people.workspaces()}


async def test_several_processes_write_and_read_by_turns(copies: list[PostgresDatabase]) -> None:
    def flag(uow: UnitOfWork, name: str) -> None:
        workspace = make_workspace(uow, name)
        make_flag(uow, make_client(uow, workspace), make_person(uow, workspace))
        assert name in _stored(uow)

    names = {f"T{number}" for number in range(90)}
    # More than there are connections: what one has prepared, another of the server's does not know.
    await asyncio.gather(*(copies[at % COPIES].write(partial(flag, name=name)) for at, name in enumerate(names)))
    assert await copies[0].read(_stored) == names


async def test_the_limits_hold_in_each_transaction_and_stay_with_nobody(copies: list[PostgresDatabase]) -> None:
    def limits(uow: UnitOfWork) -> dict[str, str]:
        connection = uow._connection  # type: ignore[attr-defined]
        return {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in LIMITS}

    assert await copies[0].write(limits) == LIMITS
    assert await copies[0].read(limits) == LIMITS


async def test_what_needs_the_server_itself_says_so(pooled_url: str, tmp_path: Path) -> None:
    await migrate(pooled_url)
    with pytest.raises(PoolerError, match="direct, not pooled"):
        await backup(pooled_url, tmp_path / "copy")
    with pytest.raises(PoolerError):
        await refuse_what_cannot_shred(pooled_url)
    assert list(tmp_path.glob("*")) == []  # noqa: ASYNC240 (a folder in memory)


async def test_the_server_itself_is_no_pooler(postgres_url: str) -> None:
    await refuse_what_cannot_shred(postgres_url)
