"""The date that a decision carries, a client that leaves, and clients that were merged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_errors import NoDecisionWaitsError
from bot.domain.errors import ClientLeftAlreadyError, NotFoundError
from bot.domain.model import DiscussionState, Road
from bot.domain.notices import DecisionDue, DecisionToConfirm, FlagLedTo
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.debrief import mark_left, take_back_left
from bot.usecases.decision import read_decision, read_flag_outcome, say_all_is_well, talk_again
from bot.usecases.discussion import open_discussion_by_hand
from bot.usecases.evaluation import current_round
from bot.usecases.flags import withdraw_flag
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import make_client
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_desk import KEEP, PART, PUT_RIGHT, TODAY, DecisionDesk, open_desk
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

SATURDAY = date(2026, 5, 30)
MONDAY_AFTER = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
async def desk(sqlite_database: Database) -> DecisionDesk:
    """A discussion on SQLite."""
    return await open_desk(sqlite_database)


async def kept(desk: DecisionDesk, next_on: date = SATURDAY) -> int:
    await desk.view(KEEP, KEEP)
    made = await desk.decide(DecisionOutcome.KEEP, next_on=next_on)
    await forget_outgoing(desk.database)
    return made.id


async def parted(desk: DecisionDesk, next_on: date = SATURDAY) -> int:
    await desk.view(PART, PART)
    made = await desk.decide(DecisionOutcome.PART, next_on=next_on)
    await forget_outgoing(desk.database)
    return made.id


async def asked(desk: DecisionDesk, now: datetime) -> list[tuple[int, int]]:
    """Who is asked by then, and at which step."""
    await desk.run_due(now)
    found = [one.notice.payload() for one in await outgoing(desk.database, DecisionDue)]
    await forget_outgoing(desk.database)
    return [(one["person_id"], one["step"]) for one in found]


async def test_the_owner_is_asked_on_the_day_or_the_next_working_morning(desk: DecisionDesk) -> None:
    decision_id = await kept(desk)
    assert (await due_rows(desk.database))["decision_next", f"{decision_id}:1"] == MONDAY_AFTER
    assert await asked(desk, MONDAY_AFTER - timedelta(minutes=1)) == []
    assert await asked(desk, MONDAY_AFTER) == [(desk.office.owner.person.id, 1)]
    assert await asked(desk, MONDAY_AFTER + timedelta(days=2)) == []
    assert await asked(desk, MONDAY_AFTER + timedelta(days=3)) == [(desk.office.reviewer.person.id, 2)]
    assert await asked(desk, MONDAY_AFTER + timedelta(days=300)) == []


async def test_without_an_owner_reviewers_are_asked(desk: DecisionDesk) -> None:
    await kept(desk)
    await desk.database.write(lambda uow: uow.people.set_left(desk.office.owner.person.id, NOW))
    assert await asked(desk, MONDAY_AFTER) == [(desk.office.reviewer.person.id, 1)]


async def test_all_is_well_ends_the_asking(desk: DecisionDesk) -> None:
    decision_id = await kept(desk)
    await asked(desk, MONDAY_AFTER)
    for _ in range(2):
        await desk.do(say_all_is_well, desk.office.owner, now=MONDAY_AFTER, decision_id=decision_id)
    assert (await desk.stored(decision_id)).followed_up_by_id == desk.office.owner.person.id
    assert (await desk.actions()).count("looked_again") == 1
    await forget_outgoing(desk.database)
    assert await asked(desk, MONDAY_AFTER + timedelta(days=10)) == []
    assert await desk.road() is Road.ACTIVE


async def test_talking_again_opens_one_discussion(desk: DecisionDesk) -> None:
    decision_id = await kept(desk)
    opened, is_new = await desk.do(talk_again, desk.office.owner, now=MONDAY_AFTER, decision_id=decision_id)
    assert (opened.id, is_new) == (2, True)
    assert await desk.do(talk_again, now=MONDAY_AFTER, decision_id=decision_id) == (opened, False)
    assert await desk.road() is Road.IN_REVIEW
    await forget_outgoing(desk.database)
    assert await asked(desk, MONDAY_AFTER + timedelta(days=10)) == []


async def test_nobody_else_says_how_things_are(desk: DecisionDesk) -> None:
    decision_id = await kept(desk)
    for use_case in (say_all_is_well, talk_again):
        for actor in (desk.office.dealer, desk.office.reporter, desk.office.colleague):
            with pytest.raises(NotFoundError):
                await desk.do(use_case, actor, decision_id=decision_id)
    assert (await desk.stored(decision_id)).followed_up_at is None


async def test_what_is_talked_about_already_is_not_asked_about(desk: DecisionDesk) -> None:
    decision_id = await kept(desk)
    await desk.reopen(decision_id)
    assert await asked(desk, MONDAY_AFTER) == []


async def test_on_the_end_date_of_parting_the_owner_is_asked_whether_they_left(desk: DecisionDesk) -> None:
    decision_id = await parted(desk, TODAY)
    assert await asked(desk, NOW) == [(desk.office.owner.person.id, 1)]
    view = await desk.database.read(lambda uow: read_decision(uow, desk.office.client.workspace_id, decision_id))
    assert view is not None
    assert view.is_to_ask
    await desk.do(mark_left, desk.office.owner, client_id=desk.office.client.id)
    assert [key for key in await due_rows(desk.database) if key[0].startswith("decision")] == []
    view = await desk.database.read(lambda uow: read_decision(uow, desk.office.client.workspace_id, decision_id))
    assert view is not None
    assert not view.is_to_ask


async def leave(desk: DecisionDesk) -> Any:
    return await desk.do(mark_left, desk.office.owner, client_id=desk.office.client.id)


async def come_back(desk: DecisionDesk, discussion_id: int | None) -> None:
    await desk.do(take_back_left, desk.office.owner, client_id=desk.office.client.id, discussion_id=discussion_id)


async def test_leaving_ends_whatever_was_under_way(desk: DecisionDesk) -> None:
    await desk.make_second()
    await desk.view(PART, PART)
    tried = await desk.try_something()
    proposed = await desk.decide(DecisionOutcome.PART)
    await forget_outgoing(desk.database)
    outcome = await leave(desk)
    assert outcome.discussion_id == desk.discussion.id
    assert await desk.road() is Road.PARTED
    declined = await desk.stored(proposed.id)
    assert (declined.state, declined.declined_by_id) == (DecisionState.DECLINED, None)
    stopped = await desk.database.read(lambda uow: uow.remedies.find(desk.office.client.workspace_id, tried.id))
    assert stopped is not None
    assert stopped.ended_at == NOW
    ended = await desk.database.read(lambda uow: current_round(uow, desk.discussion.id))
    assert ended is not None
    assert ended.ended_at == NOW
    rows = await due_rows(desk.database)
    assert {kind.partition("_")[0] for kind, _ in rows} == {"debrief", "evaluation"}
    assert [one.notice for one in await outgoing(desk.database, FlagLedTo)] == [
        FlagLedTo(desk.discussion.id, desk.office.reporter.person.id)
    ]
    assert "client_left" in await desk.actions()


async def test_a_client_that_comes_back_is_talked_about_as_before(desk: DecisionDesk) -> None:
    await desk.view(PART, PUT_RIGHT)
    outcome = await leave(desk)
    await come_back(desk, outcome.discussion_id)
    assert await desk.road() is Road.IN_REVIEW
    assert (await desk.read_discussion()).state is DiscussionState.OPEN
    current = await desk.database.read(lambda uow: current_round(uow, desk.discussion.id))
    assert current is not None
    assert (current.number, current.ended_at) == (1, None)
    assert (await desk.actions())[-1] == "client_back"


async def test_a_decision_to_part_stands_again_when_leaving_was_a_mistake(desk: DecisionDesk) -> None:
    decision_id = await parted(desk)
    outcome = await leave(desk)
    await come_back(desk, outcome.discussion_id)
    assert await desk.road() is Road.PARTING
    assert ("decision_next", f"{decision_id}:1") in await due_rows(desk.database)
    current = await desk.database.read(lambda uow: current_round(uow, desk.discussion.id))
    assert current is not None
    assert current.ended_at == NOW
    assert (await desk.reopen(decision_id)).state is DecisionState.REOPENED


async def test_what_was_to_be_tried_is_asked_anew_when_leaving_was_a_mistake(desk: DecisionDesk) -> None:
    await desk.view(PUT_RIGHT, PUT_RIGHT)
    await desk.decide(DecisionOutcome.PUT_RIGHT)
    outcome = await leave(desk)
    await come_back(desk, outcome.discussion_id)
    assert await desk.road() is Road.IN_REVIEW
    current = await desk.database.read(lambda uow: current_round(uow, desk.discussion.id))
    assert current is not None
    assert (current.number, current.ended_at) == (2, None)


async def test_a_client_that_is_gone_is_not_talked_about_again(desk: DecisionDesk) -> None:
    decision_id = await kept(desk)
    await leave(desk)
    with pytest.raises(ClientLeftAlreadyError):
        await desk.do(talk_again, decision_id=decision_id)


async def test_a_client_merged_meanwhile_is_decided_on_where_it_went(desk: DecisionDesk) -> None:
    await desk.view(KEEP, KEEP)
    into = await desk.database.write(
        lambda uow: make_client(uow, uow.people.workspace(desk.office.client.workspace_id), "Globex")
    )
    await desk.do(merge_clients, source_id=desk.office.client.id, target_id=into.id)
    made = await desk.decide(DecisionOutcome.KEEP)
    assert made.client_id == into.id
    found = await desk.database.read(lambda uow: uow.clients.find(into.workspace_id, into.id))
    assert found is not None
    assert found.road is Road.ACTIVE


async def test_a_proposal_whose_discussion_a_merge_closed_waits_for_nobody_until_it_is_undone(
    desk: DecisionDesk,
) -> None:
    await desk.make_second()
    await desk.view(PART, PART)
    proposed = await desk.decide(DecisionOutcome.PART)
    into = await desk.database.write(
        lambda uow: make_client(uow, uow.people.workspace(desk.office.client.workspace_id), "Globex")
    )
    await desk.do(open_discussion_by_hand, client_id=into.id)
    merged = await desk.do(merge_clients, source_id=desk.office.client.id, target_id=into.id)
    with pytest.raises(NoDecisionWaitsError):
        await desk.confirm(proposed.id)
    await forget_outgoing(desk.database)
    await desk.run_due(NOW + timedelta(days=4))
    assert await outgoing(desk.database, DecisionToConfirm) == []
    await desk.do(undo_merge, target_id=into.id, merge_id=merged.merge_id)
    assert (await desk.confirm(proposed.id)).state is DecisionState.TAKEN
    assert await desk.road() is Road.PARTING


async def test_reporters_hear_what_stands_when_it_is_said(desk: DecisionDesk) -> None:
    reporter = desk.office.reporter.person.id

    async def heard() -> Any:
        def read(uow: UnitOfWork) -> Any:
            return read_flag_outcome(uow, desk.office.client.workspace_id, desk.discussion.id, reporter, NOW)

        return await desk.database.read(read)

    decision_id = await kept(desk)
    assert (await heard()).decision.id == decision_id
    await desk.reopen(decision_id)
    assert (await heard()).decision is None
    await desk.do(withdraw_flag, desk.office.reporter, flag_id=1, reason="A mistake.")
    assert await heard() is None
