"""What clients that come back set going."""

from __future__ import annotations

from bot.usecases.returning.watching import DUE, look_for_former
from bot.usecases.stories import Stories

STORIES = Stories("returning", due={DUE: look_for_former})
