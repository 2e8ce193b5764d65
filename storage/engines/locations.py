"""Where a `DATABASE_URL` points to."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.engines.postgres_parameters import OURS, ParameterError, as_libpq

_POSTGRESQL = {"postgres", "postgresql", "postgresql+asyncpg"}
_SQLITE = {"sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"}
_EXAMPLE = "Write sqlite:///flagclient.db or postgresql://user:password@host/database."
_MAX_PORT = 65535


class DatabaseUrlError(ValueError):
    """A `DATABASE_URL` that names no database we can use; the message says what one looks like."""


def parse_url(url: str) -> URL | Path:
    """The path of an SQLite file, or the URL of a PostgreSQL database, its parameters in libpq's words.

    Raises `DatabaseUrlError` for anything else, for a parameter that cannot be honoured, and for SQLite in memory,
    which would forget everything.
    """
    try:
        parsed = make_url(_hosts_as_parameters(url))
    except (ArgumentError, ValueError):
        raise DatabaseUrlError(f"DATABASE_URL cannot be read. {_EXAMPLE}") from None
    if parsed.drivername in _SQLITE:
        return _file(parsed)
    if parsed.drivername in _POSTGRESQL:
        return _server(parsed)
    raise DatabaseUrlError(f"DATABASE_URL starts with {parsed.drivername}, which is not supported. {_EXAMPLE}")


def libpq_url(url: URL) -> str:
    """The URL, password included, as PostgreSQL's own programs take it."""
    plain = url.set(drivername="postgresql").difference_update_query(OURS)
    return plain.render_as_string(hide_password=False)


def _file(url: URL) -> Path:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise DatabaseUrlError(f"DATABASE_URL names no file, and memory forgets everything. {_EXAMPLE}")
    if url.host:
        raise DatabaseUrlError("DATABASE_URL has two slashes after sqlite:, and a file needs three. " + _EXAMPLE)
    if url.query:
        names = ", ".join(url.query)
        raise DatabaseUrlError(f"DATABASE_URL names a file, which takes no parameters. Leave out: {names}.")
    try:
        return Path(url.database).expanduser().absolute()
    except RuntimeError:
        raise DatabaseUrlError("DATABASE_URL begins with a home folder that is not known. " + _EXAMPLE) from None


def _server(url: URL) -> URL:
    if "@" in (url.host or ""):
        # What stands before it is part of a password, and would be shown wherever a host is.
        raise DatabaseUrlError("DATABASE_URL has an @ in its password. Write it as %40 there.")
    if url.port is not None and not 0 < url.port <= _MAX_PORT:
        raise DatabaseUrlError(f"There is no such port as in DATABASE_URL. {_EXAMPLE}")
    try:
        query = as_libpq(url.query)
    except ParameterError as error:
        raise DatabaseUrlError(f"DATABASE_URL cannot be used: {error}") from None
    # As in libpq, what stands among the parameters is what counts; a password there would be seen on a command line.
    url = url.set(
        username=query.pop("user", url.username),
        password=query.pop("password", url.password),
        database=query.pop("dbname", url.database),
    )
    if url.host and query.get("port", "").isdecimal():
        url = url.set(port=int(query.pop("port")))
    return url.set(drivername="postgresql", query=query)


def _hosts_as_parameters(url: str) -> str:
    """Several servers (`host:5432,other:5433`) as the parameters that mean the same, which SQLAlchemy can read."""
    scheme, separator, rest = url.partition("://")
    before, question, query = rest.partition("?")
    servers, slash, database = before.partition("/") if "@" not in before else _after_password(before)
    login, at, hosts = servers.rpartition("@")
    if not separator or "," not in hosts or scheme not in _POSTGRESQL:
        return url
    pairs = [host.partition(":") for host in hosts.split(",")]
    named = f"host={','.join(host for host, _, _ in pairs)}"
    if any(port for _, _, port in pairs):
        named += f"&port={','.join(port or '5432' for _, _, port in pairs)}"
    return f"{scheme}://{login}{at}{slash}{database}?{named}{'&' if question else ''}{query}"


def _after_password(before: str) -> tuple[str, str, str]:
    login, at, rest = before.rpartition("@")
    hosts, slash, database = rest.partition("/")
    return f"{login}{at}{hosts}", slash, database
