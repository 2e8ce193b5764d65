"""A window that gives typed text back which fits nowhere."""

from __future__ import annotations

from slack_sdk.models.blocks import PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.language import Language
from handlers.slack.render.fragments import MAX_SECTION_LENGTH


def build_given_back(t: Language, sentence: str, text: str) -> View:
    """What is wrong with `text`, and all of it, as it was typed."""
    pieces = [
        sentence,
        *(text[start : start + MAX_SECTION_LENGTH] for start in range(0, len(text), MAX_SECTION_LENGTH)),
    ]
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Flag a client")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=[SectionBlock(text=PlainTextObject(text=piece, emoji=False)) for piece in pieces if piece.strip()],
    )
