"""Evaluations as both databases keep them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.evaluation import Answer, Round, StatementSource, TeamView, Topic, ViewChoice, ViewsShown
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import DiscussionStyle
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

DAY = date(2026, 3, 9)
FIRST = Round(1, 1, NOW, DAY, ViewsShown.COUNTS)


@pytest.fixture
async def prepared(database: Database) -> Database:
    """A discussion (1) about a client (1) with two people (1 and 2) in it."""

    def fill(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        people = [make_person(uow, workspace), make_person(uow, workspace)]
        client = make_client(uow, workspace)
        style = DiscussionStyle.CHANNEL
        opened = uow.discussions.open(workspace.id, client.id, style, DAY, opened_by_id=None, alert_id=None, now=NOW)
        assert opened is not None
        assert (opened.id, client.id, [person.id for person in people]) == (1, 1, [1, 2])
        uow.discussions.ask_in(1, [1, 2])
        uow.evaluations.begin(FIRST)

    await database.write(fill)
    return database


async def run(database: Database, work: Any) -> Any:
    return await database.write(work)


async def test_the_newest_round_comes_back_as_it_was_written(prepared: Database) -> None:
    assert await run(prepared, lambda uow: uow.evaluations.newest_round(1)) == FIRST
    assert await run(prepared, lambda uow: uow.evaluations.newest_round(2)) is None
    later = NOW + timedelta(hours=1)

    def change(uow: UnitOfWork) -> Round | None:
        uow.evaluations.move(FIRST, date(2026, 3, 16), later)
        uow.evaluations.set_shown(FIRST, later)
        uow.evaluations.end(FIRST, later)
        return uow.evaluations.newest_round(1)

    ended = replace(FIRST, views_by=date(2026, 3, 16), extended_at=later, shown_at=later, ended_at=later)
    assert await run(prepared, change) == ended
    await run(prepared, lambda uow: uow.evaluations.end(FIRST, None))
    assert (await run(prepared, lambda uow: uow.evaluations.newest_round(1))).ended_at is None
    second = Round(1, 2, NOW, DAY)
    await run(prepared, lambda uow: uow.evaluations.begin(second))
    assert await run(prepared, lambda uow: uow.evaluations.newest_round(1)) == second


async def test_views_are_only_ever_added_and_belong_to_a_round(prepared: Database) -> None:
    given = [
        TeamView(1, 1, 1, ViewChoice.KEEP, "They pay.", deals_with=True, given_at=NOW),
        TeamView(1, 1, 1, ViewChoice.PART, "They shout.", deals_with=True, given_at=NOW),
        TeamView(1, 1, 2, ViewChoice.NO_VIEW, "", deals_with=False, given_at=NOW),
        TeamView(1, 2, 2, ViewChoice.KEEP, "So be it.", deals_with=False, given_at=NOW),
    ]

    def give(uow: UnitOfWork) -> None:
        for view in given:
            uow.evaluations.add_view(view)

    await run(prepared, give)
    assert await run(prepared, lambda uow: uow.evaluations.views(1, 1)) == given[:3]
    assert await run(prepared, lambda uow: uow.evaluations.answered(1, 1)) == {1, 2}
    assert await run(prepared, lambda uow: uow.evaluations.answered(1, 2)) == {2}


async def test_answers_come_back_in_the_order_they_were_given(prepared: Database) -> None:
    said = [
        Answer(1, Topic.LEGAL, 2, "A month.", NOW),
        Answer(1, Topic.LEGAL, 1, "Two.", NOW),
        Answer(1, Topic.HISTORY, 2, "", NOW),
    ]

    def answer(uow: UnitOfWork) -> None:
        for one in said:
            uow.evaluations.add_answer(one)

    await run(prepared, answer)
    assert await run(prepared, lambda uow: uow.evaluations.answers(1)) == said


async def test_a_draft_is_one_a_field_and_person(prepared: Database) -> None:
    def save(uow: UnitOfWork) -> None:
        for text in ("Te", "Ten years."):
            uow.evaluations.save_draft(1, 1, "history", text, NOW)
        uow.evaluations.save_draft(1, 1, "reason", "They shout.", NOW)
        uow.evaluations.save_draft(1, 2, "reason", "They pay.", NOW)

    await run(prepared, save)
    assert await run(prepared, lambda uow: uow.evaluations.drafts(1, 1)) == {
        "history": "Ten years.",
        "reason": "They shout.",
    }
    await run(prepared, lambda uow: uow.evaluations.drop_drafts(1, ["history"], 1))
    assert await run(prepared, lambda uow: uow.evaluations.drafts(1, 1)) == {"reason": "They shout."}
    await run(prepared, lambda uow: uow.evaluations.drop_drafts(1, ["reason", "choice"]))
    assert await run(prepared, lambda uow: uow.evaluations.drafts(1, 2)) == {}


async def test_somebody_is_away_in_one_round(prepared: Database) -> None:
    def leave(uow: UnitOfWork) -> None:
        for _ in range(2):
            uow.evaluations.set_away(1, 1, 2, NOW)

    await run(prepared, leave)
    assert await run(prepared, lambda uow: uow.evaluations.away(1, 1)) == {2}
    assert await run(prepared, lambda uow: uow.evaluations.away(1, 2)) == set()
    await run(prepared, lambda uow: uow.evaluations.set_back(1, 1, 2))
    assert await run(prepared, lambda uow: uow.evaluations.away(1, 1)) == set()


async def test_the_clients_side_stands_with_the_newest_day_first(prepared: Database) -> None:
    def record(uow: UnitOfWork) -> list[date]:
        for day in (3, 5, 4):
            content = StatementContent(f"Day {day}.", "", date(2026, 3, day), StatementSource.EMAIL)
            kept = uow.evaluations.add_statement(1, 1, content, recorded_by_id=2, discussion_id=None, now=NOW)
            assert (kept.client_id, kept.recorded_by_id, kept.source) == (1, 2, StatementSource.EMAIL)
            assert kept.recorded_at == NOW.astimezone(UTC)
        return [one.said_on for one in uow.evaluations.statements(1)]

    assert await run(prepared, record) == [date(2026, 3, 5), date(2026, 3, 4), date(2026, 3, 3)]


async def test_the_open_discussions_of_a_person_are_found(prepared: Database) -> None:
    def found(uow: UnitOfWork) -> tuple[list[int], list[int]]:
        before = [one.id for one in uow.discussions.open_with(2)]
        uow.discussions.close(1, datetime(2026, 3, 3, tzinfo=UTC))
        return before, [one.id for one in uow.discussions.open_with(2)]

    assert await run(prepared, found) == ([1], [])
