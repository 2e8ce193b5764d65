"""Evaluations in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select, update

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
from storage.columns import METADATA
from storage.tables import (
    ClientStatementRow,
    DiscussionRow,
    EvaluationAnswerRow,
    EvaluationAwayRow,
    EvaluationDraftRow,
    EvaluationRoundRow,
    EvaluationViewRow,
)
from storage.upsert import insert_if_absent, insert_or_update

DISCUSSION = METADATA.tables[DiscussionRow.__tablename__]
ROUND = METADATA.tables[EvaluationRoundRow.__tablename__]
VIEW = METADATA.tables[EvaluationViewRow.__tablename__]
ANSWER = METADATA.tables[EvaluationAnswerRow.__tablename__]
DRAFT = METADATA.tables[EvaluationDraftRow.__tablename__]
AWAY = METADATA.tables[EvaluationAwayRow.__tablename__]
STATEMENT = METADATA.tables[ClientStatementRow.__tablename__]


class SqlEvaluationRepository:
    """`EvaluationRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, evaluation_round: Round) -> None:
        values = {**asdict(evaluation_round), "shown_as": evaluation_round.shown_as.value}
        self._connection.execute(insert(ROUND), values)

    def newest_round(self, discussion_id: int) -> Round | None:
        statement = select(ROUND).where(ROUND.c.discussion_id == discussion_id).order_by(ROUND.c.number.desc()).limit(1)
        row = self._connection.execute(statement).one_or_none()
        return round_from(row) if row else None

    def hidden_rounds(self, workspace_id: int) -> list[Round]:
        statement = (
            select(ROUND)
            .join(DISCUSSION, DISCUSSION.c.id == ROUND.c.discussion_id)
            .where(
                DISCUSSION.c.workspace_id == workspace_id,
                DISCUSSION.c.state == DiscussionState.OPEN.value,
                ROUND.c.ended_at.is_(None),
                ROUND.c.shown_at.is_(None),
            )
            .order_by(ROUND.c.discussion_id)
        )
        return [round_from(row) for row in self._connection.execute(statement)]

    def move(self, evaluation_round: Round, views_by: date, now: datetime) -> None:
        self._set(evaluation_round, views_by=views_by, extended_at=now)

    def set_shown(self, evaluation_round: Round, now: datetime) -> None:
        self._set(evaluation_round, shown_at=now)

    def end(self, evaluation_round: Round, now: datetime | None) -> None:
        self._set(evaluation_round, ended_at=now)

    def _set(self, one: Round, **values: Any) -> None:
        is_it = (ROUND.c.discussion_id == one.discussion_id, ROUND.c.number == one.number)
        self._connection.execute(update(ROUND).where(*is_it).values(**values))

    def add_view(self, view: TeamView) -> None:
        self._connection.execute(insert(VIEW), {**asdict(view), "choice": view.choice.value})

    def views(self, discussion_id: int, number: int) -> list[TeamView]:
        rows = self._connection.execute(
            _all_but_id(VIEW).where(VIEW.c.discussion_id == discussion_id, VIEW.c.round == number).order_by(VIEW.c.id)
        )
        return [TeamView(**{**row._mapping, "choice": ViewChoice(row.choice)}) for row in rows]

    def answered(self, discussion_id: int, number: int) -> set[int]:
        statement = select(VIEW.c.person_id).where(VIEW.c.discussion_id == discussion_id, VIEW.c.round == number)
        return set(self._connection.execute(statement).scalars())

    def add_answer(self, answer: Answer) -> None:
        self._connection.execute(insert(ANSWER), {**asdict(answer), "topic": answer.topic.value})

    def answers(self, discussion_id: int) -> list[Answer]:
        statement = _all_but_id(ANSWER).where(ANSWER.c.discussion_id == discussion_id).order_by(ANSWER.c.id)
        rows = self._connection.execute(statement)
        return [Answer(**{**row._mapping, "topic": Topic(row.topic)}) for row in rows]

    def drafts(self, discussion_id: int, person_id: int) -> Mapping[str, str]:
        statement = select(DRAFT.c.field, DRAFT.c.text).where(
            DRAFT.c.discussion_id == discussion_id, DRAFT.c.person_id == person_id
        )
        return {row.field: row.text for row in self._connection.execute(statement)}

    def save_draft(self, discussion_id: int, person_id: int, field: str, text: str, now: datetime) -> None:
        self._connection.execute(
            insert_or_update(self._connection, DRAFT, ("discussion_id", "person_id", "field")),
            {"discussion_id": discussion_id, "person_id": person_id, "field": field, "text": text, "saved_at": now},
        )

    def drop_drafts(self, discussion_id: int, fields: Iterable[str], person_id: int | None = None) -> None:
        statement = delete(DRAFT).where(DRAFT.c.discussion_id == discussion_id, DRAFT.c.field.in_(list(fields)))
        if person_id is not None:
            statement = statement.where(DRAFT.c.person_id == person_id)
        self._connection.execute(statement)

    def away(self, discussion_id: int, number: int) -> set[int]:
        statement = select(AWAY.c.person_id).where(AWAY.c.discussion_id == discussion_id, AWAY.c.round == number)
        return set(self._connection.execute(statement).scalars())

    def set_away(self, discussion_id: int, number: int, person_id: int, now: datetime) -> None:
        values = {"discussion_id": discussion_id, "round": number, "person_id": person_id, "said_at": now}
        self._connection.execute(insert_if_absent(self._connection, AWAY), values)

    def set_back(self, discussion_id: int, number: int, person_id: int) -> None:
        is_it: tuple[ColumnElement[bool], ...] = (
            AWAY.c.discussion_id == discussion_id,
            AWAY.c.round == number,
            AWAY.c.person_id == person_id,
        )
        self._connection.execute(delete(AWAY).where(*is_it))

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
        statement = insert(STATEMENT).returning(*STATEMENT.c)
        return _statement(self._connection.execute(statement, values).one())

    def statements(self, client_id: int) -> list[ClientStatement]:
        newest_first = (STATEMENT.c.said_on.desc(), STATEMENT.c.id.desc())
        statement = select(STATEMENT).where(STATEMENT.c.client_id == client_id).order_by(*newest_first)
        return [_statement(row) for row in self._connection.execute(statement)]


def _all_but_id(table: Table) -> Any:
    return select(*(column for column in table.columns if column.name != "id"))


def round_from(row: Row[*tuple[Any, ...]]) -> Round:
    """The round that a row of its table describes."""
    return Round(**{**row._mapping, "shown_as": ViewsShown(row.shown_as)})


def _statement(row: Row[*tuple[Any, ...]]) -> ClientStatement:
    return ClientStatement(**{**row._mapping, "source": StatementSource(row.source)})
