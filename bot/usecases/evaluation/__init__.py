"""Evaluations: what the team thinks and knows about a client, asked in rounds, hidden until it is shown together."""

from bot.usecases.evaluation.answering import answer_topics, give_view, keep_drafts
from bot.usecases.evaluation.deadline import DUE
from bot.usecases.evaluation.evaluation_view import (
    Evaluation,
    ShownView,
    ShownViews,
    TopicAnswers,
    read_evaluation,
    read_for,
    views_for_decision,
    views_once_shown,
)
from bot.usecases.evaluation.form import EvaluationForm, read_form
from bot.usecases.evaluation.rounds import begin_round, current_round, end_round, resume_round, wake_round, wake_rounds
from bot.usecases.evaluation.showing import MOVED, WAYS_OUT, look_again
from bot.usecases.evaluation.statements import record_statement, refuse_unless_heard_by
from bot.usecases.evaluation.taking_part import TakingPart, read_taking_part, say_away

__all__ = [
    "DUE",
    "MOVED",
    "WAYS_OUT",
    "Evaluation",
    "EvaluationForm",
    "ShownView",
    "ShownViews",
    "TakingPart",
    "TopicAnswers",
    "answer_topics",
    "begin_round",
    "current_round",
    "end_round",
    "give_view",
    "keep_drafts",
    "look_again",
    "read_evaluation",
    "read_for",
    "read_form",
    "read_taking_part",
    "record_statement",
    "refuse_unless_heard_by",
    "resume_round",
    "say_away",
    "views_for_decision",
    "views_once_shown",
    "wake_round",
    "wake_rounds",
]
