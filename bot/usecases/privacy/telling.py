"""What happens to messages of ours whose subject was erased."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import MessageRemoved
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, TakeBack, ToTell


def tell_message_removed(
    uow: UnitOfWork, workspace: Workspace, notice: MessageRemoved, now: datetime, calendar: WorkingCalendar
) -> ToTell[None]:
    """The message is taken back where it stands; one that we no longer know of is gone."""
    standing = uow.messages.find(workspace.id, notice.subject)
    return Over() if standing is None else TakeBack(standing.place_id, standing.external_id, notice.subject)
