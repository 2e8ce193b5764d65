"""Where a `DATABASE_URL` points to."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_POSTGRESQL = {"postgres", "postgresql", "postgresql+asyncpg"}
_SQLITE = {"sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"}


class DatabaseUrlError(ValueError):
    """A `DATABASE_URL` that names no database we can use; the message says what one looks like."""


def parse_url(url: str) -> URL | Path:
    """The path of an SQLite file, or the URL of a PostgreSQL database in the form that asyncpg takes.

    Raises `DatabaseUrlError` for anything else, and for SQLite in memory, which would forget everything.
    """
    example = "Write sqlite:///flagclient.db or postgresql://user:password@host/database."
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlError(f"DATABASE_URL cannot be read. {example}") from None
    if parsed.drivername in _SQLITE:
        if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
            raise DatabaseUrlError(f"DATABASE_URL names no file, and memory forgets everything. {example}")
        return Path(parsed.database).absolute()
    if parsed.drivername in _POSTGRESQL:
        return _for_asyncpg(parsed)
    raise DatabaseUrlError(f"DATABASE_URL starts with {parsed.drivername}, which is not supported. {example}")


def libpq_url(url: URL) -> str:
    """The URL, password included, as PostgreSQL's own programs take it."""
    query = {"sslmode" if key == "ssl" else key: value for key, value in url.query.items()}
    plain = url.set(drivername="postgresql", query=query).difference_update_query(["prepared_statement_cache_size"])
    return plain.render_as_string(hide_password=False)


def _for_asyncpg(url: URL) -> URL:
    # Hosting companies hand out URLs as libpq reads them; asyncpg has another name for this one.
    query = {"ssl" if key == "sslmode" else key: value for key, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)
