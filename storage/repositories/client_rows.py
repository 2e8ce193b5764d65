"""Rows of clients as the domain's clients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, BindParameter, bindparam, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from bot.domain.model import Agreement, AgreementKind, Client, ClientStage, Level
from storage.engines.prepared import Prepared
from storage.tables.clients import CLIENT

CLIENTS = select(
    CLIENT.c.id,
    CLIENT.c.workspace_id,
    CLIENT.c.name,
    CLIENT.c.stage,
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
_THIS = CLIENTS.where(
    CLIENT.c.id == bindparam("row"), CLIENT.c.workspace_id == bindparam("workspace"), CLIENT.c.erased_at.is_(None)
)
FIND_CLIENT = Prepared(lambda _: _THIS)
LOCK_CLIENT = Prepared(lambda _: _THIS.where(CLIENT.c.removed_at.is_(None)).with_for_update())
"""The row lock exists on PostgreSQL only; on SQLite there are no other writers to hold out."""


BLANK: dict[str, Any] = {
    column.name: column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
    for column in CLIENT.columns
    if (column.nullable or column.default is not None) and "history" not in column.info
}
"""What stands in the columns of a client of which nothing is known but its name."""


def client_from(row: Sequence[Any]) -> Client:
    """The client that a row of `CLIENTS` describes."""
    key, workspace_id, name, stage, alerted, owner_id, language, value, reference, *agreement, left_on, merged_into = (
        row
    )
    kind, ends_on, notice_days, payment_days, is_consumer = agreement
    return Client(
        key,
        workspace_id,
        name,
        ClientStage(stage),
        Level(alerted),
        owner_id,
        language,
        value,
        reference,
        Agreement(AgreementKind(kind), ends_on, notice_days, payment_days, is_consumer),
        left_on,
        merged_into,
    )


def family_of(client_id: int | BindParameter[int]) -> CTE:
    """The ids of a client and of all that were merged into it, directly or by way of another."""
    family = select(CLIENT.c.id).where(CLIENT.c.id == client_id).cte("family", recursive=True)
    return family.union(select(CLIENT.c.id).where(CLIENT.c.merged_into_id == family.c.id))
