"""Debriefs: a client leaves, the look back is planned, announced, moved, cancelled and reminded of."""

from bot.usecases.debrief.by_name import mark_left_by_name, plan_debrief_by_name
from bot.usecases.debrief.calendar_file import calendar_file
from bot.usecases.debrief.debrief_view import DebriefView, UpcomingDebrief, read_debrief, upcoming_debriefs
from bot.usecases.debrief.leaving import ClientLeft, mark_left, take_back_left
from bot.usecases.debrief.planning import (
    cancel_debrief,
    move_debrief,
    plan_or_move_debrief,
    planned_debrief,
    snooze_debrief,
)
from bot.usecases.debrief.reminding import DUE
from bot.usecases.debrief.wall_times import recompute_wall_times

__all__ = [
    "DUE",
    "ClientLeft",
    "DebriefView",
    "UpcomingDebrief",
    "calendar_file",
    "cancel_debrief",
    "mark_left",
    "mark_left_by_name",
    "move_debrief",
    "plan_debrief_by_name",
    "plan_or_move_debrief",
    "planned_debrief",
    "read_debrief",
    "recompute_wall_times",
    "snooze_debrief",
    "take_back_left",
    "upcoming_debriefs",
]
