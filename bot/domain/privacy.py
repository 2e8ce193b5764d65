"""What a client or a contact can ask of what is held about them, and why it is done."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class ExportReason(StrEnum):
    """Why everything about somebody is gathered: they asked, or the law or a court does."""

    REQUEST = "request"
    LEGAL = "legal"


class ErasureReason(StrEnum):
    """Why everything about somebody is erased: they asked, they object, it was kept long enough, or it was wrong."""

    REQUEST = "request"
    OBJECTION = "objection"
    EXPIRED = "expired"
    MISTAKE = "mistake"


class MentionOf:
    """Finds a person's full name in text, in any case and across line breaks, as whole words."""

    def __init__(self, name: str) -> None:
        self._words = unicodedata.normalize("NFC", name).split()
        pattern = r"\s+".join(map(re.escape, self._words))
        self._whole = re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
        parts = "|".join(re.escape(word) for word in self._words if len(word) >= MIN_PART_LENGTH)
        self._part = re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE) if parts else None

    def is_in(self, text: str) -> bool:
        """Whether the full name stands in `text`."""
        return self._whole.search(_composed(text)) is not None

    def is_partly_in(self, text: str) -> bool:
        """Whether a word of the name stands in `text`, such as the first name alone; short words do not tell."""
        return self._part is not None and self._part.search(_composed(text)) is not None

    def replaced(self, text: str, instead: str) -> str:
        """`text` with `instead` wherever the full name stood; as it was where it does not stand."""
        return self._whole.sub(lambda _: instead, _composed(text)) if self.is_in(text) else text


MIN_PART_LENGTH = 3
"""A word of a name with fewer letters, such as "de", says nothing about anybody."""


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
