"""Everything that is held about a client, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.domain.evaluation import Round
from bot.domain.model import Alert, Debrief, Discussion, Flag, Task
from bot.domain.names import normalized
from storage.alerts import ALERT, ALERTS, alert_from
from storage.client_rows import CLIENT, CONTACT, family_of
from storage.debrief import DEBRIEF, DEBRIEFS, debrief_from
from storage.discussion import DISCUSSION, DISCUSSIONS, discussion_from
from storage.evaluation import DRAFT, ROUND, round_from
from storage.flag_content import content_from_json, flag_from
from storage.flag_tasks import TASK, task_from
from storage.flags import FLAG, FLAGS, REVISION


class SqlPrivacyRepository:
    """`PrivacyRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def family(self, client_id: int) -> list[int]:
        found = self._connection.scalars(select(family_of(client_id).c.id))
        return [client_id, *sorted(set(found) - {client_id})]

    def removed_called(self, workspace_id: int, names: Collection[str]) -> list[int]:
        let_go = (CLIENT.c.workspace_id == workspace_id, CLIENT.c.removed_at.is_not(None), CLIENT.c.erased_at.is_(None))
        found = self._connection.execute(select(CLIENT.c.id, CLIENT.c.name).where(*let_go).order_by(CLIENT.c.id))
        return [row.id for row in found if normalized(row.name) in names]

    def known_since(self, client_id: int) -> datetime:
        added_at: datetime = self._connection.scalars(select(CLIENT.c.created_at).where(CLIENT.c.id == client_id)).one()
        return added_at

    def contact_names(self, client_ids: Iterable[int]) -> list[str]:
        theirs = list(client_ids)
        listed = self._connection.scalars(
            select(CONTACT.c.name).where(CONTACT.c.client_id.in_(theirs)).order_by(CONTACT.c.id)
        )
        earlier = self._connection.scalars(
            select(REVISION.c.content)
            .join(FLAG, FLAG.c.id == REVISION.c.flag_id)
            .where(FLAG.c.client_id.in_(theirs))
            .order_by(REVISION.c.flag_id, REVISION.c.number)
        )
        named = [*listed, *(content_from_json(content).contact_name for content in earlier)]
        return list(dict.fromkeys(name for name in named if name))

    def names_of(self, client_ids: Iterable[int]) -> list[str]:
        theirs = CLIENT.c.id.in_(list(client_ids))
        return list(self._connection.scalars(select(CLIENT.c.name).where(theirs).order_by(CLIENT.c.id)))

    def flags(self, client_ids: Iterable[int]) -> list[Flag]:
        statement = FLAGS.where(FLAG.c.client_id.in_(list(client_ids))).order_by(FLAG.c.happened_on, FLAG.c.id)
        return [flag_from(row) for row in self._connection.execute(statement)]

    def alerts(self, client_ids: Iterable[int]) -> list[Alert]:
        statement = ALERTS.where(ALERT.c.client_id.in_(list(client_ids))).order_by(ALERT.c.id)
        return [alert_from(row) for row in self._connection.execute(statement)]

    def discussions(self, client_ids: Iterable[int]) -> list[tuple[Discussion, datetime | None]]:
        theirs = DISCUSSION.c.client_id.in_(list(client_ids))
        found = self._connection.execute(DISCUSSIONS.where(theirs).order_by(DISCUSSION.c.id)).all()
        closed = {
            row.id: row.closed_at
            for row in self._connection.execute(select(DISCUSSION.c.id, DISCUSSION.c.closed_at).where(theirs))
        }
        return [(discussion_from(row), closed[row.id]) for row in found]

    def rounds(self, discussion_id: int) -> list[Round]:
        statement = select(ROUND).where(ROUND.c.discussion_id == discussion_id).order_by(ROUND.c.number)
        return [round_from(row) for row in self._connection.execute(statement)]

    def debriefs(self, client_ids: Iterable[int]) -> list[Debrief]:
        statement = DEBRIEFS.where(DEBRIEF.c.client_id.in_(list(client_ids))).order_by(DEBRIEF.c.id)
        return [debrief_from(row) for row in self._connection.execute(statement)]

    def tasks(self, client_ids: Iterable[int]) -> list[Task]:
        statement = select(TASK).where(TASK.c.client_id.in_(list(client_ids))).order_by(TASK.c.id)
        return [task_from(row) for row in self._connection.execute(statement)]

    def drafts(self, discussion_id: int) -> int:
        writers = select(func.count(DRAFT.c.person_id.distinct())).where(DRAFT.c.discussion_id == discussion_id)
        number: int = self._connection.scalars(writers).one()
        return number
