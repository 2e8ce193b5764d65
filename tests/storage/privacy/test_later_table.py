"""A table that nobody has thought of yet: what it has of a client moves and goes with the client all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Connection, ForeignKey, String, Table, UniqueConstraint, insert, select

from bot.usecases.ports.database import UnitOfWork
from storage.engines.unit_of_work import SqlUnitOfWork
from storage.privacy.erasure import SqlErasure
from storage.tables.columns import METADATA, free_text, one_open, technical
from tests.case_world import AnyDatabase
from tests.factories import make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING
from tests.storage.throw_away import client_id, row_id, throw_away_table

LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def later() -> Iterator[Table]:
    """A table of a version to come."""
    with throw_away_table(
        row_id(),
        client_id(),
        Column("contact_id", ForeignKey("contact.id")),
        Column("state", String, **technical().sa_column_kwargs),
        Column("code", String, **technical().sa_column_kwargs),
        Column("note", String, **free_text().sa_column_kwargs),
        UniqueConstraint("client_id", "code"),
        one_open("uq_later_open", "client_id", is_open="open", is_closed="over"),
    ) as table:
        yield table


class Scene:
    """Two clients, each with rows of its own: one open, one with the other's code, and one like none of the other's."""

    def __init__(self, connection: Connection, later: Table) -> None:
        self.uow: UnitOfWork = SqlUnitOfWork(connection)
        self.connection, self.later = connection, later
        METADATA.create_all(connection, [later])
        self.workspace = make_workspace(self.uow)
        self.person = make_person(self.uow, self.workspace)
        self.acme, self.beta = (make_client(self.uow, self.workspace, name) for name in ("Acme", "Beta"))
        for client in (self.acme, self.beta):
            contact = self.uow.clients.ensure_contact(client.id, "Jan")
            named = {"client_id": client.id, "contact_id": contact.id, "note": f"Jan of {client.name}"}
            own = client.name.lower()
            over = [{**named, "code": code, "state": "over"} for code in ("twin", f"{own}-1")]
            connection.execute(insert(later), over)
            connection.execute(insert(later), {**named, "code": f"{own}-2", "state": "open"})

    def rows(self) -> dict[str, tuple[Any, ...]]:
        """Client, state and contact, by code and whose row it was."""
        found = self.connection.execute(select(self.later).order_by(self.later.c.id))
        return {f"{row.code} {row.note[-4:]}": (row.client_id, row.state, row.contact_id) for row in found}

    def contact(self, client_id: int) -> int:
        return self.uow.clients.ensure_contact(client_id, "Jan").id


async def test_its_rows_move_with_their_client_and_back(database: AnyDatabase, later: Table) -> None:
    def story(connection: Connection) -> None:
        scene = Scene(connection, later)
        before = scene.rows()
        uow, acme, beta = scene.uow, scene.acme.id, scene.beta.id
        merge_id = uow.clients.merge(scene.workspace.id, acme, beta, scene.person.id, MONDAY_MORNING)
        contact = scene.contact(beta)
        assert scene.rows() == {
            **before,
            "acme-1 Acme": (beta, "over", contact),
            "acme-2 Acme": (beta, "over", contact),
        }
        uow.clients.undo_merge(scene.workspace.id, merge_id, LATER)
        assert scene.rows() == before

    await database.transact(story)


async def test_its_rows_go_with_their_client(database: AnyDatabase, later: Table) -> None:
    def story(connection: Connection) -> None:
        scene = Scene(connection, later)
        erasure = SqlErasure(connection)
        assert erasure.preview([scene.acme.id])["throw_away"] == 3
        assert erasure.erase_client([scene.acme.id], LATER)["throw_away"] == 3
        assert {row[0] for row in scene.rows().values()} == {scene.beta.id}

    await database.transact(story)


async def test_it_forgets_a_contact(database: AnyDatabase, later: Table) -> None:
    def story(connection: Connection) -> None:
        scene = Scene(connection, later)
        erasure = SqlErasure(connection)
        assert [texts["note"] for texts in erasure.texts([scene.acme.id])] == ["Jan of Acme"] * 3
        assert erasure.rewrite_texts([scene.acme.id], lambda texts: {"note": texts["note"].replace("Jan", "-")}) == 3
        erasure.erase_contact([scene.acme.id], "jan")
        notes = connection.execute(select(later.c.note, later.c.contact_id).where(later.c.client_id == scene.acme.id))
        assert set(notes) == {("- of Acme", None)}
        assert len(set(connection.scalars(select(later.c.contact_id).where(later.c.contact_id.is_not(None))))) == 1

    await database.transact(story)


async def test_a_client_that_it_knows_is_not_let_go(database: AnyDatabase, later: Table) -> None:
    def story(connection: Connection) -> None:
        scene = Scene(connection, later)
        remove = scene.uow.clients.remove_unless_used
        assert not remove(scene.acme.id, MONDAY_MORNING, "Jan", LATER)
        connection.execute(later.delete())
        assert remove(scene.acme.id, MONDAY_MORNING, "Jan", LATER)

    await database.transact(story)
