"""Lessons in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.domain.lessons import ComeBack, Helped, Lesson, LessonDraft, LessonHead, LessonState
from bot.domain.model import FlagState
from storage.engines.prepared import Prepared
from storage.tables.clients import CLIENT
from storage.tables.flags import FLAG
from storage.tables.lessons import LESSON

_LESSONS = select(LESSON).order_by(LESSON.c.id)
_IS_IT = LESSON.c.id == bindparam("row")
_IS_OPEN = LESSON.c.state == LessonState.OPEN.value
_ADD = Prepared(lambda _: insert(LESSON).returning(LESSON))
_FIND = Prepared(lambda _: _LESSONS.where(_IS_IT, LESSON.c.workspace_id == bindparam("workspace")))
_OF_DEBRIEF = Prepared(lambda _: _LESSONS.where(LESSON.c.debrief_id == bindparam("debrief")))
_OF_CLIENT = Prepared(lambda _: _LESSONS.where(LESSON.c.client_id == bindparam("client")))
_OWNED_BY = Prepared(lambda _: _LESSONS.where(LESSON.c.owner_id == bindparam("owner"), _IS_OPEN))
_CHANGE_OPEN = Prepared(lambda _: update(LESSON).where(_IS_IT, _IS_OPEN))
_REVIEW = Prepared(lambda _: update(LESSON).where(_IS_IT, LESSON.c.reviewed_at.is_(None)))


def _lesson(row: Mapping[str, Any]) -> Lesson:
    values = dict(row)
    values["head"] = LessonHead(row["head"])
    values["state"] = LessonState(row["state"])
    values["helped"] = Helped(row["helped"]) if row["helped"] else None
    return Lesson(**values)


class SqlLessonRepository:
    """`LessonRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        workspace_id: int,
        client_id: int,
        debrief_id: int,
        draft: LessonDraft,
        category: str,
        *,
        added_by_id: int,
        now: datetime,
    ) -> Lesson:
        if draft.owner_id is None or draft.due_on is None or draft.head is None:
            raise ValueError("a lesson is kept once it is checked")
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "debrief_id": debrief_id,
            "change": draft.change,
            "owner_id": draft.owner_id,
            "due_on": draft.due_on,
            "head": draft.head.value,
            "category": category,
            "added_by_id": added_by_id,
            "added_at": now,
        }
        (added,) = _ADD.mappings(self._connection, values)
        return _lesson(added)

    def find(self, workspace_id: int, lesson_id: int) -> Lesson | None:
        row = _FIND.mapping(self._connection, {"row": lesson_id, "workspace": workspace_id})
        return _lesson(row) if row else None

    def of_debrief(self, debrief_id: int) -> list[Lesson]:
        return [_lesson(row) for row in _OF_DEBRIEF.mappings(self._connection, {"debrief": debrief_id})]

    def of_client(self, client_id: int) -> list[Lesson]:
        return [_lesson(row) for row in _OF_CLIENT.mappings(self._connection, {"client": client_id})]

    def owned_by(self, person_id: int) -> list[Lesson]:
        return [_lesson(row) for row in _OWNED_BY.mappings(self._connection, {"owner": person_id})]

    def settle(self, lesson_id: int, state: LessonState, because: str, settled_by_id: int, now: datetime) -> bool:
        return self._change_open(
            lesson_id, state=state.value, dropped_because=because, settled_by_id=settled_by_id, settled_at=now
        )

    def put_off(self, lesson_id: int, due_on: date) -> bool:
        return self._change_open(lesson_id, due_on=due_on)

    def hand_over(self, lesson_id: int, owner_id: int) -> bool:
        return self._change_open(lesson_id, owner_id=owner_id)

    def review(self, lesson_id: int, helped: Helped, note: str, reviewed_by_id: int, now: datetime) -> bool:
        values = {"helped": helped.value, "review_note": note, "reviewed_by_id": reviewed_by_id, "reviewed_at": now}
        return _REVIEW.changed(self._connection, {"row": lesson_id, **values}) == 1

    def come_back(self, workspace_id: int, category: str, since: datetime) -> ComeBack:
        newer = select(CLIENT.c.id).where(
            CLIENT.c.workspace_id == workspace_id,
            CLIENT.c.created_at > since,
            CLIENT.c.merged_into_id.is_(None),
            CLIENT.c.removed_at.is_(None),
            CLIENT.c.erased_at.is_(None),
        )
        flagged = select(func.count(FLAG.c.client_id.distinct())).where(
            FLAG.c.client_id.in_(newer), FLAG.c.category == category, FLAG.c.state == FlagState.OPEN.value
        )
        count = self._connection.scalars(select(func.count()).select_from(newer.subquery())).one()
        return ComeBack(count, self._connection.scalars(flagged).one())

    def _change_open(self, lesson_id: int, **values: Any) -> bool:
        return _CHANGE_OPEN.changed(self._connection, {"row": lesson_id, **values}) == 1
