"""The database port, on both databases alike."""

from __future__ import annotations

import asyncio

import pytest

from bot.usecases.ports.database import UnitOfWork
from storage.database import open_database
from storage.postgres import PostgresDatabase
from storage.sqlite import SqliteDatabase
from tests.frozen_clock import FrozenClock

AnyDatabase = SqliteDatabase | PostgresDatabase


def workspaces(uow: UnitOfWork) -> list[str]:
    return [workspace.external_id for workspace in uow.people.workspaces()]


async def test_what_was_written_is_read(database: AnyDatabase, clock: FrozenClock) -> None:
    made = await database.write(lambda uow: uow.people.ensure_workspace("slack", "T1", clock.now()))

    assert await database.read(lambda uow: uow.people.workspace(made.id)) == made
