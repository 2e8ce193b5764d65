"""Who decides what is told about looks back, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import LookBackAsked
from bot.usecases.look_backs.telling import tell_asked
from handlers.features.look_backs.messages import build_asked
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {LookBackAsked: Telling(tell_asked, build_asked)}
