"""The audit trail: who did what, in entries that are sealed one onto the other.

An entry holds ids and short codes only, never a word that somebody typed. Its seal is a digest of the entry and of
the seal before it, so that an entry which was changed or removed later shows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

AuditDetail = int | str | bool
"""A figure, an id, a date as `2026-03-02`, or a short code."""

_CODE = re.compile(r"[a-z0-9_:.\-]{0,60}")


class AuditAction(StrEnum):
    """What is kept in the trail; that somebody gave a view is kept, and never which."""

    VIEW_GIVEN = "view_given"
    VIEWS_SHOWN = "views_shown"
    CLOSING_TERMS_SAVED = "closing_terms_saved"
    LETTER_SAVED = "letter_saved"
    LETTER_APPROVAL_ASKED = "letter_approval_asked"
    LETTER_MARKS_LEFT = "letter_marks_left"
    LETTER_APPROVED = "letter_approved"
    LETTER_RETURNED = "letter_returned"
    LETTER_EXCEPTION_ASKED = "letter_exception_asked"
    LETTER_EXCEPTION_GRANTED = "letter_exception_granted"
    LETTER_SENT = "letter_sent"
    LETTER_SENT_CORRECTED = "letter_sent_corrected"
    PUSHBACK_NOTED = "pushback_noted"
    PUSHBACK_SETTLED = "pushback_settled"
    CHECKLIST_SENT = "checklist_sent"
    CHECKLIST_DONE = "checklist_done"
    CHECKLIST_MOVED = "checklist_moved"
    CHECKLIST_GIVEN = "checklist_given"
    ROUND_ENDED_EARLY = "round_ended_early"
    DEADLINE_MOVED = "deadline_moved"
    ROUND_BEGUN = "round_begun"
    STATEMENT_RECORDED = "statement_recorded"
    REMEDY_BEGUN = "remedy_begun"
    REMEDY_JUDGED = "remedy_judged"
    REMEDY_PROLONGED = "remedy_prolonged"
    REMEDY_CONFIRMED = "remedy_confirmed"
    REMEDY_CALLED_OFF = "remedy_called_off"
    DECISION_PROPOSED = "decision_proposed"
    DECISION_CONFIRMED = "decision_confirmed"
    DECISION_DECLINED = "decision_declined"
    DECISION_TAKEN = "decision_taken"
    DECISION_REOPENED = "decision_reopened"
    END_DATE_MOVED = "end_date_moved"
    LOOKED_AGAIN = "looked_again"
    DISCUSSION_OPENED = "discussion_opened"
    DISCUSSION_CLOSED = "discussion_closed"
    ASKED_IN = "asked_in"
    ALERT_TAKEN = "alert_taken"
    ALERT_DEALT_WITH = "alert_dealt_with"
    FLAG_EDITED = "flag_edited"
    FLAG_WITHDRAWN = "flag_withdrawn"
    WITNESS_TAKEN_BACK = "witness_taken_back"
    SAID_AWAY = "said_away"
    DISCUSSION_MOVED = "discussion_moved"
    CARD_CHANGED = "card_changed"
    CARD_IMPORTED = "card_imported"
    CLIENTS_MERGED = "clients_merged"
    MERGE_UNDONE = "merge_undone"
    CLIENT_LEFT = "client_left"
    CLIENT_BACK = "client_back"
    RETURN_TERMS_SAVED = "return_terms_saved"
    DEBRIEF_PLANNED = "debrief_planned"
    DEBRIEF_MOVED = "debrief_moved"
    DEBRIEF_CANCELLED = "debrief_cancelled"
    DEBRIEF_CLOSED = "debrief_closed"
    LESSON_ADDED = "lesson_added"
    LESSON_DONE = "lesson_done"
    LESSON_DROPPED = "lesson_dropped"
    LESSON_MOVED = "lesson_moved"
    LESSON_REVIEWED = "lesson_reviewed"
    LOOKED_BACK = "looked_back"
    SPACE_ARCHIVED = "space_archived"
    TEXT_REPLACED = "text_replaced"
    TEXT_RESET = "text_reset"
    CLIENT_EXPORTED = "client_exported"
    CONTACT_EXPORTED = "contact_exported"
    CLIENT_ERASED = "client_erased"
    CONTACT_ERASED = "contact_erased"


CARD_PARTS = (
    "name",
    "aliases",
    "contacts",
    "owner",
    "people",
    "language",
    "yearly_value",
    "external_reference",
    "agreement",
)
"""The parts of a client's card; those that changed are the details of `CARD_CHANGED`, each of them true."""


class AuditEntry(Struct, frozen=True):
    """One entry. `number` counts from 1 within the workspace without a gap; `action` is one of `AuditAction`.

    `actor_id` is `None` for what the bot did by the clock, `subject` names what it was done to, such as `decision:12`.
    """

    workspace_id: int
    number: int
    at: datetime
    actor_id: int | None
    action: str
    client_id: int | None
    subject: str
    details: Mapping[str, AuditDetail]
    seal: str = ""


class AuditHead(Struct, frozen=True):
    """The newest entry of a workspace's trail: its number and seal; 0 and nothing before the first."""

    number: int = 0
    seal: str = ""


def refuse_free_text(subject: str, details: Mapping[str, AuditDetail]) -> None:
    """Raise `ValueError` for anything in an entry that is no id, figure or short code."""
    for value in (subject, *details, *details.values()):
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError("an audit entry holds ids and short codes only")


def seal_of(entry: AuditEntry, before: str) -> str:
    """The seal of an entry that follows one with the seal `before`; the entry's own `seal` has no part in it."""
    content = [
        before,
        entry.workspace_id,
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.client_id,
        entry.subject,
        dict(entry.details),
    ]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def broken_seals(entries: Iterable[AuditEntry], head: AuditHead) -> tuple[int, ...]:
    """The numbers at which a trail, given in order, is not as it was written; empty when all of it is.

    An entry that was changed is named itself, or the one after it where its seal was made anew; the first of those
    that were removed is named, also at the end of the trail, which `head` tells.
    """
    broken = []
    last = AuditHead()
    for entry in entries:
        if entry.number != last.number + 1:
            broken.append(last.number + 1)
        elif entry.seal != seal_of(entry, last.seal):
            broken.append(entry.number)
        last = AuditHead(entry.number, entry.seal)
    if last.number != head.number:
        broken.append(min(last.number, head.number) + 1)
    elif last.seal != head.seal:
        broken.append(last.number)
    return tuple(dict.fromkeys(broken))
