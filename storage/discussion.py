"""Discussions in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, select, update

from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from storage.columns import METADATA
from storage.tables import DiscussionPersonRow, DiscussionRow, WorkspaceRow
from storage.upsert import insert_if_absent

DISCUSSION = METADATA.tables[DiscussionRow.__tablename__]
DISCUSSION_PERSON = METADATA.tables[DiscussionPersonRow.__tablename__]
WORKSPACE = METADATA.tables[WorkspaceRow.__tablename__]

_OPEN = DiscussionState.OPEN.value

DISCUSSIONS = select(
    DISCUSSION.c.id,
    DISCUSSION.c.workspace_id,
    DISCUSSION.c.client_id,
    DISCUSSION.c.number,
    DISCUSSION.c.style,
    DISCUSSION.c.state,
    DISCUSSION.c.opened_at,
    DISCUSSION.c.views_by,
    DISCUSSION.c.opened_by_id,
    DISCUSSION.c.alert_id,
    DISCUSSION.c.place_id,
    DISCUSSION.c.channel_name,
)


def discussion_from(row: Row[*tuple[Any, ...]]) -> Discussion:
    """The discussion that a row of `DISCUSSIONS` describes."""
    values = dict(row._mapping)
    values["style"] = DiscussionStyle(row.style)
    values["state"] = DiscussionState(row.state)
    return Discussion(**values)


class SqlDiscussionRepository:
    """`DiscussionRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(
        self,
        workspace_id: int,
        client_id: int,
        style: DiscussionStyle,
        views_by: date,
        *,
        opened_by_id: int | None,
        alert_id: int | None,
        now: datetime,
    ) -> Discussion | None:
        if self.open_for(client_id) is not None:
            return None
        number = self._connection.execute(
            update(WORKSPACE)
            .where(WORKSPACE.c.id == workspace_id)
            .values(last_case_number=WORKSPACE.c.last_case_number + 1)
            .returning(WORKSPACE.c.last_case_number)
        ).scalar_one()
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "number": number,
            "style": style.value,
            "state": _OPEN,
            "opened_at": now,
            "views_by": views_by,
            "opened_by_id": opened_by_id,
            "alert_id": alert_id,
        }
        # The unique index has the last word: two transactions can both have found nothing open above.
        statement = insert_if_absent(self._connection, DISCUSSION).returning(DISCUSSION.c.id)
        discussion_id = self._connection.execute(statement, values).scalar_one_or_none()
        return None if discussion_id is None else self.find(workspace_id, discussion_id)

    def find(self, workspace_id: int, discussion_id: int) -> Discussion | None:
        return self._one(DISCUSSION.c.id == discussion_id, DISCUSSION.c.workspace_id == workspace_id)

    def open_for(self, client_id: int) -> Discussion | None:
        return self._one(DISCUSSION.c.client_id == client_id, DISCUSSION.c.state == _OPEN)

    def latest_for(self, client_id: int) -> Discussion | None:
        return self._one(DISCUSSION.c.client_id == client_id)

    def open_with(self, person_id: int) -> list[Discussion]:
        rows = self._connection.execute(
            DISCUSSIONS.join(DISCUSSION_PERSON, DISCUSSION_PERSON.c.discussion_id == DISCUSSION.c.id)
            .where(DISCUSSION_PERSON.c.person_id == person_id, DISCUSSION.c.state == _OPEN)
            .order_by(DISCUSSION.c.id)
        )
        return [discussion_from(row) for row in rows]

    def at_place(self, place_id: int) -> Discussion | None:
        return self._one(DISCUSSION.c.place_id == place_id)

    def _one(self, *conditions: Any) -> Discussion | None:
        statement = DISCUSSIONS.where(*conditions).order_by(DISCUSSION.c.id.desc()).limit(1)
        row = self._connection.execute(statement).one_or_none()
        return discussion_from(row) if row else None

    def _set(self, discussion_id: int, **values: Any) -> None:
        self._connection.execute(update(DISCUSSION).where(DISCUSSION.c.id == discussion_id).values(**values))

    def set_style(self, discussion_id: int, style: DiscussionStyle, reason: str | None) -> None:
        self._set(discussion_id, style=style.value, thread_reason=reason)

    def thread_reason(self, discussion_id: int) -> str | None:
        statement = select(DISCUSSION.c.thread_reason).where(DISCUSSION.c.id == discussion_id)
        reason: str | None = self._connection.execute(statement).scalar_one_or_none()
        return reason

    def set_channel_name(self, discussion_id: int, name: str) -> None:
        self._set(discussion_id, channel_name=name)

    def set_place(self, discussion_id: int, place_id: int | None) -> None:
        self._set(discussion_id, place_id=place_id)

    def set_views_by(self, discussion_id: int, views_by: date) -> None:
        self._set(discussion_id, views_by=views_by)

    def close(self, discussion_id: int, now: datetime) -> None:
        self._set(discussion_id, state=DiscussionState.CLOSED.value, closed_at=now)

    def reopen(self, discussion_id: int) -> bool:
        other = DISCUSSION.alias()
        is_alone = ~exists().where(other.c.client_id == DISCUSSION.c.client_id, other.c.state == _OPEN)
        changed = self._connection.execute(
            update(DISCUSSION).where(DISCUSSION.c.id == discussion_id, is_alone).values(state=_OPEN, closed_at=None)
        )
        return changed.rowcount == 1

    def ask_in(self, discussion_id: int, person_ids: Iterable[int]) -> list[int]:
        statement = insert_if_absent(self._connection, DISCUSSION_PERSON).returning(DISCUSSION_PERSON.c.person_id)
        asked = []
        for person_id in person_ids:
            values = {"discussion_id": discussion_id, "person_id": person_id, "state": "wanted"}
            if self._connection.execute(statement, values).one_or_none():
                asked.append(person_id)
        return asked

    def people(self, discussion_id: int) -> dict[int, str]:
        rows = self._connection.execute(
            select(DISCUSSION_PERSON.c.person_id, DISCUSSION_PERSON.c.state).where(
                DISCUSSION_PERSON.c.discussion_id == discussion_id
            )
        )
        return {row.person_id: row.state for row in rows}

    def set_person_state(self, discussion_id: int, person_id: int, state: str) -> None:
        self._connection.execute(
            update(DISCUSSION_PERSON)
            .where(
                DISCUSSION_PERSON.c.discussion_id == discussion_id,
                DISCUSSION_PERSON.c.person_id == person_id,
            )
            .values(state=state)
        )

    def drop_person(self, person_id: int) -> None:
        open_ones = select(DISCUSSION.c.id).where(DISCUSSION.c.state == _OPEN)
        self._connection.execute(
            update(DISCUSSION_PERSON)
            .where(DISCUSSION_PERSON.c.person_id == person_id, DISCUSSION_PERSON.c.discussion_id.in_(open_ones))
            .values(state="left")
        )
