"""Clients: finding one by name, its card, and (in `merge`, which weighs flags) merging two that are one."""

from bot.usecases.clients.card import (
    Card,
    CardChange,
    MergedClient,
    SavedCard,
    index_names,
    read_card,
    read_card_to_edit,
    save_card,
)
from bot.usecases.clients.lookup import (
    Lookup,
    find_client,
    involvement_in,
    known_client,
    look_up,
    may_know,
    refresh_index,
)

__all__ = [
    "Card",
    "CardChange",
    "Lookup",
    "MergedClient",
    "SavedCard",
    "find_client",
    "index_names",
    "involvement_in",
    "known_client",
    "look_up",
    "may_know",
    "read_card",
    "read_card_to_edit",
    "refresh_index",
    "save_card",
]
