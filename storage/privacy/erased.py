"""What was erased, as the audit trail keeps it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.audit import AuditAction
from bot.usecases.ports.erasure import ErasedRecord
from storage.repositories.client_rows import family_of
from storage.tables.audit import AUDIT
from storage.tables.clients import CLIENT
from storage.tables.workspace import IDENTITY, WORKSPACE

_ENTRIES = (
    select(
        AUDIT.c.action,
        AUDIT.c.client_id,
        AUDIT.c.subject,
        AUDIT.c.details,
        AUDIT.c.seal,
        WORKSPACE.c.platform,
        WORKSPACE.c.external_id.label("team"),
        IDENTITY.c.external_id.label("actor"),
    )
    .join(WORKSPACE, WORKSPACE.c.id == AUDIT.c.workspace_id)
    .outerjoin(
        IDENTITY,
        (IDENTITY.c.person_id == AUDIT.c.actor_id) & (IDENTITY.c.platform == WORKSPACE.c.platform),
    )
    .where(AUDIT.c.action.in_([AuditAction.CLIENT_ERASED.value, AuditAction.CONTACT_ERASED.value]))
    .order_by(AUDIT.c.number)
)


def erased_in(connection: Connection, workspace_id: int) -> list[ErasedRecord]:
    """The entries of a workspace's trail that say that something was erased, in order."""
    found: dict[str, ErasedRecord] = {}
    for row in connection.execute(_ENTRIES.where(AUDIT.c.workspace_id == workspace_id)):
        is_contact = row.action == AuditAction.CONTACT_ERASED.value
        # Somebody with two identities stands in two rows of one entry.
        found[row.seal] = ErasedRecord(
            platform=row.platform,
            team=row.team,
            seal=row.seal,
            client_id=row.client_id,
            clients=_clients(connection, row.client_id, with_merged=is_contact),
            contact_id=int(row.subject.partition(":")[2]) if is_contact else None,
            actor_external_id=row.actor,
            because=str(row.details["because"]),
        )
    return list(found.values())


def _clients(connection: Connection, client_id: int, *, with_merged: bool) -> tuple[tuple[int, datetime], ...]:
    wanted = CLIENT.c.id.in_(select(family_of(client_id).c.id)) if with_merged else CLIENT.c.id == client_id
    rows = connection.execute(select(CLIENT.c.id, CLIENT.c.created_at).where(wanted).order_by(CLIENT.c.id))
    return tuple((row.id, row.created_at) for row in rows)
