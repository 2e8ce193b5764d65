"""Decisions, on both databases alike."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionDraft
from bot.domain.model import DiscussionStyle
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

AnyDatabase = SqliteDatabase | PostgresDatabase
END = date(2026, 6, 1)
SNAPSHOT = {"score": 9.5, "views": [{"person": 1, "choice": "part"}]}
PART = DecisionDraft(DecisionOutcome.PART, reason="Because.", no_remedy_possible="They do not answer.")


@pytest.fixture
async def person_id(database: AnyDatabase) -> int:
    """A reviewer, in a workspace with a client and an open discussion, each number 1."""

    def fill(uow: UnitOfWork) -> int:
        workspace = make_workspace(uow)
        client = make_client(uow, workspace)
        uow.discussions.open(
            workspace.id, client.id, DiscussionStyle.CHANNEL, END, opened_by_id=None, alert_id=None, now=NOW
        )
        return make_person(uow, workspace, is_reviewer=True).id

    return await database.write(fill)


def add(uow: UnitOfWork, person_id: int, state: DecisionState, number: int = 1) -> Decision | None:
    return uow.decisions.add(1, 1, 1, number, state, PART, END, SNAPSHOT, made_by_id=person_id, now=NOW)


async def test_a_decision_is_kept_as_it_was_made(database: AnyDatabase, person_id: int) -> None:
    made = await database.write(lambda uow: add(uow, person_id, DecisionState.TAKEN))
    assert made == Decision(
        id=1,
        workspace_id=1,
        client_id=1,
        discussion_id=1,
        round=1,
        outcome=DecisionOutcome.PART,
        state=DecisionState.TAKEN,
        reason="Because.",
        next_on=END,
        made_by_id=person_id,
        made_at=NOW,
        snapshot=SNAPSHOT,
        no_remedy_possible="They do not answer.",
    )

    def read(uow: UnitOfWork) -> list[Any]:
        found = uow.decisions.find(1, 1)
        return [found, uow.decisions.standing(1, 1), *uow.decisions.of_client(1), *uow.decisions.of_discussion(1)]

    assert await database.read(read) == [made] * 4
    assert await database.read(lambda uow: uow.decisions.find(2, 1)) is None


async def test_one_decision_a_round_stands(database: AnyDatabase, person_id: int) -> None:
    made = await asyncio.gather(
        *(database.write(lambda uow: add(uow, person_id, DecisionState.PROPOSED)) for _ in range(5))
    )
    assert [one for one in made if one is not None] == [await database.read(lambda uow: uow.decisions.find(1, 1))]
    assert await database.write(lambda uow: add(uow, person_id, DecisionState.TAKEN)) is None
    another = await database.write(lambda uow: add(uow, person_id, DecisionState.TAKEN, number=2))
    assert another is not None


async def test_a_proposal_is_settled_once(database: AnyDatabase, person_id: int) -> None:
    def story(uow: UnitOfWork) -> None:
        assert add(uow, person_id, DecisionState.PROPOSED) is not None
        assert [one.id for one in uow.decisions.proposed(1)] == [1]
        assert uow.decisions.proposed(2) == []
        assert not uow.decisions.reopen(1, person_id, "No.", NOW)
        later = NOW + timedelta(hours=1)
        assert uow.decisions.confirm(1, person_id, later)
        assert not uow.decisions.confirm(1, person_id, later)
        assert not uow.decisions.decline(1, person_id, "No.", later)
        taken = uow.decisions.find(1, 1)
        assert taken is not None
        assert (taken.state, taken.confirmed_by_id, taken.confirmed_at) == (DecisionState.TAKEN, person_id, later)
        assert uow.decisions.proposed(1) == []

    await database.write(story)


async def test_what_was_declined_or_reopened_makes_room_for_another(database: AnyDatabase, person_id: int) -> None:
    def story(uow: UnitOfWork) -> None:
        assert add(uow, person_id, DecisionState.PROPOSED) is not None
        assert uow.decisions.decline(1, None, "It was overtaken.", NOW)
        assert uow.decisions.standing(1, 1) is None
        second = add(uow, person_id, DecisionState.TAKEN)
        assert second is not None
        assert uow.decisions.reopen(second.id, person_id, "They called.", NOW)
        assert not uow.decisions.reopen(second.id, person_id, "They called.", NOW)
        newest, oldest = uow.decisions.of_discussion(1)
        assert (oldest.state, oldest.declined_by_id, oldest.decline_reason) == (
            DecisionState.DECLINED,
            None,
            "It was overtaken.",
        )
        assert (newest.state, newest.reopened_by_id, newest.reopened_at, newest.reopen_reason) == (
            DecisionState.REOPENED,
            person_id,
            NOW,
            "They called.",
        )

    await database.write(story)


async def test_that_somebody_looked_again_is_kept_once(database: AnyDatabase, person_id: int) -> None:
    def story(uow: UnitOfWork) -> None:
        assert add(uow, person_id, DecisionState.TAKEN) is not None
        assert uow.decisions.follow_up(1, person_id, NOW)
        assert not uow.decisions.follow_up(1, person_id, NOW + timedelta(days=1))
        found = uow.decisions.find(1, 1)
        assert found is not None
        assert (found.followed_up_by_id, found.followed_up_at) == (person_id, NOW)

    await database.write(story)
