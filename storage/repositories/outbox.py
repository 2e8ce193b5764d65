"""Notices on their way, in SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    not_,
    select,
    text,
    update,
)

from bot.domain.delivery_outcome import (
    Delivered,
    DeliveryOutcome,
    Obsolete,
    PlatformDown,
    Postponed,
    Reason,
    Refused,
    RetryLater,
    Unknown,
)
from bot.domain.notices import Notice, notice_from
from bot.usecases.ports.outbox import OutboxItem
from storage.engines.membership import among
from storage.engines.prepared import Prepared, Row
from storage.repositories.outbox_claim import CLAIM
from storage.repositories.stuck_notices import SqlStuckNotices
from storage.tables.outbox import OUTBOX

# SQLite takes a partial index only where the query has the index's condition in the very same words.
_IS_PENDING = OUTBOX.c.state == literal_column("'pending'")
_IS_UNFINISHED = text("state IN ('pending', 'sending', 'parked', 'dead')")
_IS_ON_ITS_WAY = text("state IN ('pending', 'sending')")

_PUT = Prepared(lambda _: insert(OUTBOX).inline())
_EQUAL = Prepared(
    lambda _: select(OUTBOX.c.position).where(
        OUTBOX.c.workspace_id == bindparam("workspace"),
        OUTBOX.c.kind == bindparam("kind"),
        OUTBOX.c.subject == bindparam("about"),
        _IS_PENDING,
    )
)
_IN_LANE = and_(OUTBOX.c.workspace_id == bindparam("workspace"), OUTBOX.c.lane == bindparam("queue"), _IS_UNFINISHED)
_IS_IN_LANE = Prepared(
    lambda _: select(OUTBOX.c.position).where(
        _IN_LANE, OUTBOX.c.kind == bindparam("kind"), OUTBOX.c.subject == bindparam("about")
    )
)
_WAITING = and_(_IN_LANE, _IS_PENDING)
_HASTEN = Prepared(lambda _: update(OUTBOX).where(_WAITING, OUTBOX.c.due_at > bindparam("later_than")))
_CANCEL = Prepared(
    lambda connection: delete(OUTBOX).where(
        _WAITING, among(connection, OUTBOX.c.kind, "sorts"), OUTBOX.c.maybe_sent.is_(False)
    )
)
_RECALL = Prepared(
    lambda _: (
        update(OUTBOX)
        .where(_IN_LANE, OUTBOX.c.state != literal_column("'sending'"))
        .values(state="obsolete")
        .returning(OUTBOX.c.position, OUTBOX.c.kind, OUTBOX.c.payload)
    )
)
_LEASED = Prepared(
    lambda _: update(OUTBOX).where(
        OUTBOX.c.id == bindparam("intent"),
        OUTBOX.c.lease_token == bindparam("token"),
        OUTBOX.c.state == literal_column("'sending'"),
    )
)
_FREED: dict[str, Any] = {"lease_token": None, "lease_until": None}
_OLDEST_DUE = Prepared(
    lambda _: select(func.min(OUTBOX.c.due_at)).where(_IS_ON_ITS_WAY, OUTBOX.c.due_at <= bindparam("now"))
)
_OLDEST_DUE_BUT = Prepared(
    lambda connection: select(func.min(OUTBOX.c.due_at)).where(
        _IS_ON_ITS_WAY, OUTBOX.c.due_at <= bindparam("now"), not_(among(connection, OUTBOX.c.workspace_id, "but"))
    )
)
_NEXT_DUE = Prepared(
    lambda _: select(func.min(OUTBOX.c.due_at)).where(_IS_ON_ITS_WAY, OUTBOX.c.due_at > bindparam("after"))
)


class SqlOutbox(SqlStuckNotices):
    """`Outbox` on one connection; see the port for what each method promises."""

    def put(self, workspace_id: int, notice: Notice, now: datetime, *, due_at: datetime | None = None) -> str:
        intent = str(uuid4())
        payload = notice.payload()
        _PUT.changed(
            self._connection,
            {
                "id": intent,
                "workspace_id": workspace_id,
                "lane": notice.lane,
                "kind": notice.kind,
                "subject": _subject(payload),
                "payload": payload,
                "state": "pending",
                "due_at": due_at or now,
                "put_at": now,
                "attempts": 0,
                "maybe_sent": False,
            },
        )
        if due_at is None or due_at <= now:
            self._on_due()
        return intent

    def put_once(self, workspace_id: int, notice: Notice, now: datetime, *, due_at: datetime | None = None) -> None:
        equal = {"workspace": workspace_id, "kind": notice.kind, "about": _subject(notice.payload())}
        if not _EQUAL.rows(self._connection, equal):
            self.put(workspace_id, notice, now, due_at=due_at)

    def hasten(self, workspace_id: int, lane: str, due_at: datetime) -> None:
        values = {"workspace": workspace_id, "queue": lane, "due_at": due_at, "later_than": due_at}
        self._due(_HASTEN.changed(self._connection, values))

    def cancel(self, workspace_id: int, lane: str, kinds: tuple[str, ...]) -> int:
        values = {"workspace": workspace_id, "queue": lane, "sorts": list(kinds)}
        return _CANCEL.changed(self._connection, values)

    def recall(self, workspace_id: int, lane: str, now: datetime) -> list[Notice]:
        values = {"workspace": workspace_id, "queue": lane, "done_at": now}
        recalled = sorted(_RECALL.rows(self._connection, values), key=_position)
        return [notice_from(kind, payload) for _, kind, payload in recalled]

    def is_waiting(self, workspace_id: int, notice: Notice) -> bool:
        values = {"workspace": workspace_id, "queue": notice.lane, "kind": notice.kind}
        return bool(_IS_IN_LANE.rows(self._connection, {**values, "about": _subject(notice.payload())}))

    def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        *,
        but: Collection[int] = (),
        unreadable: Callable[[int, str], object] | None = None,
    ) -> list[OutboxItem]:
        token = str(uuid4())
        values = {"now": now, "until": now + lease, "token": token, "most": limit, "but": list(but)}
        claimed = []
        for row in sorted(CLAIM.rows(self._connection, values), key=_position):
            item = self._claimed(row, token, now)
            if item is not None:
                claimed.append(item)
            elif unreadable is not None:
                _, _, workspace_id, kind, *_ = row
                unreadable(workspace_id, kind)
        return claimed

    def _claimed(self, row: Row, token: str, now: datetime) -> OutboxItem | None:
        _, intent, workspace_id, kind, payload, attempts, maybe_sent, first_sent_at, due_at, reason = row
        try:
            notice = notice_from(kind, payload)
        except TypeError:
            # Another version put it, with other fields. Nobody can send it, and it must not stop the others.
            unreadable = {"state": "dead", "done_at": now, "reason": Reason.UNREADABLE.value, "code": ""}
            _LEASED.changed(self._connection, {"intent": intent, "token": token, **_FREED, **unreadable})
            return None
        return OutboxItem(
            intent=intent,
            workspace_id=workspace_id,
            notice=notice,
            attempts=attempts,
            maybe_sent=maybe_sent,
            first_sent_at=first_sent_at,
            lease_token=token,
            due_at=due_at,
            reason=reason or "",
        )

    def finish(self, item: OutboxItem, outcome: DeliveryOutcome, now: datetime, *, retry_at: datetime | None) -> bool:
        match outcome:
            case Delivered():
                return self._end(item, state="sent", done_at=now)
            case Obsolete():
                return self._end(item, state="obsolete", done_at=now)
            case Postponed(until=until):
                return self._end(item, state="pending", due_at=until, reason=None)
            case RetryLater() | Unknown() | PlatformDown() if retry_at is not None:
                counts = isinstance(outcome, Unknown) or (isinstance(outcome, RetryLater) and outcome.counts)
                is_open = isinstance(outcome, Unknown) or (isinstance(outcome, PlatformDown) and outcome.maybe_sent)
                return self._end(
                    item,
                    state="pending",
                    due_at=retry_at,
                    attempts=item.attempts + counts,
                    maybe_sent=item.maybe_sent or is_open,
                    reason=outcome.reason.value,
                )
            case Refused():
                return self.kill(item, now, outcome.reason.value, outcome.code)
            case _:
                return self.kill(item, now, outcome.reason.value, "")

    def kill(self, item: OutboxItem, now: datetime, reason: str, code: str) -> bool:
        return self._end(item, state="dead", done_at=now, reason=reason, code=code)

    def park(self, item: OutboxItem, now: datetime, reason: str, code: str) -> bool:
        return self._end(item, state="parked", done_at=None, reason=reason, code=code)

    def _end(self, item: OutboxItem, **values: Any) -> bool:
        guard = {"intent": item.intent, "token": item.lease_token}
        return _LEASED.changed(self._connection, {**guard, **_FREED, **values}) == 1

    def unpark(self, workspace_id: int, now: datetime) -> int:
        parked = (OUTBOX.c.workspace_id == workspace_id, _IS_UNFINISHED, OUTBOX.c.state == "parked")
        statement = update(OUTBOX).where(*parked).values(state="pending", due_at=now)
        return self._due(self._connection.execute(statement).rowcount)

    def oldest_due(self, now: datetime, but: Collection[int] = ()) -> datetime | None:
        oldest: datetime | None = (
            _OLDEST_DUE_BUT.scalar(self._connection, {"now": now, "but": list(but)})
            if but
            else _OLDEST_DUE.scalar(self._connection, {"now": now})
        )
        return oldest

    def next_due(self, after: datetime) -> datetime | None:
        following: datetime | None = _NEXT_DUE.scalar(self._connection, {"after": after})
        return following

    def counts(self) -> dict[str, int]:
        states = select(OUTBOX.c.state, func.count()).where(_IS_UNFINISHED).group_by(OUTBOX.c.state)
        found: dict[str, int] = dict(self._connection.execute(states).all())
        return {state: found.get(state, 0) for state in ("pending", "sending", "parked", "dead")}

    def prune(self, before: datetime) -> int:
        ended = (OUTBOX.c.state.in_(["sent", "obsolete"]), OUTBOX.c.done_at < before)
        return self._connection.execute(delete(OUTBOX).where(*ended)).rowcount


def _position(row: Row) -> int:
    """Where in the order of putting a notice stands, which comes first in what is given back."""
    position: int = row[0]
    return position


def _subject(payload: dict[str, Any]) -> str:
    """What makes two notices of one kind equal."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"))
