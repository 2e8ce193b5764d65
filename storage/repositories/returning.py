"""Clients that come back, in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from bot.domain.returning import KnownAs, ReturnStance, ReturnTerms
from bot.usecases.ports.returning import ReturnSign
from storage.tables.clients import CLIENT, CLIENT_NAME, CONTACT
from storage.tables.returning import RETURN_SIGN, RETURN_TERMS

_NAMES = select(CLIENT_NAME.c.client_id, CLIENT_NAME.c.name).order_by(CLIENT_NAME.c.is_alias, CLIENT_NAME.c.id)
_CONTACTS = select(CONTACT.c.client_id, CONTACT.c.name).order_by(CONTACT.c.id)
_SIGNS = select(*(RETURN_SIGN.c[name] for name in ReturnSign.__struct_fields__))


class SqlReturningRepository:
    """`ReturningRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known_as(self, client_id: int) -> KnownAs:
        names = self._connection.execute(_NAMES.where(CLIENT_NAME.c.client_id == client_id)).all()
        contacts = self._connection.execute(_CONTACTS.where(CONTACT.c.client_id == client_id)).all()
        return KnownAs(client_id, tuple(row.name for row in names), tuple(row.name for row in contacts))

    def former(self, workspace_id: int) -> list[KnownAs]:
        left = select(CLIENT.c.id).where(
            CLIENT.c.workspace_id == workspace_id,
            CLIENT.c.left_on.is_not(None),
            CLIENT.c.merged_into_id.is_(None),
            CLIENT.c.removed_at.is_(None),
            CLIENT.c.erased_at.is_(None),
        )
        names = _by_client(self._connection.execute(_NAMES.where(CLIENT_NAME.c.client_id.in_(left))))
        contacts = _by_client(self._connection.execute(_CONTACTS.where(CONTACT.c.client_id.in_(left))))
        return [KnownAs(key, tuple(named), tuple(contacts.get(key, ()))) for key, named in names.items()]

    def terms(self, client_id: int) -> list[ReturnTerms]:
        rows = self._connection.execute(
            select(*(RETURN_TERMS.c[name] for name in ReturnTerms.__struct_fields__))
            .where(RETURN_TERMS.c.client_id == client_id)
            .order_by(RETURN_TERMS.c.saved_at.desc(), RETURN_TERMS.c.id.desc())
        )
        return [ReturnTerms(**{**row._mapping, "stance": ReturnStance(row.stance)}) for row in rows]

    def add_terms(self, terms: ReturnTerms) -> None:
        values = {name: getattr(terms, name) for name in ReturnTerms.__struct_fields__}
        self._connection.execute(insert(RETURN_TERMS), {**values, "stance": terms.stance.value})

    def note_sign(
        self, workspace_id: int, client_id: int, former_id: int, person_id: int, now: datetime
    ) -> ReturnSign | None:
        values = {"client_id": client_id, "former_id": former_id, "person_id": person_id}
        if self._connection.execute(_SIGNS.filter_by(**values)).first() is not None:
            return None
        added = insert(RETURN_SIGN).returning(RETURN_SIGN.c.id)
        sign_id = self._connection.scalars(added, {"workspace_id": workspace_id, **values, "at": now}).one()
        return ReturnSign(id=sign_id, **values)

    def sign(self, workspace_id: int, sign_id: int) -> ReturnSign | None:
        row = self._connection.execute(
            _SIGNS.where(RETURN_SIGN.c.id == sign_id, RETURN_SIGN.c.workspace_id == workspace_id)
        ).one_or_none()
        return ReturnSign(*row) if row else None


def _by_client(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.client_id, []).append(row.name)
    return found
