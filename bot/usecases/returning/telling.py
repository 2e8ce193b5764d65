"""What is told about clients that come back: privately, to whoever wrote about one and may see its dossier."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.model import Client
from bot.domain.notices import FormerClientSeen
from bot.domain.timetable import WorkingCalendar
from bot.domain.visibility import may_edit_client, may_see_dossier
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Tell, ToPerson, ToTell
from bot.usecases.reach import reader_of
from bot.usecases.returning.former import FormerClient, read_former


class FormerSeen(Struct, frozen=True):
    """A client, and the former one that it is or resembles; `may_set_terms` is about whoever reads it."""

    client: Client
    former: FormerClient
    may_set_terms: bool


def tell_former(
    uow: UnitOfWork, workspace: Workspace, notice: FormerClientSeen, now: datetime, calendar: WorkingCalendar
) -> ToTell[FormerSeen]:
    """The former client as it stands, unless it is a client again, or not for this person any more."""
    sign, person = uow.returning.sign(workspace.id, notice.return_sign_id), uow.people.person(notice.person_id)
    client = uow.clients.find(workspace.id, sign.client_id) if sign else None
    former = uow.clients.find(workspace.id, sign.former_id) if sign else None
    if client is None or former is None or former.left_on is None:
        return Over()
    if person is None or not uow.people.present([person.id]):
        return Over()
    involvement = involvement_in(uow, person, former)
    if not may_see_dossier(person, involvement):
        return Over()
    seen = FormerSeen(client, read_former(uow, former), may_edit_client(person, involvement))
    return Tell(seen, ToPerson(person.id), reader_of(person, workspace))
