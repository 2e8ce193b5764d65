"""Discussions in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, exists, or_, select, update

from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.privacy.belonging import references_to
from storage.tables.discussion import DISCUSSION, DISCUSSION_PERSON
from storage.tables.evaluation import ROUND
from storage.tables.workspace import WORKSPACE

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
_NEWEST_FIRST = DISCUSSIONS.order_by(DISCUSSION.c.id.desc()).limit(1)
_IS_OF_CLIENT = DISCUSSION.c.client_id == bindparam("client")
_IS_OPEN = DISCUSSION.c.state == _OPEN
_FIND = Prepared(
    lambda _: _NEWEST_FIRST.where(
        DISCUSSION.c.id == bindparam("row"), DISCUSSION.c.workspace_id == bindparam("workspace")
    )
)
_OPEN_FOR = Prepared(lambda _: _NEWEST_FIRST.where(_IS_OF_CLIENT, _IS_OPEN))
_LATEST_FOR = Prepared(lambda _: _NEWEST_FIRST.where(_IS_OF_CLIENT))
_AT_PLACE = Prepared(lambda _: _NEWEST_FIRST.where(DISCUSSION.c.place_id == bindparam("place")))
_OPEN_WITH = Prepared(
    lambda _: (
        DISCUSSIONS.join(DISCUSSION_PERSON, DISCUSSION_PERSON.c.discussion_id == DISCUSSION.c.id)
        .where(DISCUSSION_PERSON.c.person_id == bindparam("person"), _IS_OPEN)
        .order_by(DISCUSSION.c.id)
    )
)
_NEXT_NUMBER = Prepared(
    lambda _: (
        update(WORKSPACE)
        .where(WORKSPACE.c.id == bindparam("row"))
        .values(last_case_number=WORKSPACE.c.last_case_number + 1)
        .returning(WORKSPACE.c.last_case_number)
    )
)
_ADD = Prepared(lambda connection: insert_if_absent(connection, DISCUSSION).returning(DISCUSSION.c.id))
_THIS = update(DISCUSSION).where(DISCUSSION.c.id == bindparam("row"))
_CHANGE = Prepared(lambda _: _THIS)
_OTHER = DISCUSSION.alias()
_REOPEN = Prepared(
    lambda _: _THIS.where(
        ~exists().where(_OTHER.c.client_id == DISCUSSION.c.client_id, _OTHER.c.state == _OPEN)
    ).values(state=_OPEN, closed_at=None)
)
_THREAD_REASON = Prepared(lambda _: select(DISCUSSION.c.thread_reason).where(DISCUSSION.c.id == bindparam("row")))
_ASK_IN = Prepared(lambda connection: insert_if_absent(connection, DISCUSSION_PERSON))
_PEOPLE = Prepared(
    lambda _: select(DISCUSSION_PERSON.c.person_id, DISCUSSION_PERSON.c.state).where(
        DISCUSSION_PERSON.c.discussion_id == bindparam("discussion")
    )
)
_IS_PERSON = DISCUSSION_PERSON.c.person_id == bindparam("person")
_CHANGE_PERSON = Prepared(
    lambda _: update(DISCUSSION_PERSON).where(DISCUSSION_PERSON.c.discussion_id == bindparam("discussion"), _IS_PERSON)
)
_DROP_PERSON = Prepared(
    lambda _: (
        update(DISCUSSION_PERSON)
        .where(_IS_PERSON, DISCUSSION_PERSON.c.discussion_id.in_(select(DISCUSSION.c.id).where(_IS_OPEN)))
        .values(state="left")
    )
)


def is_used() -> ColumnElement[bool]:
    """Whether anything refers to a discussion but its rounds and who was asked in, in whichever table."""
    of_itself = (ROUND, DISCUSSION_PERSON)
    found = [
        exists().where(column == DISCUSSION.c.id)
        for column in references_to(DISCUSSION)
        if column.table not in of_itself
    ]
    return or_(*found)


def discussion_from(row: Mapping[str, Any]) -> Discussion:
    """The discussion that a row of `DISCUSSIONS` describes."""
    return Discussion(**{**row, "style": DiscussionStyle(row["style"]), "state": DiscussionState(row["state"])})


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
        number = _NEXT_NUMBER.scalar(self._connection, {"row": workspace_id})
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
        discussion_id = _ADD.scalar(self._connection, values)
        return None if discussion_id is None else self.find(workspace_id, discussion_id)

    def find(self, workspace_id: int, discussion_id: int) -> Discussion | None:
        return self._one(_FIND, row=discussion_id, workspace=workspace_id)

    def open_for(self, client_id: int) -> Discussion | None:
        return self._one(_OPEN_FOR, client=client_id)

    def latest_for(self, client_id: int) -> Discussion | None:
        return self._one(_LATEST_FOR, client=client_id)

    def of_client(self, client_id: int) -> list[Discussion]:
        return [discussion_from(row) for row in _LATEST_FOR.mappings(self._connection, {"client": client_id})]

    def open_with(self, person_id: int) -> list[Discussion]:
        return [discussion_from(row) for row in _OPEN_WITH.mappings(self._connection, {"person": person_id})]

    def at_place(self, place_id: int) -> Discussion | None:
        return self._one(_AT_PLACE, place=place_id)

    def _one(self, statement: Prepared, **values: int) -> Discussion | None:
        row = statement.mapping(self._connection, values)
        return discussion_from(row) if row else None

    def _set(self, discussion_id: int, **values: Any) -> None:
        _CHANGE.changed(self._connection, {"row": discussion_id, **values})

    def set_style(self, discussion_id: int, style: DiscussionStyle, reason: str | None) -> None:
        self._set(discussion_id, style=style.value, thread_reason=reason)

    def thread_reason(self, discussion_id: int) -> str | None:
        reason: str | None = _THREAD_REASON.scalar(self._connection, {"row": discussion_id})
        return reason

    def set_channel_name(self, discussion_id: int, name: str) -> None:
        self._set(discussion_id, channel_name=name)

    def set_place(self, discussion_id: int, place_id: int | None) -> None:
        self._set(discussion_id, place_id=place_id)

    def set_views_by(self, discussion_id: int, views_by: date) -> None:
        self._set(discussion_id, views_by=views_by)

    def close(self, discussion_id: int, now: datetime) -> None:
        self._set(discussion_id, state=DiscussionState.CLOSED.value, closed_at=now)

    def is_used(self, discussion_id: int) -> bool:
        found = select(DISCUSSION.c.id).where(DISCUSSION.c.id == discussion_id, is_used())
        return self._connection.scalar(found) is not None

    def reopen(self, discussion_id: int) -> bool:
        return _REOPEN.changed(self._connection, {"row": discussion_id}) == 1

    def ask_in(self, discussion_id: int, person_ids: Iterable[int]) -> list[int]:
        wanted = {"discussion_id": discussion_id, "state": "wanted"}
        return [
            person_id
            for person_id in person_ids
            if _ASK_IN.changed(self._connection, {**wanted, "person_id": person_id}) == 1
        ]

    def people(self, discussion_id: int) -> dict[int, str]:
        return dict(_PEOPLE.rows(self._connection, {"discussion": discussion_id}))

    def set_person_state(self, discussion_id: int, person_id: int, state: str) -> None:
        _CHANGE_PERSON.changed(self._connection, {"discussion": discussion_id, "person": person_id, "state": state})

    def drop_person(self, person_id: int) -> None:
        _DROP_PERSON.changed(self._connection, {"person": person_id})
