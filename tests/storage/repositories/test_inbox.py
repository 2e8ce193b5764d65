"""Repeated deliveries find their first one, on both databases alike."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errors import SubmissionChangedError
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase


async def test_a_delivery_is_accepted_once_for_each_workspace(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        here, there = make_workspace(uow, "T1").id, make_workspace(uow, "T2").id
        assert uow.inbox.accept(here, "key", "content", MONDAY_MORNING)
        assert not uow.inbox.accept(here, "key", "content", MONDAY_MORNING)
        assert uow.inbox.accept(there, "key", "content", MONDAY_MORNING)
        assert uow.inbox.accept(here, "another", "content", MONDAY_MORNING)

    await database.write(story)


async def test_a_key_that_comes_back_with_other_content_is_refused(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.inbox.accept(workspace.id, "key", "content", MONDAY_MORNING)
        with pytest.raises(SubmissionChangedError):
            uow.inbox.accept(workspace.id, "key", "other content", MONDAY_MORNING)

    await database.write(story)


async def test_of_a_delivery_that_arrives_many_times_at_once_one_has_an_effect(database: AnyDatabase) -> None:
    workspace = await database.write(make_workspace)

    def deliver(uow: UnitOfWork) -> bool:
        is_first = uow.inbox.accept(workspace.id, "key", "content", MONDAY_MORNING)
        if is_first:
            chosen = uow.people.workspace(workspace.id).overrides
            uow.people.save_overrides(workspace.id, {"undo_minutes": chosen.get("undo_minutes", 0) + 1})
        return is_first

    accepted = await asyncio.gather(*(database.write(deliver) for _ in range(20)))

    assert accepted.count(True) == 1
    stored = await database.read(lambda uow: uow.people.workspace(workspace.id))
    assert stored.overrides == {"undo_minutes": 1}


async def test_a_delivery_whose_effect_failed_is_accepted_again(database: AnyDatabase) -> None:
    workspace = await database.write(make_workspace)

    def fail(uow: UnitOfWork) -> None:
        uow.inbox.accept(workspace.id, "key", "content", MONDAY_MORNING)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(fail)

    assert await database.write(lambda uow: uow.inbox.accept(workspace.id, "key", "content", MONDAY_MORNING))


async def test_the_first_answer_is_kept(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        assert uow.inbox.accept(workspace.id, "key", "content", MONDAY_MORNING, {"flag": 7})
        assert not uow.inbox.accept(workspace.id, "key", "content", MONDAY_MORNING, {"flag": 8})
        assert uow.inbox.answer(workspace.id, "key", "content") == {"flag": 7}
        with pytest.raises(SubmissionChangedError):
            uow.inbox.answer(workspace.id, "key", "other content")
        assert uow.inbox.answer(workspace.id, "no such key", "content") is None
        uow.inbox.accept(workspace.id, "without an answer", "content", MONDAY_MORNING)
        assert uow.inbox.answer(workspace.id, "without an answer", "content") is None

    await database.write(story)


async def test_old_deliveries_are_forgotten(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for days in range(4):
            uow.inbox.accept(workspace.id, f"key {days}", "content", MONDAY_MORNING - timedelta(days=days))
        assert uow.inbox.prune(MONDAY_MORNING - timedelta(days=1)) == 2
        assert not uow.inbox.accept(workspace.id, "key 1", "content", MONDAY_MORNING)
        assert uow.inbox.accept(workspace.id, "key 2", "content", MONDAY_MORNING)

    await database.write(story)
