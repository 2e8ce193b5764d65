"""A client's dossier as one person may see it, and the clients that stand out."""

from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.read_models import (
    Colleague,
    ColleagueView,
    Dossier,
    Gesture,
    OwnFlags,
    StandingOut,
    StandsOut,
    TimelineEntry,
    TimelinePage,
)
from bot.usecases.dossier.standing_out import read_standing_out
from bot.usecases.dossier.timeline import read_entry

__all__ = [
    "Colleague",
    "ColleagueView",
    "Dossier",
    "Gesture",
    "OwnFlags",
    "StandingOut",
    "StandsOut",
    "TimelineEntry",
    "TimelinePage",
    "read_dossier",
    "read_entry",
    "read_standing_out",
]
