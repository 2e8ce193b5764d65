"""Texts of a workspace's own in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from bot.domain.workspace_texts import WorkspaceText
from storage.tables.workspace_texts import WORKSPACE_TEXT

_COLUMNS = [WORKSPACE_TEXT.c[name] for name in WorkspaceText.__struct_fields__]


class SqlWorkspaceTextRepository:
    """`WorkspaceTextRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, workspace_id: int, kind: str, language: str) -> WorkspaceText | None:
        row = self._connection.execute(_versions(workspace_id, kind, language).limit(1)).one_or_none()
        return WorkspaceText(*row) if row else None

    def all_newest(self, workspace_id: int) -> list[WorkspaceText]:
        of_text = (WORKSPACE_TEXT.c.kind, WORKSPACE_TEXT.c.language)
        is_own = WORKSPACE_TEXT.c.workspace_id == workspace_id
        last = select(*of_text, func.max(WORKSPACE_TEXT.c.version).label("version")).where(is_own).group_by(*of_text)
        newest = last.subquery()
        statement = (
            select(*_COLUMNS)
            .join(newest, (of_text[0] == newest.c.kind) & (of_text[1] == newest.c.language))
            .where(is_own, WORKSPACE_TEXT.c.version == newest.c.version)
            .order_by(*of_text)
        )
        return [WorkspaceText(*row) for row in self._connection.execute(statement)]

    def versions(self, workspace_id: int, kind: str, language: str) -> list[WorkspaceText]:
        return [WorkspaceText(*row) for row in self._connection.execute(_versions(workspace_id, kind, language))]

    def add(
        self, workspace_id: int, kind: str, language: str, content: bytes | None, saved_by_id: int, now: datetime
    ) -> WorkspaceText:
        newest = self.newest(workspace_id, kind, language)
        added = WorkspaceText(kind, language, newest.version + 1 if newest else 1, content, saved_by_id, now)
        values = {name: getattr(added, name) for name in WorkspaceText.__struct_fields__}
        self._connection.execute(insert(WORKSPACE_TEXT), {"workspace_id": workspace_id, **values})
        return added


def _versions(workspace_id: int, kind: str, language: str) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .where(
            WORKSPACE_TEXT.c.workspace_id == workspace_id,
            WORKSPACE_TEXT.c.kind == kind,
            WORKSPACE_TEXT.c.language == language,
        )
        .order_by(WORKSPACE_TEXT.c.version.desc())
    )
