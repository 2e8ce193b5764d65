"""Doing erasures again that a restored backup does not know of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from msgspec import Struct

from bot.domain.privacy import ErasureReason
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.erasure import ErasedRecord
from bot.usecases.privacy.erasing import erase_clients, erase_person


class Replayed(Struct, frozen=True):
    """How many erasures were done again, and the clients of which a person must look whether something is left."""

    done: int = 0
    left: tuple[str, ...] = ()


def recorded_erasures(uow: UnitOfWork) -> list[ErasedRecord]:
    """Everything that was erased in any workspace, in order."""
    return [record for workspace in uow.people.workspaces() for record in uow.erasure.erased(workspace.id)]


def replay_erasures(
    uow: UnitOfWork, records: Sequence[ErasedRecord], instead: Callable[[Workspace], str], now: datetime
) -> Replayed:
    """Erase again what `records`, of the database that was there before, say and what is here again.

    A client counts as the same one only where its workspace and the moment it was added are: a copy from somewhere
    else keeps its own clients. `instead` gives what stands where a contact's name stood.
    """
    done = 0
    left: list[str] = []
    for record in records:
        workspace = uow.people.workspace_by_external(record.platform, record.team)
        if workspace is None or record.seal in {known.seal for known in uow.erasure.erased(workspace.id)}:
            continue
        same = [one for one, added_at in record.clients if uow.erasure.is_same_client(workspace.id, one, added_at)]
        if not same:
            continue
        if record.contact_id is None:
            outcome = _client(uow, workspace, record, same, now)
        else:
            outcome = _contact(uow, workspace, record, same, instead(workspace), now)
        done += outcome.done
        left += outcome.left
    return Replayed(done, tuple(dict.fromkeys(left)))


def _client(
    uow: UnitOfWork, workspace: Workspace, record: ErasedRecord, same: Collection[int], now: datetime
) -> Replayed:
    erase_clients(
        uow,
        workspace,
        same,
        ErasureReason(record.because),
        now,
        actor_id=_actor(uow, workspace, record),
        is_again=True,
    )
    # In the copy everything of the client can lie with another one, from which it was taken apart later.
    return Replayed(1, tuple(name for one in same if (name := uow.erasure.merged_into(one)) is not None))


def _contact(
    uow: UnitOfWork, workspace: Workspace, record: ErasedRecord, same: Collection[int], instead: str, now: datetime
) -> Replayed:
    if not record.contact_id:
        clients = (uow.clients.find(workspace.id, one) for one in same)
        return Replayed(left=tuple(client.name for client in clients if client is not None))
    name = uow.erasure.contact_name(same, record.contact_id)
    if name is None:
        return Replayed()
    client_id = record.client_id if record.client_id in same else min(same)
    erase_person(
        uow,
        workspace,
        client_id,
        same,
        name,
        ErasureReason(record.because),
        instead,
        now,
        actor_id=_actor(uow, workspace, record),
        is_again=True,
    )
    return Replayed(done=1)


def _actor(uow: UnitOfWork, workspace: Workspace, record: ErasedRecord) -> int | None:
    if record.actor_external_id is None:
        return None
    person = uow.people.person_by_external(workspace.id, record.platform, record.actor_external_id)
    return person.id if person else None
