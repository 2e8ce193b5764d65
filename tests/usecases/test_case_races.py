"""Two people at the same instant: nothing is missed, nothing happens twice."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.domain.model import AlertState, Level
from bot.usecases.actor import Actor
from bot.usecases.alerts.acting import discuss_alert, take_alert
from bot.usecases.discussion.moving import turn_into_channel
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.flags.recording import ClientChoice
from bot.usecases.ports import UnitOfWork
from tests.factories import make_actor, make_client
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import outgoing

CLIENTS = 25


async def more_clients(case: CaseSetup) -> list[int]:
    def add(uow: UnitOfWork) -> list[int]:
        workspace = uow.people.workspace(case.client.workspace_id)
        return [make_client(uow, workspace).id for _ in range(CLIENTS)]

    return await case.database.write(add)


async def found(case: CaseSetup, client_ids: list[int]) -> tuple[list[list[tuple[Level, AlertState]]], list[bool]]:
    """The alerts of each client, and whether a discussion is open."""

    def read(uow: UnitOfWork) -> tuple[list[list[tuple[Level, AlertState]]], list[bool]]:
        every = [uow.alerts.find(case.client.workspace_id, alert_id) for alert_id in range(1, 4 * CLIENTS)]
        known = [alert for alert in every if alert is not None]
        by_client = [[(alert.level, alert.state) for alert in known if alert.client_id == one] for one in client_ids]
        return by_client, [uow.discussions.open_for(one) is not None for one in client_ids]

    return await case.database.read(read)


async def flag_at_once(case: CaseSetup, client_ids: list[int], reporters: list[Actor], severity: int) -> None:
    await asyncio.gather(
        *(
            case.record(by, client=ClientChoice(client_id), key=f"{client_id}:{by.person.id}", severity=severity)
            for client_id in client_ids
            for by in reporters
        )
    )


async def test_three_flags_at_once_raise_one_alert_and_open_one_discussion(any_case: CaseSetup) -> None:
    clients = await more_clients(any_case)
    await flag_at_once(any_case, clients, [any_case.reporter, any_case.colleague, any_case.dealer], severity=3)
    alerts, discussed = await found(any_case, clients)
    once = [(Level.WATCH, AlertState.CLOSED), (Level.DISCUSS, AlertState.OPEN)]
    assert alerts == [once] * CLIENTS
    assert discussed == [True] * CLIENTS
    numbers = await any_case.database.read(
        lambda uow: sorted(one.number for one in map(uow.discussions.open_for, clients) if one is not None)
    )
    assert numbers == list(range(1, CLIENTS + 1))


async def test_two_flags_that_only_together_reach_a_level_are_noticed_by_one(any_case: CaseSetup) -> None:
    clients = await more_clients(any_case)
    await flag_at_once(any_case, clients, [any_case.reporter, any_case.colleague], severity=2)
    alerts, discussed = await found(any_case, clients)
    assert alerts == [[(Level.WATCH, AlertState.OPEN)]] * CLIENTS
    assert not any(discussed)


async def test_twenty_people_who_open_a_discussion_at_once_open_one(any_case: CaseSetup) -> None:
    case = any_case

    def reviewers(uow: UnitOfWork) -> list[Actor]:
        workspace = uow.people.workspace(case.client.workspace_id)
        return [make_actor(uow, workspace, is_reviewer=True) for _ in range(20)]

    opened = await asyncio.gather(
        *(
            case.do(open_discussion_by_hand, actor=by, client_id=case.client.id, now=NOW, calendar=CALENDAR)
            for by in await case.database.write(reviewers)
        )
    )
    assert len({discussion.id for discussion, _ in opened}) == 1
    assert [is_new for _, is_new in opened].count(True) == 1
    assert len(await outgoing(case.database)) == 5


async def test_clicks_at_once_have_one_effect(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=3)
    taken = await asyncio.gather(
        *(
            case.do(take_alert, actor=by, alert_id=1, now=NOW, calendar=CALENDAR)
            for by in (case.dealer, case.owner, case.reviewer)
        )
    )
    assert [one.is_new for one in taken].count(True) == 1
    assert len({one.person_id for one in taken}) == 1
    discussed = await asyncio.gather(
        *(case.do(discuss_alert, actor=case.reviewer, alert_id=1, now=NOW, calendar=CALENDAR) for _ in range(5))
    )
    assert [is_new for _, is_new in discussed].count(True) == 1
    before = len(await outgoing(case.database))
    moves = partial(case.do, turn_into_channel, actor=case.reviewer, discussion_id=discussed[0][0].id, now=NOW)
    await asyncio.gather(*(moves() for _ in range(5)))
    assert len(await outgoing(case.database)) == before
