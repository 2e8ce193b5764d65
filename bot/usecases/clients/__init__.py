"""Clients: finding one by name, its card, and merging two that are one."""

from bot.usecases.clients.lookup import Lookup, find_client, involvement_in, look_up, may_know, refresh_index

__all__ = ["Lookup", "find_client", "involvement_in", "look_up", "may_know", "refresh_index"]
