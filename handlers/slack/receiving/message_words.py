"""What a reader of a Slack message saw of it in words, wherever they stand: text, blocks, attachments, files.

A message that somebody typed has all of it in `text`. What apps write, and what is forwarded, has its words in
`blocks` and `attachments`, where `text` is empty, or a stand-in for whoever cannot see the rest. All of it comes from
outside: whatever has another shape than Slack documents is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from handlers.slack.receiving.message_text import plain_text

STAND_INS = frozenset(
    {"This content can't be displayed.", "This content can’t be displayed.", "[no preview available]"}
)
"""What Slack and its SDKs put into `text` where an app says nothing there: nobody's words."""

MAX_DEPTH = 12
"""How deep blocks and forwarded messages stand in each other at most; Slack stays well below."""

_BESIDE_THE_WORDS = frozenset({"actions", "input", "divider", "button", "overflow", "static_select", "datepicker"})
"""Parts of a message that ask for something and say nothing."""


class Forwarded(Struct, frozen=True):
    """A message inside a message: what it said, who wrote it, when (a Slack timestamp) and where, as far as we know."""

    text: str
    author: str
    ts: str
    permalink: str


class MessageWords(Struct, frozen=True):
    """The words of a message: what its author wrote, or their app, and the messages that they forwarded."""

    own: str
    forwarded: tuple[Forwarded, ...]

    @property
    def whole(self) -> str:
        """All of it, each forwarded message under the name of its author."""
        quoted = (f"{one.author}: {one.text}" if one.author else one.text for one in self.forwarded)
        return "\n\n".join(part for part in (self.own, *quoted) if part)


def words_in(text: str | None, blocks: Any, attachments: Any, files: Any, *, is_of_app: bool) -> MessageWords:
    """The words of a message with those parts; `is_of_app` says that an app wrote it, and not a person."""
    is_built = is_of_app or any(block.get("type") != "rich_text" for block in _mappings(blocks))
    own = [_said(text, blocks, is_built=is_built)]
    forwarded = []
    for attachment in _mappings(attachments):
        if _is_forwarded(attachment):
            forwarded.append(_forwarded(attachment))
        elif is_built or not _is_preview(attachment) or not own[0]:
            own.append(_attached(attachment))
    own.append(_named(files))
    return MessageWords(_together(own), tuple(one for one in forwarded if one.text or one.author))


def _is_preview(attachment: Mapping[str, Any]) -> bool:
    """Whether Slack added it to a link that somebody typed: those are not their words."""
    return bool(attachment.get("original_url") or attachment.get("from_url"))


def _said(text: str | None, blocks: Any, *, is_built: bool) -> str:
    """What a message says itself. What a program built is seen in its blocks; of typed text they are a repetition."""
    typed = "" if text is None or text.strip() in STAND_INS else plain_text(text)
    if typed.strip() and not is_built:
        return typed
    return _in_blocks(blocks) or typed


def _is_forwarded(attachment: Mapping[str, Any]) -> bool:
    return bool(attachment.get("is_share") or attachment.get("is_msg_unfurl"))


def _forwarded(attachment: Mapping[str, Any]) -> Forwarded:
    within = [
        _in_blocks(message.get("blocks"))
        for part in _mappings(attachment.get("message_blocks"))
        if isinstance(message := part.get("message"), Mapping)
    ]
    author = _text(attachment, "author_name") or _text(attachment, "author_subname")
    said = _attached(attachment) or _together(within)
    return Forwarded(said, author, _text(attachment, "ts"), _text(attachment, "from_url"))


def _attached(attachment: Mapping[str, Any]) -> str:
    """What an attachment says, in the order in which Slack draws it; its stand-in only where it says nothing else."""
    fields = [
        ": ".join(part for part in (_text(field, "title"), _text(field, "value")) if part)
        for field in _mappings(attachment.get("fields"))
    ]
    said = _together(
        [
            _text(attachment, "pretext"),
            _text(attachment, "title"),
            _text(attachment, "text"),
            *fields,
            _in_blocks(attachment.get("blocks")),
            _named(attachment.get("files")),
        ]
    )
    fallback = _text(attachment, "fallback")
    return said or ("" if fallback in STAND_INS else fallback)


def _named(files: Any) -> str:
    """The names of files: what is in them is not read."""
    names = (_text(file, "title") or _text(file, "name") for file in _mappings(files))
    return "\n".join(f"📎 {name}" for name in names if name)


def _in_blocks(blocks: Any) -> str:
    return _together(_block(block, 0) for block in _mappings(blocks))


def _block(block: Mapping[str, Any], depth: int) -> str:
    """What one block says, a line each for its parts."""
    kind = _text(block, "type")
    if depth > MAX_DEPTH or kind in _BESIDE_THE_WORDS:
        return ""
    if kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        return "".join(_inline(element) for element in _mappings(block.get("elements")))
    if kind == "rich_text_list":
        return "\n".join(f"• {_block(item, depth + 1)}" for item in _mappings(block.get("elements")))
    if kind in ("mrkdwn", "plain_text", "markdown", "raw_text"):
        return _text(block, "text")
    if kind == "table":
        return "\n".join(_row(row, depth) for row in _lists(block.get("rows")))
    return "\n".join(part for part in _parts(block, depth) if part)


def _parts(block: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Whatever else says something in a block of any kind, those among them that come to Slack later."""
    for name in ("title", "subtitle", "text", "body", "description", "alt_text"):
        part = block.get(name)
        if isinstance(part, Mapping):
            yield _block(part, depth + 1)
        elif name != "alt_text" or not block.get("title"):
            yield _text(block, name)
    for name in ("fields", "elements", "child_blocks", "blocks"):
        for part in _mappings(block.get(name)):
            yield _block(part, depth + 1)


def _inline(element: Mapping[str, Any]) -> str:
    """A part of a line of rich text."""
    match element.get("type"):
        case "link":
            label, url = _text(element, "text"), _text(element, "url")
            return f"{label} ({url})" if label and label != url else url
        case "user" | "usergroup" | "team":
            return "@…"
        case "channel":
            return "#…"
        case "broadcast":
            return f"@{_text(element, 'range')}"
        case "emoji":
            return f":{_text(element, 'name')}:"
        case "date":
            return _text(element, "fallback")
    return _raw(element, "text")


def _row(row: Sequence[Any], depth: int) -> str:
    return " · ".join(_block(cell, depth + 1) for cell in _mappings(row))


def _text(part: Mapping[str, Any], name: str) -> str:
    return _raw(part, name).strip()


def _raw(part: Mapping[str, Any], name: str) -> str:
    value = part.get(name)
    return plain_text(value) if isinstance(value, str) else ""


def _mappings(parts: Any) -> list[Mapping[str, Any]]:
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _lists(parts: Any) -> list[list[Any]]:
    return [part for part in parts if isinstance(part, list)] if isinstance(parts, list) else []


def _together(parts: Any) -> str:
    """The parts that say something, each once, below each other."""
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
