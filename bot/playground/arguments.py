"""Which arguments and scopes Slack's Web API methods ask for.

The facts come from the method pages of docs.slack.dev. Slack itself ignores most arguments that it does not
know; here they are refused, because to a bot they are mistakes.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from bot.playground.limits import read_facts
from bot.playground.schema import Definitions, Problem

ConversationKind = Literal["public_channel", "private_channel", "im", "mpim"]
"""The kinds of conversation, as the `types` argument of `conversations.list` names them."""

_SCOPES: Mapping[str, Mapping[str, list[str]]] = read_facts("scopes.json")
METHODS = _SCOPES["methods"]
"""The methods of the Web API, each with the bot scopes of which one is needed (none: no scope at all)."""

EVENTS = _SCOPES["events"]
"""The events, each with the scopes of which one is needed to receive it."""

ARGUMENTS = Definitions("arguments.json")
"""The arguments of each method."""

_PREFIXES: Mapping[str, str] = {
    "public_channel": "channels:",
    "private_channel": "groups:",
    "im": "im:",
    "mpim": "mpim:",
}


def check_arguments(method: str, arguments: Mapping[str, Any]) -> list[Problem]:
    """What Slack refuses of a call to `method` by its arguments' names, lengths and counts.

    Values may be strings as in a form or decoded JSON; an argument that is None counts as not given.
    """
    if method not in METHODS:
        return [Problem("unknown_method", "", f"there is no method {method}")]
    given = {name: value for name, value in arguments.items() if value is not None and name != "token"}
    return ARGUMENTS.problems(method, given, "invalid_arguments")


def missing_scopes(
    method: str,
    granted: Iterable[str],
    conversation_kind: ConversationKind | None = None,
) -> list[str]:
    """The scopes of which one more is needed to call `method`; empty when the granted ones do.

    Where the scope depends on the kind of conversation, `conversation_kind` chooses; None asks for any of
    them. An unknown method is a KeyError.
    """
    wanted = _wanted(METHODS[method], conversation_kind)
    return [] if not wanted or set(granted) & set(wanted) else wanted


def _wanted(scopes: Iterable[str], conversation_kind: str | None) -> list[str]:
    wanted = list(scopes)
    if conversation_kind is None or not any(scope.startswith("groups:") for scope in wanted):
        return wanted
    prefix = _PREFIXES[conversation_kind]
    return [scope for scope in wanted if scope.startswith(prefix)]


def scopes_needed(methods: Iterable[str], events: Iterable[str]) -> dict[str, frozenset[str]]:
    """For every method and event that needs a scope, the bot scopes of which one is enough.

    An unknown method or event is a KeyError.
    """
    needed = {name: METHODS[name] for name in methods}
    needed |= {name: EVENTS[name] for name in events}
    return {name: frozenset(scopes) for name, scopes in needed.items() if scopes}
