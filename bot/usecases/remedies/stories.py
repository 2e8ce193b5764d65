"""What trials to put something right do by themselves."""

from __future__ import annotations

from bot.usecases.remedies.judging import REMEDY_ENDS, ask_at_the_end
from bot.usecases.remedies.waits import trial_waits
from bot.usecases.stories import Stories

STORIES = Stories(
    "remedies",
    due={REMEDY_ENDS: ask_at_the_end},
    waits=trial_waits,
)
