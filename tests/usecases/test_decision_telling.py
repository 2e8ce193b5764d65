"""What is told about decisions, to whom and where, and when nothing is left to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.delivery_outcome import Reason
from bot.domain.model import DiscussionStyle
from bot.domain.notices import (
    DecisionDue,
    DecisionSettled,
    DecisionToConfirm,
    DiscussionDecision,
    DiscussionOpening,
    FlagLedTo,
)
from bot.usecases.decision.following_up import say_all_is_well
from bot.usecases.decision.telling import (
    Asking,
    tell_decision,
    tell_due,
    tell_flag_led_to,
    tell_settled,
    tell_to_confirm,
)
from bot.usecases.flags.editing import withdraw_flag
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import Over, Reader, Stuck, Tell, ToPerson, ToPlace
from bot.usecases.reach import everyone_in
from bot.usecases.settings import change_setting
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import KEEP, PART, DecisionSetup, open_setup
from tests.usecases.flags.case_setup import CALENDAR

LATER = NOW + timedelta(days=120)


@pytest.fixture
async def setup(sqlite_database: Database) -> DecisionSetup:
    """A discussion on SQLite, in a workspace that reads Dutch while its people read English."""
    made = await open_setup(sqlite_database)
    workspace_id = made.case.client.workspace_id
    await made.database.write(lambda uow: change_setting(uow, workspace_id, "language", "nl", NOW))
    return made


async def told(setup: DecisionSetup, tell: Any, notice: Any) -> Any:
    """What is decided about a notice."""

    def decide(uow: UnitOfWork) -> Any:
        return tell(uow, uow.people.workspace(setup.case.client.workspace_id), notice, NOW, CALENDAR)

    return await setup.database.read(decide)


async def place(setup: DecisionSetup, external_id: str) -> int:
    """A place that we know."""
    workspace_id = setup.case.client.workspace_id
    return (await setup.database.write(lambda uow: uow.people.ensure_place(workspace_id, PLATFORM, external_id))).id


async def stands(setup: DecisionSetup, subject: str, thread: str | None = None) -> int:
    """A message about a subject stands in a place of its own; returns that."""
    at, workspace_id = await place(setup, f"C-{subject}"), setup.case.client.workspace_id
    await setup.database.write(lambda uow: uow.messages.save(workspace_id, subject, TrackedMessage(at, "1.1", thread)))
    return at


async def opened(setup: DecisionSetup, thread: str | None = None) -> int:
    """The discussion has begun; returns the place of its opening."""
    return await stands(setup, DiscussionOpening(setup.discussion.id).lane, thread)


async def kept(setup: DecisionSetup) -> int:
    await setup.view(KEEP, KEEP)
    return (await setup.decide(DecisionOutcome.KEEP)).id


async def proposed(setup: DecisionSetup) -> int:
    await setup.make_second()
    await setup.view(PART, PART)
    return (await setup.decide(DecisionOutcome.PART)).id


async def test_a_decision_is_said_in_the_channel_of_its_discussion(setup: DecisionSetup) -> None:
    notice = DiscussionDecision(setup.discussion.id, await kept(setup))
    channel = await place(setup, "C-review")
    await opened(setup)
    await setup.database.write(lambda uow: uow.discussions.set_place(setup.discussion.id, channel))
    said = await told(setup, tell_decision, notice)
    assert isinstance(said, Tell)
    assert said.to == ToPlace(channel, subject=f"decision:{notice.decision_id}")
    workspace_id = setup.case.client.workspace_id
    assert said.reader == everyone_in(await setup.database.read(lambda uow: uow.people.workspace(workspace_id)))
    assert said.what.decision.outcome is DecisionOutcome.KEEP


@pytest.mark.parametrize(("under", "thread"), [(None, "1.1"), ("0.9", "0.9")])
async def test_in_a_thread_it_is_said_under_the_same_message_as_the_opening(
    setup: DecisionSetup, under: str | None, thread: str
) -> None:
    notice = DiscussionDecision(setup.discussion.id, await kept(setup))
    at = await opened(setup, under)
    await setup.database.write(
        lambda uow: uow.discussions.set_style(setup.discussion.id, DiscussionStyle.THREAD, "no_scope")
    )
    said = await told(setup, tell_decision, notice)
    assert said.to == ToPlace(at, subject=f"decision:{notice.decision_id}", thread=thread)


async def test_before_the_discussion_has_begun_nobody_can_read_a_decision(setup: DecisionSetup) -> None:
    notice = DiscussionDecision(setup.discussion.id, await kept(setup))
    assert await told(setup, tell_decision, notice) == Over()


async def test_a_decision_whose_channel_was_lost_is_stuck(setup: DecisionSetup) -> None:
    notice = DiscussionDecision(setup.discussion.id, await kept(setup))
    await opened(setup)
    await setup.database.write(lambda uow: uow.discussions.set_place(setup.discussion.id, None))
    assert await told(setup, tell_decision, notice) == Stuck(Reason.PLACE_GONE)


async def test_who_can_confirm_a_proposal_is_asked(setup: DecisionSetup) -> None:
    decision_id = await proposed(setup)
    second = setup.second.person
    asked = await told(setup, tell_to_confirm, DecisionToConfirm(decision_id, second.id, 2))
    assert isinstance(asked, Tell)
    assert asked.to == ToPerson(second.id, subject=f"decision_confirm:{decision_id}:{second.id}:2")
    assert asked.reader == Reader(second.language, second.zone)
    assert isinstance(asked.what, Asking)
    assert (asked.what.step, asked.what.view.decision.id) == (2, decision_id)


async def test_who_proposed_it_is_not_asked_while_another_can_confirm(setup: DecisionSetup) -> None:
    decision_id = await proposed(setup)
    maker = setup.case.reviewer.person.id
    assert await told(setup, tell_to_confirm, DecisionToConfirm(decision_id, maker, 1)) == Over()


async def test_a_settled_proposal_says_so_only_where_somebody_was_asked(setup: DecisionSetup) -> None:
    decision_id = await proposed(setup)
    second = setup.second.person.id
    await stands(setup, f"decision_confirm:{decision_id}:{second}:1")
    await setup.confirm(decision_id)
    said = await told(setup, tell_to_confirm, DecisionToConfirm(decision_id, second, 1))
    assert said.what.view.decision.state is DecisionState.TAKEN
    assert await told(setup, tell_to_confirm, DecisionToConfirm(decision_id, second, 2)) == Over()


async def test_who_proposed_something_hears_once_it_is_settled(setup: DecisionSetup) -> None:
    notice = DecisionSettled(await proposed(setup), setup.case.reviewer.person.id)
    assert await told(setup, tell_settled, notice) == Over()
    await setup.decline(notice.decision_id)
    said = await told(setup, tell_settled, notice)
    assert (said.to, said.reader) == (
        ToPerson(notice.person_id),
        Reader(setup.case.reviewer.person.language, setup.case.reviewer.person.zone),
    )
    assert said.what.decision.state is DecisionState.DECLINED


async def test_on_its_date_somebody_is_asked_how_things_are(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    owner = setup.case.owner.person
    asked = await told(setup, tell_due, DecisionDue(decision_id, owner.id, 1))
    assert isinstance(asked, Tell)
    assert asked.to == ToPerson(owner.id, subject=f"decision_due:{decision_id}:{owner.id}:1")
    assert asked.reader == Reader(owner.language, owner.zone)
    assert asked.what == Asking(asked.what.view, 1)


async def test_once_that_is_answered_it_is_said_only_where_somebody_was_asked(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    owner = setup.case.owner.person.id
    await stands(setup, f"decision_due:{decision_id}:{owner}:1")
    await setup.do(say_all_is_well, setup.case.owner, now=LATER, decision_id=decision_id)
    assert not (await told(setup, tell_due, DecisionDue(decision_id, owner, 1))).what.view.is_to_ask
    assert await told(setup, tell_due, DecisionDue(decision_id, owner, 2)) == Over()


async def test_who_flagged_hears_what_came_of_it_unless_they_took_it_back(setup: DecisionSetup) -> None:
    decision_id = await kept(setup)
    reporter = setup.case.reporter
    notice = FlagLedTo(setup.discussion.id, reporter.person.id)
    said = await told(setup, tell_flag_led_to, notice)
    assert (said.to, said.reader) == (
        ToPerson(reporter.person.id),
        Reader(reporter.person.language, reporter.person.zone),
    )
    assert said.what.decision.id == decision_id
    await setup.do(withdraw_flag, reporter, flag_id=1, reason="A mistake.")
    assert await told(setup, tell_flag_led_to, notice) == Over()


NOT_THERE: list[tuple[Callable[..., Any], Any]] = [
    (tell_decision, DiscussionDecision(1, 99)),
    (tell_to_confirm, DecisionToConfirm(99, 1, 1)),
    (tell_settled, DecisionSettled(99, 1)),
    (tell_due, DecisionDue(99, 1, 1)),
    (tell_flag_led_to, FlagLedTo(99, 1)),
]


async def test_what_is_not_there_is_not_told_of(setup: DecisionSetup) -> None:
    await opened(setup)
    assert [await told(setup, tell, notice) for tell, notice in NOT_THERE] == [Over()] * len(NOT_THERE)
