"""Which arguments and scopes Slack's Web API methods ask for.

The facts come from the method pages of docs.slack.dev. Slack itself ignores most arguments that it does not
know; here they are refused, because to a bot they are mistakes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.blocks_schema import Problem
from bot.playground.limits import limit, read_facts

ConversationKind = Literal["public_channel", "private_channel", "im", "mpim"]
"""The kinds of conversation, as the `types` argument of `conversations.list` names them."""


@dataclass(frozen=True)
class Method:
    """A Web API method: its arguments, and the bot scopes of which one is needed (none: no scope at all).

    Of each group in `one_of` at least one argument is needed.
    """

    required: frozenset[str]
    optional: frozenset[str]
    scopes: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...] = ()


def _method(row: Mapping[str, Any]) -> Method:
    return Method(
        required=frozenset(row["required"]),
        optional=frozenset(row["optional"]),
        scopes=tuple(row["scopes"]),
        one_of=tuple(map(tuple, row.get("one_of", ()))),
    )


METHODS: Mapping[str, Method] = {name: _method(row) for name, row in read_facts("methods.json").items()}
"""The methods that a bot like ours could call."""

EVENTS: Mapping[str, tuple[str, ...]] = {name: tuple(row) for name, row in read_facts("events.json").items()}
"""The events, each with the scopes of which one is needed to receive it."""

_EVERY_METHOD = frozenset({"token"})
_PREFIXES: Mapping[str, str] = {
    "public_channel": "channels:",
    "private_channel": "groups:",
    "im": "im:",
    "mpim": "mpim:",
}
_LENGTHS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("conversations.setTopic", "topic"): ("channel.topic", "too_long"),
    ("conversations.setPurpose", "purpose"): ("channel.purpose", "too_long"),
    ("conversations.create", "name"): ("channel.name", "invalid_name_maxlength"),
    ("conversations.rename", "name"): ("channel.name", "invalid_name_maxlength"),
    ("files.getUploadURLExternal", "alt_txt"): ("file.alt_txt", "alt_txt_too_large"),
}
_COUNTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("conversations.invite", "users"): ("invite.users", "too_many_users"),
    ("conversations.open", "users"): ("open.users", "too_many_users"),
    ("files.completeUploadExternal", "channels"): ("file.channels", "channels_limit_exceeded"),
}
_PAGED = frozenset({"conversations.history", "conversations.list", "conversations.replies", "users.conversations"})


def check_arguments(method: str, arguments: Mapping[str, Any]) -> list[Problem]:
    """What Slack refuses of a call to `method` by its arguments' names, lengths and counts.

    Values may be strings as in a form or decoded JSON; an argument that is None counts as not given.
    """
    known = METHODS.get(method)
    if known is None:
        return [Problem("unknown_method", "", f"there is no method {method}")]
    given = {name for name, value in arguments.items() if value is not None}
    problems = [
        Problem("invalid_arguments", "", f"missing required field: {name}") for name in sorted(known.required - given)
    ]
    problems += [
        Problem("invalid_arguments", "", f"one of {', '.join(group)} must be given")
        for group in known.one_of
        if not given & set(group)
    ]
    allowed = known.required | known.optional | _EVERY_METHOD
    if method != "api.test":  # which gives back whatever it is sent
        problems += [
            Problem("invalid_arguments", f"/{name}", f"unknown argument: {name}") for name in sorted(given - allowed)
        ]
    return problems + _over_limits(method, arguments)


def _over_limits(method: str, arguments: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for (of_method, name), (limit_id, error) in _LENGTHS.items():
        value = arguments.get(name)
        if of_method == method and isinstance(value, str) and len(value) > limit(limit_id):
            problems.append(Problem(error, f"/{name}", f"must be less than {limit(limit_id) + 1} characters"))
    for (of_method, name), (limit_id, error) in _COUNTS.items():
        if of_method == method and _count(arguments.get(name)) > limit(limit_id):
            problems.append(Problem(error, f"/{name}", f"no more than {limit(limit_id)} items allowed"))
    if method in _PAGED and arguments.get("limit") is not None and not _is_page(arguments["limit"]):
        problems.append(Problem("invalid_limit", "/limit", f"must be from 1 to {limit('page.limit')}"))
    return problems


def _count(value: Any) -> int:
    if isinstance(value, str):
        return len([one for one in value.split(",") if one.strip()])
    return len(value) if isinstance(value, list) else 0


def _is_page(value: Any) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= limit("page.limit")


def missing_scopes(
    method: str,
    granted: Iterable[str],
    conversation_kind: ConversationKind | None = None,
) -> list[str]:
    """The scopes of which one more is needed to call `method`; empty when the granted ones do.

    Where the scope depends on the kind of conversation, `conversation_kind` chooses; None asks for any of
    them. An unknown method is a KeyError.
    """
    wanted = _wanted(METHODS[method].scopes, conversation_kind)
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
    needed = {name: METHODS[name].scopes for name in methods}
    needed |= {name: EVENTS[name] for name in events}
    return {name: frozenset(scopes) for name, scopes in needed.items() if scopes}
