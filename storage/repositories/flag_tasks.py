"""Private tasks that follow from flags, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.model import Task
from storage.engines.prepared import Prepared
from storage.tables.flags import TASK

_ADD = Prepared(lambda _: insert(TASK).returning(TASK.c.id))
_IS_IT = TASK.c.id == bindparam("row")
_IS_OPEN = TASK.c.done_at.is_(None)
_FIND = Prepared(lambda _: select(TASK).where(_IS_IT, TASK.c.workspace_id == bindparam("workspace")))
_FINISH = Prepared(lambda _: update(TASK).where(_IS_IT, _IS_OPEN))
_OPEN = select(TASK).where(_IS_OPEN).order_by(TASK.c.id)
_OPEN_ABOUT = Prepared(lambda _: _OPEN.where(TASK.c.client_id == bindparam("client")))
_OPEN_OF = Prepared(lambda _: _OPEN.where(TASK.c.assignee_id == bindparam("person")))


def task_from(row: Mapping[str, Any]) -> Task:
    """The task that a row of its table describes."""
    return Task(**row)


class SqlFlagTasks:
    """The part of `FlagRepository` about tasks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_task(
        self,
        workspace_id: int,
        client_id: int,
        kind: str,
        assignee_id: int,
        due_on: date,
        flag_id: int | None,
    ) -> int:
        """Add an open task; returns its id."""
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "kind": kind,
            "assignee_id": assignee_id,
            "due_on": due_on,
            "flag_id": flag_id,
        }
        task_id: int = _ADD.scalar(self._connection, values)
        return task_id

    def task(self, workspace_id: int, task_id: int) -> Task | None:
        """The task, open or done; `None` for another workspace's."""
        row = _FIND.mapping(self._connection, {"row": task_id, "workspace": workspace_id})
        return task_from(row) if row else None

    def finish_task(self, task_id: int, now: datetime) -> bool:
        """Mark a task as done; false when it was already."""
        return _FINISH.changed(self._connection, {"row": task_id, "done_at": now}) == 1

    def open_tasks(self, client_id: int) -> list[Task]:
        """Tasks of a client that are not done, oldest first."""
        return [task_from(row) for row in _OPEN_ABOUT.mappings(self._connection, {"client": client_id})]

    def open_tasks_of(self, person_id: int) -> list[Task]:
        """Tasks that a person has not done yet, oldest first."""
        return [task_from(row) for row in _OPEN_OF.mappings(self._connection, {"person": person_id})]
