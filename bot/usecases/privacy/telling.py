"""What happens to messages of ours whose subject was erased, or that outsiders could read."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import MessageCovered, MessageRemoved, PlaceChecked
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Cover, Look, Over, TakeBack, ToTell
from bot.usecases.reach import everyone_in


def tell_message_removed(
    uow: UnitOfWork, workspace: Workspace, notice: MessageRemoved, now: datetime, calendar: WorkingCalendar
) -> ToTell[None]:
    """The message is taken back where it stands; one that we no longer know of is gone."""
    standing = uow.messages.find(workspace.id, notice.subject)
    return Over() if standing is None else TakeBack(standing.place_id, standing.external_id, notice.subject)


def tell_place_checked(
    uow: UnitOfWork, workspace: Workspace, notice: PlaceChecked, now: datetime, calendar: WorkingCalendar
) -> ToTell[None]:
    """Who reads along is looked at wherever messages of ours stand."""
    return Look(notice.place_id) if uow.messages.in_place(notice.place_id) else Over()


def tell_message_covered(
    uow: UnitOfWork, workspace: Workspace, notice: MessageCovered, now: datetime, calendar: WorkingCalendar
) -> ToTell[None]:
    """A message is covered where it stands, unless the place has become safe meanwhile."""
    place = uow.people.place(notice.place_id)
    standing = uow.messages.find(workspace.id, notice.subject)
    if place is None or place.covered_at is None or standing is None or standing.place_id != place.id:
        return Over()
    return Cover(place.id, standing.external_id, None, everyone_in(workspace))
