"""Many lines in few paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from handlers.slack.render.fragments import MAX_SECTION_LENGTH, section


def paragraphs(lines: Iterable[str]) -> list[Block]:
    """Lines as as few paragraphs as they fit in; no line is torn apart."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + 1 + len(line) <= MAX_SECTION_LENGTH:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line)
    return [section(text) for text in packed]
