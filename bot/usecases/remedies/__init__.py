"""Remedies: starting a trial, judging it at its end, and what its outcome means for the client."""

from bot.usecases.remedies.ending import (
    LastWord,
    call_off_remedies,
    call_off_remedy,
    confirm_remedy,
    prolong_remedy,
    say_last_word,
)
from bot.usecases.remedies.judging import DUE
from bot.usecases.remedies.remedy_view import (
    RemedyBegin,
    RemedyEnded,
    RemedyView,
    read_remedy,
    read_remedy_begin,
    read_remedy_to_end,
)
from bot.usecases.remedies.starting import hand_over_remedies, start_remedy, start_remedy_once

__all__ = [
    "DUE",
    "LastWord",
    "RemedyBegin",
    "RemedyEnded",
    "RemedyView",
    "call_off_remedies",
    "call_off_remedy",
    "confirm_remedy",
    "hand_over_remedies",
    "prolong_remedy",
    "read_remedy",
    "read_remedy_begin",
    "read_remedy_to_end",
    "say_last_word",
    "start_remedy",
    "start_remedy_once",
]
