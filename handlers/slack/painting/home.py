"""Home as a view, within Slack's limits."""

from __future__ import annotations

from handlers.slack.painting.message import Block, paint_elements
from handlers.slack.painting.text import Known
from handlers.surface.message import Message, Paragraph

MAX_BLOCKS = 100


def paint_home(message: Message, known: Known) -> Block:
    """The page as Slack takes it; what does not fit at its end is left out."""
    elements = message.elements or (Paragraph(message.text),)
    return {"type": "home", "blocks": paint_elements(elements[:MAX_BLOCKS], known)}
