"""Decisions in SQL."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import TEXTS, DecisionDraft
from storage.columns import METADATA
from storage.tables import DecisionRow
from storage.upsert import insert_if_absent

DECISION = METADATA.tables[DecisionRow.__tablename__]

_DECISIONS = select(DECISION).order_by(DECISION.c.id.desc())
_STANDING = (DecisionState.PROPOSED.value, DecisionState.TAKEN.value)


def _decision(row: Row[*tuple[Any, ...]]) -> Decision:
    values = dict(row._mapping)
    values["outcome"] = DecisionOutcome(row.outcome)
    values["state"] = DecisionState(row.state)
    return Decision(**values)


class SqlDecisionRepository:
    """`DecisionRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        workspace_id: int,
        client_id: int,
        discussion_id: int,
        number: int,
        state: DecisionState,
        draft: DecisionDraft,
        next_on: date,
        snapshot: dict[str, Any],
        *,
        made_by_id: int,
        now: datetime,
    ) -> Decision | None:
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "discussion_id": discussion_id,
            "round": number,
            "outcome": draft.outcome.value,
            "state": state.value,
            "next_on": next_on,
            "made_by_id": made_by_id,
            "made_at": now,
            "snapshot": snapshot,
            "reopen_reason": "",
            "decline_reason": "",
            **{part.value: getattr(draft, part.value) for part in TEXTS},
        }
        # Two reviewers can decide at the same instant: the unique index has the last word.
        statement = insert_if_absent(self._connection, DECISION).returning(DECISION.c.id)
        decision_id = self._connection.execute(statement, values).scalar_one_or_none()
        return None if decision_id is None else self.find(workspace_id, decision_id)

    def find(self, workspace_id: int, decision_id: int) -> Decision | None:
        found = self._all(DECISION.c.id == decision_id, DECISION.c.workspace_id == workspace_id)
        return found[0] if found else None

    def standing(self, discussion_id: int, number: int) -> Decision | None:
        found = self._all(
            DECISION.c.discussion_id == discussion_id, DECISION.c.round == number, DECISION.c.state.in_(_STANDING)
        )
        return found[0] if found else None

    def of_discussion(self, discussion_id: int) -> list[Decision]:
        return self._all(DECISION.c.discussion_id == discussion_id)

    def of_client(self, client_id: int) -> list[Decision]:
        return self._all(DECISION.c.client_id == client_id)

    def proposed(self, workspace_id: int) -> list[Decision]:
        return self._all(DECISION.c.workspace_id == workspace_id, DECISION.c.state == DecisionState.PROPOSED.value)

    def _all(self, *conditions: Any) -> list[Decision]:
        return [_decision(row) for row in self._connection.execute(_DECISIONS.where(*conditions))]

    def confirm(self, decision_id: int, confirmed_by_id: int | None, now: datetime) -> bool:
        changed = {"state": DecisionState.TAKEN.value, "confirmed_by_id": confirmed_by_id, "confirmed_at": now}
        return self._change(decision_id, DECISION.c.state == DecisionState.PROPOSED.value, changed)

    def decline(self, decision_id: int, declined_by_id: int | None, reason: str, now: datetime) -> bool:
        changed = {
            "state": DecisionState.DECLINED.value,
            "declined_by_id": declined_by_id,
            "declined_at": now,
            "decline_reason": reason,
        }
        return self._change(decision_id, DECISION.c.state == DecisionState.PROPOSED.value, changed)

    def reopen(self, decision_id: int, reopened_by_id: int, reason: str, now: datetime) -> bool:
        changed = {
            "state": DecisionState.REOPENED.value,
            "reopened_by_id": reopened_by_id,
            "reopened_at": now,
            "reopen_reason": reason,
        }
        return self._change(decision_id, DECISION.c.state == DecisionState.TAKEN.value, changed)

    def follow_up(self, decision_id: int, followed_up_by_id: int, now: datetime) -> bool:
        changed = {"followed_up_by_id": followed_up_by_id, "followed_up_at": now}
        return self._change(decision_id, DECISION.c.followed_up_at.is_(None), changed)

    def _change(self, decision_id: int, condition: Any, values: dict[str, Any]) -> bool:
        changed = self._connection.execute(
            update(DECISION).where(DECISION.c.id == decision_id, condition).values(**values)
        )
        return changed.rowcount == 1
