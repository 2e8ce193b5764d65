"""The audit trail in words."""

from __future__ import annotations

from bot.domain.audit import CARD_PARTS, AuditAction, AuditEntry
from bot.language import language
from bot.language.audit_words import ACTION_LABELS, CARD_PART_LABELS, done_label
from tests.frozen_clock import MONDAY_MORNING as NOW


def entry(action: str, **details: bool) -> AuditEntry:
    return AuditEntry(1, 1, NOW, 2, action, 3, "client:3", details)


def test_everything_that_is_kept_and_each_part_of_a_card_has_words() -> None:
    assert set(ACTION_LABELS) == set(AuditAction)
    assert set(CARD_PART_LABELS) == set(CARD_PARTS)


def test_a_change_of_a_card_names_its_parts() -> None:
    changed = entry(AuditAction.CARD_CHANGED, owner=True, name=True)
    assert done_label(language("en"), changed) == "changed the client’s card: its name and who looks after it"
    assert done_label(language("nl"), changed) == "paste de klantkaart aan: naam en verantwoordelijke"
    assert done_label(language("en"), entry("of_a_later_version", name=True)) == "of a later version"
