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
from bot.usecases.discussion import open_discussion_by_hand
from bot.usecases.evaluation import give_view
from bot.usecases.leavers import person_left
from tests.factories import PLATFORM, make_client, make_workspace
from tests.usecases.evaluation_desk import Desk, open_desk
from tests.usecases.flags.office import CALENDAR, Office
from tests.usecases.outgoing import outgoing

OVER = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
KEEP, PART = ViewChoice.KEEP, ViewChoice.PART


async def test_the_last_answers_at_the_same_instant_show_the_views_once(any_office: Office) -> None:
    desk = await open_desk(any_office)
    await asyncio.gather(*(desk.view(actor, KEEP) for actor in desk.asked))
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 3
    trail = await desk.office.database.read(lambda uow: trail_of(uow, desk.office.client.id))
    assert [one.action for one in trail].count(AuditAction.VIEWS_SHOWN) == 1
    assert len(await outgoing(desk.office.database, EvaluationNews)) == 1


async def test_somebody_leaves_while_the_last_one_answers(any_office: Office) -> None:
    desk = await open_desk(any_office)
    reviewer, owner, dealer = desk.asked
    await desk.view(reviewer, KEEP)
    external = await desk.office.database.read(
        lambda uow: uow.people.external_ids([dealer.person.id], PLATFORM)[dealer.person.id]
    )
    await asyncio.gather(
        desk.view(owner, PART),
        desk.change(lambda uow: person_left(uow, desk.workspace_id, PLATFORM, external, desk.now)),
    )
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 2


async def another(desk: Desk) -> Client:
    """A second client, which is talked about as well."""
    client = await desk.change(lambda uow: make_client(uow, make_workspace(uow), "Acme Holding", owner=None))
    await desk.do(
        open_discussion_by_hand, actor=desk.office.reviewer, client_id=client.id, now=desk.now, calendar=CALENDAR
    )
    assert isinstance(client, Client)
    return client


async def test_a_merge_closes_one_evaluation_and_undoing_it_takes_it_up_where_it_was(any_office: Office) -> None:
    desk = await open_desk(any_office)
    await desk.view(desk.office.reviewer, KEEP)
    target = await another(desk)
    merge = {"actor": desk.office.reviewer, "target_id": target.id, "calendar": CALENDAR}
    merged = await desk.do(merge_clients, source_id=desk.office.client.id, now=desk.now, **merge)
    await desk.until(OVER)
    assert (await desk.round()).extended_at is None
    await desk.do(undo_merge, merge_id=merged.merge_id, now=desk.now, **merge)
    found = await desk.office.database.read(lambda uow: uow.discussions.find(desk.workspace_id, 1))
    assert found is not None
    assert found.state is DiscussionState.OPEN
    await desk.until(OVER + timedelta(hours=1))
    assert (await desk.round()).extended_at == desk.now
    for actor in (desk.office.owner, desk.office.dealer):
        await desk.view(actor, KEEP)
    assert (await desk.evaluation()).shown is not None


async def test_the_evaluation_that_stays_after_a_merge_goes_on(any_office: Office) -> None:
    desk = await open_desk(any_office)
    await desk.view(desk.office.reviewer, KEEP)
    source = await another(desk)
    await desk.do(
        merge_clients,
        actor=desk.office.reviewer,
        source_id=source.id,
        target_id=desk.office.client.id,
        now=desk.now,
        calendar=CALENDAR,
    )
    await desk.do(give_view, actor=desk.office.owner, discussion_id=1, choice=PART, reason="They shout.", now=desk.now)
    await desk.until(OVER)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert shown.tally.opinions == 2
