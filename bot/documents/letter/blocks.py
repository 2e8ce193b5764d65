"""What a template wrote as paragraphs and lists: an empty line ends a paragraph, "- " begins an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from bot.documents.letter.fields import LINE_BREAK

_ITEM = "- "


class BlockKind(StrEnum):
    """A paragraph, one item of a list, or the signature, which is the last."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    SIGNATURE = "signature"


class Block(Struct, frozen=True):
    """One part of a letter; line breaks in `text` are its own."""

    kind: BlockKind
    text: str


def blocks_of(written: str) -> Iterator[Block]:
    """The parts of what a template wrote; a line that begins none goes on where the one before ended."""
    for paragraph in re.split(r"\n\s*\n", written):
        for part in re.split(rf"(?m)^(?=[ \t]*{_ITEM})", paragraph):
            words = " ".join(line.strip() for line in part.split("\n")).strip()
            kind = BlockKind.ITEM if words.startswith(_ITEM) else BlockKind.PARAGRAPH
            if text := words.removeprefix(_ITEM).strip():
                yield Block(kind, text.replace(LINE_BREAK, "\n"))


def text_of(blocks: Sequence[Block]) -> str:
    """Paragraphs with an empty line between them, items of a list with none."""
    written = ""
    for number, block in enumerate(blocks):
        is_item = block.kind is BlockKind.ITEM
        if number:
            written += "\n" if is_item and blocks[number - 1].kind is BlockKind.ITEM else "\n\n"
        written += _ITEM + block.text.replace("\n", "\n  ") if is_item else block.text
    return written
