"""The list of clients: names and aliases that fit, and what was typed as a new client."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import ClientNameInvalidError
from bot.domain.names import clean_name
from bot.language import Language
from bot.usecases.clients.client_index import Match
from bot.usecases.flags.form import NamedClient
from handlers.surface.answers import KNOWN_CLIENT, NEW_CLIENT
from handlers.surface.form import Option

MAX_OFFERED = 25


def client_option(t: Language, client: NamedClient) -> Option:
    """A client in the list; a new one is offered as "Add …" and carries its name."""
    if client.client_id is None:
        label = t.gettext("Add “{name}” as a new client", name=client.name)
        return Option(label, f"{NEW_CLIENT}:{client.name}")
    return Option(client.name, f"{KNOWN_CLIENT}:{client.client_id}")


def options_for(t: Language, typed: str, matches: Sequence[Match]) -> list[Option]:
    """The clients that fit; what was typed is offered as a new client unless one has that very name."""
    options = [client_option(t, NamedClient(_label(match), match.client_id)) for match in matches]
    if any(match.exact for match in matches):
        return options
    try:
        name = clean_name(typed)
    except ClientNameInvalidError:
        return options
    return [*options, client_option(t, NamedClient(name))]


def _label(match: Match) -> str:
    return match.shown if match.name == match.shown else f"{match.name} ({match.shown})"
