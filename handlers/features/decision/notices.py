"""Who decides what is told about decisions, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import DecisionDue, DecisionSettled, DecisionToConfirm, DiscussionDecision, FlagLedTo
from bot.usecases.decision.telling import tell_decision, tell_due, tell_flag_led_to, tell_settled, tell_to_confirm
from handlers.features.decision.messages import (
    build_decision,
    build_due,
    build_flag_outcome,
    build_settled,
    build_to_confirm,
)
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    DiscussionDecision: Telling(tell_decision, build_decision),
    DecisionToConfirm: Telling(tell_to_confirm, build_to_confirm),
    DecisionSettled: Telling(tell_settled, build_settled),
    DecisionDue: Telling(tell_due, build_due),
    FlagLedTo: Telling(tell_flag_led_to, build_flag_outcome),
}
