"""The second reviewer, and reopening: who may say what of a decision, and what follows."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_errors import (
    DecidedAlreadyError,
    LetterSentError,
    NoDecisionWaitsError,
    OwnProposalError,
    ReopenImpossibleError,
)
from bot.domain.errors import FlagclientError, NotFoundError, ReviewersOnlyError, TextMissingError
from bot.domain.model import DiscussionState, Road
from bot.domain.notices import DecisionSettled, DecisionToConfirm, FlagLedTo
from bot.usecases.decision import read_decision_form
from bot.usecases.discussion import open_discussion_by_hand
from bot.usecases.evaluation import current_round, read_evaluation
from bot.usecases.leavers import person_left
from bot.usecases.ports import Database
from bot.usecases.settings import change_setting
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_desk import KEEP, PART, DecisionDesk, open_desk
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing


@pytest.fixture
async def desk(sqlite_database: Database) -> DecisionDesk:
    """Two reviewers, and a team of which most would part."""
    opened = await open_desk(sqlite_database)
    await opened.make_second()
    await opened.view(PART, PART)
    return opened


@pytest.fixture
async def any_desk(database: Database) -> DecisionDesk:
    """The same on either database in turn."""
    opened = await open_desk(database)
    await opened.make_second()
    await opened.view(PART, PART)
    return opened


async def asked(desk: DecisionDesk) -> list[tuple[int, int]]:
    return [
        (one.notice.payload()["person_id"], one.notice.payload()["step"])
        for one in await outgoing(desk.database, DecisionToConfirm)
    ]


async def test_parting_waits_for_a_second_reviewer(any_desk: DecisionDesk) -> None:
    desk = any_desk
    proposed = await desk.decide(DecisionOutcome.PART)
    assert proposed.state is DecisionState.PROPOSED
    assert await desk.road() is Road.IN_REVIEW
    assert await asked(desk) == [(desk.second.person.id, 1)]
    with pytest.raises(OwnProposalError):
        await desk.confirm(proposed.id, desk.office.reviewer)
    assert await desk.road() is Road.IN_REVIEW
    await forget_outgoing(desk.database)
    taken = await desk.confirm(proposed.id)
    assert (taken.state, taken.confirmed_by_id, taken.confirmed_at) == (
        DecisionState.TAKEN,
        desk.second.person.id,
        NOW,
    )
    assert await desk.road() is Road.PARTING
    assert [one.notice for one in await outgoing(desk.database, DecisionSettled)] == [
        DecisionSettled(proposed.id, desk.office.reviewer.person.id)
    ]
    rows = await due_rows(desk.database)
    assert ("decision_next", f"{proposed.id}:1") in rows
    assert ("decision_waits", str(proposed.id)) not in rows
    assert await desk.confirm(proposed.id) == taken


async def test_other_outcomes_need_no_second_reviewer(desk: DecisionDesk) -> None:
    assert (await desk.decide(DecisionOutcome.KEEP)).state is DecisionState.TAKEN


async def test_a_proposal_that_is_declined_makes_room_for_another(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    with pytest.raises(TextMissingError):
        await desk.decline(proposed.id, reason=" ")
    declined = await desk.decline(proposed.id)
    assert (declined.state, declined.decline_reason) == (DecisionState.DECLINED, "Not yet.")
    assert await desk.road() is Road.IN_REVIEW
    with pytest.raises(NoDecisionWaitsError):
        await desk.confirm(proposed.id)
    with pytest.raises(NoDecisionWaitsError):
        await desk.decline(proposed.id)
    assert (await desk.decide(DecisionOutcome.KEEP)).state is DecisionState.TAKEN


async def test_a_proposal_can_be_taken_back_by_whoever_made_it(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    assert (await desk.decline(proposed.id, desk.office.reviewer)).state is DecisionState.DECLINED


async def test_only_reviewers_have_a_word_in_it(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    for actor, refusal in ((desk.office.owner, ReviewersOnlyError), (desk.office.colleague, NotFoundError)):
        for word in (desk.confirm, desk.decline, desk.reopen):
            with pytest.raises(refusal):
                await word(proposed.id, actor)
    assert (await desk.stored(proposed.id)).state is DecisionState.PROPOSED


async def test_a_proposal_is_what_the_form_opens_on(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    found = await desk.do(read_decision_form, desk.second, discussion_id=desk.discussion.id)
    assert found.decision == proposed
    await desk.confirm(proposed.id)
    with pytest.raises(DecidedAlreadyError):
        await desk.do(read_decision_form, desk.second, discussion_id=desk.discussion.id)


async def test_nobody_answers_and_is_asked_once_more(desk: DecisionDesk) -> None:
    await desk.decide(DecisionOutcome.PART)
    await forget_outgoing(desk.database)
    await desk.run_due(NOW + timedelta(days=2))
    assert await asked(desk) == []
    await desk.run_due(NOW + timedelta(days=3))
    assert await asked(desk) == [(desk.second.person.id, 2)]
    await forget_outgoing(desk.database)
    await desk.run_due(NOW + timedelta(days=300))
    assert await asked(desk) == []


async def leaves(desk: DecisionDesk, person_id: int) -> None:
    workspace_id = desk.office.client.workspace_id
    users = await desk.database.read(lambda uow: uow.people.external_ids([person_id], PLATFORM))
    await desk.database.write(lambda uow: person_left(uow, workspace_id, PLATFORM, users[person_id], NOW))


async def test_when_the_only_second_reviewer_leaves_the_first_is_asked(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    await forget_outgoing(desk.database)
    await leaves(desk, desk.second.person.id)
    assert await asked(desk) == [(desk.office.reviewer.person.id, 1)]
    taken = await desk.confirm(proposed.id, desk.office.reviewer)
    assert (taken.state, taken.confirmed_by_id) == (DecisionState.TAKEN, None)
    assert await desk.road() is Road.PARTING


async def test_when_others_become_reviewers_they_are_asked(desk: DecisionDesk) -> None:
    await desk.decide(DecisionOutcome.PART)
    await forget_outgoing(desk.database)
    workspace_id = desk.office.client.workspace_id
    for people in ([desk.office.reviewer], [desk.office.reviewer, desk.office.colleague]):
        ids = [actor.person.id for actor in people]
        users = await desk.database.read(lambda uow, of=ids: uow.people.external_ids(of, PLATFORM))
        chosen = ",".join(users.values())
        await desk.database.write(lambda uow, value=chosen: change_setting(uow, workspace_id, "reviewers", value, NOW))
        assert await asked(desk) == [(ids[-1], 1)]
        await forget_outgoing(desk.database)


async def test_when_whoever_proposed_it_leaves_the_second_still_confirms(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    await leaves(desk, desk.office.reviewer.person.id)
    assert (await desk.confirm(proposed.id)).confirmed_by_id == desk.second.person.id


async def test_two_reviewers_at_the_same_instant_decide_once(any_desk: DecisionDesk) -> None:
    desk = any_desk
    ended = await asyncio.gather(
        desk.decide(DecisionOutcome.KEEP),
        desk.decide(DecisionOutcome.PUT_RIGHT, desk.second),
        return_exceptions=True,
    )
    refused = [one for one in ended if isinstance(one, FlagclientError)]
    made = [one for one in ended if not isinstance(one, BaseException)]
    assert (len(refused), len(made)) == (1, 1)
    assert await desk.database.read(lambda uow: uow.decisions.of_client(desk.office.client.id)) == made


async def test_confirming_and_declining_at_the_same_instant_settles_once(any_desk: DecisionDesk) -> None:
    desk = any_desk
    proposed = await desk.decide(DecisionOutcome.PART)
    ended = await asyncio.gather(
        desk.confirm(proposed.id), desk.decline(proposed.id, desk.office.reviewer), return_exceptions=True
    )
    assert [type(one) for one in ended if isinstance(one, BaseException)] == [NoDecisionWaitsError]
    is_taken = (await desk.stored(proposed.id)).state is DecisionState.TAKEN
    assert (await desk.road() is Road.PARTING) is is_taken


@pytest.mark.parametrize("outcome", [DecisionOutcome.KEEP, DecisionOutcome.PUT_RIGHT, DecisionOutcome.PART])
async def test_a_decision_is_reopened_with_a_reason(desk: DecisionDesk, outcome: DecisionOutcome) -> None:
    made = await desk.decide(outcome)
    if outcome is DecisionOutcome.PART:
        await desk.confirm(made.id)
    await forget_outgoing(desk.database)
    later = NOW + timedelta(days=1)
    reopened = await desk.reopen(made.id, desk.second, later)
    assert (reopened.state, reopened.reopen_reason) == (DecisionState.REOPENED, "They called.")
    assert (await desk.read_discussion()).state is DiscussionState.OPEN
    assert await desk.road() is (Road.REMEDY if outcome is DecisionOutcome.PUT_RIGHT else Road.IN_REVIEW)
    current = await desk.database.read(lambda uow: current_round(uow, desk.discussion.id))
    assert current is not None
    assert (current.number, current.ended_at) == (2, None)
    workspace_id = desk.office.client.workspace_id
    evaluation = await desk.database.read(lambda uow: read_evaluation(uow, workspace_id, desk.discussion.id))
    assert evaluation is not None
    assert (evaluation.shown, evaluation.answered) == (None, ())
    assert not [key for key in await due_rows(desk.database) if key[0].startswith("decision")]
    assert len(await outgoing(desk.database, FlagLedTo)) == 1
    assert (await desk.reopen(made.id, desk.second, later)).state is DecisionState.REOPENED
    with pytest.raises(ReopenImpossibleError):
        await desk.reopen(made.id, desk.office.reviewer, later)
    await desk.view(KEEP, KEEP, now=later)
    assert (await desk.decide(DecisionOutcome.KEEP, now=later)).round == 2


async def test_once_the_letter_was_sent_the_decision_stands(desk: DecisionDesk) -> None:
    made = await desk.decide(DecisionOutcome.PART)
    await desk.confirm(made.id)
    sent = text("UPDATE decision SET letter_sent_at = made_at")
    await desk.database.transact(lambda connection: connection.execute(sent))  # type: ignore[attr-defined]
    with pytest.raises(LetterSentError):
        await desk.reopen(made.id)
    assert await desk.road() is Road.PARTING


async def test_a_newer_talk_stands_in_the_way_of_reopening(desk: DecisionDesk) -> None:
    made = await desk.decide(DecisionOutcome.KEEP)
    await desk.do(open_discussion_by_hand, client_id=desk.office.client.id)
    with pytest.raises(ReopenImpossibleError):
        await desk.reopen(made.id)


async def test_a_proposal_is_declined_and_not_reopened(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    with pytest.raises(ReopenImpossibleError):
        await desk.reopen(proposed.id)


async def test_the_audit_trail_names_every_step(desk: DecisionDesk) -> None:
    proposed = await desk.decide(DecisionOutcome.PART)
    await desk.decline(proposed.id)
    again = await desk.decide(DecisionOutcome.PART)
    await desk.confirm(again.id)
    await desk.reopen(again.id)
    assert [action for action in await desk.actions() if action.startswith("decision")] == [
        "decision_proposed",
        "decision_declined",
        "decision_proposed",
        "decision_confirmed",
        "decision_reopened",
    ]
