"""Outbound intents as data: what the world must hear, named by ids only.

A notice says *that* something is to be told; what it looks like is decided from the state at the moment of sending,
so a message that was waiting never shows stale figures, and no free text waits in the outbox. `lane` orders
delivery: notices of one lane go out one after another, in the order they were put. What can wait for the morning has
a lane of its own, or it would hold up what cannot.
"""

from __future__ import annotations

from typing import Any

from bot.domain.notices.alerts import (
    AlertCard,
    AlertHeldUp,
    AlertSpace,
    AlertSpacePeople,
    AlertTaken,
    AlertWaits,
    OwnerAlerted,
)
from bot.domain.notices.checklist import ChecklistReminder, DiscussionChecklist
from bot.domain.notices.debrief import (
    DebriefAgenda,
    DebriefAnnouncement,
    DebriefBegins,
    DebriefCalendar,
    DebriefNudge,
    DebriefReminder,
    DebriefSummary,
)
from bot.domain.notices.decision import DecisionDue, DecisionSettled, DecisionToConfirm, DiscussionDecision, FlagLedTo
from bot.domain.notices.discussion import (
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionStep,
    DiscussionVacated,
    FlagEntersDiscussion,
    SpaceAbandoned,
)
from bot.domain.notices.evaluation import EvaluationAsked, EvaluationNews, EvaluationReminder, EvaluationShort
from bot.domain.notices.farewell import DiscussionLetter, LetterFile, LetterSettled, LetterToApprove
from bot.domain.notices.flags import CareTask, FlagReceipt
from bot.domain.notices.lessons import LessonOwned, LessonReminder, LessonReview
from bot.domain.notices.look_backs import LookBackAsked
from bot.domain.notices.notice import Notice
from bot.domain.notices.people import AdminTold, AnswerLost
from bot.domain.notices.privacy import MessageCovered, MessageRemoved, PlaceChecked
from bot.domain.notices.pushback import PushbackNoted
from bot.domain.notices.remedies import RemedyOwned, RemedyToConfirm
from bot.domain.notices.returning import FormerClientSeen

__all__ = [
    "NOTICES",
    "AdminTold",
    "AlertCard",
    "AlertHeldUp",
    "AlertSpace",
    "AlertSpacePeople",
    "AlertTaken",
    "AlertWaits",
    "AnswerLost",
    "CareTask",
    "ChecklistReminder",
    "DebriefAgenda",
    "DebriefAnnouncement",
    "DebriefBegins",
    "DebriefCalendar",
    "DebriefNudge",
    "DebriefReminder",
    "DebriefSummary",
    "DecisionDue",
    "DecisionSettled",
    "DecisionToConfirm",
    "DiscussionChecklist",
    "DiscussionDecision",
    "DiscussionDescription",
    "DiscussionFlag",
    "DiscussionHighlight",
    "DiscussionLetter",
    "DiscussionOpening",
    "DiscussionPeople",
    "DiscussionSpace",
    "DiscussionStep",
    "DiscussionVacated",
    "EvaluationAsked",
    "EvaluationNews",
    "EvaluationReminder",
    "EvaluationShort",
    "FlagEntersDiscussion",
    "FlagLedTo",
    "FlagReceipt",
    "FormerClientSeen",
    "LessonOwned",
    "LessonReminder",
    "LessonReview",
    "LetterFile",
    "LetterSettled",
    "LetterToApprove",
    "LookBackAsked",
    "MessageCovered",
    "MessageRemoved",
    "Notice",
    "OwnerAlerted",
    "PlaceChecked",
    "PushbackNoted",
    "RemedyOwned",
    "RemedyToConfirm",
    "SpaceAbandoned",
    "notice_from",
]

NOTICES: dict[str, type[Notice]] = {
    defined.kind: defined
    for defined in list(globals().values())
    if isinstance(defined, type) and issubclass(defined, Notice) and hasattr(defined, "kind")
}
"""Every kind of notice by its stored name."""


def notice_from(kind: str, payload: dict[str, Any]) -> Notice:
    """The notice that `payload` describes; raises `KeyError` for an unknown kind."""
    return NOTICES[kind](**payload)
