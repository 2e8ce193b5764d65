"""The way of every Web API call: who calls, how often, with what, may they; then the method itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.api import auth, chat, conversations, files, history, members, oauth, pins, users, views
from bot.playground.api.call import METHODS, Call, refuse
from bot.playground.api.grants import Grants
from bot.playground.arguments import ConversationKind, check_arguments, missing_scopes
from bot.playground.errors import SlackError
from bot.playground.state import JSON
from bot.playground.world import World

FAMILIES = (auth, chat, conversations, files, history, members, oauth, pins, users, views)
CLIENT_METHODS = ("oauth.v2.access",)
"""What the app calls by its client id and secret instead of a token."""

_AS_JSON = {
    "blocks": "invalid_blocks_format",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
    "files": "invalid_arguments",
}
# the SDK sends the team's id with every call; Slack ignores it from a workspace's own token
_UNIVERSAL = ("token", "team_id")
_APP_TOKEN_METHODS = ("apps.connections.open",)
_TOKENLESS_METHODS = ("api.test",)
_KINDS: dict[str, ConversationKind] = {
    "public": "public_channel",
    "private": "private_channel",
    "im": "im",
    "mpim": "mpim",
}


@dataclass
class Reply:
    """What the Web API answers: a JSON body, an HTTP status, extra headers."""

    body: JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def answer_call(world: World, name: str, token: str | None, arguments: JSON, grants: Grants | None = None) -> Reply:
    """Carry out the call of method `name`, or refuse it as Slack does; without `grants` there is no OAuth."""
    headers = {"X-OAuth-Scopes": ",".join(world.state.scopes)}
    try:
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        _authenticate(world, name, token)
        call = Call(world, name, _decoded(arguments), grants)
        wait = world.rate_limits.retry_after(name, call.text("channel"))
        if wait is not None:
            limited = {"Retry-After": str(wait), **headers}
            return Reply({"ok": False, "error": "ratelimited"}, status=429, headers=limited)
        refuse(check_arguments(name, call.args))
        _require_scopes(call)
        return Reply({"ok": True, **METHODS[name](call)}, headers=headers)
    except SlackError as error:
        return Reply(error.body(), headers=headers)


def _authenticate(world: World, name: str, token: str | None) -> None:
    if name in CLIENT_METHODS or (name in _TOKENLESS_METHODS and token is None):
        return
    if not token:
        raise SlackError("not_authed")
    if token in world.state.revoked_tokens:
        raise SlackError("account_inactive")
    if token not in (world.state.bot_token, world.state.app_token):
        raise SlackError("invalid_auth")
    if not world.state.installed and token == world.state.bot_token:
        raise SlackError("account_inactive")
    wanted = world.state.app_token if name in _APP_TOKEN_METHODS else world.state.bot_token
    if token != wanted and name not in _TOKENLESS_METHODS:
        raise SlackError("not_allowed_token_type")


def _decoded(arguments: JSON) -> JSON:
    decoded = {name: value for name, value in arguments.items() if value is not None and name not in _UNIVERSAL}
    for name, error in _AS_JSON.items():
        value: Any = decoded.get(name)
        if isinstance(value, str) and value:
            try:
                decoded[name] = json.loads(value)
            except ValueError:
                raise SlackError(error) from None
    for name in ("users", "channels", "types"):
        if isinstance(decoded.get(name), list):
            raise SlackError("invalid_array_arg")
    return decoded


def _require_scopes(call: Call) -> None:
    granted = frozenset(call.world.state.scopes)
    for kind in _kinds_concerned(call):
        needed = missing_scopes(call.method, granted, kind)
        if needed:
            raise SlackError("missing_scope", needed=",".join(needed), provided=",".join(sorted(granted)))


def _kinds_concerned(call: Call) -> Iterator[ConversationKind | None]:
    """The kinds of conversation that a call is about; None where it is about none, or one that cannot be seen."""
    if call.method in ("users.conversations", "conversations.list"):
        for kind in users.wanted_kinds(call):
            yield _KINDS[kind]
    elif call.method == "conversations.create":
        yield "private_channel" if call.flag("is_private") else "public_channel"
    elif call.method == "conversations.open" and call.ids("users"):
        yield "im" if len(call.ids("users")) == 1 else "mpim"
    else:
        channel = call.world.state.channels.get(call.text("channel"))
        yield _KINDS[channel.kind] if channel is not None and call.sees(channel) else None
