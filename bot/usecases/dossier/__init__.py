"""A client's dossier as one person may see it, and the clients that stand out."""

from bot.usecases.dossier.by_name import find_dossier
from bot.usecases.dossier.case import read_done_to_client
from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.read_models import (
    CaseHistory,
    Colleague,
    ColleagueView,
    DidYouMean,
    DoneToClient,
    Dossier,
    Interaction,
    OwnFlags,
    StandingOut,
    StandsOut,
    TimelineEntry,
    TimelinePage,
)
from bot.usecases.dossier.standing_out import read_standing_out
from bot.usecases.dossier.timeline import read_entry

__all__ = [
    "CaseHistory",
    "Colleague",
    "ColleagueView",
    "DidYouMean",
    "DoneToClient",
    "Dossier",
    "Interaction",
    "OwnFlags",
    "StandingOut",
    "StandsOut",
    "TimelineEntry",
    "TimelinePage",
    "find_dossier",
    "read_done_to_client",
    "read_dossier",
    "read_entry",
    "read_standing_out",
]
