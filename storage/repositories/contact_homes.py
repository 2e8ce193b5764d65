"""Keeping what names a contact and the contact with the same client."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from storage.engines.upsert import insert_if_absent
from storage.privacy.belonging import references_to
from storage.tables.clients import CONTACT


def rehome_contacts(connection: Connection, client_id: int) -> None:
    """Let the client's rows that name another client's contact name its own contact of that name instead."""
    for column in references_to(CONTACT):
        is_of_client = column.table.c.client_id == client_id
        strangers = (
            select(CONTACT.c.id, CONTACT.c.name, CONTACT.c.normalized)
            .join(column.table, column == CONTACT.c.id)
            .where(is_of_client, CONTACT.c.client_id != client_id)
            .distinct()
        )
        for stranger in connection.execute(strangers).all():
            values = {"client_id": client_id, "name": stranger.name, "normalized": stranger.normalized}
            connection.execute(insert_if_absent(connection, CONTACT).inline(), values)
            own = select(CONTACT.c.id).where(
                CONTACT.c.client_id == client_id, CONTACT.c.normalized == stranger.normalized
            )
            connection.execute(
                update(column.table)
                .where(is_of_client, column == stranger.id)
                .values({column.name: own.scalar_subquery()})
            )
