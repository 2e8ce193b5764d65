"""What is told about what clients say after a letter: privately, to those who have to see to it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.notices import PushbackNoted
from bot.domain.pushback import SAFETY_FIRST, Pushback
from bot.domain.timetable import WorkingCalendar
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Tell, ToPerson, ToTell, Wait
from bot.usecases.pushback.noting import whom_to_tell
from bot.usecases.reach import reader_by_id


class ToSeeTo(Struct, frozen=True):
    """Something that a client said and that has to be seen to; `step` as in the notice."""

    pushback: Pushback
    client_name: str
    step: int


def tell_noted(
    uow: UnitOfWork, workspace: Workspace, notice: PushbackNoted, now: datetime, calendar: WorkingCalendar
) -> ToTell[ToSeeTo]:
    """Nothing once it is settled. Abuse and threats do not wait for anybody's working hours."""
    pushback = uow.pushbacks.find(workspace.id, notice.pushback_id)
    client = uow.clients.find(workspace.id, pushback.client_id) if pushback else None
    person = uow.people.person(notice.person_id)
    if pushback is None or client is None or person is None or pushback.settled_at is not None:
        return Over()
    if person.id not in whom_to_tell(uow, client, pushback.kind) or not uow.people.present([person.id]):
        return Over()
    at = now if pushback.kind in SAFETY_FIRST else in_their_hours(now, person, workspace.settings, calendar)
    if at > now:
        return Wait(at)
    told = ToSeeTo(pushback, client.name, notice.step)
    return Tell(told, ToPerson(person.id), reader_by_id(uow, workspace, person.id))
