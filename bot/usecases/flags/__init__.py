"""Flags: recording one, taking it back or changing it, adding a view to a colleague's, and caring for a reporter."""

from bot.usecases.flags.care import CareView, finish_care, read_care, take_off_client
from bot.usecases.flags.editing import edit_flag, own_receipt, undo_flag, withdraw_flag
from bot.usecases.flags.evidence import keep_evidence
from bot.usecases.flags.form import (
    NONE_OF_THEM,
    FlagForm,
    NamedClient,
    blank_form,
    form_about_client,
    form_from_message,
    form_to_edit,
)
from bot.usecases.flags.form_questions import check_form, client_meant, questions_left, with_questions
from bot.usecases.flags.receipt_view import FlagReceiptView, own_flag, same_events
from bot.usecases.flags.recording import (
    ClientChoice,
    FlagRecorded,
    RecordFlag,
    make_findable,
    record_flag,
    recorded_before,
)
from bot.usecases.flags.understanding import AskForm, GiveBack, Instead, Record, understand_flag_text
from bot.usecases.flags.witnessing import JoinFlag, add_view, join_flag, join_instead, refuse_unless_addable

__all__ = [
    "NONE_OF_THEM",
    "AskForm",
    "CareView",
    "ClientChoice",
    "FlagForm",
    "FlagReceiptView",
    "FlagRecorded",
    "GiveBack",
    "Instead",
    "JoinFlag",
    "NamedClient",
    "Record",
    "RecordFlag",
    "add_view",
    "blank_form",
    "check_form",
    "client_meant",
    "edit_flag",
    "finish_care",
    "form_about_client",
    "form_from_message",
    "form_to_edit",
    "join_flag",
    "join_instead",
    "keep_evidence",
    "make_findable",
    "own_flag",
    "own_receipt",
    "questions_left",
    "read_care",
    "record_flag",
    "recorded_before",
    "refuse_unless_addable",
    "same_events",
    "take_off_client",
    "understand_flag_text",
    "undo_flag",
    "with_questions",
    "withdraw_flag",
]
