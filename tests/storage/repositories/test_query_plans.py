"""What front doors wait for, and what runs every second, finds its rows by index on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.notices import AlertCard
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import TODAY, make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING
from tests.statements import statements_said

# How large an index is has a say in plans, so nobody has used these databases before.
pytestmark = pytest.mark.usefixtures("postgres_server")

NOW = MONDAY_MORNING
CALLS: dict[str, Callable[[UnitOfWork], object]] = {
    "a workspace": lambda uow: uow.people.workspace(1),
    "a person": lambda uow: uow.people.person_by_external(1, "slack", "U1"),
    "a place": lambda uow: uow.people.place_by_external(1, "slack", "C1"),
    "user ids": lambda uow: uow.people.external_ids([1], "slack"),
    "a delivery": lambda uow: uow.inbox.accept(1, "key", "content", NOW),
    "an answer": lambda uow: uow.inbox.answer(1, "key", "content"),
    "old deliveries": lambda uow: uow.inbox.prune(NOW),
    "a client": lambda uow: uow.clients.locked(1, 1),
    "a client by name": lambda uow: uow.clients.by_name(1, "acme"),
    "names of a client": lambda uow: uow.clients.names_of(1),
    "people of a client": lambda uow: uow.clients.people_of(1),
    "contacts": lambda uow: uow.clients.ensure_contact(1, "Jan"),
    "clients that stand out": lambda uow: uow.clients.standing_out(1, 20),
    "a changed client": lambda uow: uow.clients.change(1, rank=2.0),
    "flags for the score": lambda uow: uow.flags.scored(1, TODAY),
    "a timeline": lambda uow: uow.flags.timeline(1, before=(TODAY, 5), limit=10),
    "open alerts": lambda uow: uow.alerts.open_for(1),
    "an open discussion": lambda uow: uow.discussions.open_for(1),
    "a discussion at a place": lambda uow: uow.discussions.at_place(1),
    "a planned debrief": lambda uow: uow.debriefs.planned_for(1),
    "a notice once": lambda uow: uow.outbox.put_once(1, AlertCard(1), NOW),
    "claimed notices": lambda uow: uow.outbox.claim(NOW, 10, timedelta(minutes=1)),
    "a lane brought forward": lambda uow: uow.outbox.hasten(1, "alert:1", NOW),
    "a lane emptied": lambda uow: uow.outbox.cancel(1, "alert:1", ("alert_card",)),
    "a lane recalled": lambda uow: uow.outbox.recall(1, "alert:1", NOW),
    "parked notices": lambda uow: uow.outbox.unpark(1, NOW),
    "the oldest notice": lambda uow: uow.outbox.oldest_due(NOW),
    "the next notice": lambda uow: uow.outbox.next_due(NOW),
    "how many notices": lambda uow: uow.outbox.counts(),
    "a due row": lambda uow: uow.due.put(1, "kind", "subject", NOW),
    "claimed due rows": lambda uow: uow.due.claim(NOW, 10),
    "the next due row": lambda uow: uow.due.next_at(),
    "a standing message": lambda uow: uow.messages.save(1, "alert:1", TrackedMessage(1, "1700.1", None)),
}


def plans_of(uow: UnitOfWork, call: Callable[[UnitOfWork], object]) -> list[str]:
    """How the database goes about every statement of a call, in its own words."""
    connection: Connection = uow._connection  # type: ignore[attr-defined]
    with statements_said() as statements:
        call(uow)
    if connection.dialect.name == "postgresql":
        # A handful of rows would be read faster without any index.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN"
    else:
        explain = "EXPLAIN QUERY PLAN"
    return [
        "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))
        for statement, parameters in statements
    ]


def reads_a_whole_table(plan: str) -> bool:
    for line in plan.splitlines():
        if "Seq Scan" in line and "on meta" not in line:
            return True
        if "SCAN" in line and not any(fine in line for fine in ("INDEX", "CONSTANT ROW")):
            return True
    return False


async def test_no_table_is_read_from_end_to_end(database: SqliteDatabase | PostgresDatabase) -> None:
    def story(uow: UnitOfWork) -> dict[str, list[str]]:
        workspace = make_workspace(uow)
        make_client(uow, workspace)
        make_person(uow, workspace)
        uow.people.ensure_place(workspace.id, "slack", "C1")
        return {name: plans_of(uow, call) for name, call in CALLS.items()}

    plans = await database.write(story)

    assert {name: found for name, found in plans.items() if any(map(reads_a_whole_table, found))} == {}
    assert all(plans.values())


async def test_a_score_is_read_from_its_index_alone(database: SqliteDatabase | PostgresDatabase) -> None:
    def story(uow: UnitOfWork) -> list[str]:
        make_client(uow, make_workspace(uow))
        if isinstance(database, PostgresDatabase):
            execute = uow._connection.exec_driver_sql  # type: ignore[attr-defined]
            execute("SET LOCAL enable_bitmapscan = off")
        return plans_of(uow, CALLS["flags for the score"])

    (plan,) = await database.write(story)
    assert "ix_flag_scoring" in plan
    assert "COVERING INDEX" in plan or "Index Only Scan" in plan


async def test_the_list_of_those_that_stand_out_is_read_from_its_index(
    database: SqliteDatabase | PostgresDatabase,
) -> None:
    def story(uow: UnitOfWork) -> list[str]:
        make_client(uow, make_workspace(uow))
        return plans_of(uow, CALLS["clients that stand out"])

    (plan,) = await database.write(story)
    assert "ix_client_standing_out" in plan
    assert "sort" not in plan.lower()
    assert "temp b-tree" not in plan.lower()
