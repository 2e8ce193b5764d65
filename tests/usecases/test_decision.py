"""Taking a decision: its guards against what is stored, its record, and what follows from each outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_errors import (
    ClientSideMissingError,
    DecidedAlreadyError,
    LastResortError,
    QuorumMissingError,
    RemedyMissingError,
    ViewsHiddenError,
)
from bot.domain.delivery_outcome import Reason, Refused
from bot.domain.errors import (
    DiscussionClosedError,
    NotFoundError,
    RemedyDatesError,
    ReviewersOnlyError,
    TextMissingError,
)
from bot.domain.model import ClientStage, DiscussionState
from bot.domain.notices import DiscussionDecision, DiscussionOpening, DiscussionSpace, DiscussionStep, FlagLedTo
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.debrief.leaving import mark_left
from bot.usecases.decision.decision_view import read_decision_form, standing_decision
from bot.usecases.evaluation.answering import give_view
from bot.usecases.evaluation.ending_early import EarlyEnd, end_early
from bot.usecases.evaluation.rounds import current_round
from bot.usecases.outbox_delivery import record_delivery
from bot.usecases.ports import Database, UnitOfWork
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import (
    KEEP,
    LATER,
    NO_VIEW,
    PART,
    PUT_RIGHT,
    TODAY,
    DecisionSetup,
    open_setup,
)
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing


@pytest.fixture
async def setup(sqlite_database: Database) -> DecisionSetup:
    """A discussion on SQLite."""
    return await open_setup(sqlite_database)


@pytest.fixture
async def any_setup(database: Database) -> DecisionSetup:
    """A discussion on either database in turn."""
    return await open_setup(database)


async def told(setup: DecisionSetup) -> dict[type[Any], list[Any]]:
    """What waits to be said, by kind."""
    found: dict[type[Any], list[Any]] = {}
    for one in await outgoing(setup.database):
        found.setdefault(type(one.notice), []).append(one.notice)
    return found


async def test_keeping_a_client_closes_the_discussion_and_asks_again_later(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await setup.view(KEEP, KEEP)
    await forget_outgoing(setup.database)
    made = await setup.decide(DecisionOutcome.KEEP)
    assert (made.state, made.learned, made.next_on) == (DecisionState.TAKEN, "To agree on less at a time.", LATER)
    assert made.against_majority == ""
    assert await setup.stage() is ClientStage.ACTIVE
    assert (await setup.read_discussion()).state is DiscussionState.CLOSED
    assert await setup.database.read(lambda uow: uow.alerts.open_for(setup.case.client.id)) == []
    said = await told(setup)
    assert said[DiscussionDecision] == [DiscussionDecision(setup.discussion.id, made.id)]
    assert said[DiscussionOpening] == [DiscussionOpening(setup.discussion.id)]
    assert said[FlagLedTo] == [FlagLedTo(setup.discussion.id, setup.case.reporter.person.id)]
    assert [key for key in await due_rows(setup.database) if key[0].startswith("decision")] == [
        ("decision_next", f"{made.id}:1")
    ]
    assert (await setup.actions())[-2:] == ["decision_taken", "discussion_closed"]


async def test_putting_things_right_starts_what_is_tried(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await setup.view(PUT_RIGHT, PUT_RIGHT)
    made = await setup.decide(DecisionOutcome.PUT_RIGHT)
    (remedy,) = await setup.database.read(lambda uow: uow.remedies.of_client(setup.case.client.id))
    assert remedy.discussion_id == setup.discussion.id
    assert made.next_on == remedy.ends_on
    assert await setup.stage() is ClientStage.REMEDY
    assert (await setup.read_discussion()).state is DiscussionState.OPEN
    ended = await setup.database.read(lambda uow: current_round(uow, setup.discussion.id))
    assert ended is not None
    assert ended.ended_at == NOW
    assert not [key for key in await due_rows(setup.database) if key[0].startswith("decision")]


async def test_what_is_tried_already_is_enough_to_put_things_right(setup: DecisionSetup) -> None:
    await setup.view(PUT_RIGHT, PUT_RIGHT)
    with pytest.raises(RemedyMissingError):
        await setup.decide(DecisionOutcome.PUT_RIGHT, remedy=None)
    tried = await setup.try_something()
    made = await setup.decide(DecisionOutcome.PUT_RIGHT, remedy=None)
    assert made.next_on == tried.ends_on
    assert len(await setup.database.read(lambda uow: uow.remedies.of_client(setup.case.client.id))) == 1


async def test_a_remedy_that_cannot_be_leaves_nothing_decided(setup: DecisionSetup) -> None:
    await setup.view(PUT_RIGHT, PUT_RIGHT)
    with pytest.raises(RemedyDatesError) as refused:
        await setup.decide(DecisionOutcome.PUT_RIGHT, remedy=setup.remedy_draft(ends_on=TODAY))
    assert refused.value.field == "ends_on"
    assert await setup.database.read(lambda uow: uow.decisions.of_client(setup.case.client.id)) == []


async def test_parting_stays_open_for_the_letter_and_ends_what_is_tried(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await setup.hear()
    await setup.view(PART, PART)
    running = await setup.try_something()
    made = await setup.decide(DecisionOutcome.PART)
    assert made.state is DecisionState.TAKEN
    assert made.no_remedy_possible == "They do not answer."
    assert await setup.stage() is ClientStage.PARTING
    assert (await setup.read_discussion()).state is DiscussionState.OPEN
    stopped = await setup.database.read(lambda uow: uow.remedies.find(setup.case.client.workspace_id, running.id))
    assert stopped is not None
    assert stopped.ended_at == NOW
    assert await setup.database.read(lambda uow: uow.alerts.open_for(setup.case.client.id)) == []
    with pytest.raises(DecidedAlreadyError):
        await setup.decide(DecisionOutcome.KEEP)


async def test_parting_is_refused_while_nothing_was_tried(setup: DecisionSetup) -> None:
    await setup.view(PART, PART)
    with pytest.raises(LastResortError):
        await setup.decide(DecisionOutcome.PART, no_remedy_possible="")
    assert await setup.stage() is ClientStage.IN_REVIEW


async def test_something_tried_in_vain_is_the_last_resorts_reason(setup: DecisionSetup) -> None:
    await setup.try_in_vain()
    await setup.view(PART, PART)
    made = await setup.decide(DecisionOutcome.PART, no_remedy_possible="")
    assert made.state is DecisionState.TAKEN


async def test_the_clients_side_is_asked_before(setup: DecisionSetup) -> None:
    await setup.view(KEEP, KEEP)
    with pytest.raises(ClientSideMissingError):
        await setup.decide(DecisionOutcome.KEEP, client_side_waived="")
    await setup.hear()
    assert (await setup.decide(DecisionOutcome.KEEP, client_side_waived="Kept?")).client_side_waived == ""


async def test_too_few_views_end_undecided_and_are_looked_at_again(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await setup.view(KEEP, NO_VIEW)
    with pytest.raises(QuorumMissingError):
        await setup.decide(DecisionOutcome.KEEP)
    made = await setup.decide(DecisionOutcome.UNDECIDED, reason="Nobody knows them well.")
    assert (made.outcome, made.state) == (DecisionOutcome.UNDECIDED, DecisionState.TAKEN)
    assert await setup.stage() is ClientStage.ACTIVE
    assert (await setup.read_discussion()).state is DiscussionState.CLOSED
    assert ("decision_next", f"{made.id}:1") in await due_rows(setup.database)


async def test_while_something_is_tried_a_client_that_is_kept_stays_under_it(setup: DecisionSetup) -> None:
    await setup.try_something()
    await setup.view(KEEP, KEEP)
    await setup.decide(DecisionOutcome.KEEP)
    assert await setup.stage() is ClientStage.REMEDY


async def test_nothing_is_decided_before_the_views_are_shown(setup: DecisionSetup) -> None:
    for actor in setup.asked[:3]:
        await setup.do(give_view, actor, discussion_id=setup.discussion.id, choice=KEEP, reason="So I see it.")
    with pytest.raises(ViewsHiddenError):
        await setup.decide(DecisionOutcome.KEEP)
    with pytest.raises(ViewsHiddenError):
        await setup.decide(DecisionOutcome.UNDECIDED)
    early = await setup.do(read_decision_form, discussion_id=setup.discussion.id)
    assert isinstance(early, EarlyEnd)
    assert (early.answered, early.asked) == (3, 4)


async def test_with_one_view_there_is_nothing_to_end(setup: DecisionSetup) -> None:
    await setup.do(give_view, setup.asked[0], discussion_id=setup.discussion.id, choice=KEEP, reason="So I see it.")
    with pytest.raises(ViewsHiddenError):
        await setup.do(read_decision_form, discussion_id=setup.discussion.id)


async def test_once_the_waiting_was_ended_early_it_can_be_decided(setup: DecisionSetup) -> None:
    for actor in setup.asked[:2]:
        await setup.do(give_view, actor, discussion_id=setup.discussion.id, choice=KEEP, reason="So I see it.")
    await setup.do(end_early, discussion_id=setup.discussion.id, reason="The client calls tomorrow.")
    decision = await setup.decide(DecisionOutcome.KEEP)
    assert decision.state is DecisionState.TAKEN


async def test_only_reviewers_decide_and_strangers_learn_nothing(setup: DecisionSetup) -> None:
    await setup.view(KEEP, KEEP)
    for actor, refusal in (
        (setup.case.owner, ReviewersOnlyError),
        (setup.case.reporter, ReviewersOnlyError),
        (setup.case.colleague, NotFoundError),
    ):
        with pytest.raises(refusal):
            await setup.decide(DecisionOutcome.KEEP, actor)
        with pytest.raises(refusal):
            await setup.do(read_decision_form, actor, discussion_id=setup.discussion.id)
    stranger = replace(setup.case.reviewer.person, workspace_id=99)
    with pytest.raises(NotFoundError):
        await setup.decide(DecisionOutcome.KEEP, replace(setup.case.reviewer, person=stranger))


async def test_the_record_is_as_it_was_at_that_moment(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await setup.hear()
    await setup.try_in_vain()
    await setup.view(PART, PUT_RIGHT, PART)
    made = await setup.decide(DecisionOutcome.PART)
    before = made.snapshot
    assert before["score"] == 8
    assert [(view["choice"], view["deals_with"]) for view in before["views"]] == [
        ("part", False),
        ("put_right", True),
        ("part", True),
        ("no_view", False),
    ]
    assert [one["outcome"] for one in before["remedies"]] == ["did_not_work"]
    assert [one["says"] for one in before["statements"]] == ["We were late, sorry."]
    assert len(before["flags"]) == 1
    await setup.case.record(severity=3, category="demanding", now=NOW + timedelta(days=1))
    assert (await setup.stored(made.id)).snapshot == before


@pytest.mark.parametrize("outcome", [DecisionOutcome.PART, DecisionOutcome.KEEP])
async def test_a_decision_follows_where_its_channel_was_lost_unless_the_talk_is_over(
    setup: DecisionSetup, outcome: DecisionOutcome
) -> None:
    await setup.view(PART, KEEP)
    made = await setup.decide(outcome)
    notice = DiscussionDecision(setup.discussion.id, made.id)

    def lose(uow: UnitOfWork) -> None:
        uow.outbox.recall(setup.discussion.workspace_id, notice.lane, NOW)
        uow.outbox.put(setup.discussion.workspace_id, notice, NOW)
        item = next(one for one in uow.outbox.claim(NOW, 100, timedelta(minutes=1)) if one.notice == notice)
        record_delivery(uow, item, Refused(Reason.PLACE_GONE), NOW, hooks=AFTER_DELIVERY, jitter=0)

    await setup.database.write(lose)
    waiting = [type(one.notice) for one in await outgoing(setup.database) if isinstance(one.notice, DiscussionStep)]
    is_open = outcome is DecisionOutcome.PART
    assert (DiscussionSpace in waiting) is is_open
    assert (DiscussionDecision in waiting) is is_open


async def test_the_same_person_deciding_the_same_twice_decides_once(setup: DecisionSetup) -> None:
    await setup.view(PUT_RIGHT, PUT_RIGHT)
    first = await setup.decide(DecisionOutcome.PUT_RIGHT)
    again = await setup.decide(DecisionOutcome.PUT_RIGHT)
    assert again == first
    assert len(await setup.database.read(lambda uow: uow.remedies.of_client(setup.case.client.id))) == 1


async def test_whoever_comes_after_a_decision_that_closed_the_discussion_hears_so(setup: DecisionSetup) -> None:
    await setup.make_second()
    await setup.view(KEEP, KEEP)
    made = await setup.decide(DecisionOutcome.KEEP)
    assert await setup.decide(DecisionOutcome.KEEP) == made
    for outcome in (DecisionOutcome.KEEP, DecisionOutcome.PART):
        with pytest.raises(DecidedAlreadyError):
            await setup.decide(outcome, setup.second)
    with pytest.raises(DecidedAlreadyError):
        await setup.do(read_decision_form, discussion_id=setup.discussion.id)


async def test_a_discussion_that_closed_otherwise_is_not_decided_on(setup: DecisionSetup) -> None:
    await setup.view(KEEP, KEEP)
    await setup.do(mark_left, client_id=setup.case.client.id)
    with pytest.raises(DiscussionClosedError):
        await setup.decide(DecisionOutcome.KEEP)


async def test_what_stands_can_be_read(setup: DecisionSetup) -> None:
    await setup.view(KEEP, KEEP)

    async def standing() -> Decision | None:
        return await setup.database.read(lambda uow: standing_decision(uow, setup.discussion))

    assert await standing() is None
    made = await setup.decide(DecisionOutcome.KEEP)
    assert await standing() == made
    assert await setup.database.read(lambda uow: uow.decisions.of_client(setup.case.client.id)) == [made]


async def test_a_missing_reason_is_named_with_its_field(setup: DecisionSetup) -> None:
    await setup.view(KEEP, KEEP)
    with pytest.raises(TextMissingError) as refused:
        await setup.decide(DecisionOutcome.KEEP, reason=" ")
    assert refused.value.field == "reason"
