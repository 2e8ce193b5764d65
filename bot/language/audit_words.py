"""What was done, as a reader of the audit trail sees it."""

from __future__ import annotations

from bot.domain.audit import AuditAction
from bot.domain.message import N_
from bot.language import Language

ACTION_LABELS: dict[str, str] = {
    AuditAction.VIEW_GIVEN: N_("gave a view"),
    AuditAction.VIEWS_SHOWN: N_("views were shown"),
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
    AuditAction.LOOKED_AGAIN: N_("looked again, as was agreed"),
    AuditAction.DISCUSSION_OPENED: N_("the talk began"),
    AuditAction.DISCUSSION_CLOSED: N_("the talk was closed"),
    AuditAction.ASKED_IN: N_("asked a colleague in"),
    AuditAction.CLIENT_LEFT: N_("noted that the client left"),
    AuditAction.CLIENT_BACK: N_("took back that the client left"),
    AuditAction.CLIENT_EXPORTED: N_("exported everything about the client"),
    AuditAction.CONTACT_EXPORTED: N_("exported everything about a contact"),
    AuditAction.CLIENT_ERASED: N_("erased the client"),
    AuditAction.CONTACT_ERASED: N_("erased a contact"),
}


def action_label(t: Language, action: str) -> str:
    """What was done; an action of another version reads as its code."""
    message = ACTION_LABELS.get(action)
    return action.replace("_", " ") if message is None else t.gettext(message)
