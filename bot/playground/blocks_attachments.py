"""Shapes of secondary attachments of a message, the older kind with fields and the kind that holds blocks."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.blocks_schema import (
    Report,
    Rule,
    Shape,
    anything,
    array,
    boolean,
    fields,
    string,
)
from bot.playground.limits import limit

_TEXT = string(empty=True)


def _has_content(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    if not any(value.get(name) for name in _CONTENT):
        report.add(pointer, "an attachment must have content")


_CONTENT = (
    "blocks",
    "text",
    "fallback",
    "title",
    "pretext",
    "fields",
    "image_url",
    "thumb_url",
    "author_name",
    "footer",
)
_STRINGS = (
    "author_name",
    "color",
    "fallback",
    "image_url",
    "pretext",
    "text",
    "thumb_url",
    "title",
    "title_link",
)
_RULES: tuple[Rule, ...] = (_has_content,)
_OPTIONAL: dict[str, Shape] = {
    **dict.fromkeys(_STRINGS, _TEXT),
    "blocks": anything,
    "fields": array(fields({}, {"title": _TEXT, "value": _TEXT, "short": boolean})),
    "footer": string("attachment.footer", empty=True),
}
_ATTACHMENT = fields({}, _OPTIONAL, _RULES)


def check_attachments(attachments: Any, check_blocks: Callable[[Any, str, Report, str], None], report: Report) -> None:
    """Add the problems of a message's attachments to `report`; `check_blocks` looks at the blocks in them."""
    own = Report("invalid_attachments", "message")
    if isinstance(attachments, list) and len(attachments) > limit("message.attachments"):
        most = limit("message.attachments")
        own.add("/attachments", f"no more than {most} items allowed", "too_many_attachments")
    array(_ATTACHMENT)(attachments, "/attachments", own)
    for index, attachment in enumerate(attachments if isinstance(attachments, list) else []):
        if isinstance(attachment, Mapping) and "blocks" in attachment:
            check_blocks(attachment["blocks"], f"/attachments/{index}/blocks", own, "attachment.blocks")
    report.problems += own.problems


def attached_blocks(attachments: Any) -> list[Any]:
    """The blocks of all attachments one after another; what has another form has none."""
    found: list[Any] = []
    for attachment in attachments if isinstance(attachments, list) else []:
        blocks = attachment.get("blocks") if isinstance(attachment, Mapping) else None
        found += blocks if isinstance(blocks, list) else []
    return found
