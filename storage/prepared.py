"""Core statements that are compiled once and run by the driver itself, for the path that Slack waits for.

What SQLAlchemy does around each statement (a key for its cache, a context, a cursor of its own, a result of its own)
takes several times as long as the statement: measured 35 µs of 45 on SQLite, 200 µs of 260 on PostgreSQL.
The statement stays what it is elsewhere, built on the tables, and its types convert values as they always do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ClauseElement, Connection, util
from sqlalchemy.sql.compiler import SQLCompiler

Statement = ClauseElement | Callable[[Connection], ClauseElement]
"""A statement, or what makes it in the dialect of a connection."""

Row = tuple[Any, ...]
_Convert = Callable[[Any], Any]


class Prepared:
    """A statement to run with other values each time, inside the transaction of a connection.

    Values go by the names of its parameters and, for inserts and updates, of the columns to set: all that have no
    default of the database's. A driver's errors come as they are, without SQLAlchemy around them.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """All rows, their columns in the order of the statement."""
        plan = self._plan(connection, values)
        parameters = plan.parameters(values)
        driver: Any = connection.connection.driver_connection
        if plan.is_asynchronous:
            found = [tuple(row) for row in util.await_(driver.fetch(plan.sql, *parameters))]
        else:
            found = driver.execute(plan.sql, parameters).fetchall()
        return plan.converted(found)

    def row(self, connection: Connection, values: Mapping[str, Any]) -> Row | None:
        """The only row, or `None` where there is none; for statements that find one row at most."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def changed(self, connection: Connection, values: Mapping[str, Any]) -> int:
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

    def _plan(self, connection: Connection, values: Mapping[str, Any]) -> _Plan:
        key = (connection.dialect.name, *values)
        plan = self._plans.get(key)
        if plan is None:
            statement = self._statement(connection) if callable(self._statement) else self._statement
            plan = self._plans[key] = _Plan(statement, connection, tuple(values))
        return plan


class _Plan:
    """A statement in the words of one dialect, for one set of values."""

    def __init__(self, statement: ClauseElement, connection: Connection, names: tuple[str, ...]) -> None:
        dialect = connection.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        if not isinstance(compiled, SQLCompiler) or compiled.prefetch or compiled.post_compile_params:
            raise TypeError(f"a statement that needs SQLAlchemy each time cannot be prepared: {compiled}")
        self.sql = str(compiled)
        self.is_asynchronous = dialect.is_async
        self._names = tuple(compiled.positiontup or ())
        self._fixed = {name: value for name, value in compiled.params.items() if name not in names}
        types = [compiled.binds[name].type.dialect_impl(dialect) for name in self._names]
        self._bind = _converters([kind.bind_processor(dialect) for kind in types])
        columns = [column.type.dialect_impl(dialect) for column in getattr(statement, "exported_columns", ())]
        sent = _types_sent(connection, self.sql) if self.is_asynchronous and columns else [None] * len(columns)
        self._read = _converters([kind.result_processor(dialect, as_) for kind, as_ in zip(columns, sent, strict=True)])

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """Values in the order and form in which the driver takes them."""
        given = {**self._fixed, **values} if self._fixed else values
        parameters = [given[name] for name in self._names]
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


def _types_sent(connection: Connection, sql: str) -> list[object]:
    """PostgreSQL's numbers of the types that a statement gives back: how some are converted depends on them."""
    driver: Any = connection.connection.driver_connection
    return [attribute.type.oid for attribute in util.await_(driver.prepare(sql)).get_attributes()]


def _converters(found: list[_Convert | None]) -> list[tuple[int, _Convert]]:
    return [(at, convert) for at, convert in enumerate(found) if convert is not None]
