"""Keeping flags and the contacts they name with the same client."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from storage.engines.upsert import insert_if_absent
from storage.tables.clients import CONTACT
from storage.tables.flags import FLAG


def rehome_contacts(connection: Connection, client_id: int) -> None:
    """Let the client's flags that name another client's contact name its own contact of that name instead."""
    strangers = (
        select(CONTACT.c.id, CONTACT.c.name, CONTACT.c.normalized)
        .join(FLAG, FLAG.c.contact_id == CONTACT.c.id)
        .where(FLAG.c.client_id == client_id, CONTACT.c.client_id != client_id)
        .distinct()
    )
    for stranger in connection.execute(strangers).all():
        connection.execute(
            insert_if_absent(connection, CONTACT).inline(),
            {"client_id": client_id, "name": stranger.name, "normalized": stranger.normalized},
        )
        own = select(CONTACT.c.id).where(CONTACT.c.client_id == client_id, CONTACT.c.normalized == stranger.normalized)
        connection.execute(
            update(FLAG)
            .where(FLAG.c.client_id == client_id, FLAG.c.contact_id == stranger.id)
            .values(contact_id=own.scalar_subquery())
        )
