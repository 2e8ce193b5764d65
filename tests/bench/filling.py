"""Many rows at once: a few are made as the bot makes them, and the database itself copies them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, Table, cast, insert, literal, select, text

from bot.domain.model import FlagContent
from bot.domain.names import normalized
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from storage.tables.columns import METADATA
from tests.bench.workspace import OWNER, PEOPLE, TEAM, person

FLAG, CLIENT, CLIENT_NAME = (METADATA.tables[name] for name in ("flag", "client", "client_name"))

Changed = Callable[[ColumnElement[int]], Mapping[str, ColumnElement[Any]]]
"""Gives the columns in which a copy differs, from the number of the copy, which counts from 0."""

TEMPLATES = 730
NEWEST_DAYS_AGO = 100
"""Flags are copied from two years of them, a day apart, so old that one more does not make a client alert."""

AT_ONCE = 50_000
"""Rows in one statement, which keeps it far below the time limit of a statement."""

FIRST_NAME = 100_001


@dataclass(frozen=True, slots=True)
class Filled:
    """What a database was filled with: somebody who reviews, and the ids of the clients, in order."""

    actor: Actor
    clients: range


def name_of(number: int) -> str:
    """The name of a client, counted from 0."""
    return f"Client {FIRST_NAME + number}"


async def fill(database: SqliteDatabase | PostgresDatabase, *, clients: int, flags: int = 0) -> Filled:
    """Add so many clients to a new database, and so many flags that are spread evenly over them."""
    now = datetime.now(UTC)
    actor, first = await database.write(partial(_first_rows, now=now))
    await _copy(
        database,
        CLIENT,
        count=clients - 1,
        templates=range(first, first + 1),
        changed=lambda number: {
            "name": literal("Client ") + cast(number + FIRST_NAME + 1, String),
            "rank": number * literal(1.0),
        },
    )
    ids = range(first, first + clients)
    await _copy(
        database,
        CLIENT_NAME,
        count=clients - 1,
        templates=range(1, 2),
        changed=lambda number: {
            "client_id": number + first + 1,
            "name": literal("Client ") + cast(number + FIRST_NAME + 1, String),
            "normalized": literal("client ") + cast(number + FIRST_NAME + 1, String),
        },
    )
    await add_flags(database, actor, ids, flags, now)
    await database.transact(_analyzed)
    return Filled(actor, ids)


async def add_flags(
    database: SqliteDatabase | PostgresDatabase, actor: Actor, clients: range, flags: int, now: datetime
) -> None:
    """Add flags, spread evenly over `clients` and over the years; no alert comes of them."""
    if not flags:
        return
    made = await database.write(
        partial(_template_flags, actor=actor, clients=clients, now=now, count=min(flags, TEMPLATES))
    )
    await _copy(
        database,
        FLAG,
        count=flags - len(made),
        templates=made,
        changed=lambda number: {"client_id": number % len(clients) + clients[0]},
    )


async def copy_row(
    database: SqliteDatabase | PostgresDatabase, table: str, *, count: int, changed: Mapping[str, str]
) -> None:
    """Copy the only row of a table `count` times; columns in `changed` get that prefix and a number."""
    await _copy(
        database,
        METADATA.tables[table],
        count=count,
        templates=range(1, 2),
        changed=lambda number: {name: literal(prefix) + cast(number, String) for name, prefix in changed.items()},
    )
    await database.transact(_analyzed)


def _first_rows(uow: UnitOfWork, *, now: datetime) -> tuple[Actor, int]:
    workspace = uow.people.ensure_workspace("slack", TEAM, now)
    ids = {}
    for user in (OWNER, *(person(number) for number in range(PEOPLE))):
        ids[user] = uow.people.ensure_person(workspace.id, "slack", user, language="en", zone="Europe/Amsterdam").id
    uow.people.set_roles(ids[OWNER], is_reviewer=True, is_admin=True)
    reviewer = uow.people.person(ids[OWNER])
    if reviewer is None:
        raise LookupError("the owner that was just added is not there")
    name = name_of(0)
    client = uow.clients.add(workspace.id, name, normalized(name), now)
    return Actor(reviewer, workspace.settings), client.id


def _template_flags(uow: UnitOfWork, *, actor: Actor, clients: range, now: datetime, count: int) -> range:
    today = now.date()
    made = [
        uow.flags.add(
            actor.workspace_id,
            clients[days % len(clients)],
            actor.person.id,
            FlagContent(
                "late_payment", 1, today - timedelta(days=NEWEST_DAYS_AGO + days), "An invoice is four weeks late."
            ),
            None,
            now,
        )
        for days in range(count)
    ]
    return range(made[0], made[-1] + 1)


async def _copy(
    database: SqliteDatabase | PostgresDatabase, table: Table, *, count: int, templates: range, changed: Changed
) -> None:
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        await database.transact(partial(_copied, table=table, numbers=numbers, templates=templates, changed=changed))


def _copied(connection: Connection, *, table: Table, numbers: range, templates: range, changed: Changed) -> None:
    number = select(literal(numbers.start).label("number")).cte("numbers", recursive=True)
    number = number.union_all(select(number.c.number + 1).where(number.c.number + 1 < numbers.stop))
    template = table.alias("template")
    given = changed(number.c.number)
    columns = [column.name for column in table.columns if column is not table.autoincrement_column]
    rows = select(*(given.get(name, template.c[name]).label(name) for name in columns)).join_from(
        number, template, template.c[_key_of(table)] == number.c.number % len(templates) + templates.start
    )
    connection.execute(insert(table).from_select(columns, rows.order_by(number.c.number)))


def _key_of(table: Table) -> str:
    (key,) = table.primary_key.columns
    return key.name


def _analyzed(connection: Connection) -> None:
    """What PostgreSQL does by itself soon after so many rows; SQLite does without."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))
