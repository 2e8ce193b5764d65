"""Decisions in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import TEXTS, DecisionDraft
from storage.engines.membership import one_of
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.tables.decision import DECISION

_DECISIONS = select(DECISION).order_by(DECISION.c.id.desc())
_IS_IT = DECISION.c.id == bindparam("row")
_IS_OF_WORKSPACE = DECISION.c.workspace_id == bindparam("workspace")
_IS_OF_DISCUSSION = DECISION.c.discussion_id == bindparam("discussion")
_IS_PROPOSED = DECISION.c.state == DecisionState.PROPOSED.value
_IS_STANDING = one_of(DECISION.c.state, [DecisionState.PROPOSED.value, DecisionState.TAKEN.value])
_ADD = Prepared(lambda connection: insert_if_absent(connection, DECISION).returning(DECISION.c.id))
_FIND = Prepared(lambda _: _DECISIONS.where(_IS_IT, _IS_OF_WORKSPACE))
_STANDING = Prepared(
    lambda _: _DECISIONS.where(_IS_OF_DISCUSSION, DECISION.c.round == bindparam("sought"), _IS_STANDING)
)
_OF_DISCUSSION = Prepared(lambda _: _DECISIONS.where(_IS_OF_DISCUSSION))
_OF_CLIENT = Prepared(lambda _: _DECISIONS.where(DECISION.c.client_id == bindparam("client")))
_PROPOSED = Prepared(lambda _: _DECISIONS.where(_IS_OF_WORKSPACE, _IS_PROPOSED))
_THIS = update(DECISION).where(_IS_IT)
_SETTLE = Prepared(lambda _: _THIS.where(_IS_PROPOSED))
_REOPEN = Prepared(lambda _: _THIS.where(DECISION.c.state == DecisionState.TAKEN.value))
_FOLLOW_UP = Prepared(lambda _: _THIS.where(DECISION.c.followed_up_at.is_(None)))


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(**{**row, "outcome": DecisionOutcome(row["outcome"]), "state": DecisionState(row["state"])})


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
        decision_id = _ADD.scalar(self._connection, values)
        return None if decision_id is None else self.find(workspace_id, decision_id)

    def find(self, workspace_id: int, decision_id: int) -> Decision | None:
        found = self._all(_FIND, row=decision_id, workspace=workspace_id)
        return found[0] if found else None

    def standing(self, discussion_id: int, number: int) -> Decision | None:
        found = self._all(_STANDING, discussion=discussion_id, sought=number)
        return found[0] if found else None

    def of_discussion(self, discussion_id: int) -> list[Decision]:
        return self._all(_OF_DISCUSSION, discussion=discussion_id)

    def of_client(self, client_id: int) -> list[Decision]:
        return self._all(_OF_CLIENT, client=client_id)

    def proposed(self, workspace_id: int) -> list[Decision]:
        return self._all(_PROPOSED, workspace=workspace_id)

    def _all(self, statement: Prepared, **values: int) -> list[Decision]:
        return [_decision(row) for row in statement.mappings(self._connection, values)]

    def confirm(self, decision_id: int, confirmed_by_id: int | None, now: datetime) -> bool:
        changed = {"state": DecisionState.TAKEN.value, "confirmed_by_id": confirmed_by_id, "confirmed_at": now}
        return self._change(_SETTLE, decision_id, changed)

    def decline(self, decision_id: int, declined_by_id: int | None, reason: str, now: datetime) -> bool:
        changed = {
            "state": DecisionState.DECLINED.value,
            "declined_by_id": declined_by_id,
            "declined_at": now,
            "decline_reason": reason,
        }
        return self._change(_SETTLE, decision_id, changed)

    def reopen(self, decision_id: int, reopened_by_id: int, reason: str, now: datetime) -> bool:
        changed = {
            "state": DecisionState.REOPENED.value,
            "reopened_by_id": reopened_by_id,
            "reopened_at": now,
            "reopen_reason": reason,
        }
        return self._change(_REOPEN, decision_id, changed)

    def put_off(self, decision_id: int, until: date) -> None:
        self._connection.execute(update(DECISION).where(DECISION.c.id == decision_id).values(next_on=until))

    def set_letter_sent(self, decision_id: int, at: datetime) -> None:
        self._connection.execute(update(DECISION).where(DECISION.c.id == decision_id).values(letter_sent_at=at))

    def follow_up(self, decision_id: int, followed_up_by_id: int, now: datetime) -> bool:
        changed = {"followed_up_by_id": followed_up_by_id, "followed_up_at": now}
        return self._change(_FOLLOW_UP, decision_id, changed)

    def _change(self, statement: Prepared, decision_id: int, changed: Mapping[str, Any]) -> bool:
        return statement.changed(self._connection, {"row": decision_id, **changed}) == 1
