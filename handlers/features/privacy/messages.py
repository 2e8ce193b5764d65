"""What stands where messages of ours are covered: outsiders read it, so it says nothing of what was there."""

from __future__ import annotations

from handlers.surface.message import Message, Paragraph
from handlers.surface.reading import Reading


def build_covered(reading: Reading, _: None) -> Message:
    """The neutral line."""
    line = reading.language.gettext("This message isn’t shown at the moment.")
    return Message(line, (Paragraph(line),))
