"""Looking back three and twelve months after a client has left, against what was expected of the decision."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.audit import AuditAction
from bot.domain.decision import DecisionOutcome
from bot.domain.errors import LookedBackAlreadyError, NotFoundError, TextTooLongError
from bot.domain.evaluation import ViewChoice
from bot.domain.look_back import Balance, Calm, Hindsight, Right
from bot.domain.notices import LookBackAsked
from bot.usecases.actor import Actor
from bot.usecases.capabilities import DUE
from bot.usecases.debrief.leaving import mark_left, take_back_left
from bot.usecases.due import run_due
from bot.usecases.look_backs.answering import look_back, read_look_back
from bot.usecases.ports import Database
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import DecisionSetup, open_setup
from tests.usecases.flags.case_setup import CALENDAR
from tests.usecases.outgoing import due_rows, outgoing

EXPECTED = Balance(Decimal("12.50"), Decimal(1250), "EUR", Calm.MUCH)
SAID = Hindsight(Balance(Decimal(10), None, "", Calm.SOMEWHAT), "Two smaller clients went along.", Right.PARTLY)
THREE_MONTHS = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
async def setup(sqlite_database: Database) -> DecisionSetup:
    """A discussion on SQLite."""
    return await open_setup(sqlite_database)


@pytest.fixture
async def any_setup(database: Database) -> DecisionSetup:
    """A discussion on either database in turn."""
    return await open_setup(database)


async def parted(setup: DecisionSetup, forecast: Balance | None = EXPECTED, **left: Any) -> None:
    await setup.view(ViewChoice.PART, ViewChoice.PART)
    await setup.decide(DecisionOutcome.PART, forecast=forecast)
    await setup.do(mark_left, client_id=setup.case.client.id, **left)


async def due(setup: DecisionSetup, until: datetime) -> list[LookBackAsked]:
    """Do what is due up to a moment, each at its own time; returns who was asked so far."""
    while (at := await setup.database.read(lambda uow: uow.due.next_at())) is not None and at <= until:
        run = await setup.database.write(lambda uow, now=at: run_due(uow, now, 100, lambda _: CALENDAR, DUE))
        assert not run.failed
    return [one.notice for one in await outgoing(setup.database, LookBackAsked)]


async def rows(setup: DecisionSetup) -> dict[str, datetime]:
    found = await due_rows(setup.database)
    return {subject: at for (kind, subject), at in found.items() if kind == "look_back"}


async def answer(setup: DecisionSetup, by: Actor, said: Hindsight = SAID) -> Any:
    return await setup.do(look_back, by, look_back_id=1, said=said, now=THREE_MONTHS)


async def test_the_team_looks_back_after_three_and_twelve_months(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await parted(setup)
    assert await rows(setup) == {"1:1": THREE_MONTHS, "2:1": datetime(2027, 3, 2, 8, 0, tzinfo=UTC)}
    assert await due(setup, THREE_MONTHS - timedelta(seconds=1)) == []
    owner, reviewer = setup.case.owner.person.id, setup.case.reviewer.person.id
    assert await due(setup, THREE_MONTHS) == [LookBackAsked(1, owner, 1)]
    assert await due(setup, datetime(2026, 6, 9, 7, 0, tzinfo=UTC)) == [
        LookBackAsked(1, owner, 1),
        LookBackAsked(1, reviewer, 2),
    ]
    assert len(await due(setup, datetime(2027, 2, 28, tzinfo=UTC))) == 2


async def test_what_came_of_it_stands_beside_what_was_expected(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await parted(setup)
    for other in (setup.case.dealer, setup.case.reporter, setup.case.colleague):
        with pytest.raises(NotFoundError):
            await answer(setup, other)
    with pytest.raises(TextTooLongError) as refused:
        await answer(setup, setup.case.owner, Hindsight(Balance(), "x" * 601, Right.NO))
    assert refused.value.field == "cost"
    view = await answer(setup, setup.case.owner)
    assert (view.forecast, view.look_back.found, view.look_back.was_right) == (EXPECTED, SAID.found, Right.PARTLY)
    with pytest.raises(LookedBackAlreadyError):
        await answer(setup, setup.case.reviewer)
    assert await rows(setup) == {"2:1": datetime(2027, 3, 2, 8, 0, tzinfo=UTC)}
    assert AuditAction.LOOKED_BACK in await setup.actions()


async def test_nothing_expected_is_asked_about_too(any_setup: DecisionSetup) -> None:
    await parted(any_setup, Balance())
    view = await any_setup.database.read(lambda uow: read_look_back(uow, any_setup.case.client.workspace_id, 1))
    assert view is not None
    assert view.forecast is None


async def test_a_client_that_left_without_a_decision_is_not_looked_back_on(setup: DecisionSetup) -> None:
    await setup.do(mark_left, client_id=setup.case.client.id)
    assert await rows(setup) == {}


async def test_what_would_lie_in_the_past_is_left_out(setup: DecisionSetup) -> None:
    await parted(setup, left_on=date(2025, 11, 3))
    assert list((await rows(setup)).values()) == [datetime(2026, 11, 3, 8, 0, tzinfo=UTC)]


async def test_a_client_that_comes_back_is_not_looked_back_on(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await parted(setup)
    await setup.do(take_back_left, client_id=setup.case.client.id)
    assert await rows(setup) == {}
    assert await due(setup, NOW + timedelta(days=400)) == []
    await setup.do(mark_left, client_id=setup.case.client.id)
    assert len(await rows(setup)) == 2


async def test_a_year_away_asks_each_once(any_setup: DecisionSetup) -> None:
    setup = any_setup
    await parted(setup)
    back = NOW + timedelta(days=500)
    for _ in range(3):
        await setup.database.write(lambda uow: run_due(uow, back, 100, lambda _: CALENDAR, DUE))
    asked = [one.notice for one in await outgoing(setup.database, LookBackAsked)]
    assert [(one.look_back_id, one.step) for one in asked] == [(1, 1), (2, 1)]
