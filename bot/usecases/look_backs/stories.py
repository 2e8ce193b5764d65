"""What looks back do by themselves."""

from __future__ import annotations

from bot.usecases.look_backs.planning import DUE, ask_to_look_back
from bot.usecases.look_backs.waits import look_back_waits
from bot.usecases.stories import Stories

STORIES = Stories("look_backs", due={DUE: ask_to_look_back}, waits=look_back_waits)
