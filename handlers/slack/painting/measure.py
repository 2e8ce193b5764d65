"""How much Slack takes in one message, and in one window."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from handlers.slack.painting.message import paint_elements, text_length
from handlers.surface.message import Element


class BlockMeasure(Struct, frozen=True):
    """So many blocks, and so many characters in all of them, labels and cells of charts and tables included."""

    blocks: int
    characters: int
    draws_charts: bool

    def fits(self, elements: Sequence[Element]) -> bool:
        """Whether all of `elements` fit there together."""
        return len(elements) <= self.blocks and text_length(paint_elements(elements, {})) <= self.characters


IN_MESSAGE = BlockMeasure(blocks=50, characters=10_000, draws_charts=True)
IN_MODAL = BlockMeasure(blocks=100, characters=60_000, draws_charts=False)
