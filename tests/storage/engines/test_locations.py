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
    assert (url.drivername, url.host, url.port, url.database) == ("postgresql", "host", 5433, "name")
    assert url.password == "p@ss"
    assert dict(url.query) == {"sslmode": "require"}
    assert libpq_url(url) == "postgresql://user:p%40ss@host:5433/name?sslmode=require"


def test_what_stands_among_the_parameters_counts_and_shows_nowhere_else() -> None:
    url = parse_url("postgresql://one:first@host/name?user=other&password=secret&dbname=base&port=6000")

    assert url == URL.create("postgresql", "other", "secret", "host", 6000, "base")


def test_what_only_our_driver_knows_is_kept_from_the_servers_own_programs() -> None:
    url = parse_url("postgresql://host/name?prepared_statement_cache_size=0")

    assert isinstance(url, URL)
    assert dict(url.query) == {"prepared_statement_cache_size": "0"}
    assert libpq_url(url) == "postgresql://host/name"


def test_a_home_folder_is_no_folder_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert parse_url("sqlite:///~/flagclient.db") == Path("/home/somebody/flagclient.db")


@pytest.mark.parametrize(
    ("servers", "host", "port"),
    [
        ("one:5432,other:5433", "one,other", "5432,5433"),
        ("one,other:6000", "one,other", "5432,6000"),
        ("one,other", "one,other", None),
    ],
)
def test_several_servers_are_read_as_libpq_does(servers: str, host: str, port: str | None) -> None:
    url = parse_url(f"postgresql://user:p%40ss@{servers}/name?target_session_attrs=read-write")

    assert isinstance(url, URL)
    assert (url.host, url.query["host"], url.query.get("port")) == (None, host, port)
    assert (url.username, url.password, url.database) == ("user", "p@ss", "name")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "cannot be read"),
        ("flagclient.db", "cannot be read"),
        ("sqlite://", "memory forgets"),
        ("sqlite:///:memory:", "memory forgets"),
        ("sqlite:///file:x?mode=memory&uri=true", "memory forgets"),
        ("mysql://host/name", "mysql"),
        ("sqlite://data/flagclient.db", "two slashes"),
        ("postgresql://host:port/name", "cannot be read"),
        ("postgresql://host:65536/name", "There is no such port"),
        ("psql 'postgresql://host/name'", "cannot be read"),
    ],
)
def test_anything_else_is_refused_with_an_example(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError, match=f"{reason}.*Write sqlite:///"):
        parse_url(url)


def test_a_password_is_never_in_the_message() -> None:
    with pytest.raises(DatabaseUrlError) as raised:
        parse_url("mysql://user:secret@host/name")

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://user:se@cret@host/name", "Write it as %40"),
        ("postgresql://host/name?scram_client_key=secret", "scram_client_key"),
        ("postgresql://host/name?connect_timeout=secret", "connect_timeout"),
        ("sqlite:///flagclient.db?mode=ro", "takes no parameters. Leave out: mode"),
        ("sqlite:///~nobody-at-all/flagclient.db", "home folder"),
    ],
)
def test_what_cannot_be_done_is_named_without_what_was_given(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError) as raised:
        parse_url(url)

    assert reason in str(raised.value)
    assert "cret" not in str(raised.value).replace("scram_client_key", "")
