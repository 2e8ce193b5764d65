"""Evaluations in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, Delete, Select, Table, bindparam, delete, insert, select, update

from bot.domain.evaluation import (
    Answer,
    ClientStatement,
    Round,
    StatementSource,
    TeamView,
    Topic,
    ViewChoice,
    ViewsShown,
)
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import DiscussionState
from storage.engines.membership import among
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent, insert_or_update
from storage.tables.discussion import DISCUSSION
from storage.tables.evaluation import ANSWER, AWAY, DRAFT, ROUND, STATEMENT, VIEW


def _all_but_id(table: Table) -> Select[*tuple[Any, ...]]:
    return select(*(column for column in table.columns if column.name != "id"))


_BEGIN = Prepared(lambda _: insert(ROUND))
_NEWEST_ROUND = Prepared(
    lambda _: (
        select(ROUND).where(ROUND.c.discussion_id == bindparam("discussion")).order_by(ROUND.c.number.desc()).limit(1)
    )
)
_HIDDEN_ROUNDS = Prepared(
    lambda _: (
        select(ROUND)
        .join(DISCUSSION, DISCUSSION.c.id == ROUND.c.discussion_id)
        .where(
            DISCUSSION.c.workspace_id == bindparam("workspace"),
            DISCUSSION.c.state == DiscussionState.OPEN.value,
            ROUND.c.ended_at.is_(None),
            ROUND.c.shown_at.is_(None),
        )
        .order_by(ROUND.c.discussion_id)
    )
)
_CHANGE_ROUND = Prepared(
    lambda _: update(ROUND).where(
        ROUND.c.discussion_id == bindparam("discussion"), ROUND.c.number == bindparam("sought")
    )
)
_ADD_VIEW = Prepared(lambda _: insert(VIEW))
_IN_ROUND = (VIEW.c.discussion_id == bindparam("discussion"), VIEW.c.round == bindparam("sought"))
_VIEWS = Prepared(lambda _: _all_but_id(VIEW).where(*_IN_ROUND).order_by(VIEW.c.id))
_ANSWERED = Prepared(lambda _: select(VIEW.c.person_id).where(*_IN_ROUND))
_ADD_ANSWER = Prepared(lambda _: insert(ANSWER))
_ANSWERS = Prepared(
    lambda _: _all_but_id(ANSWER).where(ANSWER.c.discussion_id == bindparam("discussion")).order_by(ANSWER.c.id)
)
_DRAFTS = Prepared(
    lambda _: select(DRAFT.c.field, DRAFT.c.text).where(
        DRAFT.c.discussion_id == bindparam("discussion"), DRAFT.c.person_id == bindparam("person")
    )
)
_SAVE_DRAFT = Prepared(lambda connection: insert_or_update(connection, DRAFT, ("discussion_id", "person_id", "field")))


def _drop_drafts(connection: Connection) -> Delete:
    is_of_discussion = DRAFT.c.discussion_id == bindparam("discussion")
    return delete(DRAFT).where(is_of_discussion, among(connection, DRAFT.c.field, "fields"))


_DROP_DRAFTS_OF_ALL = Prepared(_drop_drafts)
_DROP_DRAFTS_OF_ONE = Prepared(
    lambda connection: _drop_drafts(connection).where(DRAFT.c.person_id == bindparam("person"))
)
_IS_AWAY = (AWAY.c.discussion_id == bindparam("discussion"), AWAY.c.round == bindparam("sought"))
_AWAY = Prepared(lambda _: select(AWAY.c.person_id).where(*_IS_AWAY))
_SET_AWAY = Prepared(lambda connection: insert_if_absent(connection, AWAY))
_SET_BACK = Prepared(lambda _: delete(AWAY).where(*_IS_AWAY, AWAY.c.person_id == bindparam("person")))
_ADD_STATEMENT = Prepared(lambda _: insert(STATEMENT).returning(STATEMENT))
_STATEMENTS = Prepared(
    lambda _: (
        select(STATEMENT)
        .where(STATEMENT.c.client_id == bindparam("client"))
        .order_by(STATEMENT.c.said_on.desc(), STATEMENT.c.id.desc())
    )
)


class SqlEvaluationRepository:
    """`EvaluationRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, evaluation_round: Round) -> None:
        values = {**asdict(evaluation_round), "shown_as": evaluation_round.shown_as.value}
        _BEGIN.changed(self._connection, values)

    def newest_round(self, discussion_id: int) -> Round | None:
        row = _NEWEST_ROUND.mapping(self._connection, {"discussion": discussion_id})
        return round_from(row) if row else None

    def hidden_rounds(self, workspace_id: int) -> list[Round]:
        return [round_from(row) for row in _HIDDEN_ROUNDS.mappings(self._connection, {"workspace": workspace_id})]

    def move(self, evaluation_round: Round, views_by: date, now: datetime) -> None:
        self._set(evaluation_round, views_by=views_by, extended_at=now)

    def set_shown(self, evaluation_round: Round, now: datetime) -> None:
        self._set(evaluation_round, shown_at=now)

    def set_early(self, evaluation_round: Round, person_id: int, reason: str) -> None:
        self._set(evaluation_round, early_by_id=person_id, early_reason=reason)

    def end(self, evaluation_round: Round, now: datetime | None) -> None:
        self._set(evaluation_round, ended_at=now)

    def _set(self, one: Round, **values: Any) -> None:
        _CHANGE_ROUND.changed(self._connection, {"discussion": one.discussion_id, "sought": one.number, **values})

    def add_view(self, view: TeamView) -> None:
        _ADD_VIEW.changed(self._connection, {**asdict(view), "choice": view.choice.value})

    def views(self, discussion_id: int, number: int) -> list[TeamView]:
        rows = _VIEWS.mappings(self._connection, {"discussion": discussion_id, "sought": number})
        return [TeamView(**{**row, "choice": ViewChoice(row["choice"])}) for row in rows]

    def answered(self, discussion_id: int, number: int) -> set[int]:
        return set(_ANSWERED.scalars(self._connection, {"discussion": discussion_id, "sought": number}))

    def add_answer(self, answer: Answer) -> None:
        _ADD_ANSWER.changed(self._connection, {**asdict(answer), "topic": answer.topic.value})

    def answers(self, discussion_id: int) -> list[Answer]:
        rows = _ANSWERS.mappings(self._connection, {"discussion": discussion_id})
        return [Answer(**{**row, "topic": Topic(row["topic"])}) for row in rows]

    def drafts(self, discussion_id: int, person_id: int) -> Mapping[str, str]:
        return dict(_DRAFTS.rows(self._connection, {"discussion": discussion_id, "person": person_id}))

    def save_draft(self, discussion_id: int, person_id: int, field: str, text: str, now: datetime) -> None:
        values = {"discussion_id": discussion_id, "person_id": person_id, "field": field, "text": text}
        _SAVE_DRAFT.changed(self._connection, {**values, "saved_at": now})

    def drop_drafts(self, discussion_id: int, fields: Iterable[str], person_id: int | None = None) -> None:
        values = {"discussion": discussion_id, "fields": list(fields)}
        if person_id is None:
            _DROP_DRAFTS_OF_ALL.changed(self._connection, values)
        else:
            _DROP_DRAFTS_OF_ONE.changed(self._connection, {**values, "person": person_id})

    def away(self, discussion_id: int, number: int) -> set[int]:
        return set(_AWAY.scalars(self._connection, {"discussion": discussion_id, "sought": number}))

    def set_away(self, discussion_id: int, number: int, person_id: int, now: datetime) -> None:
        values = {"discussion_id": discussion_id, "round": number, "person_id": person_id, "said_at": now}
        _SET_AWAY.changed(self._connection, values)

    def set_back(self, discussion_id: int, number: int, person_id: int) -> None:
        _SET_BACK.changed(self._connection, {"discussion": discussion_id, "sought": number, "person": person_id})

    def add_statement(
        self,
        workspace_id: int,
        client_id: int,
        content: StatementContent,
        *,
        recorded_by_id: int,
        discussion_id: int | None,
        now: datetime,
    ) -> ClientStatement:
        values = {
            **asdict(content),
            "source": content.source.value,
            "workspace_id": workspace_id,
            "client_id": client_id,
            "discussion_id": discussion_id,
            "recorded_by_id": recorded_by_id,
            "recorded_at": now,
        }
        (added,) = _ADD_STATEMENT.mappings(self._connection, values)
        return _statement(added)

    def statements(self, client_id: int) -> list[ClientStatement]:
        return [_statement(row) for row in _STATEMENTS.mappings(self._connection, {"client": client_id})]


def round_from(row: Mapping[str, Any]) -> Round:
    """The round that a row of its table describes."""
    return Round(**{**row, "shown_as": ViewsShown(row["shown_as"])})


def _statement(row: Mapping[str, Any]) -> ClientStatement:
    return ClientStatement(**{**row, "source": StatementSource(row["source"])})
