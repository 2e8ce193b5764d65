"""What all tables share: types of columns, names of constraints, and the marks that say what keys do not tell."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Column, Connection, DateTime, Dialect, Index, MetaData, String, Table, event, text
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names for every constraint, so that a migration can name what it changes on either database."""

METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = NAMING


class Row(DeferredReflection, SQLModel):
    """What the class of every table comes from. It describes a table, and is mapped only if somebody prepares that.

    We work with the tables themselves; making a mapper and a validator of each would take a third as long again, at
    every start. For the same reason the modules of tables do without postponed annotations, which SQLModel would have
    to read from text.
    """

    if TYPE_CHECKING:
        __table__: ClassVar[Table]

    model_config = {"defer_build": True}


class Holds(Enum):
    """What a column of text or JSON holds, which decides what an erasure does to it: each such column says it."""

    FREE_TEXT = "free text"
    """What people typed: an erased contact is taken out of it, word for word."""

    IDENTIFYING = "identifying"
    """What a client or contact is called, and messages that wait to be flagged: it goes whole, or stays as it is."""

    TECHNICAL = "technical"
    """Codes, ids of ours and of a platform's, settings, and digests: nothing of them tells of a client."""


def free_text(default: Any = ..., **options: Any) -> Any:
    """A column in which people type."""
    return _holding(Holds.FREE_TEXT, default, options)


def identifying(default: Any = ..., **options: Any) -> Any:
    """A column that tells which client or contact it is."""
    return _holding(Holds.IDENTIFYING, default, options)


def technical(default: Any = ..., **options: Any) -> Any:
    """A column of text that tells nothing of a client."""
    return _holding(Holds.TECHNICAL, default, options)


def _holding(holds: Holds, default: Any, options: dict[str, Any]) -> Any:
    return Field(default, sa_column_kwargs={"info": {"holds": holds}}, **options)


def columns_that_hold(table: Table, *holds: Holds) -> list[Column[Any]]:
    """The columns of a table that are marked as one of `holds`."""
    return [column for column in table.columns if column.info.get("holds") in holds]


def is_text(column: Column[Any]) -> bool:
    """Whether a column holds text of any length, also by a type of its own."""
    return isinstance(getattr(column.type, "impl", column.type), String)


def only_where(condition: str) -> dict[str, Any]:
    """Options of an index that holds only the rows for which `condition` is true, on either database."""
    return {"sqlite_where": text(condition), "info": {"where": text(condition)}}


def one_open(name: str, *columns: str, is_open: str, is_closed: str) -> Index:
    """A unique index: at most one of the rows with the same `columns`, the client's first, has the state `is_open`.

    Where a merge brings two together, the one that comes in gets the state `is_closed` until the merge is undone.
    """
    options = only_where(f"state = '{is_open}'")
    options["info"] |= {"is_open": is_open, "is_closed": is_closed}
    return Index(name, *columns, unique=True, **options)


def history(why: str) -> dict[str, Any]:
    """Options of a column that says which client it was then; `why` says why no merge and no erasure changes it."""
    return {"info": {"history": why}}


def merged_apart(how: str) -> dict[str, Any]:
    """Options of a reference to a client that `ClientMerges` treats in a way of its own; `how` says which."""
    return {"info": {"merged_apart": how}}


def shown_as(*prefixes: str) -> dict[str, Any]:
    """Options of a table whose rows messages show under subjects such as `prefix:12`, if not under its own name."""
    return {"info": {"shown_as": prefixes}}


@event.listens_for(METADATA, "before_create")
def _on_postgresql(metadata: MetaData, connection: Connection, **_: Any) -> None:
    # Said at its own time: saying it with the index loads PostgreSQL's dialect into every bot on SQLite.
    if connection.dialect.name == "postgresql":
        for index in (index for table in metadata.tables.values() for index in table.indexes):
            index.dialect_options["postgresql"]["where"] = index.info.get("where")


NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""Table option: no id is given out twice, also on SQLite, so that an old button never means a newer row."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant on both databases; a naive value is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Store as UTC; raises `ValueError` for a naive instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read as aware UTC: SQLite gives the instant back without its zone."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
