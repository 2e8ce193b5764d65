"""Core statements that are built and compiled once and run by the driver itself.

They are for what Slack or the relay waits for, what runs with every flag, and what runs every second; anything else is
plain SQLAlchemy, built where it is used. Reading a client by its id takes, in microseconds:

    prepared    built once, run by SQLAlchemy    built each time
    11          36                               190                on SQLite
    209         308                              573                on PostgreSQL

An interaction asks ten to thirty times. The statement stays what it is elsewhere, built on the tables, and its types
convert values as they always do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import ClauseElement, Column, Connection, util
from sqlalchemy.exc import NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Statement = ClauseElement | Callable[[Connection], ClauseElement]
"""A statement, or what makes it in the dialect of a connection once it is needed: a start builds none of them."""

Row = tuple[Any, ...]
Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]

_NONE: Values = MappingProxyType({})


class Prepared:
    """A statement to run with other values each time, inside the transaction of a connection.

    Values go by the names of its parameters and, for inserts and updates, of the columns to set: all that have no
    constant default. A driver's errors come as they are, without SQLAlchemy around them. Names of methods are
    those of SQLAlchemy's own results.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def rows(self, connection: Connection, values: Values = _NONE) -> list[Row]:
        """All rows, their columns in the order of the statement."""
        plan = self._plan(connection, values)
        parameters = plan.parameters(values)
        driver: Any = connection.connection.driver_connection
        if plan.is_asynchronous:
            found = [tuple(row) for row in util.await_(driver.fetch(plan.sql, *parameters))]
        else:
            found = driver.execute(plan.sql, parameters).fetchall()
        return plan.converted(found)

    def row(self, connection: Connection, values: Values = _NONE) -> Row | None:
        """The only row, or `None` where there is none; for statements that find one row at most."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def one(self, connection: Connection, values: Values = _NONE) -> Row:
        """The row that is there; raises `NoResultFound` where there is none after all."""
        found = self.rows(connection, values)
        if not found:
            raise NoResultFound
        return found[0]

    def mappings(self, connection: Connection, values: Values = _NONE) -> list[dict[str, Any]]:
        """All rows, each by the names of its columns."""
        found = self.rows(connection, values)
        names = self._plan(connection, values).names
        return [dict(zip(names, row, strict=True)) for row in found]

    def mapping(self, connection: Connection, values: Values = _NONE) -> dict[str, Any] | None:
        """The only row by the names of its columns, or `None` where there is none."""
        found = self.mappings(connection, values)
        return found[0] if found else None

    def scalars(self, connection: Connection, values: Values = _NONE) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.rows(connection, values)]

    def scalar(self, connection: Connection, values: Values = _NONE) -> Any:
        """The first column of the only row, or `None` where there is none."""
        found = self.rows(connection, values)
        return found[0][0] if found else None

    def changed(self, connection: Connection, values: Values = _NONE) -> int:
        """How many rows the statement changed; for those that give none back."""
        plan = self._plan(connection, values)
        parameters = plan.parameters(values)
        driver: Any = connection.connection.driver_connection
        if plan.is_asynchronous:
            status: str = util.await_(driver.execute(plan.sql, *parameters))
            # PostgreSQL says what it did: `UPDATE 1`, `INSERT 0 1`.
            return int(status.rpartition(" ")[2])
        count: int = driver.execute(plan.sql, parameters).rowcount
        return count

    def executemany(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run the statement once for each of `rows`, which name the same values; for those that give none back.

        On PostgreSQL they go to the server together, instead of waiting for one answer after another.
        """
        if not rows:
            return
        plan = self._plan(connection, rows[0])
        parameters = [plan.parameters(values) for values in rows]
        driver: Any = connection.connection.driver_connection
        if plan.is_asynchronous:
            util.await_(driver.executemany(plan.sql, parameters))
        else:
            driver.executemany(plan.sql, parameters)

    def _plan(self, connection: Connection, values: Values) -> _Plan:
        key = (connection.dialect.name, *values)
        plan = self._plans.get(key)
        if plan is None:
            statement = self._statement(connection) if callable(self._statement) else self._statement
            plan = self._plans[key] = _Plan(statement, connection, tuple(values))
        return plan


class _Plan:
    """A statement in the words of one dialect, for one set of values."""

    def __init__(self, statement: ClauseElement, connection: Connection, given: tuple[str, ...]) -> None:
        dialect = connection.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(given))
        if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params:
            raise TypeError(f"a statement that needs SQLAlchemy each time cannot be prepared: {compiled}")
        self.sql = str(compiled)
        self.is_asynchronous = dialect.is_async
        self._bound = tuple(compiled.positiontup or ())
        fixed = {name: value for name, value in compiled.params.items() if name not in given}
        self._fixed = {**fixed, **{column.key: _constant(column) for column in compiled.prefetch}}
        types = [compiled.binds[name].type.dialect_impl(dialect) for name in self._bound]
        self._bind = _converters([kind.bind_processor(dialect) for kind in types])
        exported = getattr(statement, "exported_columns", ())
        self.names = tuple(column.name for column in exported)
        columns = [column.type.dialect_impl(dialect) for column in exported]
        sent = _types_sent(connection, self.sql) if self.is_asynchronous and columns else [None] * len(columns)
        self._read = _converters([kind.result_processor(dialect, as_) for kind, as_ in zip(columns, sent, strict=True)])

    def parameters(self, values: Values) -> list[Any]:
        """Values in the order and form in which the driver takes them."""
        given = {**self._fixed, **values} if self._fixed else values
        parameters = [given[name] for name in self._bound]
        for at, convert in self._bind:
            parameters[at] = convert(parameters[at])
        return parameters

    def converted(self, rows: list[Row]) -> list[Row]:
        """Rows of the driver with the values that the columns' types make of them."""
        if not self._read or not rows:
            return rows
        return [self._converted(row) for row in rows]

    def _converted(self, row: Row) -> Row:
        values = list(row)
        for at, convert in self._read:
            values[at] = convert(values[at])
        return tuple(values)


def _constant(column: Column[Any]) -> object:
    """What a column holds where nothing else is said; what is worked out for each row cannot be prepared."""
    if not isinstance(column.default, ScalarElementColumnDefault):
        raise TypeError(f"a statement that needs SQLAlchemy each time cannot be prepared: {column} has no value")
    constant: object = column.default.arg
    return constant


def _types_sent(connection: Connection, sql: str) -> list[object]:
    """PostgreSQL's numbers of the types that a statement gives back: how some are converted depends on them."""
    driver: Any = connection.connection.driver_connection
    return [attribute.type.oid for attribute in util.await_(driver.prepare(sql)).get_attributes()]


def _converters(found: list[_Convert | None]) -> list[tuple[int, _Convert]]:
    return [(at, convert) for at, convert in enumerate(found) if convert is not None]
