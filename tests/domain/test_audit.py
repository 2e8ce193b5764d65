"""The audit trail's seals: whatever is changed, removed or cut off later shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.audit import AuditEntry, AuditHead, broken_seals, refuse_free_text, seal_of

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

codes = st.text("abcdefghij0123456789_:.-", max_size=12)
details = st.dictionaries(codes, st.integers() | codes | st.booleans(), max_size=3)


@st.composite
def trails(draw: st.DrawFn, least: int = 0) -> tuple[list[AuditEntry], AuditHead]:
    entries: list[AuditEntry] = []
    head = AuditHead()
    for number in range(1, draw(st.integers(least, 8)) + 1):
        entry = AuditEntry(
            workspace_id=1,
            number=number,
            at=AT + timedelta(microseconds=draw(st.integers(0, 10**12))),
            actor_id=draw(st.none() | st.integers(1, 9)),
            action=draw(codes),
            client_id=draw(st.none() | st.integers(1, 9)),
            subject=draw(codes),
            details=draw(details),
        )
        entry = replace(entry, seal=seal_of(entry, head.seal))
        entries.append(entry)
        head = AuditHead(number, entry.seal)
    return entries, head


@given(trails())
def test_a_trail_as_it_was_written_is_whole(trail: tuple[list[AuditEntry], AuditHead]) -> None:
    assert broken_seals(*trail) == ()


CHANGES: dict[str, Any] = {
    "at": AT - timedelta(microseconds=1),
    "actor_id": 99,
    "action": "another",
    "client_id": 99,
    "subject": "decision:99",
    "details": {"other": 1},
    "seal": "0" * 64,
}


@pytest.mark.parametrize("field", CHANGES)
@settings(max_examples=settings().max_examples // 4)
@given(trail=trails(least=1), where=st.integers(min_value=0))
def test_a_changed_entry_is_named(trail: tuple[list[AuditEntry], AuditHead], where: int, field: str) -> None:
    entries, head = trail
    where %= len(entries)
    entries[where] = replace(entries[where], **{field: CHANGES[field]})
    assert entries[where].number in broken_seals(entries, head)


@given(trail=trails(least=1), where=st.integers(min_value=0))
def test_an_entry_that_was_sealed_anew_is_told_by_the_next(
    trail: tuple[list[AuditEntry], AuditHead], where: int
) -> None:
    entries, head = trail
    where %= len(entries)
    forged = replace(entries[where], subject="decision:99")
    before = entries[where - 1].seal if where else ""
    entries[where] = replace(forged, seal=seal_of(forged, before))
    named = broken_seals(entries, head)
    assert named == (min(where + 2, len(entries)),)


@given(trail=trails(least=1), where=st.integers(min_value=0), several=st.integers(1, 3))
def test_removed_entries_are_named_wherever_they_stood(
    trail: tuple[list[AuditEntry], AuditHead], where: int, several: int
) -> None:
    entries, head = trail
    where %= len(entries)
    del entries[where : where + several]
    assert broken_seals(entries, head) == (where + 1,)


@given(trails(least=1))
def test_an_entry_that_the_head_knows_nothing_of_is_named(trail: tuple[list[AuditEntry], AuditHead]) -> None:
    entries, _ = trail
    before = AuditHead(len(entries) - 1, entries[-2].seal) if len(entries) > 1 else AuditHead()
    assert broken_seals(entries, before) == (len(entries),)


@pytest.mark.parametrize("value", ["Acme", "he shouted", "é", "a" * 61, "line\nbreak", "code\n"])
def test_free_text_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="short codes"):
        refuse_free_text("client:1", {"reason": value})
    with pytest.raises(ValueError, match="short codes"):
        refuse_free_text(value, {})


def test_ids_figures_dates_and_codes_are_not_refused() -> None:
    refuse_free_text("decision:12", {"outcome": "put_right", "round": 2, "until": "2026-03-02", "is_second": True})
