"""Everything that is held about a client, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bot.domain.evaluation import Round
from bot.domain.model import Alert, Debrief, Discussion, Flag, Task
from bot.domain.names import normalized
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


class SqlPrivacyRepository:
    """`PrivacyRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def family(self, client_id: int) -> list[int]:
        found = self._connection.scalars(select(family_of(client_id).c.id))
        return [client_id, *sorted(set(found) - {client_id})]

    def removed_called(self, workspace_id: int, names: Collection[str]) -> list[int]:
        let_go = select(CLIENT.c.id, CLIENT.c.name).where(
            CLIENT.c.workspace_id == workspace_id, CLIENT.c.removed_at.is_not(None), CLIENT.c.erased_at.is_(None)
        )
        found = self._connection.execute(let_go.order_by(CLIENT.c.id))
        return [client_id for client_id, name in found if normalized(name) in names]

    def known_since(self, client_id: int) -> datetime:
        added_at: datetime = self._connection.scalars(select(CLIENT.c.created_at).where(CLIENT.c.id == client_id)).one()
        return added_at

    def contact_names(self, client_ids: Iterable[int]) -> list[str]:
        ids = list(client_ids)
        listed = select(CONTACT.c.name).where(CONTACT.c.client_id.in_(ids)).order_by(CONTACT.c.id)
        earlier = (
            select(REVISION.c.content).join(FLAG, FLAG.c.id == REVISION.c.flag_id).where(FLAG.c.client_id.in_(ids))
        )
        contents = self._connection.scalars(earlier.order_by(REVISION.c.flag_id, REVISION.c.number))
        named = [*self._connection.scalars(listed), *(content_from_json(one).contact_name for one in contents)]
        return list(dict.fromkeys(name for name in named if name))

    def names_of(self, client_ids: Iterable[int]) -> list[str]:
        names = select(CLIENT.c.name).where(CLIENT.c.id.in_(list(client_ids))).order_by(CLIENT.c.id)
        return list(self._connection.scalars(names))

    def flags(self, client_ids: Iterable[int]) -> list[Flag]:
        flags = FLAGS.where(FLAG.c.client_id.in_(list(client_ids))).order_by(FLAG.c.happened_on, FLAG.c.id)
        return [flag_from(row) for row in self._rows(flags)]

    def alerts(self, client_ids: Iterable[int]) -> list[Alert]:
        alerts = ALERTS.where(ALERT.c.client_id.in_(list(client_ids))).order_by(ALERT.c.id)
        return [alert_from(row) for row in self._connection.execute(alerts)]

    def discussions(self, client_ids: Iterable[int]) -> list[tuple[Discussion, datetime | None]]:
        is_theirs = DISCUSSION.c.client_id.in_(list(client_ids))
        closed = self._connection.execute(select(DISCUSSION.c.id, DISCUSSION.c.closed_at).where(is_theirs))
        closed_at = dict(closed.all())
        discussions = DISCUSSIONS.where(is_theirs).order_by(DISCUSSION.c.id)
        return [(discussion_from(row), closed_at[row["id"]]) for row in self._rows(discussions)]

    def rounds(self, discussion_id: int) -> list[Round]:
        rounds = select(ROUND).where(ROUND.c.discussion_id == discussion_id).order_by(ROUND.c.number)
        return [round_from(row) for row in self._rows(rounds)]

    def debriefs(self, client_ids: Iterable[int]) -> list[Debrief]:
        debriefs = DEBRIEFS.where(DEBRIEF.c.client_id.in_(list(client_ids))).order_by(DEBRIEF.c.id)
        return [debrief_from(row) for row in self._rows(debriefs)]

    def tasks(self, client_ids: Iterable[int]) -> list[Task]:
        tasks = select(TASK).where(TASK.c.client_id.in_(list(client_ids))).order_by(TASK.c.id)
        return [task_from(row) for row in self._rows(tasks)]

    def drafts(self, discussion_id: int) -> int:
        writers = select(func.count(DRAFT.c.person_id.distinct())).where(DRAFT.c.discussion_id == discussion_id)
        return self._connection.scalars(writers).one()

    def _rows(self, statement: Select[*tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
        return (row._asdict() for row in self._connection.execute(statement))
