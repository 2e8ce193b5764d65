"""`LetterRepository` in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.farewell.drafting import (
    LetterContent,
    LetterCopy,
    LetterEvent,
    LetterEventKind,
    LetterRecord,
    LetterVersion,
    SentBy,
)
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import LetterKind
from storage.tables.farewell import LETTER, LETTER_COPY, LETTER_EVENT, LETTER_VERSION


class SqlLetterRepository:
    """`LetterRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self,
        workspace_id: int,
        client_id: int,
        kind: LetterKind,
        *,
        discussion_id: int | None,
        decision_id: int | None,
        remedy_id: int | None,
        begun_by_id: int,
        now: datetime,
    ) -> LetterRecord:
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "kind": kind.value,
            "discussion_id": discussion_id,
            "decision_id": decision_id,
            "remedy_id": remedy_id,
            "begun_by_id": begun_by_id,
            "begun_at": now,
        }
        row = self._connection.execute(insert(LETTER).values(values).returning(LETTER)).mappings().one()
        return _record(row)

    def find(self, workspace_id: int, letter_id: int) -> LetterRecord | None:
        return self._one(LETTER.c.id == letter_id, LETTER.c.workspace_id == workspace_id)

    def of_decision(self, decision_id: int) -> LetterRecord | None:
        return self._one(LETTER.c.decision_id == decision_id)

    def of_remedy(self, remedy_id: int) -> LetterRecord | None:
        return self._one(LETTER.c.remedy_id == remedy_id)

    def of_client(self, client_id: int) -> list[LetterRecord]:
        return self._all(LETTER.c.client_id == client_id)

    def of_workspace(self, workspace_id: int) -> list[LetterRecord]:
        return self._all(LETTER.c.workspace_id == workspace_id)

    def take_up(self, letter_id: int, decision_id: int) -> None:
        self._connection.execute(update(LETTER).where(LETTER.c.id == letter_id).values(decision_id=decision_id))

    def _one(self, *where: ColumnElement[bool]) -> LetterRecord | None:
        found = self._all(*where)
        return found[0] if found else None

    def _all(self, *where: ColumnElement[bool]) -> list[LetterRecord]:
        rows = self._connection.execute(select(LETTER).where(*where).order_by(LETTER.c.id.desc())).mappings()
        return [_record(row) for row in rows]

    def versions(self, letter_id: int) -> list[LetterVersion]:
        of_letter = select(LETTER_VERSION).where(LETTER_VERSION.c.letter_id == letter_id)
        rows = self._connection.execute(of_letter.order_by(LETTER_VERSION.c.number)).mappings()
        return [LetterVersion(**{**row, "content": _content(row)}) for row in rows]

    def add_version(self, version: LetterVersion) -> None:
        self._connection.execute(insert(LETTER_VERSION).values(**_row(version)))

    def copies(self, letter_id: int) -> list[LetterCopy]:
        of_letter = select(LETTER_COPY).where(LETTER_COPY.c.letter_id == letter_id)
        rows = self._connection.execute(of_letter.order_by(LETTER_COPY.c.kept_at.desc())).mappings()
        return [LetterCopy(**{**row, "content": _content(row)}) for row in rows]

    def keep_copy(self, letter_id: int, person_id: int, base: int, content: LetterContent, now: datetime) -> None:
        is_it = (LETTER_COPY.c.letter_id == letter_id, LETTER_COPY.c.person_id == person_id)
        kept = {"base": base, "content": msgspec.to_builtins(content), "kept_at": now}
        if not self._connection.execute(update(LETTER_COPY).where(*is_it).values(**kept)).rowcount:
            self._connection.execute(insert(LETTER_COPY).values(letter_id=letter_id, person_id=person_id, **kept))

    def drop_copy(self, letter_id: int, person_id: int) -> None:
        is_it = (LETTER_COPY.c.letter_id == letter_id, LETTER_COPY.c.person_id == person_id)
        self._connection.execute(delete(LETTER_COPY).where(*is_it))

    def events(self, letter_id: int) -> list[LetterEvent]:
        of_letter = select(LETTER_EVENT).where(LETTER_EVENT.c.letter_id == letter_id)
        return [_event(row) for row in self._connection.execute(of_letter.order_by(LETTER_EVENT.c.id)).mappings()]

    def add_event(self, event: LetterEvent) -> None:
        letter = None if event.letter is None else msgspec.to_builtins(event.letter)
        self._connection.execute(insert(LETTER_EVENT).values(**{**asdict(event), "letter": letter}))


def _record(row: Mapping[Any, Any]) -> LetterRecord:
    return LetterRecord(**{**row, "kind": LetterKind(row["kind"])})


def _content(row: Mapping[Any, Any]) -> LetterContent:
    return msgspec.convert(row["content"], LetterContent)


def _row(version: LetterVersion) -> dict[str, Any]:
    return {**asdict(version), "content": msgspec.to_builtins(version.content)}


def _event(row: Mapping[Any, Any]) -> LetterEvent:
    found = {name: value for name, value in row.items() if name != "id"}
    sent_by = SentBy(found["sent_by"]) if found["sent_by"] else None
    letter = msgspec.convert(found["letter"], Letter) if found["letter"] else None
    made = {"kind": LetterEventKind(found["kind"]), "sent_by": sent_by, "letter": letter}
    return LetterEvent(**{**found, **made, "own_texts": found["own_texts"] or {}})
