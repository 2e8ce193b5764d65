"""The audit trail, on both databases alike."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from sqlalchemy import text

from bot.domain.audit import AuditAction, AuditHead
from bot.usecases.audit import broken_entries, note, trail_of
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

AnyDatabase = SqliteDatabase | PostgresDatabase


def write_three(uow: UnitOfWork) -> int:
    workspace = make_workspace(uow)
    person, client = make_person(uow, workspace), make_client(uow, workspace, "Acme B.V.")
    for subject in ("discussion:1", "remedy:1", "decision:1"):
        note(
            uow,
            workspace.id,
            AuditAction.DECISION_TAKEN,
            NOW,
            actor_id=person.id,
            client_id=client.id,
            subject=subject,
            outcome="keep",
            views=3,
            alone=True,
        )
    return client.id


async def test_what_was_noted_can_be_read_and_is_whole(database: AnyDatabase) -> None:
    client_id = await database.write(write_three)
    newest, *older = await database.read(partial(trail_of, client_id=client_id))
    assert (newest.number, newest.at, newest.action, newest.subject) == (3, NOW, "decision_taken", "decision:1")
    assert newest.details == {"outcome": "keep", "views": 3, "alone": True}
    assert [entry.subject for entry in older] == ["remedy:1", "discussion:1"]
    assert await database.read(partial(broken_entries, workspace_id=1)) == ()
    assert await database.read(lambda uow: len(trail_of(uow, client_id, limit=2))) == 2


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("UPDATE audit SET subject = 'decision:9' WHERE number = 2", 2),
        ("UPDATE audit SET client_id = NULL WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 3", 3),
        ("DELETE FROM audit", 1),
        ("UPDATE audit_head SET number = 2", 3),
    ],
)
async def test_what_was_changed_in_the_database_itself_shows(database: AnyDatabase, tampering: str, named: int) -> None:
    await database.write(write_three)
    await database.transact(lambda connection: connection.execute(text(tampering)))
    assert await database.read(partial(broken_entries, workspace_id=1)) == (named,)


async def test_many_at_once_are_numbered_without_a_gap(database: AnyDatabase) -> None:
    client_id = await database.write(write_three)
    one = partial(
        note,
        workspace_id=1,
        action=AuditAction.VIEW_GIVEN,
        now=NOW,
        actor_id=None,
        client_id=client_id,
        subject="discussion:1",
    )
    await asyncio.gather(*(database.write(one) for _ in range(8)))
    entries = await database.read(lambda uow: uow.audit.entries(1))
    assert [entry.number for entry in entries] == list(range(1, 12))
    assert await database.read(partial(broken_entries, workspace_id=1)) == ()


async def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(database: AnyDatabase) -> None:
    client_id = await database.write(write_three)

    def fail(uow: UnitOfWork) -> None:
        note(uow, 1, AuditAction.VIEW_GIVEN, NOW, actor_id=None, client_id=client_id, subject="discussion:1")
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fail)
    assert await database.read(lambda uow: uow.audit.head(1).number) == 3
    assert await database.read(partial(broken_entries, workspace_id=1)) == ()


async def test_workspaces_have_trails_of_their_own(database: AnyDatabase) -> None:
    await database.write(write_three)

    def elsewhere(uow: UnitOfWork) -> int:
        other = make_workspace(uow, "T0002")
        assert uow.audit.head(other.id) == AuditHead()
        note(uow, other.id, AuditAction.CLIENT_LEFT, NOW, actor_id=None, client_id=None, subject="client:1")
        return other.id

    other_id = await database.write(elsewhere)
    assert await database.read(lambda uow: [entry.number for entry in uow.audit.entries(other_id)]) == [1]
    assert await database.read(partial(broken_entries, workspace_id=other_id)) == ()


async def test_a_merged_client_takes_its_trail_along_and_gets_it_back(database: AnyDatabase) -> None:
    client_id = await database.write(write_three)

    def merge(uow: UnitOfWork) -> tuple[int, int]:
        workspace = make_workspace(uow)
        person = make_person(uow, workspace)
        between, into = make_client(uow, workspace), make_client(uow, workspace)
        first = uow.clients.merge(workspace.id, client_id, between.id, person.id, NOW)
        second = uow.clients.merge(workspace.id, between.id, into.id, person.id, NOW)
        assert len(trail_of(uow, into.id)) == 3
        for merge_id in (second, first):
            uow.clients.undo_merge(workspace.id, merge_id, NOW)
        return len(trail_of(uow, into.id)), len(trail_of(uow, client_id))

    assert await database.write(merge) == (0, 3)
