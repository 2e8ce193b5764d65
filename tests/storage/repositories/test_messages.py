"""Messages that live on, on both databases alike."""

from __future__ import annotations

from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_workspace


async def test_a_subject_has_one_message_that_can_move(database: SqliteDatabase | PostgresDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        here, there = make_workspace(uow, "T1"), make_workspace(uow, "T2")
        first = TrackedMessage(uow.people.ensure_place(here.id, "slack", "C1").id, "1700.1", "1700.0")
        second = TrackedMessage(uow.people.ensure_place(here.id, "slack", "C2").id, "1800.1", None)
        assert uow.messages.find(here.id, "alert:1") is None

        uow.messages.save(here.id, "alert:1", first)
        uow.messages.save(here.id, "alert:2", first)
        uow.messages.save(here.id, "alert:1", second)
        assert uow.messages.find(here.id, "alert:1") == second
        assert uow.messages.find(here.id, "alert:2") == first
        assert uow.messages.find(there.id, "alert:1") is None

        uow.messages.forget(here.id, "alert:1")
        assert uow.messages.find(here.id, "alert:1") is None
        assert uow.messages.find(here.id, "alert:2") == first

    await database.write(story)
