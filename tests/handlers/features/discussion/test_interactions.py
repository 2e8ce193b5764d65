"""What people are answered who open a discussion by hand or move one, on any platform."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest

from bot.domain.errors import ClientUnknownError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Discussion, DiscussionStyle
from bot.usecases.actor import Actor
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import refresh_index
from bot.usecases.ports import Database, UnitOfWork
from handlers.features.discussion.interactions import discuss, discuss_client, to_channel
from handlers.surface.interactions import Caller, Click, Dependencies
from handlers.surface.message import Message
from tests.factories import WORDS, make_actor, make_client, make_workspace
from tests.frozen_clock import FrozenClock

OPENED = "review-0001 is being opened. Those involved are asked in."
OPEN_ALREADY = "review-0001 is open already; go on there."


@dataclass
class Office:
    """A client called Acme, a reviewer and a colleague."""

    database: Database
    shared: Dependencies
    reviewer: Actor
    colleague: Actor
    client_id: int

    def caller(self, actor: Actor | None = None) -> Caller:
        """The reviewer, or who is given, at a platform that gives away nothing of where they act."""

        async def here() -> int | None:
            return None

        async def safe() -> bool:
            return True

        return Caller(actor or self.reviewer, self.shared, lambda: pytest.fail("no key is needed"), safe, here)

    async def discussion(self) -> Discussion:
        found = await self.database.read(lambda uow: uow.discussions.open_for(self.client_id))
        assert found is not None
        return found


@pytest.fixture
async def office(database: Database, clock: FrozenClock) -> Office:
    index = ClientIndex()

    def fill(uow: UnitOfWork) -> Office:
        workspace = make_workspace(uow)
        reviewer, colleague = make_actor(uow, workspace, is_reviewer=True), make_actor(uow, workspace)
        client = make_client(uow, workspace, "Acme")
        shared = Dependencies(database, clock, HolidayCalendar, index, WORDS)
        return Office(database, shared, reviewer, colleague, client.id)

    office = await database.write(fill)
    await database.read(partial(refresh_index, index=index, workspace_id=office.reviewer.workspace_id))
    return office


async def test_a_client_is_named_and_the_answer_names_the_case_alone(office: Office) -> None:
    assert (await discuss("Acme", office.caller())).text == OPENED
    assert (await discuss("acme", office.caller())).text == OPEN_ALREADY
    with pytest.raises(ClientUnknownError):
        await discuss("Nobody", office.caller())
    with pytest.raises((ReviewersOnlyError, ClientUnknownError)):
        await discuss("Acme", office.caller(office.colleague))


async def test_from_a_dossier_the_answer_names_the_case_code_alone(office: Office) -> None:
    for answer in (OPENED, OPEN_ALREADY):
        assert await discuss_client(Click(str(office.client_id)), office.caller()) == Message(answer)
    with pytest.raises(ReviewersOnlyError):
        await discuss_client(Click(str(office.client_id)), office.caller(office.colleague))


async def test_a_thread_is_moved_into_a_space_that_is_called_as_the_platform_does(office: Office) -> None:
    await discuss("Acme", office.caller())
    await office.database.write(lambda uow: uow.discussions.set_style(1, DiscussionStyle.THREAD, None))
    answer = await to_channel(Click("1"), office.caller())
    assert answer.text == "review-0001 goes on in a private room. Those involved are asked in."
    assert (await office.discussion()).style is DiscussionStyle.CHANNEL
    for click, actor in ((Click("x"), office.reviewer), (Click("1"), office.colleague)):
        with pytest.raises(NotFoundError):
            await to_channel(click, office.caller(actor))
