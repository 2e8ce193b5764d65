"""What all parts of a document about somebody share: a language, a zone and a currency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from bot.domain.timetable import local_today
from bot.language import Language

Fact = tuple[str, str]
"""A label and what stands beside or below it."""


class Words(Struct, frozen=True):
    """The language `t`, and how moments and amounts read in a workspace of that zone and currency."""

    t: Language
    zone: str
    currency: str

    def moment(self, instant: datetime) -> str:
        """Date and time on the workspace's clocks."""
        return self.t.datetime(instant, self.zone)

    def day(self, instant: datetime) -> str:
        """The workspace's day of an instant."""
        return self.t.date(local_today(instant, self.zone))

    def days(self, days: int | None) -> str:
        """A number of days that may not be known."""
        return self.t.gettext("not known") if days is None else self.t.days(days)

    def money(self, amount: Decimal | None, currency: str) -> str:
        """An amount that may not be known, in its own currency; one without is in the workspace's."""
        return self.t.gettext("not known") if amount is None else self.t.money(amount, currency or self.currency)


def written(texts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The texts in which something is written."""
    return tuple((label, text) for label, text in texts if text)
