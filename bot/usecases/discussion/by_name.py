"""Opening a discussion by the client's name that somebody typed."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Discussion
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.client_index import ClientIndex
from bot.usecases.clients import find_client
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.ports import UnitOfWork


def open_discussion_by_name(
    uow: UnitOfWork, index: ClientIndex, actor: Actor, name: str, now: datetime, calendar: WorkingCalendar
) -> tuple[Discussion, bool]:
    """Open a discussion on the client that was named; also says whether it is new.

    Raises as `find_client` and `open_discussion_by_hand`.
    """
    client = find_client(uow, index, actor, name)
    return open_discussion_by_hand(uow, actor, client.id, now, calendar)
