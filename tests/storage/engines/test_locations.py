"""Where a `DATABASE_URL` points to."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import URL

from storage.engines.locations import DatabaseUrlError, libpq_url, parse_url


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"])
def test_sqlite_is_a_path_from_here_or_from_the_root(scheme: str) -> None:
    assert parse_url(f"{scheme}:///data/flagclient.db") == Path.cwd() / "data" / "flagclient.db"
    assert parse_url(f"{scheme}:////srv/flagclient.db") == Path("/srv/flagclient.db")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgresql_comes_in_every_spelling_that_hosting_companies_use(scheme: str) -> None:
    url = parse_url(f"{scheme}://user:p%40ss@host:5433/name?sslmode=require")

    assert isinstance(url, URL)
    assert (url.drivername, url.host, url.port, url.database) == ("postgresql+asyncpg", "host", 5433, "name")
    assert url.password == "p@ss"
    assert dict(url.query) == {"ssl": "require"}
    assert libpq_url(url) == "postgresql://user:p%40ss@host:5433/name?sslmode=require"


def test_what_only_our_driver_knows_is_kept_from_the_servers_own_programs() -> None:
    url = parse_url("postgresql://host/name?prepared_statement_cache_size=0")

    assert isinstance(url, URL)
    assert dict(url.query) == {"prepared_statement_cache_size": "0"}
    assert libpq_url(url) == "postgresql://host/name"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "cannot be read"),
        ("flagclient.db", "cannot be read"),
        ("sqlite://", "memory forgets"),
        ("sqlite:///:memory:", "memory forgets"),
        ("sqlite:///file:x?mode=memory&uri=true", "memory forgets"),
        ("mysql://host/name", "mysql"),
    ],
)
def test_anything_else_is_refused_with_an_example(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError, match=f"{reason}.*Write sqlite:///"):
        parse_url(url)


def test_a_password_is_never_in_the_message() -> None:
    with pytest.raises(DatabaseUrlError) as raised:
        parse_url("mysql://user:secret@host/name")

    assert "secret" not in str(raised.value)
