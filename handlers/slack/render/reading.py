"""Who reads, and how: what a private answer needs to know of its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from bot.language import Language
from handlers.slack.render.fragments import mention


class Reading(Struct, frozen=True):
    """A reader's language and time zone, and the Slack user ids of the people they may see named."""

    language: Language
    zone: str
    users: Mapping[int, str] = field(default_factory=dict)

    def person(self, person_id: int | None) -> str:
        """Somebody as mrkdwn: a mention, or "a colleague" where the reader may not know or Slack does not."""
        user = self.users.get(person_id) if person_id is not None else None
        return mention(user) if user else self.language.gettext("a colleague")

    def people(self, person_ids: Sequence[int], most: int) -> str:
        """Several people in a row, at most `most` of them by name."""
        named = [self.person(person_id) for person_id in person_ids[:most]]
        left = len(person_ids) - len(named)
        if left:
            named.append(self.language.ngettext("{number} more", "{number} more", left))
        return self.language.listing(named)
