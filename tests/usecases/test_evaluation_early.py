"""A reviewer ends the waiting for views before its time: once two are in, with a reason, and for all to see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.audit import AuditAction
from bot.domain.decision_errors import TooFewInError
from bot.domain.errors import NotFoundError, ReviewersOnlyError, TextMissingError
from bot.domain.evaluation import ViewChoice
from bot.domain.notices import EvaluationNews, EvaluationReminder
from bot.usecases.audit import trail_of
from bot.usecases.evaluation.ending_early import end_early
from bot.usecases.evaluation.rounds import REMINDER
from tests.usecases.evaluation_setup import Setup, open_setup
from tests.usecases.flags.case_setup import CaseSetup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

KEEP, PART, NO_VIEW = ViewChoice.KEEP, ViewChoice.PART, ViewChoice.NO_VIEW
DAY_AFTER = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)


async def end(setup: Setup, by: Any = None, reason: str = "The client calls tomorrow.") -> None:
    given = {"actor": by or setup.case.reviewer, "discussion_id": setup.discussion.id, "reason": reason}
    await setup.do(end_early, **given, now=setup.now)


async def test_what_is_in_is_shown_to_all_with_the_reason_and_the_others_can_follow(any_case: CaseSetup) -> None:
    setup = await open_setup(any_case)
    _, owner, dealer = setup.asked
    await setup.view(owner, KEEP)
    await setup.view(dealer, PART)
    await forget_outgoing(any_case.database)
    await end(setup)
    evaluation = await setup.evaluation()
    assert evaluation.shown is not None
    assert evaluation.shown.tally.opinions == 2
    assert (evaluation.round.early_by_id, evaluation.round.early_reason) == (
        any_case.reviewer.person.id,
        "The client calls tomorrow.",
    )
    assert [one.notice.news for one in await outgoing(any_case.database, EvaluationNews)] == ["early"]
    assert not [kind for kind, _ in await due_rows(any_case.database) if kind == REMINDER]
    await setup.view(any_case.reviewer, KEEP)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 3
    await setup.until(DAY_AFTER)
    assert await outgoing(any_case.database, EvaluationReminder) == []
    trail = await any_case.database.read(lambda uow: trail_of(uow, any_case.client.id))
    assert [one.action for one in trail].count(AuditAction.ROUND_ENDED_EARLY) == 1


async def test_a_second_click_changes_nothing(case: CaseSetup) -> None:
    setup = await open_setup(case)
    for actor in setup.asked[1:]:
        await setup.view(actor, KEEP)
    await end(setup)
    await end(setup, reason="Another reason.")
    assert (await setup.round()).early_reason == "The client calls tomorrow."


@pytest.mark.parametrize("second", [KEEP, NO_VIEW])
async def test_whether_it_can_be_done_tells_nothing_of_what_is_hidden(case: CaseSetup, second: ViewChoice) -> None:
    setup = await open_setup(case)
    await setup.view(setup.asked[1], KEEP)
    with pytest.raises(TooFewInError):
        await end(setup)
    await setup.view(setup.asked[2], second)
    await end(setup)


async def test_it_takes_a_reviewer_and_a_reason(case: CaseSetup) -> None:
    setup = await open_setup(case)
    for actor in setup.asked[1:]:
        await setup.view(actor, KEEP)
    with pytest.raises(ReviewersOnlyError):
        await end(setup, by=case.owner)
    with pytest.raises(NotFoundError):
        await end(setup, by=case.colleague)
    with pytest.raises(TextMissingError) as refused:
        await end(setup, reason=" ")
    assert refused.value.field == "early_reason"
    assert (await setup.evaluation()).shown is None


async def test_when_nobody_gave_a_view_nobody_is_told_that_they_are_in(case: CaseSetup) -> None:
    setup = await open_setup(case)
    await setup.until(DAY_AFTER)
    await setup.until(datetime(2026, 3, 16, 23, 0, tzinfo=UTC))
    evaluation = await setup.evaluation()
    assert evaluation.round.shown_at is not None
    assert evaluation.answered == ()
