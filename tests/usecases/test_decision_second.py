"""The second reviewer, and reopening: who may say what of a decision, and what follows."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

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
from bot.domain.model import ClientStage, DiscussionState
from bot.domain.notices import DecisionSettled, DecisionToConfirm, FlagLedTo
from bot.usecases.actor import Actor
from bot.usecases.decision.decision_view import read_decision_form, read_proposal, read_standing_decision
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.evaluation.evaluation_view import read_evaluation
from bot.usecases.evaluation.rounds import current_round
from bot.usecases.people.leavers import person_left
from bot.usecases.ports import Database
from bot.usecases.settings import change_role
from tests.factories import PERSON_IDS, PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import KEEP, PART, DecisionSetup, open_setup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing


@pytest.fixture
async def setup(sqlite_database: Database) -> DecisionSetup:
    """Two reviewers, and a team of which most would part."""
    opened = await open_setup(sqlite_database)
    await opened.make_second()
    await opened.view(PART, PART)
    return opened


@pytest.fixture
async def any_setup(database: Database) -> DecisionSetup:
    """The same on either database in turn."""
    opened = await open_setup(database)
    await opened.make_second()
    await opened.view(PART, PART)
    return opened


async def asked(setup: DecisionSetup) -> list[tuple[int, int]]:
    return [
        (one.notice.payload()["person_id"], one.notice.payload()["step"])
        for one in await outgoing(setup.database, DecisionToConfirm)
    ]


async def test_parting_waits_for_a_second_reviewer(any_setup: DecisionSetup) -> None:
    setup = any_setup
    proposed = await setup.decide(DecisionOutcome.PART)
    assert proposed.state is DecisionState.PROPOSED
    assert await setup.stage() is ClientStage.IN_REVIEW
    assert await asked(setup) == [(setup.second.person.id, 1)]
    with pytest.raises(OwnProposalError):
        await setup.confirm(proposed.id, setup.case.reviewer)
    assert await setup.stage() is ClientStage.IN_REVIEW
    await forget_outgoing(setup.database)
    taken = await setup.confirm(proposed.id)
    assert (taken.state, taken.confirmed_by_id, taken.confirmed_at) == (
        DecisionState.TAKEN,
        setup.second.person.id,
        NOW,
    )
    assert await setup.stage() is ClientStage.PARTING
    assert [one.notice for one in await outgoing(setup.database, DecisionSettled)] == [
        DecisionSettled(proposed.id, setup.case.reviewer.person.id)
    ]
    rows = await due_rows(setup.database)
    assert ("decision_next", f"{proposed.id}:1") in rows
    assert ("decision_waits", str(proposed.id)) not in rows
    assert await setup.confirm(proposed.id) == taken


async def test_other_outcomes_need_no_second_reviewer(setup: DecisionSetup) -> None:
    assert (await setup.decide(DecisionOutcome.KEEP)).state is DecisionState.TAKEN


async def test_a_proposal_that_is_declined_makes_room_for_another(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    with pytest.raises(TextMissingError) as refused:
        await setup.decline(proposed.id, reason=" ")
    assert refused.value.field == "decline_reason"
    declined = await setup.decline(proposed.id)
    assert (declined.state, declined.decline_reason) == (DecisionState.DECLINED, "Not yet.")
    assert await setup.stage() is ClientStage.IN_REVIEW
    with pytest.raises(NoDecisionWaitsError):
        await setup.confirm(proposed.id)
    with pytest.raises(NoDecisionWaitsError):
        await setup.decline(proposed.id)
    assert (await setup.decide(DecisionOutcome.KEEP)).state is DecisionState.TAKEN


async def test_a_proposal_can_be_taken_back_by_whoever_made_it(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    assert (await setup.decline(proposed.id, setup.case.reviewer)).state is DecisionState.DECLINED


async def test_only_reviewers_have_a_word_in_it(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    for actor, refusal in ((setup.case.owner, ReviewersOnlyError), (setup.case.colleague, NotFoundError)):
        for word in (setup.confirm, setup.decline, setup.reopen):
            with pytest.raises(refusal):
                await word(proposed.id, actor)
    assert (await setup.stored(proposed.id)).state is DecisionState.PROPOSED


async def test_a_proposal_is_what_the_form_opens_on(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    found = await setup.do(read_decision_form, setup.second, discussion_id=setup.discussion.id)
    assert found.decision == proposed
    await setup.confirm(proposed.id)
    with pytest.raises(DecidedAlreadyError):
        await setup.do(read_decision_form, setup.second, discussion_id=setup.discussion.id)


async def test_a_proposal_is_looked_at_while_it_waits_and_by_reviewers(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    assert (await setup.case.do(read_proposal, actor=setup.second, decision_id=proposed.id)).decision == proposed
    for actor, refusal in ((setup.case.owner, ReviewersOnlyError), (setup.case.colleague, NotFoundError)):
        with pytest.raises(refusal):
            await setup.case.do(read_proposal, actor=actor, decision_id=proposed.id)
    await setup.decline(proposed.id)
    with pytest.raises(NoDecisionWaitsError):
        await setup.case.do(read_proposal, actor=setup.second, decision_id=proposed.id)


async def test_a_reviewer_who_comes_second_reads_what_stands(setup: DecisionSetup) -> None:
    async def stands(actor: Actor) -> Any:
        return await setup.case.do(read_standing_decision, actor=actor, discussion_id=setup.discussion.id)

    assert await stands(setup.second) is None
    proposed = await setup.decide(DecisionOutcome.PART)
    assert await stands(setup.second) == proposed
    for actor, refusal in ((setup.case.owner, ReviewersOnlyError), (setup.case.colleague, NotFoundError)):
        with pytest.raises(refusal):
            await stands(actor)
    await setup.decline(proposed.id)
    assert await stands(setup.second) is None


async def test_nobody_answers_and_is_asked_once_more(setup: DecisionSetup) -> None:
    await setup.decide(DecisionOutcome.PART)
    await forget_outgoing(setup.database)
    await setup.run_due(NOW + timedelta(days=2))
    assert await asked(setup) == []
    await setup.run_due(NOW + timedelta(days=3))
    assert await asked(setup) == [(setup.second.person.id, 2)]
    await forget_outgoing(setup.database)
    await setup.run_due(NOW + timedelta(days=300))
    assert await asked(setup) == []


async def leaves(setup: DecisionSetup, person_id: int) -> None:
    workspace_id = setup.case.client.workspace_id
    users = await setup.database.read(lambda uow: uow.people.external_ids([person_id], PLATFORM))
    await setup.database.write(lambda uow: person_left(uow, workspace_id, PLATFORM, users[person_id], NOW))


async def test_when_the_only_second_reviewer_leaves_the_first_is_asked(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    await forget_outgoing(setup.database)
    await leaves(setup, setup.second.person.id)
    assert await asked(setup) == [(setup.case.reviewer.person.id, 1)]
    taken = await setup.confirm(proposed.id, setup.case.reviewer)
    assert (taken.state, taken.confirmed_by_id) == (DecisionState.TAKEN, None)
    assert await setup.stage() is ClientStage.PARTING


async def test_when_others_become_reviewers_they_are_asked(setup: DecisionSetup) -> None:
    await setup.decide(DecisionOutcome.PART)
    await forget_outgoing(setup.database)
    workspace_id = setup.case.client.workspace_id
    for people in ([setup.case.reviewer], [setup.case.reviewer, setup.case.colleague]):
        ids = [actor.person.id for actor in people]
        users = await setup.database.read(lambda uow, of=ids: uow.people.external_ids(of, PLATFORM))
        chosen = ",".join(users.values())
        await setup.database.write(
            lambda uow, value=chosen: change_role(uow, workspace_id, "reviewers", value, NOW, PERSON_IDS)
        )
        assert await asked(setup) == [(ids[-1], 1)]
        await forget_outgoing(setup.database)


async def test_when_whoever_proposed_it_leaves_the_second_still_confirms(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    await leaves(setup, setup.case.reviewer.person.id)
    assert (await setup.confirm(proposed.id)).confirmed_by_id == setup.second.person.id


async def test_two_reviewers_at_the_same_instant_decide_once(any_setup: DecisionSetup) -> None:
    setup = any_setup
    ended = await asyncio.gather(
        setup.decide(DecisionOutcome.KEEP),
        setup.decide(DecisionOutcome.PUT_RIGHT, setup.second),
        return_exceptions=True,
    )
    refused = [one for one in ended if isinstance(one, FlagclientError)]
    made = [one for one in ended if not isinstance(one, BaseException)]
    assert (len(refused), len(made)) == (1, 1)
    assert await setup.database.read(lambda uow: uow.decisions.of_client(setup.case.client.id)) == made


async def test_confirming_and_declining_at_the_same_instant_settles_once(any_setup: DecisionSetup) -> None:
    setup = any_setup
    proposed = await setup.decide(DecisionOutcome.PART)
    ended = await asyncio.gather(
        setup.confirm(proposed.id), setup.decline(proposed.id, setup.case.reviewer), return_exceptions=True
    )
    assert [type(one) for one in ended if isinstance(one, BaseException)] == [NoDecisionWaitsError]
    is_taken = (await setup.stored(proposed.id)).state is DecisionState.TAKEN
    assert (await setup.stage() is ClientStage.PARTING) is is_taken


@pytest.mark.parametrize("outcome", [DecisionOutcome.KEEP, DecisionOutcome.PUT_RIGHT, DecisionOutcome.PART])
async def test_a_decision_is_reopened_with_a_reason(setup: DecisionSetup, outcome: DecisionOutcome) -> None:
    made = await setup.decide(outcome)
    if outcome is DecisionOutcome.PART:
        await setup.confirm(made.id)
    await forget_outgoing(setup.database)
    later = NOW + timedelta(days=1)
    reopened = await setup.reopen(made.id, setup.second, later)
    assert (reopened.state, reopened.reopen_reason) == (DecisionState.REOPENED, "They called.")
    assert (await setup.read_discussion()).state is DiscussionState.OPEN
    assert await setup.stage() is (
        ClientStage.REMEDY if outcome is DecisionOutcome.PUT_RIGHT else ClientStage.IN_REVIEW
    )
    current = await setup.database.read(lambda uow: current_round(uow, setup.discussion.id))
    assert current is not None
    assert (current.number, current.ended_at) == (2, None)
    workspace_id = setup.case.client.workspace_id
    evaluation = await setup.database.read(lambda uow: read_evaluation(uow, workspace_id, setup.discussion.id))
    assert evaluation is not None
    assert (evaluation.shown, evaluation.answered) == (None, ())
    assert not [key for key in await due_rows(setup.database) if key[0].startswith("decision")]
    assert len(await outgoing(setup.database, FlagLedTo)) == 1
    assert (await setup.reopen(made.id, setup.second, later)).state is DecisionState.REOPENED
    with pytest.raises(ReopenImpossibleError):
        await setup.reopen(made.id, setup.case.reviewer, later)
    await setup.view(KEEP, KEEP, now=later)
    assert (await setup.decide(DecisionOutcome.KEEP, now=later)).round == 2


async def test_once_the_letter_was_sent_the_decision_stands(setup: DecisionSetup) -> None:
    made = await setup.decide(DecisionOutcome.PART)
    await setup.confirm(made.id)
    sent = text("UPDATE decision SET letter_sent_at = made_at")
    await setup.database.transact(lambda connection: connection.execute(sent))  # type: ignore[attr-defined]
    with pytest.raises(LetterSentError):
        await setup.reopen(made.id)
    assert await setup.stage() is ClientStage.PARTING


async def test_a_newer_talk_stands_in_the_way_of_reopening(setup: DecisionSetup) -> None:
    made = await setup.decide(DecisionOutcome.KEEP)
    await setup.do(open_discussion_by_hand, client_id=setup.case.client.id)
    with pytest.raises(ReopenImpossibleError):
        await setup.reopen(made.id)


async def test_a_proposal_is_declined_and_not_reopened(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    with pytest.raises(ReopenImpossibleError):
        await setup.reopen(proposed.id)


async def test_the_audit_trail_names_every_step(setup: DecisionSetup) -> None:
    proposed = await setup.decide(DecisionOutcome.PART)
    await setup.decline(proposed.id)
    again = await setup.decide(DecisionOutcome.PART)
    await setup.confirm(again.id)
    await setup.reopen(again.id)
    assert [action for action in await setup.actions() if action.startswith("decision")] == [
        "decision_proposed",
        "decision_declined",
        "decision_proposed",
        "decision_confirmed",
        "decision_reopened",
    ]
