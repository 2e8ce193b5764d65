"""What a dossier asks beyond single flags and clients, in SQL."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, or_, select, tuple_

from bot.domain.catalogue import GOOD
from bot.domain.model import FlagState
from bot.usecases.ports.dossier import CausedBy, Impact
from storage.columns import METADATA
from storage.tables import ClientMergeRow, ClientPersonRow, ClientRow, ContactRow, FlagRow

FLAG = METADATA.tables[FlagRow.__tablename__]
CONTACT = METADATA.tables[ContactRow.__tablename__]
CLIENT = METADATA.tables[ClientRow.__tablename__]
CLIENT_PERSON = METADATA.tables[ClientPersonRow.__tablename__]
MERGE = METADATA.tables[ClientMergeRow.__tablename__]

_IS_OPEN = FLAG.c.state == FlagState.OPEN.value
_LEFT_A_TRACE = FLAG.c.state.in_([FlagState.OPEN.value, FlagState.WITHDRAWN.value])


class SqlDossierRepository:
    """`DossierRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def impact(self, client_id: int) -> Impact:
        hours, amount = self._connection.execute(
            select(func.sum(FLAG.c.impact_hours), func.sum(FLAG.c.impact_amount)).where(
                FLAG.c.client_id == client_id, _IS_OPEN
            )
        ).one()
        return Impact(hours, amount)

    def caused_by(self, client_id: int) -> list[CausedBy]:
        flags = func.count().label("flags")
        rows = self._connection.execute(
            select(CONTACT.c.name, flags)
            .join(FLAG, FLAG.c.contact_id == CONTACT.c.id)
            .where(FLAG.c.client_id == client_id, _IS_OPEN, FLAG.c.category != GOOD)
            .group_by(CONTACT.c.id, CONTACT.c.name)
            .order_by(flags.desc(), CONTACT.c.name)
        )
        return [CausedBy(row.name, row.flags) for row in rows]

    def has_flagged(self, client_id: int, person_id: int) -> bool:
        found = self._connection.execute(
            select(FLAG.c.id)
            .where(FLAG.c.client_id == client_id, FLAG.c.reporter_id == person_id, _LEFT_A_TRACE)
            .limit(1)
        ).first()
        return found is not None

    def own_flags(self, client_id: int, person_id: int, *, before: tuple[date, int] | None, limit: int) -> list[int]:
        statement = select(FLAG.c.id).where(
            FLAG.c.client_id == client_id, FLAG.c.reporter_id == person_id, _LEFT_A_TRACE
        )
        if before is not None:
            statement = statement.where(tuple_(FLAG.c.happened_on, FLAG.c.id) < tuple_(*before))
        newest_first = statement.order_by(FLAG.c.happened_on.desc(), FLAG.c.id.desc()).limit(limit)
        return list(self._connection.scalars(newest_first))

    def flagged_by(self, workspace_id: int, person_id: int, limit: int) -> list[int]:
        latest = func.max(FLAG.c.id)
        return list(
            self._connection.scalars(
                select(FLAG.c.client_id)
                .join(CLIENT, CLIENT.c.id == FLAG.c.client_id)
                .where(
                    FLAG.c.reporter_id == person_id,
                    FLAG.c.workspace_id == workspace_id,
                    CLIENT.c.merged_into_id.is_(None),
                    _IS_OPEN,
                )
                .group_by(FLAG.c.client_id)
                .order_by(latest.desc())
                .limit(limit)
            )
        )

    def close_to(self, workspace_id: int, person_id: int, limit: int) -> list[int]:
        dealt_with = select(CLIENT_PERSON.c.client_id).where(CLIENT_PERSON.c.person_id == person_id)
        return list(
            self._connection.scalars(
                select(CLIENT.c.id)
                .where(
                    CLIENT.c.workspace_id == workspace_id,
                    CLIENT.c.merged_into_id.is_(None),
                    or_(CLIENT.c.owner_id == person_id, CLIENT.c.id.in_(dealt_with)),
                )
                .order_by(CLIENT.c.rank.desc(), CLIENT.c.id)
                .limit(limit)
            )
        )

    def merged_names(self, client_id: int) -> dict[int, str]:
        merged = select(MERGE.c.from_client_id).where(MERGE.c.into_client_id == client_id)
        rows = self._connection.execute(select(CLIENT.c.id, CLIENT.c.name).where(CLIENT.c.id.in_(merged)))
        return {row.id: row.name for row in rows}
