"""Remedies: starting a trial, judging it at its end, and what its outcome means for the client."""

from bot.usecases.remedies.ending import (
    call_off_remedies,
    call_off_remedy,
    confirm_remedy,
    prolong_remedy,
)
from bot.usecases.remedies.judging import DUE
from bot.usecases.remedies.remedy_view import (
    RemedyBegin,
    RemedyEnded,
    RemedyView,
    read_ended,
    read_remedy,
    read_remedy_begin,
    read_remedy_to_end,
)
from bot.usecases.remedies.starting import hand_over_remedies, start_remedy

__all__ = [
    "DUE",
    "RemedyBegin",
    "RemedyEnded",
    "RemedyView",
    "call_off_remedies",
    "call_off_remedy",
    "confirm_remedy",
    "hand_over_remedies",
    "prolong_remedy",
    "read_ended",
    "read_remedy",
    "read_remedy_begin",
    "read_remedy_to_end",
    "start_remedy",
]
