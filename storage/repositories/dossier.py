"""What a dossier asks beyond single flags and clients, in SQL."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, func, or_, select

from bot.domain.catalogue import GOOD
from bot.usecases.ports.dossier import CausedBy, Impact
from storage.engines.prepared import Prepared
from storage.repositories.flags import IS_OF_CLIENT, IS_OPEN, LEFT_A_TRACE, further_down
from storage.tables.clients import CLIENT, CLIENT_PERSON, CONTACT, MERGE
from storage.tables.flags import FLAG

_MAX = bindparam("most", type_=Integer)

_IMPACT = Prepared(
    lambda _: (
        select(FLAG.c.impact_currency, func.sum(FLAG.c.impact_hours), func.sum(FLAG.c.impact_amount))
        .where(IS_OF_CLIENT, IS_OPEN)
        .group_by(FLAG.c.impact_currency)
    )
)
_NUMBER = func.count().label("flags")
_CAUSED_BY = Prepared(
    lambda _: (
        select(CONTACT.c.name, _NUMBER)
        .join(FLAG, FLAG.c.contact_id == CONTACT.c.id)
        .where(IS_OF_CLIENT, IS_OPEN, FLAG.c.category != GOOD)
        .group_by(CONTACT.c.id, CONTACT.c.name)
        .order_by(_NUMBER.desc(), CONTACT.c.name)
    )
)
_OWN = select(FLAG.c.id).where(IS_OF_CLIENT, FLAG.c.reporter_id == bindparam("person"), LEFT_A_TRACE)
_HAS_FLAGGED = Prepared(lambda _: _OWN.limit(1))
_NEWEST_OWN = _OWN.order_by(FLAG.c.happened_on.desc(), FLAG.c.id.desc()).limit(_MAX)
_OWN_FLAGS = Prepared(lambda _: _NEWEST_OWN)
_FURTHER_OWN_FLAGS = Prepared(lambda _: _NEWEST_OWN.where(further_down()))
_FLAGGED_BY = Prepared(
    lambda _: (
        select(FLAG.c.client_id)
        .join(CLIENT, CLIENT.c.id == FLAG.c.client_id)
        .where(
            FLAG.c.reporter_id == bindparam("person"),
            FLAG.c.workspace_id == bindparam("workspace"),
            CLIENT.c.merged_into_id.is_(None),
            IS_OPEN,
        )
        .group_by(FLAG.c.client_id)
        .order_by(func.max(FLAG.c.id).desc())
        .limit(_MAX)
    )
)
_DEALT_WITH = select(CLIENT_PERSON.c.client_id).where(CLIENT_PERSON.c.person_id == bindparam("person"))
_CLOSE_TO = Prepared(
    lambda _: (
        select(CLIENT.c.id)
        .where(
            CLIENT.c.workspace_id == bindparam("workspace"),
            CLIENT.c.merged_into_id.is_(None),
            or_(CLIENT.c.owner_id == bindparam("person"), CLIENT.c.id.in_(_DEALT_WITH)),
        )
        .order_by(CLIENT.c.rank.desc(), CLIENT.c.id)
        .limit(_MAX)
    )
)
_MERGED_NAMES = Prepared(
    lambda _: select(CLIENT.c.id, CLIENT.c.name).where(
        CLIENT.c.id.in_(select(MERGE.c.from_client_id).where(MERGE.c.into_client_id == bindparam("client")))
    )
)


class SqlDossierRepository:
    """`DossierRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def impact(self, client_id: int) -> Impact:
        sums = _IMPACT.rows(self._connection, {"client": client_id})
        hours = [hours for _, hours, _ in sums if hours is not None]
        amounts = sorted((currency or "", amount) for currency, _, amount in sums if amount is not None)
        return Impact(sum(hours, start=Decimal(0)) if hours else None, tuple(amounts))

    def caused_by(self, client_id: int) -> list[CausedBy]:
        return [CausedBy(*row) for row in _CAUSED_BY.rows(self._connection, {"client": client_id})]

    def has_flagged(self, client_id: int, person_id: int) -> bool:
        return _HAS_FLAGGED.row(self._connection, {"client": client_id, "person": person_id}) is not None

    def own_flags(self, client_id: int, person_id: int, *, before: tuple[date, int] | None, limit: int) -> list[int]:
        values: dict[str, Any] = {"client": client_id, "person": person_id, "most": limit}
        if before is None:
            return _OWN_FLAGS.scalars(self._connection, values)
        values["day"], values["below"] = before
        return _FURTHER_OWN_FLAGS.scalars(self._connection, values)

    def flagged_by(self, workspace_id: int, person_id: int, limit: int) -> list[int]:
        values = {"workspace": workspace_id, "person": person_id, "most": limit}
        return _FLAGGED_BY.scalars(self._connection, values)

    def close_to(self, workspace_id: int, person_id: int, limit: int) -> list[int]:
        values = {"workspace": workspace_id, "person": person_id, "most": limit}
        return _CLOSE_TO.scalars(self._connection, values)

    def merged_names(self, client_id: int) -> dict[int, str]:
        return dict(_MERGED_NAMES.rows(self._connection, {"client": client_id}))
