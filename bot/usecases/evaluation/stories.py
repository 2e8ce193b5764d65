"""What evaluations do by themselves."""

from __future__ import annotations

from bot.usecases.evaluation.deadline import day_is_over
from bot.usecases.evaluation.reminding import remind
from bot.usecases.evaluation.rounds import DEADLINE, REMINDER
from bot.usecases.evaluation.waits import view_waits
from bot.usecases.stories import Stories

STORIES = Stories(
    "evaluation",
    due={DEADLINE: day_is_over, REMINDER: remind},
    waits=view_waits,
)
