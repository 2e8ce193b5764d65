"""The date that a decision carries, a client that leaves, and clients that were merged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.audit import AuditAction
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_errors import DecisionDateError, NoDecisionWaitsError
from bot.domain.errors import ClientLeftAlreadyError, NotFoundError
from bot.domain.model import ClientStage, DiscussionState
from bot.domain.notices import DecisionDue, DecisionToConfirm, FlagLedTo
from bot.usecases.audit import trail_of
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.debrief.leaving import mark_left, take_back_left
from bot.usecases.decision.decision_view import read_decision, read_flag_outcome
from bot.usecases.decision.following_up import say_all_is_well, talk_again
from bot.usecases.decision.putting_off import put_off_leaving
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.evaluation.rounds import current_round
from bot.usecases.flags.editing import withdraw_flag
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import make_client
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import KEEP, PART, PUT_RIGHT, TODAY, DecisionSetup, open_setup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

SATURDAY = date(2026, 5, 30)
MONDAY_AFTER = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
async def setup(sqlite_database: Database) -> DecisionSetup:
    """A discussion on SQLite."""
    return await open_setup(sqlite_database)


async def kept(setup: DecisionSetup, next_on: date = SATURDAY) -> int:
    await setup.view(KEEP, KEEP)
    made = await setup.decide(DecisionOutcome.KEEP, next_on=next_on)
    await forget_outgoing(setup.database)
    return made.id


async def parted(setup: DecisionSetup, next_on: date = SATURDAY) -> int:
    await setup.view(PART, PART)
    made = await setup.decide(DecisionOutcome.PART, next_on=next_on)
    await forget_outgoing(setup.database)
    return made.id


async def asked(setup: DecisionSetup, now: datetime) -> list[tuple[int, int]]:
    """Who is asked by then, and at which step."""
    await setup.run_due(now)
    found = [one.notice.payload() for one in await outgoing(setup.database, DecisionDue)]
    await forget_outgoing(setup.database)
    return [(one["person_id"], one["step"]) for one in found]


async def test_the_owner_is_asked_on_the_day_or_the_next_working_morning(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    assert (await due_rows(setup.database))["decision_next", f"{decision_id}:1"] == MONDAY_AFTER
    assert await asked(setup, MONDAY_AFTER - timedelta(minutes=1)) == []
    assert await asked(setup, MONDAY_AFTER) == [(setup.case.owner.person.id, 1)]
    assert await asked(setup, MONDAY_AFTER + timedelta(days=2)) == []
    assert await asked(setup, MONDAY_AFTER + timedelta(days=3)) == [(setup.case.reviewer.person.id, 2)]
    assert await asked(setup, MONDAY_AFTER + timedelta(days=300)) == []


async def test_without_an_owner_reviewers_are_asked(setup: DecisionSetup) -> None:
    await kept(setup)
    await setup.database.write(lambda uow: uow.people.set_left(setup.case.owner.person.id, NOW))
    assert await asked(setup, MONDAY_AFTER) == [(setup.case.reviewer.person.id, 1)]


async def test_all_is_well_ends_the_asking(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    await asked(setup, MONDAY_AFTER)
    for _ in range(2):
        await setup.do(say_all_is_well, setup.case.owner, now=MONDAY_AFTER, decision_id=decision_id)
    assert (await setup.stored(decision_id)).followed_up_by_id == setup.case.owner.person.id
    assert (await setup.actions()).count("looked_again") == 1
    await forget_outgoing(setup.database)
    assert await asked(setup, MONDAY_AFTER + timedelta(days=10)) == []
    assert await setup.stage() is ClientStage.ACTIVE


async def test_talking_again_opens_one_discussion(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    opened, is_new = await setup.do(talk_again, setup.case.owner, now=MONDAY_AFTER, decision_id=decision_id)
    assert (opened.id, is_new) == (2, True)
    assert await setup.do(talk_again, now=MONDAY_AFTER, decision_id=decision_id) == (opened, False)
    assert await setup.stage() is ClientStage.IN_REVIEW
    await forget_outgoing(setup.database)
    assert await asked(setup, MONDAY_AFTER + timedelta(days=10)) == []


async def test_nobody_else_says_how_things_are(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    for use_case in (say_all_is_well, talk_again):
        for actor in (setup.case.dealer, setup.case.reporter, setup.case.colleague):
            with pytest.raises(NotFoundError):
                await setup.do(use_case, actor, decision_id=decision_id)
    assert (await setup.stored(decision_id)).followed_up_at is None


async def test_what_is_talked_about_already_is_not_asked_about(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    await setup.reopen(decision_id)
    assert await asked(setup, MONDAY_AFTER) == []


NEXT_DAY = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


async def test_once_the_last_day_is_over_the_owner_is_asked_then_a_reviewer_once(setup: DecisionSetup) -> None:
    await parted(setup, TODAY)
    assert await asked(setup, NEXT_DAY - timedelta(minutes=1)) == []
    assert await asked(setup, NEXT_DAY) == [(setup.case.owner.person.id, 1)]
    assert await asked(setup, NEXT_DAY + timedelta(days=6, hours=23)) == []
    assert await asked(setup, NEXT_DAY + timedelta(days=7)) == [(setup.case.reviewer.person.id, 2)]
    assert await asked(setup, NEXT_DAY + timedelta(days=300)) == []


async def test_who_stays_a_while_longer_is_asked_about_after_that(setup: DecisionSetup) -> None:
    decision_id = await parted(setup, TODAY)
    await asked(setup, NEXT_DAY)
    said = {"decision_id": decision_id, "now": NEXT_DAY}
    for until in (NEXT_DAY.date(), date(2031, 1, 1)):
        with pytest.raises(DecisionDateError):
            await setup.do(put_off_leaving, setup.case.owner, **said, until=until)
    with pytest.raises(NotFoundError):
        await setup.do(put_off_leaving, setup.case.reporter, **said, until=date(2026, 3, 6))
    await setup.do(put_off_leaving, setup.case.owner, **said, until=date(2026, 3, 6))
    assert (await setup.stored(decision_id)).next_on == date(2026, 3, 6)
    await forget_outgoing(setup.database)
    friday_over = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    assert await asked(setup, friday_over - timedelta(minutes=1)) == []
    assert await asked(setup, friday_over) == [(setup.case.owner.person.id, 1)]
    trail = await setup.database.read(lambda uow: trail_of(uow, setup.case.client.id))
    moved = next(one for one in trail if one.action == AuditAction.END_DATE_MOVED)
    assert (moved.details["was"], moved.details["next_on"]) == (TODAY.isoformat(), "2026-03-06")


async def test_nothing_is_asked_of_a_client_that_left(setup: DecisionSetup) -> None:
    decision_id = await parted(setup, TODAY)
    assert await asked(setup, NEXT_DAY) == [(setup.case.owner.person.id, 1)]
    view = await setup.database.read(lambda uow: read_decision(uow, setup.case.client.workspace_id, decision_id))
    assert view is not None
    assert view.is_to_ask
    await setup.do(mark_left, setup.case.owner, client_id=setup.case.client.id)
    assert [key for key in await due_rows(setup.database) if key[0].startswith("decision")] == []
    view = await setup.database.read(lambda uow: read_decision(uow, setup.case.client.workspace_id, decision_id))
    assert view is not None
    assert not view.is_to_ask


async def leave(setup: DecisionSetup) -> Any:
    return await setup.do(mark_left, setup.case.owner, client_id=setup.case.client.id)


async def come_back(setup: DecisionSetup, discussion_id: int | None) -> None:
    await setup.do(take_back_left, setup.case.owner, client_id=setup.case.client.id, discussion_id=discussion_id)


async def test_leaving_ends_whatever_was_under_way(setup: DecisionSetup) -> None:
    await setup.make_second()
    await setup.view(PART, PART)
    tried = await setup.try_something()
    proposed = await setup.decide(DecisionOutcome.PART)
    await forget_outgoing(setup.database)
    outcome = await leave(setup)
    assert outcome.discussion_id == setup.discussion.id
    assert await setup.stage() is ClientStage.PARTED
    declined = await setup.stored(proposed.id)
    assert (declined.state, declined.declined_by_id) == (DecisionState.DECLINED, None)
    stopped = await setup.database.read(lambda uow: uow.remedies.find(setup.case.client.workspace_id, tried.id))
    assert stopped is not None
    assert stopped.ended_at == NOW
    ended = await setup.database.read(lambda uow: current_round(uow, setup.discussion.id))
    assert ended is not None
    assert ended.ended_at == NOW
    rows = await due_rows(setup.database)
    assert {kind.partition("_")[0] for kind, _ in rows} == {"debrief", "evaluation"}
    assert [one.notice for one in await outgoing(setup.database, FlagLedTo)] == [
        FlagLedTo(setup.discussion.id, setup.case.reporter.person.id)
    ]
    assert "client_left" in await setup.actions()


async def test_a_client_that_comes_back_is_talked_about_as_before(setup: DecisionSetup) -> None:
    await setup.view(PART, PUT_RIGHT)
    outcome = await leave(setup)
    await come_back(setup, outcome.discussion_id)
    assert await setup.stage() is ClientStage.IN_REVIEW
    assert (await setup.read_discussion()).state is DiscussionState.OPEN
    current = await setup.database.read(lambda uow: current_round(uow, setup.discussion.id))
    assert current is not None
    assert (current.number, current.ended_at) == (1, None)
    assert (await setup.actions())[-1] == "client_back"


async def test_a_decision_to_part_stands_again_when_leaving_was_a_mistake(setup: DecisionSetup) -> None:
    decision_id = await parted(setup)
    outcome = await leave(setup)
    await come_back(setup, outcome.discussion_id)
    assert await setup.stage() is ClientStage.PARTING
    assert ("decision_next", f"{decision_id}:1") in await due_rows(setup.database)
    current = await setup.database.read(lambda uow: current_round(uow, setup.discussion.id))
    assert current is not None
    assert current.ended_at == NOW
    assert (await setup.reopen(decision_id)).state is DecisionState.REOPENED


async def test_what_was_to_be_tried_is_asked_anew_when_leaving_was_a_mistake(setup: DecisionSetup) -> None:
    await setup.view(PUT_RIGHT, PUT_RIGHT)
    await setup.decide(DecisionOutcome.PUT_RIGHT)
    outcome = await leave(setup)
    await come_back(setup, outcome.discussion_id)
    assert await setup.stage() is ClientStage.IN_REVIEW
    current = await setup.database.read(lambda uow: current_round(uow, setup.discussion.id))
    assert current is not None
    assert (current.number, current.ended_at) == (2, None)


async def test_a_client_that_is_gone_is_not_talked_about_again(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    await leave(setup)
    with pytest.raises(ClientLeftAlreadyError):
        await setup.do(talk_again, decision_id=decision_id)


async def test_a_client_merged_meanwhile_is_decided_on_where_it_went(setup: DecisionSetup) -> None:
    await setup.view(KEEP, KEEP)
    into = await setup.database.write(
        lambda uow: make_client(uow, uow.people.workspace(setup.case.client.workspace_id), "Globex")
    )
    await setup.do(merge_clients, source_id=setup.case.client.id, target_id=into.id)
    made = await setup.decide(DecisionOutcome.KEEP)
    assert made.client_id == into.id
    found = await setup.database.read(lambda uow: uow.clients.find(into.workspace_id, into.id))
    assert found is not None
    assert found.stage is ClientStage.ACTIVE


async def test_a_proposal_whose_discussion_a_merge_closed_waits_for_nobody_until_it_is_undone(
    setup: DecisionSetup,
) -> None:
    await setup.make_second()
    await setup.view(PART, PART)
    proposed = await setup.decide(DecisionOutcome.PART)
    into = await setup.database.write(
        lambda uow: make_client(uow, uow.people.workspace(setup.case.client.workspace_id), "Globex")
    )
    await setup.do(open_discussion_by_hand, client_id=into.id)
    merged = await setup.do(merge_clients, source_id=setup.case.client.id, target_id=into.id)
    with pytest.raises(NoDecisionWaitsError):
        await setup.confirm(proposed.id)
    await forget_outgoing(setup.database)
    await setup.run_due(NOW + timedelta(days=4))
    assert await outgoing(setup.database, DecisionToConfirm) == []
    await setup.do(undo_merge, target_id=into.id, merge_id=merged.merge_id)
    assert (await setup.confirm(proposed.id)).state is DecisionState.TAKEN
    assert await setup.stage() is ClientStage.PARTING


async def test_reporters_hear_what_stands_when_it_is_said(setup: DecisionSetup) -> None:
    reporter = setup.case.reporter.person.id

    async def heard() -> Any:
        def read(uow: UnitOfWork) -> Any:
            return read_flag_outcome(uow, setup.case.client.workspace_id, setup.discussion.id, reporter, NOW)

        return await setup.database.read(read)

    decision_id = await kept(setup)
    assert (await heard()).decision.id == decision_id
    await setup.reopen(decision_id)
    assert (await heard()).decision is None
    await setup.do(withdraw_flag, setup.case.reporter, flag_id=1, reason="A mistake.")
    assert await heard() is None
