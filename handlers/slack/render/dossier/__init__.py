"""How a dossier looks, and the lists that lead to one."""

from handlers.slack.render.dossier.entry import build_entry_view
from handlers.slack.render.dossier.listing import build_did_you_mean, build_list_view, build_standing_out
from handlers.slack.render.dossier.page import build_dossier_message, build_dossier_view
from handlers.slack.render.dossier.trail import build_trail

__all__ = [
    "build_did_you_mean",
    "build_dossier_message",
    "build_dossier_view",
    "build_entry_view",
    "build_list_view",
    "build_standing_out",
    "build_trail",
]
