"""What is decided about messages whose subject was erased."""

from __future__ import annotations

from bot.domain.notices import MessageRemoved
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import Over, TakeBack
from bot.usecases.privacy.telling import tell_message_removed
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup


async def test_a_message_is_taken_back_where_it_stands(case: CaseSetup) -> None:
    workspace_id, notice = case.client.workspace_id, MessageRemoved("alert:1")

    def decide(uow: UnitOfWork) -> object:
        return tell_message_removed(uow, uow.people.workspace(workspace_id), notice, NOW, CALENDAR)

    def post(uow: UnitOfWork) -> int:
        place = uow.people.ensure_place(workspace_id, PLATFORM, "C1")
        uow.messages.save(workspace_id, "alert:1", TrackedMessage(place.id, "1.0", None))
        return place.id

    assert await case.database.read(decide) == Over()
    place_id = await case.database.write(post)
    assert await case.database.read(decide) == TakeBack(place_id, "1.0", "alert:1")
