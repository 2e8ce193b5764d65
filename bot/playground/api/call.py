"""One call of a Web API method: its arguments, decoded, and what they refer to."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.playground.api.grants import Grants
from bot.playground.errors import SlackError
from bot.playground.schema import Problem
from bot.playground.state import JSON, Channel, User
from bot.playground.world import World

Method = Callable[["Call"], JSON]
METHODS: dict[str, Method] = {}
MAX_PAGE = 1000
T = TypeVar("T")


@dataclass
class Call:
    """The arguments of one call, and the workspace it is made in; `grants` are there where OAuth is."""

    world: World
    method: str
    args: JSON
    grants: Grants | None = None

    def text(self, name: str) -> str:
        """A text argument, empty when it is missing."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A yes-or-no argument, no when it is missing."""
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def whole(self, name: str, default: int) -> int:
        """A whole number; SlackError `invalid_<name>` when it is none."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError(f"invalid_{name}") from None

    def ids(self, name: str) -> list[str]:
        """A comma-separated list, each once, in order."""
        return list(dict.fromkeys(part.strip() for part in self.text(name).split(",") if part.strip()))

    def channel(self, name: str = "channel", error: str = "channel_not_found") -> Channel:
        """The conversation that an argument names; one that the app cannot see counts as none."""
        channel = self.world.state.channels.get(self.text(name))
        if channel is None or not self.sees(channel):
            raise SlackError(error)
        return channel

    def sees(self, channel: Channel) -> bool:
        """Whether the app can see a conversation: a public one always, others as a member."""
        return channel.kind == "public" or self.is_member(channel)

    def is_member(self, channel: Channel) -> bool:
        """Whether the app is in a conversation."""
        return self.bot in channel.members

    @property
    def bot(self) -> str:
        """The app's own user id."""
        return self.world.state.bot_user_id

    def user(self, name: str = "user") -> User:
        """The user that an argument names; SlackError `user_not_found` when there is none."""
        return self.world.users.get(self.text(name))

    def page(self, items: list[T], default: int, most: int = MAX_PAGE) -> tuple[list[T], JSON]:
        """One page of `items` by the arguments `limit` and `cursor`, and the `response_metadata` that leads on."""
        limit = self.whole("limit", default)
        if not 1 <= limit <= most:
            raise SlackError("invalid_limit")
        start = _decode_cursor(self.text("cursor"))
        following = start + limit
        cursor = _encode_cursor(following) if following < len(items) else ""
        return items[start:following], {"response_metadata": {"next_cursor": cursor}}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the Web API method `name`; it returns what is answered beside `ok`."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


def whole_channel_only(channel: Channel) -> None:
    """Refuse direct conversations, for methods that are for channels."""
    if channel.kind in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")


def _encode_cursor(offset: int) -> str:
    return base64.b64encode(f"next:{offset}".encode()).decode()


def _decode_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, offset = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind != "next":
            raise ValueError(cursor)
        return int(offset)
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None


def refuse(problems: list[Problem]) -> None:
    """Refuse with the first problem's error, telling all of them, when there are any."""
    if problems:
        raise SlackError(problems[0].error, response_metadata={"messages": [problem.text for problem in problems]})
