"""Erasing clients and contacts with nothing left of them, on both databases alike."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, insert, select, text

from bot.domain.audit import AuditAction
from bot.domain.model import Evidence
from bot.domain.names import normalized
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.flags.evidence import keep_evidence
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.privacy.erasure import SqlErasure
from storage.privacy.tracked_messages import ABOUT
from storage.tables.clients import CLIENT
from storage.tables.flags import FLAG
from tests.case_world import AnyDatabase
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING
from tests.storage.privacy.client_rows import OF_A_CLIENT, counted, fill_all_of, places_with, refer_to, trail

CANARY, OTHER = "xylofoonkraai", "zonnebloem"
LATER = MONDAY_MORNING + timedelta(hours=1)


async def filled(database: AnyDatabase) -> tuple[dict[str, int], dict[str, int]]:
    """Two clients with a row in every table, the second of which refers to the first; the ids of what is theirs."""

    def begin(uow: UnitOfWork) -> list[dict[str, int]]:
        workspace = make_workspace(uow)
        person = make_person(uow, workspace, is_admin=True)
        place = uow.people.ensure_place(workspace.id, "slack", "C1")
        common = {"workspace": workspace.id, "person": person.id, "place": place.id}
        clients = [make_client(uow, workspace, f"{word} client", owner=person) for word in (CANARY, OTHER)]
        for client in clients:
            note(uow, workspace.id, AuditAction.CLIENT_LEFT, MONDAY_MORNING, client_id=client.id, subject="client:1")
        return [{**common, "client": client.id} for client in clients]

    theirs, mine = await database.write(begin)

    def fill(connection: Connection) -> tuple[dict[str, int], dict[str, int]]:
        both = fill_all_of(connection, theirs, CANARY), fill_all_of(connection, mine, OTHER)
        assert refer_to(connection, both[1], both[0]) >= 5
        return both

    return await database.transact(fill)


async def test_not_one_row_of_an_erased_client_is_left_and_nobody_else_loses_one(database: AnyDatabase) -> None:
    theirs, _ = await filled(database)
    kept = await database.transact(trail)

    def erase(connection: Connection) -> dict[str, int]:
        erasure = SqlErasure(connection)
        preview = erasure.preview([theirs["client"]])
        erased = erasure.erase_client([theirs["client"]], LATER)
        assert preview == erased
        return erased

    erased = await database.transact(erase)
    assert set(erased) == {table.name for table in OF_A_CLIENT}
    assert await database.transact(partial(places_with, word=CANARY)) == []
    after = await database.transact(counted)
    assert after == dict.fromkeys(after, 1)
    assert await database.transact(trail) == kept


async def test_what_stays_of_a_client_is_a_row_without_a_name(database: AnyDatabase) -> None:
    theirs, _ = await filled(database)
    await database.transact(lambda connection: SqlErasure(connection).erase_client([theirs["client"]], LATER))
    row = await database.transact(
        lambda connection: connection.execute(select(CLIENT).where(CLIENT.c.id == theirs["client"])).one()
    )
    assert {name: value for name, value in row._mapping.items() if value is not None} == {
        "id": theirs["client"],
        "workspace_id": theirs["workspace"],
        "name": "",
        "stage": "active",
        "alerted": 0,
        "rank": 0.0,
        "agreement_kind": "unknown",
        "created_at": MONDAY_MORNING,
        "removed_at": LATER,
        "erased_at": LATER,
    }

    def look(uow: UnitOfWork) -> None:
        assert uow.clients.find(theirs["workspace"], theirs["client"]) is None
        assert uow.clients.locked(theirs["workspace"], theirs["client"]) is None
        assert uow.clients.by_name(theirs["workspace"], normalized(f"{CANARY} client")) is None
        assert [client.name for client in uow.clients.standing_out(theirs["workspace"], 9)] == [f"{OTHER} client"]

    await database.write(look)
    with pytest.raises(TypeError, match="erased_at"):
        await database.write(lambda uow: uow.clients.change(theirs["client"], erased_at=None))


async def test_a_client_that_was_removed_before_keeps_that_moment(database: AnyDatabase) -> None:
    def erase(uow: UnitOfWork) -> int:
        client = make_client(uow, make_workspace(uow), "Acme")
        assert uow.clients.remove_unless_used(client.id, MONDAY_MORNING, "", MONDAY_MORNING)
        assert uow.clients.find(client.workspace_id, client.id)
        uow.erasure.erase_client([client.id], LATER)
        assert uow.clients.find(client.workspace_id, client.id) is None
        return client.id

    client_id = await database.write(erase)
    row = await database.transact(
        lambda connection: connection.execute(select(CLIENT).where(CLIENT.c.id == client_id)).one()
    )
    assert (row.removed_at, row.erased_at) == (MONDAY_MORNING, LATER)


async def test_messages_that_wait_to_be_flagged_go_in_their_workspace_alone(database: AnyDatabase) -> None:
    def fill(uow: UnitOfWork) -> list[int]:
        clients = []
        for team in ("T0001", "T0002"):
            workspace = make_workspace(uow, team)
            actor = Actor(make_person(uow, workspace), workspace.settings)
            keep_evidence(uow, actor, "view:1", Evidence(CANARY, "Jan", MONDAY_MORNING, ""), MONDAY_MORNING)
            assert uow.inbox.accept(workspace.id, "command:1", "", MONDAY_MORNING, {"flag": 1})
            clients.append(make_client(uow, workspace).id)
        assert uow.erasure.erase_client(clients[:1], LATER)["inbox"] == 1
        uow.erasure.erase_contact(clients[1:], "nobody")
        return clients

    await database.write(fill)
    assert await database.transact(partial(places_with, word=CANARY)) == []
    left = await database.transact(lambda connection: connection.execute(text("SELECT key FROM inbox")).scalars().all())
    assert left == ["command:1", "command:1"]


async def test_a_flag_that_is_written_at_the_same_moment_goes_as_well(postgres_url: str) -> None:
    database = open_database(postgres_url)
    assert isinstance(database, PostgresDatabase)

    def fill(uow: UnitOfWork) -> tuple[int, int, int]:
        workspace = make_workspace(uow)
        person, client = make_person(uow, workspace), make_client(uow, workspace)
        return client.id, make_flag(uow, client, person), person.id

    client_id, flag_id, person_id = await database.write(fill)
    async with database._engine.connect() as connection:
        await connection.execute(text("BEGIN"))
        copied = [column for column in FLAG.columns if column.name != "id"]
        await connection.execute(
            insert(FLAG).from_select([column.name for column in copied], select(*copied).where(FLAG.c.id == flag_id))
        )
        erasing = asyncio.ensure_future(database.write(lambda uow: uow.erasure.erase_client([client_id], LATER)))
        async with asyncio.timeout(60):
            while not await connection.scalar(text("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")):
                assert not erasing.done()
        await connection.execute(text("COMMIT"))
    assert (await erasing)["flag"] == 2
    assert person_id
    await database.close()


async def test_messages_that_live_on_are_found_by_what_they_show(database: AnyDatabase) -> None:
    theirs, mine = await filled(database)
    standing = TrackedMessage(theirs["place"], "1.1", None)

    def save(uow: UnitOfWork) -> None:
        for ids in (theirs, mine):
            for prefix, table in ABOUT.items():
                more = ":7:1" if prefix in ("decision_confirm", "decision_due") else ""
                uow.messages.save(ids["workspace"], f"{prefix}:{ids[table.name]}{more}", standing)
        uow.messages.save(theirs["workspace"], "of_tomorrow:1", standing)

    await database.write(save)
    found = await database.read(lambda uow: uow.erasure.subjects_about([theirs["client"]]))
    assert [subject.split(":")[:2] for subject in found] == [
        [prefix, str(theirs[table.name])] for prefix, table in ABOUT.items()
    ]

    def gone(uow: UnitOfWork) -> list[bool]:
        return [uow.erasure.is_gone(subject) for subject in (*found, "alert:999", "of_tomorrow:1")]

    assert await database.read(gone) == [False] * len(found) + [True, False]
    await database.write(lambda uow: uow.erasure.erase_client([theirs["client"]], LATER))
    assert await database.read(gone) == [True] * len(found) + [True, False]
