"""What a workspace writes its letters with, where it has texts of its own."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.farewell.letter.options import LetterKind

SENTENCES, WORD = "letter_sentences", "letter_word"
"""The names of the texts that all letters share."""


class LetterTexts(Struct, frozen=True):
    """The workspace's own texts for one letter; `None` is what comes with the bot."""

    template: str | None = None
    script: str | None = None
    sentences: str | None = None
    word: bytes | None = None


def template_name(kind: LetterKind) -> str:
    """What the template of a letter is called among the texts that can be replaced."""
    return f"letter_{kind.value}"


def script_name(kind: LetterKind) -> str:
    """What the template of the conversation beside a letter is called."""
    return "script_parting" if kind is LetterKind.FAREWELL else "script_conversation"


def as_read(content: bytes) -> str:
    """A file as text, without the mark that some editors put first; raises `UnicodeDecodeError`."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")
