"""Rows of clients as the domain's clients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CTE, BindParameter, bindparam, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from bot.domain.agreement import (
    Agreement,
    AgreementKind,
    NoticeForm,
    NoticePeriod,
    NoticeTo,
    NoticeUnit,
    Renewal,
)
from bot.domain.model import Client, ClientStage, Level
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
    CLIENT.c.yearly_currency,
    CLIENT.c.external_reference,
    CLIENT.c.agreement_kind,
    CLIENT.c.agreement_ends_on,
    CLIENT.c.notice_count,
    CLIENT.c.notice_unit,
    CLIENT.c.notice_to,
    CLIENT.c.payment_days,
    CLIENT.c.is_consumer,
    CLIENT.c.notice_form,
    CLIENT.c.renewal,
    CLIENT.c.renewed_months,
    CLIENT.c.governing_law,
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
    key, workspace_id, name, stage, alerted, owner_id, language, value, currency, reference, *more = row
    *agreement, left_on, merged_into = more
    return Client(
        key,
        workspace_id,
        name,
        ClientStage(stage),
        Level(alerted),
        owner_id,
        language,
        value,
        currency or "",
        reference,
        _agreement(*agreement),
        left_on,
        merged_into,
    )


def _agreement(
    kind: str,
    ends_on: date | None,
    count: int | None,
    unit: str,
    to: str,
    payment_days: int | None,
    is_consumer: bool | None,
    form: str | None,
    renewal: str | None,
    renewed_months: int | None,
    law: str | None,
) -> Agreement:
    notice = None if count is None else NoticePeriod(count, NoticeUnit(unit), NoticeTo(to))
    return Agreement(
        AgreementKind(kind),
        ends_on,
        notice,
        payment_days,
        is_consumer,
        NoticeForm(form or NoticeForm.UNKNOWN),
        Renewal(renewal or Renewal.UNKNOWN),
        renewed_months,
        law,
    )


def agreement_columns(agreement: Agreement) -> dict[str, Any]:
    """The columns that hold an agreement."""
    notice = agreement.notice
    return {
        "agreement_kind": agreement.kind.value,
        "agreement_ends_on": agreement.ends_on,
        "notice_count": notice.count if notice else None,
        "notice_unit": notice.unit.value if notice else None,
        "notice_to": notice.to.value if notice else None,
        "payment_days": agreement.payment_days,
        "is_consumer": agreement.is_consumer,
        "notice_form": None if agreement.notice_form is NoticeForm.UNKNOWN else agreement.notice_form.value,
        "renewal": None if agreement.renewal is Renewal.UNKNOWN else agreement.renewal.value,
        "renewed_months": agreement.renewed_months,
        "governing_law": agreement.governing_law,
    }


def family_of(client_id: int | BindParameter[int]) -> CTE:
    """The ids of a client and of all that were merged into it, directly or by way of another."""
    family = select(CLIENT.c.id).where(CLIENT.c.id == client_id).cte("family", recursive=True)
    return family.union(select(CLIENT.c.id).where(CLIENT.c.merged_into_id == family.c.id))
