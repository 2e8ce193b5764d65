"""The timeline of a client as one person may see it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bot.domain.errors import NotFoundError
from bot.domain.model import Client, Flag, FlagState, Person, Witness
from bot.domain.paging import Trail
from bot.domain.visibility import Involvement, may_see_dossier, may_see_flag, may_see_reporters
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.dossier.read_models import Colleague, ColleagueView, TimelineEntry, TimelinePage
from bot.usecases.ports import UnitOfWork

PAGE_LENGTH = 5
"""How many flags one page holds at most."""


class Reader(Struct, frozen=True):
    """A person in front of a dossier, and how they stand to its client."""

    person: Person
    involvement: Involvement

    @property
    def sees_dossier(self) -> bool:
        """Whether the whole dossier is theirs to see, or only their own flags."""
        return may_see_dossier(self.person, self.involvement)

    def colleague(self, person_id: int) -> Colleague:
        """Somebody behind a flag, named where this reader may know."""
        is_reader = person_id == self.person.id
        named = is_reader or may_see_reporters(self.person, self.involvement)
        return Colleague(person_id if named else None, is_reader)


def reader_of(uow: UnitOfWork, actor: Actor, client: Client) -> Reader:
    """`actor` as a reader of the dossier of `client`."""
    return Reader(actor.person, involvement_in(uow, actor.person, client))


def read_timeline(uow: UnitOfWork, reader: Reader, client: Client, trail: Trail) -> TimelinePage:
    """The page at the end of `trail`: all flags for a reader of the dossier, their own for anybody else."""
    if reader.sees_dossier:
        found = uow.flags.timeline(client.id, before=trail.before, limit=PAGE_LENGTH + 1)
    else:
        found = _own(uow, reader, client, trail)
    shown = found[:PAGE_LENGTH]
    return TimelinePage(_entries(uow, reader, shown), trail, has_older=len(found) > PAGE_LENGTH)


def read_entry(uow: UnitOfWork, actor: Actor, flag_id: int) -> tuple[Client, TimelineEntry]:
    """One flag and its client; raises `NotFoundError` for one that `actor` may not see."""
    flag = uow.flags.find(actor.workspace_id, flag_id)
    client = uow.clients.find(actor.workspace_id, flag.client_id) if flag else None
    if flag is None or client is None or flag.state is FlagState.UNDONE:
        raise NotFoundError
    reader = reader_of(uow, actor, client)
    if not may_see_flag(actor.person, reader.involvement, flag.reporter_id):
        raise NotFoundError
    return client, _entries(uow, reader, [flag])[0]


def _own(uow: UnitOfWork, reader: Reader, client: Client, trail: Trail) -> list[Flag]:
    ids = uow.dossiers.own_flags(client.id, reader.person.id, before=trail.before, limit=PAGE_LENGTH + 1)
    found = (uow.flags.find(client.workspace_id, flag_id) for flag_id in ids)
    return [flag for flag in found if flag is not None]


def _entries(uow: UnitOfWork, reader: Reader, flags: Sequence[Flag]) -> tuple[TimelineEntry, ...]:
    witnesses = uow.flags.witnesses([flag.id for flag in flags])
    return tuple(_entry(reader, flag, witnesses.get(flag.id, [])) for flag in flags)


def _entry(reader: Reader, flag: Flag, witnesses: Sequence[Witness]) -> TimelineEntry:
    views = tuple(ColleagueView(reader.colleague(view.person_id), view.kind, view.note) for view in witnesses)
    is_own = flag.reporter_id == reader.person.id
    return TimelineEntry(
        flag_id=flag.id,
        content=flag.content,
        state=flag.state,
        recorded_at=flag.recorded_at,
        edited_at=flag.edited_at,
        withdrawn_at=flag.withdrawn_at,
        withdrawn_reason=flag.withdrawn_reason,
        reporter=reader.colleague(flag.reporter_id),
        views=views,
        may_add_view=flag.state is FlagState.OPEN and not is_own and reader.sees_dossier,
    )
