"""Flags: recording one, taking it back or changing it, adding a view to a colleague's, and caring for a reporter."""

from bot.usecases.flags.care import CareView, finish_care, read_care, take_off_client
from bot.usecases.flags.editing import edit_flag, own_receipt, receipt_subject, undo_flag, withdraw_flag
from bot.usecases.flags.evidence import keep_evidence, kept_evidence
from bot.usecases.flags.receipt_view import (
    FlagReceiptView,
    editable_flag,
    own_flag,
    read_receipt,
    same_events,
    visible_flag,
)
from bot.usecases.flags.recording import ClientChoice, FlagRecorded, RecordFlag, record_flag, recorded_before
from bot.usecases.flags.witnessing import JoinFlag, add_view, join_flag, join_instead, refuse_unless_addable

__all__ = [
    "CareView",
    "ClientChoice",
    "FlagReceiptView",
    "FlagRecorded",
    "JoinFlag",
    "RecordFlag",
    "add_view",
    "edit_flag",
    "editable_flag",
    "finish_care",
    "join_flag",
    "join_instead",
    "keep_evidence",
    "kept_evidence",
    "own_flag",
    "own_receipt",
    "read_care",
    "read_receipt",
    "receipt_subject",
    "record_flag",
    "recorded_before",
    "refuse_unless_addable",
    "same_events",
    "take_off_client",
    "undo_flag",
    "visible_flag",
    "withdraw_flag",
]
