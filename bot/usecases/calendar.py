"""The working days of a workspace, with the public holidays of its country.

The holiday tables are slow to import and nothing needs them to start, so they are imported where they are used.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct

from bot.domain.policy import WorkspaceSettings


class HolidayCalendar(Struct, frozen=True):
    """`WorkingCalendar` of a workspace: its workdays, less days off that are public in the whole country.

    Regional and optional holidays do not count. For an unknown country workdays alone decide.
    """

    settings: WorkspaceSettings

    def is_working_day(self, day: date) -> bool:
        """Whether the workspace works on `day`."""
        if day.isoweekday() not in self.settings.workdays:
            return False
        return day not in _public_holidays(self.settings.country, day.year)


@lru_cache(maxsize=256)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    if not is_known_country(country):
        return frozenset()
    import holidays

    return frozenset(holidays.country_holidays(country, years=year))


def is_known_country(code: str) -> bool:
    """Whether there is a holiday table for a two-letter country code in capitals (ISO 3166-1)."""
    from holidays.registry import EntityLoader

    return code in EntityLoader.get_country_codes(include_aliases=False)
