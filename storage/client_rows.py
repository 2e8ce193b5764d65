"""Rows of clients as the domain's clients."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.domain.model import Agreement, AgreementKind, Client, Level, Road
from storage.columns import METADATA
from storage.tables import ClientMergeRow, ClientNameRow, ClientPersonRow, ClientRow, ContactRow

CLIENT = METADATA.tables[ClientRow.__tablename__]
CLIENT_NAME = METADATA.tables[ClientNameRow.__tablename__]
CLIENT_PERSON = METADATA.tables[ClientPersonRow.__tablename__]
CONTACT = METADATA.tables[ContactRow.__tablename__]
MERGE = METADATA.tables[ClientMergeRow.__tablename__]

CLIENTS = select(
    CLIENT.c.id,
    CLIENT.c.workspace_id,
    CLIENT.c.name,
    CLIENT.c.road,
    CLIENT.c.alerted,
    CLIENT.c.owner_id,
    CLIENT.c.language,
    CLIENT.c.yearly_value,
    CLIENT.c.external_reference,
    CLIENT.c.agreement_kind,
    CLIENT.c.agreement_ends_on,
    CLIENT.c.notice_days,
    CLIENT.c.payment_days,
    CLIENT.c.is_consumer,
    CLIENT.c.left_on,
    CLIENT.c.merged_into_id,
)
FIND_CLIENT = CLIENTS.where(CLIENT.c.id == bindparam("row"), CLIENT.c.workspace_id == bindparam("workspace"))
LOCK_CLIENT = FIND_CLIENT.where(CLIENT.c.removed_at.is_(None)).with_for_update()
"""The row lock exists on PostgreSQL only; on SQLite there are no other writers to hold out."""


def client_from(row: Row[*tuple[Any, ...]]) -> Client:
    """The client that a row of `CLIENTS` describes."""
    return Client(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        road=Road(row.road),
        alerted=Level(row.alerted),
        owner_id=row.owner_id,
        language=row.language,
        yearly_value=row.yearly_value,
        external_reference=row.external_reference,
        agreement=Agreement(
            AgreementKind(row.agreement_kind),
            row.agreement_ends_on,
            row.notice_days,
            row.payment_days,
            row.is_consumer,
        ),
        left_on=row.left_on,
        merged_into_id=row.merged_into_id,
    )
