"""Statements that the driver runs itself: the same values go in and come out as by SQLAlchemy, on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Column, Connection, MetaData, String, Table, bindparam, delete, insert, literal, select, update
from sqlalchemy.exc import NoResultFound

from bot.domain.agreement import Agreement
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.prepared import Prepared
from storage.engines.sqlite import SqliteDatabase
from storage.tables.columns import METADATA
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase

CLIENT, FLAG, META, WORKSPACE = (METADATA.tables[name] for name in ("client", "flag", "meta", "workspace"))
WORKED_OUT = Table("worked_out", MetaData(), Column("name", String), Column("key", String, default=lambda: "k"))
EVERYTHING = select(FLAG, CLIENT).join(CLIENT, CLIENT.c.id == FLAG.c.client_id).where(FLAG.c.id == bindparam("row"))


async def test_values_come_out_as_by_sqlalchemy(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> int:
        workspace = make_workspace(uow)
        client = make_client(uow, workspace, yearly_value=Decimal("1250.50"), agreement=Agreement(is_consumer=True))
        signals, links = ("insulted",), ("https://example.org/é",)
        return make_flag(
            uow,
            client,
            make_person(uow, workspace),
            category="disrespect",
            happened_on=date(2026, 2, 28),
            impact_hours=Decimal("2.25"),
            signals=signals,
            links=links,
        )

    flag_id = await database.write(story)

    def both(connection: Connection) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
        values = {"row": flag_id}
        by_sqlalchemy = [tuple(row) for row in connection.execute(EVERYTHING, values)]
        return Prepared(EVERYTHING).rows(connection, values), by_sqlalchemy

    prepared, by_sqlalchemy = await database.transact(both)
    assert prepared == by_sqlalchemy
    assert list(map(type, prepared[0])) == list(map(type, by_sqlalchemy[0]))
    assert len(prepared) == 1


async def test_it_counts_what_it_changed(database: AnyDatabase) -> None:
    add, rename = Prepared(insert(META)), Prepared(update(META).where(META.c.key.like("a%")))
    drop = Prepared(delete(META).where(META.c.key == bindparam("which")))

    def story(connection: Connection) -> list[int]:
        added = [add.changed(connection, {"key": key, "value": "one"}) for key in ("a1", "a2", "b1")]
        return [
            *added,
            rename.changed(connection, {"value": "two"}),
            drop.changed(connection, {"which": "b1"}),
            drop.changed(connection, {"which": "b1"}),
        ]

    assert await database.transact(story) == [1, 1, 1, 2, 1, 0]


async def test_one_statement_serves_every_set_of_columns(database: AnyDatabase) -> None:
    change = Prepared(update(CLIENT).where(CLIENT.c.id == bindparam("row")))
    read = Prepared(select(CLIENT.c.alerted, CLIENT.c.rank, CLIENT.c.stage).where(CLIENT.c.id == bindparam("row")))
    client_id = await database.write(lambda uow: make_client(uow, make_workspace(uow)).id)

    def story(connection: Connection) -> tuple[object, ...] | None:
        change.changed(connection, {"row": client_id, "alerted": 2})
        change.changed(connection, {"row": client_id, "stage": "in_review", "rank": 7.5})
        return read.row(connection, {"row": client_id})

    assert await database.transact(story) == (2, 7.5, "in_review")
    assert await database.transact(lambda connection: read.row(connection, {"row": 0})) is None


async def test_rows_come_as_they_are_wanted(database: AnyDatabase) -> None:
    add = Prepared(insert(META))
    find = Prepared(select(META.c.key, META.c.value).where(META.c.key == bindparam("which")))
    everything = Prepared(select(META.c.value, META.c.key).where(META.c.key.in_([literal("a"), literal("b")])))

    def story(connection: Connection) -> None:
        for key, value in (("a", "one"), ("b", "two")):
            add.changed(connection, {"key": key, "value": value})
        assert find.mappings(connection, {"which": "a"}) == [{"key": "a", "value": "one"}]
        assert find.mapping(connection, {"which": "b"}) == {"key": "b", "value": "two"}
        assert find.scalar(connection, {"which": "b"}) == "b"
        assert sorted(everything.scalars(connection)) == ["one", "two"]
        assert sorted(everything.rows(connection)) == [("one", "a"), ("two", "b")]
        nothing = {"which": "c"}
        assert (find.row(connection, nothing), find.mapping(connection, nothing)) == (None, None)
        assert (find.scalar(connection, nothing), find.scalars(connection, nothing)) == (None, [])
        assert find.one(connection, {"which": "a"}) == ("a", "one")
        with pytest.raises(NoResultFound):
            find.one(connection, nothing)

    await database.transact(story)


async def test_many_are_run_in_their_order(database: AnyDatabase) -> None:
    add = Prepared(insert(META))
    rename = Prepared(update(META).where(META.c.key == bindparam("which")))
    read = Prepared(select(META.c.key, META.c.value).where(META.c.key.in_([literal("a"), literal("b")])))

    def story(connection: Connection) -> list[tuple[object, ...]]:
        add.executemany(connection, [{"key": key, "value": ""} for key in ("a", "b")])
        add.executemany(connection, [])
        rename.executemany(connection, [{"which": key, "value": value} for key, value in ("a1", "b2", "a3")])
        return sorted(read.rows(connection))

    assert await database.transact(story) == [("a", "3"), ("b", "2")]


async def test_a_column_without_a_value_takes_its_constant(database: AnyDatabase) -> None:
    add = Prepared(insert(WORKSPACE).returning(WORKSPACE.c.settings_version, WORKSPACE.c.last_case_number))
    values = {"platform": "slack", "external_id": "T1", "settings": {}, "created_at": MONDAY_MORNING}

    assert await database.transact(lambda connection: add.row(connection, values)) == (1, 0)
    again = {**values, "external_id": "T2", "settings_version": 7}
    assert await database.transact(lambda connection: add.row(connection, again)) == (7, 0)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (insert(WORKED_OUT), {"name": "Acme"}),
        (select(CLIENT.c.id).where(CLIENT.c.id.in_(bindparam("ids", expanding=True))), {"ids": [1, 2]}),
    ],
)
async def test_what_needs_sqlalchemy_each_time_is_refused(
    database: AnyDatabase, statement: object, values: dict[str, object]
) -> None:
    prepared = Prepared(statement)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="prepared"):
        await database.transact(lambda connection: prepared.rows(connection, values))
