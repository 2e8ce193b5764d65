"""What went over the line to Slack, and what in its text Slack would bring to life."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.inspector import Exchange
from tests.harness import Harness

JSON_ARGUMENTS = ("blocks", "attachments", "metadata", "view")
"""Arguments that the SDK sends as JSON in a form field."""

REFUSED_FOR_ITS_SHAPE = ("invalid_", "msg_too_long", "no_text", "view_", "metadata_", "too_many_", "restricted_")
"""How errors begin that say a call itself was wrong, and not the place or the moment."""

_SEQUENCE = re.compile(r"<([^<>\n]*)>")


@dataclass(frozen=True)
class Sent:
    """What the app sent: the arguments of a call, or an answer to an interaction (`name` begins "answer ")."""

    name: str
    content: Mapping[str, Any]
    channel: str = ""
    error: str = ""

    @property
    def is_window(self) -> bool:
        """Whether it is a window or a list in one, which only the person sees who opened it."""
        return self.name.startswith(("views.", "answer interaction view_", "answer interaction block_suggestion"))

    @property
    def text(self) -> str:
        """Everything in it, as one text."""
        return json.dumps(self.content, ensure_ascii=False, default=str)


def sent(harness: Harness) -> list[Sent]:
    """Everything that the app sent since the inspector was cleared, oldest first."""
    return [one for exchange in harness.world.inspector.exchanges() if (one := _sent(exchange)) is not None]


def _sent(exchange: Exchange) -> Sent | None:
    if exchange.direction == "from_app":
        content = _decoded(exchange.request)
        response = exchange.response if isinstance(exchange.response, dict) else {}
        error = "" if response.get("ok", exchange.status == 200) else str(response.get("error", exchange.status))
        return Sent(exchange.name, content, str(content.get("channel", content.get("channel_id", ""))), error)
    if exchange.name.startswith("event") or not exchange.response:
        return None
    content = exchange.response if isinstance(exchange.response, dict) else {"text": exchange.response}
    return Sent(f"answer {exchange.name}", content, str(exchange.request.get("channel_id", "")))


def _decoded(arguments: Any) -> dict[str, Any]:
    decoded = dict(arguments or {})
    for name in JSON_ARGUMENTS:
        if isinstance(decoded.get(name), str):
            decoded[name] = json.loads(decoded[name])
    return decoded


def objects(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every object inside `part`, itself included."""
    if isinstance(part, Mapping):
        yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


def markup(one: Sent) -> Iterator[str]:
    """Every text in a call that Slack reads as markup: `mrkdwn` objects, and the `text` of a message."""
    if not one.is_window and isinstance(one.content.get("text"), str):
        yield one.content["text"]
    for part in objects(one.content):
        if part.get("type") == "mrkdwn":
            yield part["text"]


def alive(text: str) -> list[str]:
    """What Slack would bring to life in a text: mentions, channel calls, dates and links, as they stand there.

    A bracket that opens or closes nothing counts too: it is typed text that nobody escaped, or a link cut in two.
    """
    rest = _SEQUENCE.sub("", text)
    loose = [line for line in rest.split("\n") if "<" in line or ">" in line.removeprefix(">")]
    return [found[1] for found in _SEQUENCE.finditer(text)] + loose


def foreign(harness: Harness, ours: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What came to life in any call and is not ours: no known person or channel, no permalink, none of `ours`."""
    known = {f"@{user}" for user in harness.world.state.users} | {
        f"#{channel}" for channel in harness.world.state.channels
    }
    mine = tuple(ours)
    return [
        (one.name, sequence)
        for one in sent(harness)
        for text in markup(one)
        for sequence in alive(text)
        if sequence not in known and not sequence.startswith(harness.world.base_url) and sequence not in mine
    ]


def loose_markup(harness: Harness) -> list[tuple[str, str]]:
    """Markup in blocks in which Slack would look for names and addresses by itself."""
    return [
        (one.name, part["text"])
        for one in sent(harness)
        for part in objects(one.content)
        if part.get("type") == "mrkdwn" and not part.get("verbatim")
    ]


def refused_for_its_shape(harness: Harness) -> list[tuple[str, str]]:
    """WebApi that Slack refused for what was in them."""
    return [(one.name, one.error) for one in sent(harness) if one.error.startswith(REFUSED_FOR_ITS_SHAPE)]
