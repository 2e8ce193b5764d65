"""Who decides what is told about what clients say after a letter, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import PushbackNoted
from bot.usecases.pushback.telling import tell_noted
from handlers.features.pushback.messages import build_to_see_to
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {PushbackNoted: Telling(tell_noted, build_to_see_to)}
