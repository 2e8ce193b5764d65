"""Who reads, and how."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bot.language import Language
from bot.language.marks import person


class Reading(Struct, frozen=True):
    """A reader's language and IANA time zone."""

    language: Language
    zone: str

    def person(self, person_id: int | None) -> str:
        """Somebody by our id; "a colleague" where the reader may not know who, or the platform does not."""
        otherwise = self.language.gettext("a colleague")
        return otherwise if person_id is None else person(person_id, otherwise)

    def people(self, person_ids: Sequence[int], most: int) -> str:
        """Several people in a row, at most `most` of them by name."""
        named = [self.person(person_id) for person_id in person_ids[:most]]
        left = len(person_ids) - len(named)
        if left:
            named.append(self.language.ngettext("{number} more", "{number} more", left))
        return self.language.listing(named)
