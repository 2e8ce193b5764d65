"""Type-ahead for clients: names and aliases that fit, and what was typed as a new client."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.blocks import Option

from bot.domain.errors import ClientNameInvalidError
from bot.domain.names import clean_name
from bot.language import Language
from bot.usecases.client_index import Match
from handlers.features import ids
from handlers.features.flags.forms import NamedClient, client_option
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.render.fragments import option
from handlers.slack.routes import Routes

SHOWN = 25


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the list of clients in the flag form."""

    @routes.options(ids.FLAG_FORM_CLIENT)
    async def offer_clients(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody types in the list of clients."""
        caller = caller_of(context)
        typed = str(body.get("value") or "")
        matches = await door.index.type_ahead(caller.actor.workspace_id, typed, limit=SHOWN)
        await ack(options=options_for(caller.language, typed, matches))


def options_for(t: Language, typed: str, matches: list[Match]) -> list[Option]:
    """The clients that fit; what was typed is offered as a new client unless one has that very name."""
    options = [option(_label(match), f"c:{match.client_id}") for match in matches]
    if any(match.exact for match in matches):
        return options
    try:
        name = clean_name(typed)
    except ClientNameInvalidError:
        return options
    return [*options, client_option(t, NamedClient(name))]


def _label(match: Match) -> str:
    return match.shown if match.name == match.shown else f"{match.name} ({match.shown})"
