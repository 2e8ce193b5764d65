"""Decisions: taking, confirming and reopening them, and what each sets in motion."""

from bot.usecases.decision.client_leaving import end_decisions, resume_decisions
from bot.usecases.decision.confirming import ask_who_is_left, confirm_decision, decline_decision
from bot.usecases.decision.dates import DUE
from bot.usecases.decision.decision_view import (
    DecisionForm,
    DecisionView,
    FlagOutcome,
    read_decision,
    read_decision_for,
    read_decision_form,
    read_flag_outcome,
    read_proposal,
    read_standing_decision,
    standing_decision,
)
from bot.usecases.decision.following_up import say_all_is_well, talk_again
from bot.usecases.decision.reopening import reopen_decision
from bot.usecases.decision.taking import take_decision

__all__ = [
    "DUE",
    "DecisionForm",
    "DecisionView",
    "FlagOutcome",
    "ask_who_is_left",
    "confirm_decision",
    "decline_decision",
    "end_decisions",
    "read_decision",
    "read_decision_for",
    "read_decision_form",
    "read_flag_outcome",
    "read_proposal",
    "read_standing_decision",
    "reopen_decision",
    "resume_decisions",
    "say_all_is_well",
    "standing_decision",
    "take_decision",
    "talk_again",
]
