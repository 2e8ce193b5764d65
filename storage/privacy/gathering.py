"""Everything that is held about a client, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, select

from bot.domain.evaluation import Round
from bot.domain.model import Alert, Debrief, Discussion, Flag, Task
from bot.domain.names import normalized
from storage.engines.membership import among
from storage.engines.prepared import Prepared
from storage.repositories.alerts import ALERTS, alert_from
from storage.repositories.client_rows import family_of
from storage.repositories.debrief import DEBRIEFS, debrief_from
from storage.repositories.discussion import DISCUSSIONS, discussion_from
from storage.repositories.evaluation import round_from
from storage.repositories.flag_content import content_from_json, flag_from
from storage.repositories.flag_tasks import task_from
from storage.repositories.flags import FLAGS
from storage.tables.alerts import ALERT
from storage.tables.clients import CLIENT, CONTACT
from storage.tables.debrief import DEBRIEF
from storage.tables.discussion import DISCUSSION
from storage.tables.evaluation import DRAFT, ROUND
from storage.tables.flags import FLAG, REVISION, TASK


def _theirs(connection: Connection, column: Column[Any]) -> ColumnElement[bool]:
    return among(connection, column, "clients")


_FAMILY = Prepared(lambda _: select(family_of(bindparam("client")).c.id))
_LET_GO = Prepared(
    lambda _: (
        select(CLIENT.c.id, CLIENT.c.name)
        .where(
            CLIENT.c.workspace_id == bindparam("workspace"),
            CLIENT.c.removed_at.is_not(None),
            CLIENT.c.erased_at.is_(None),
        )
        .order_by(CLIENT.c.id)
    )
)
_ADDED_AT = Prepared(lambda _: select(CLIENT.c.created_at).where(CLIENT.c.id == bindparam("client")))
_CONTACT_NAMES = Prepared(
    lambda connection: select(CONTACT.c.name).where(_theirs(connection, CONTACT.c.client_id)).order_by(CONTACT.c.id)
)
_EARLIER_CONTENTS = Prepared(
    lambda connection: (
        select(REVISION.c.content)
        .join(FLAG, FLAG.c.id == REVISION.c.flag_id)
        .where(_theirs(connection, FLAG.c.client_id))
        .order_by(REVISION.c.flag_id, REVISION.c.number)
    )
)
_NAMES = Prepared(
    lambda connection: select(CLIENT.c.name).where(_theirs(connection, CLIENT.c.id)).order_by(CLIENT.c.id)
)
_FLAGS = Prepared(
    lambda connection: FLAGS.where(_theirs(connection, FLAG.c.client_id)).order_by(FLAG.c.happened_on, FLAG.c.id)
)
_ALERTS = Prepared(lambda connection: ALERTS.where(_theirs(connection, ALERT.c.client_id)).order_by(ALERT.c.id))
_DISCUSSIONS = Prepared(
    lambda connection: DISCUSSIONS.where(_theirs(connection, DISCUSSION.c.client_id)).order_by(DISCUSSION.c.id)
)
_CLOSED_AT = Prepared(
    lambda connection: select(DISCUSSION.c.id, DISCUSSION.c.closed_at).where(
        _theirs(connection, DISCUSSION.c.client_id)
    )
)
_ROUNDS = Prepared(
    lambda _: select(ROUND).where(ROUND.c.discussion_id == bindparam("discussion")).order_by(ROUND.c.number)
)
_DEBRIEFS = Prepared(lambda connection: DEBRIEFS.where(_theirs(connection, DEBRIEF.c.client_id)).order_by(DEBRIEF.c.id))
_TASKS = Prepared(lambda connection: select(TASK).where(_theirs(connection, TASK.c.client_id)).order_by(TASK.c.id))
_WRITERS = Prepared(
    lambda _: select(func.count(DRAFT.c.person_id.distinct())).where(DRAFT.c.discussion_id == bindparam("discussion"))
)


class SqlPrivacyRepository:
    """`PrivacyRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def family(self, client_id: int) -> list[int]:
        found = _FAMILY.scalars(self._connection, {"client": client_id})
        return [client_id, *sorted(set(found) - {client_id})]

    def removed_called(self, workspace_id: int, names: Collection[str]) -> list[int]:
        found = _LET_GO.rows(self._connection, {"workspace": workspace_id})
        return [client_id for client_id, name in found if normalized(name) in names]

    def known_since(self, client_id: int) -> datetime:
        added_at: datetime = _ADDED_AT.one(self._connection, {"client": client_id})[0]
        return added_at

    def contact_names(self, client_ids: Iterable[int]) -> list[str]:
        theirs = {"clients": list(client_ids)}
        listed = _CONTACT_NAMES.scalars(self._connection, theirs)
        earlier = _EARLIER_CONTENTS.scalars(self._connection, theirs)
        named = [*listed, *(content_from_json(content).contact_name for content in earlier)]
        return list(dict.fromkeys(name for name in named if name))

    def names_of(self, client_ids: Iterable[int]) -> list[str]:
        return _NAMES.scalars(self._connection, {"clients": list(client_ids)})

    def flags(self, client_ids: Iterable[int]) -> list[Flag]:
        return [flag_from(row) for row in _FLAGS.mappings(self._connection, {"clients": list(client_ids)})]

    def alerts(self, client_ids: Iterable[int]) -> list[Alert]:
        return [alert_from(row) for row in _ALERTS.rows(self._connection, {"clients": list(client_ids)})]

    def discussions(self, client_ids: Iterable[int]) -> list[tuple[Discussion, datetime | None]]:
        theirs = {"clients": list(client_ids)}
        closed: dict[int, datetime | None] = dict(_CLOSED_AT.rows(self._connection, theirs))
        return [(discussion_from(row), closed[row["id"]]) for row in _DISCUSSIONS.mappings(self._connection, theirs)]

    def rounds(self, discussion_id: int) -> list[Round]:
        return [round_from(row) for row in _ROUNDS.mappings(self._connection, {"discussion": discussion_id})]

    def debriefs(self, client_ids: Iterable[int]) -> list[Debrief]:
        return [debrief_from(row) for row in _DEBRIEFS.mappings(self._connection, {"clients": list(client_ids)})]

    def tasks(self, client_ids: Iterable[int]) -> list[Task]:
        return [task_from(row) for row in _TASKS.mappings(self._connection, {"clients": list(client_ids)})]

    def drafts(self, discussion_id: int) -> int:
        number: int = _WRITERS.scalar(self._connection, {"discussion": discussion_id})
        return number
