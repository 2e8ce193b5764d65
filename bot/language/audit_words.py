"""What was done, as a reader of the audit trail sees it."""

from __future__ import annotations

from bot.domain.audit import AuditAction, AuditEntry
from bot.domain.message import N_
from bot.language import Language

ACTION_LABELS: dict[str, str] = {
    AuditAction.VIEW_GIVEN: N_("gave a view"),
    AuditAction.VIEWS_SHOWN: N_("views were shown"),
    AuditAction.CLOSING_TERMS_SAVED: N_("filled in the closing terms"),
    AuditAction.PUSHBACK_NOTED: N_("noted what the client said after the letter"),
    AuditAction.PUSHBACK_SETTLED: N_("settled something that the client asked after the letter"),
    AuditAction.CHECKLIST_SENT: N_("sent something of the checklist"),
    AuditAction.CHECKLIST_DONE: N_("finished something of the checklist"),
    AuditAction.CHECKLIST_MOVED: N_("moved something of the checklist"),
    AuditAction.CHECKLIST_GIVEN: N_("gave something of the checklist to somebody"),
    AuditAction.LETTER_SAVED: N_("wrote a letter"),
    AuditAction.LETTER_APPROVAL_ASKED: N_("asked for a letter to be approved"),
    AuditAction.LETTER_MARKS_LEFT: N_("left marked words in a letter as they are"),
    AuditAction.LETTER_APPROVED: N_("approved a letter"),
    AuditAction.LETTER_RETURNED: N_("sent a letter back to be rewritten"),
    AuditAction.LETTER_EXCEPTION_ASKED: N_("asked not to wait for the warning"),
    AuditAction.LETTER_EXCEPTION_GRANTED: N_("agreed not to wait for the warning"),
    AuditAction.LETTER_SENT: N_("marked a letter as sent"),
    AuditAction.LETTER_SENT_CORRECTED: N_("corrected when a letter was sent"),
    AuditAction.ROUND_ENDED_EARLY: N_("ended the waiting for views early"),
    AuditAction.DEADLINE_MOVED: N_("the deadline was moved"),
    AuditAction.ROUND_BEGUN: N_("views were asked"),
    AuditAction.STATEMENT_RECORDED: N_("noted the client’s side"),
    AuditAction.REMEDY_BEGUN: N_("started a trial"),
    AuditAction.REMEDY_PROLONGED: N_("gave a trial more time"),
    AuditAction.REMEDY_JUDGED: N_("a trial was judged by its figures"),
    AuditAction.REMEDY_CONFIRMED: N_("said what came of a trial"),
    AuditAction.REMEDY_CALLED_OFF: N_("a trial was called off"),
    AuditAction.DECISION_PROPOSED: N_("proposed a decision"),
    AuditAction.DECISION_CONFIRMED: N_("confirmed a decision"),
    AuditAction.DECISION_DECLINED: N_("declined a decision"),
    AuditAction.DECISION_TAKEN: N_("took a decision"),
    AuditAction.DECISION_REOPENED: N_("reopened a decision"),
    AuditAction.END_DATE_MOVED: N_("moved the last day with the client"),
    AuditAction.LOOKED_AGAIN: N_("looked again, as was agreed"),
    AuditAction.DISCUSSION_OPENED: N_("the discussion began"),
    AuditAction.DISCUSSION_CLOSED: N_("the discussion was closed"),
    AuditAction.ASKED_IN: N_("asked a colleague in"),
    AuditAction.ALERT_TAKEN: N_("took an alert on"),
    AuditAction.ALERT_DEALT_WITH: N_("said that an alert is dealt with"),
    AuditAction.FLAG_EDITED: N_("edited a flag"),
    AuditAction.FLAG_WITHDRAWN: N_("withdrew a flag"),
    AuditAction.WITNESS_TAKEN_BACK: N_("took back having seen an event too"),
    AuditAction.SAID_AWAY: N_("noted that somebody can’t give a view this time"),
    AuditAction.DISCUSSION_MOVED: N_("moved the discussion to a place of its own"),
    AuditAction.CARD_CHANGED: N_("changed the client’s card"),
    AuditAction.CARD_IMPORTED: N_("the client’s card was changed from a list"),
    AuditAction.CLIENTS_MERGED: N_("merged another client into this one"),
    AuditAction.MERGE_UNDONE: N_("undid a merge"),
    AuditAction.CLIENT_LEFT: N_("noted that the client left"),
    AuditAction.CLIENT_BACK: N_("took back that the client left"),
    AuditAction.RETURN_TERMS_SAVED: N_("wrote down whether the client could come back"),
    AuditAction.DEBRIEF_PLANNED: N_("planned the debrief"),
    AuditAction.DEBRIEF_MOVED: N_("moved the debrief"),
    AuditAction.DEBRIEF_CANCELLED: N_("cancelled the debrief"),
    AuditAction.DEBRIEF_CLOSED: N_("the debrief was closed"),
    AuditAction.LESSON_ADDED: N_("noted a lesson"),
    AuditAction.LESSON_DONE: N_("said that a lesson is put into practice"),
    AuditAction.LESSON_DROPPED: N_("dropped a lesson"),
    AuditAction.LESSON_MOVED: N_("gave a lesson another day"),
    AuditAction.LESSON_REVIEWED: N_("said whether a lesson helped"),
    AuditAction.LOOKED_BACK: N_("looked back on the decision"),
    AuditAction.SPACE_ARCHIVED: N_("archived the discussion’s channel"),
    AuditAction.TEXT_REPLACED: N_("put a text of the workspace’s own in use"),
    AuditAction.TEXT_RESET: N_("went back to the text that comes with the bot"),
    AuditAction.CLIENT_EXPORTED: N_("exported everything about the client"),
    AuditAction.CONTACT_EXPORTED: N_("exported everything about a contact"),
    AuditAction.CLIENT_ERASED: N_("erased the client"),
    AuditAction.CONTACT_ERASED: N_("erased a contact"),
}


CARD_PART_LABELS: dict[str, str] = {
    "name": N_("its name"),
    "aliases": N_("other names"),
    "contacts": N_("contacts"),
    "owner": N_("who looks after it"),
    "people": N_("who deals with it"),
    "language": N_("its language"),
    "yearly_value": N_("the yearly value"),
    "external_reference": N_("the reference"),
    "agreement": N_("the agreement"),
}


def done_label(t: Language, entry: AuditEntry) -> str:
    """What was done, and of a card which parts."""
    done = action_label(t, entry.action)
    parts = [t.gettext(label) for part, label in CARD_PART_LABELS.items() if part in entry.details]
    if entry.action != AuditAction.CARD_CHANGED or not parts:
        return done
    return t.gettext("{done}: {parts}", done=done, parts=t.listing(parts))


def action_label(t: Language, action: str) -> str:
    """What was done; an action of another version reads as its code."""
    message = ACTION_LABELS.get(action)
    return action.replace("_", " ") if message is None else t.gettext(message)
