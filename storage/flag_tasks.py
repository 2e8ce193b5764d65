"""Private tasks that follow from flags, in SQL."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.domain.model import Task
from storage.columns import METADATA
from storage.tables import TaskRow

TASK = METADATA.tables[TaskRow.__tablename__]


def task_from(row: Row[*tuple[Any, ...]]) -> Task:
    """The task that a row of its table describes."""
    return Task(**row._mapping)


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
        task_id: int = self._connection.execute(insert(TASK).returning(TASK.c.id), values).scalar_one()
        return task_id

    def task(self, workspace_id: int, task_id: int) -> Task | None:
        """The task, open or done; `None` for another workspace's."""
        row = self._connection.execute(
            select(TASK).where(TASK.c.id == task_id, TASK.c.workspace_id == workspace_id)
        ).one_or_none()
        return task_from(row) if row else None

    def finish_task(self, task_id: int, now: datetime) -> bool:
        """Mark a task as done; false when it was already."""
        changed = self._connection.execute(
            update(TASK).where(TASK.c.id == task_id, TASK.c.done_at.is_(None)).values(done_at=now)
        )
        return changed.rowcount == 1

    def open_tasks(self, client_id: int) -> list[Task]:
        """Tasks of a client that are not done, oldest first."""
        rows = self._connection.execute(
            select(TASK).where(TASK.c.client_id == client_id, TASK.c.done_at.is_(None)).order_by(TASK.c.id)
        )
        return [task_from(row) for row in rows]

    def open_tasks_of(self, person_id: int) -> list[Task]:
        """Tasks that a person has not done yet, oldest first."""
        rows = self._connection.execute(
            select(TASK).where(TASK.c.assignee_id == person_id, TASK.c.done_at.is_(None)).order_by(TASK.c.id)
        )
        return [task_from(row) for row in rows]
