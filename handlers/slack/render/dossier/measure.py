"""Fitting a dossier into what Slack takes: blocks, and the text in them, of one message or one window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from slack_sdk.models.blocks import Block

from handlers.slack.render.block_json import plain

Blocks = Sequence[Block | dict[str, Any]]


class Measure(Struct, frozen=True):
    """Where something is shown: how many blocks it takes, how many characters in all, and whether it draws charts."""

    blocks: int
    characters: int
    draws_charts: bool


# Slack refuses messages with more than 12,000 characters in their blocks, and was seen to refuse somewhat fewer.
MESSAGE = Measure(blocks=50, characters=10_000, draws_charts=True)
MODAL = Measure(blocks=100, characters=60_000, draws_charts=False)


def text_length(blocks: Blocks) -> int:
    """How many characters people read in `blocks`, labels and cells of charts and tables included."""
    return sum(_strings(plain(block)) for block in blocks)


_SILENT = frozenset({"type", "action_id", "block_id", "value", "style", "url"})


def _strings(part: Any) -> int:
    if isinstance(part, str):
        return len(part)
    if isinstance(part, dict):
        return sum(_strings(inner) for name, inner in part.items() if name not in _SILENT)
    if isinstance(part, list):
        return sum(map(_strings, part))
    return 0


def how_many_fit(groups: Sequence[Blocks], around: Blocks, surface: Measure) -> int:
    """How many of `groups`, taken from the front, fit on `surface` together with the blocks `around` them."""
    blocks, characters = len(around), text_length(around)
    for number, group in enumerate(groups):
        blocks += len(group)
        characters += text_length(group)
        if blocks > surface.blocks or characters > surface.characters:
            return number
    return len(groups)
