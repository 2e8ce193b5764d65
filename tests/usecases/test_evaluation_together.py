"""Evaluations when things happen together: answers at the same instant, and clients that are merged meanwhile."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.domain.audit import AuditAction
from bot.domain.evaluation import ViewChoice
from bot.domain.model import Client, DiscussionState
from bot.domain.notices import EvaluationNews
from bot.usecases.audit import trail_of
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.evaluation.answering import give_view
from bot.usecases.people.leavers import person_left
from tests.factories import PLATFORM, make_client, make_workspace
from tests.usecases.evaluation_setup import Setup, open_setup
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import outgoing

OVER = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
KEEP, PART = ViewChoice.KEEP, ViewChoice.PART


async def test_the_last_answers_at_the_same_instant_show_the_views_once(any_case: CaseSetup) -> None:
    setup = await open_setup(any_case)
    await asyncio.gather(*(setup.view(actor, KEEP) for actor in setup.asked))
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 3
    trail = await setup.case.database.read(lambda uow: trail_of(uow, setup.case.client.id))
    assert [one.action for one in trail].count(AuditAction.VIEWS_SHOWN) == 1
    assert len(await outgoing(setup.case.database, EvaluationNews)) == 1


async def test_somebody_leaves_while_the_last_one_answers(any_case: CaseSetup) -> None:
    setup = await open_setup(any_case)
    reviewer, owner, dealer = setup.asked
    await setup.view(reviewer, KEEP)
    external = await setup.case.database.read(
        lambda uow: uow.people.external_ids([dealer.person.id], PLATFORM)[dealer.person.id]
    )
    await asyncio.gather(
        setup.view(owner, PART),
        setup.change(lambda uow: person_left(uow, setup.workspace_id, PLATFORM, external, setup.now)),
    )
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 2


async def another(setup: Setup) -> Client:
    """A second client, which is talked about as well."""
    client = await setup.change(lambda uow: make_client(uow, make_workspace(uow), "Acme Holding", owner=None))
    await setup.do(
        open_discussion_by_hand, actor=setup.case.reviewer, client_id=client.id, now=setup.now, calendar=CALENDAR
    )
    assert isinstance(client, Client)
    return client


async def test_a_merge_closes_one_evaluation_and_undoing_it_takes_it_up_where_it_was(any_case: CaseSetup) -> None:
    setup = await open_setup(any_case)
    await setup.view(setup.case.reviewer, KEEP)
    target = await another(setup)
    merge = {"actor": setup.case.reviewer, "target_id": target.id, "calendar": CALENDAR}
    merged = await setup.do(merge_clients, source_id=setup.case.client.id, now=setup.now, **merge)
    await setup.until(OVER)
    assert (await setup.round()).extended_at is None
    await setup.do(undo_merge, merge_id=merged.merge_id, now=setup.now, **merge)
    found = await setup.case.database.read(lambda uow: uow.discussions.find(setup.workspace_id, 1))
    assert found is not None
    assert found.state is DiscussionState.OPEN
    await setup.until(OVER + timedelta(hours=1))
    assert (await setup.round()).extended_at == setup.now
    for actor in (setup.case.owner, setup.case.dealer):
        await setup.view(actor, KEEP)
    assert (await setup.evaluation()).shown is not None


async def test_the_evaluation_that_stays_after_a_merge_goes_on(any_case: CaseSetup) -> None:
    setup = await open_setup(any_case)
    await setup.view(setup.case.reviewer, KEEP)
    source = await another(setup)
    await setup.do(
        merge_clients,
        actor=setup.case.reviewer,
        source_id=source.id,
        target_id=setup.case.client.id,
        now=setup.now,
        calendar=CALENDAR,
    )
    await setup.do(give_view, actor=setup.case.owner, discussion_id=1, choice=PART, reason="They shout.", now=setup.now)
    await setup.until(OVER)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 2
