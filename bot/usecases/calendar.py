"""The working days of a workspace, with the public holidays of its country.

The holiday tables are slow to import and nothing needs them to start, so they are imported where they are used.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct

from bot.domain.policy import WorkspaceSettings

MAX_REGION_LENGTH = 3
"""The most characters of a region's code in ISO 3166-2; what is longer is a town."""


class HolidayCalendar(Struct, frozen=True):
    """`WorkingCalendar` of a workspace: its workdays, less days off that are public in its country.

    Those of a region count where the workspace named one (`DE-BY`); optional ones never do. For an unknown country
    workdays alone decide, for an unknown region those of the whole country as well.
    """

    settings: WorkspaceSettings

    def is_working_day(self, day: date) -> bool:
        """Whether the workspace works on `day`."""
        if day.isoweekday() not in self.settings.workdays:
            return False
        return day not in _public_holidays(self.settings.country, day.year)


@lru_cache(maxsize=256)
def _public_holidays(place: str, year: int) -> frozenset[date]:
    country, _, region = place.partition("-")
    if not is_known_country(country):
        return frozenset()
    import holidays

    subdivision = region if region and region in regions_of(country) else None
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


def is_known_country(code: str) -> bool:
    """Whether there is a holiday table for a two-letter country code in capitals (ISO 3166-1)."""
    from holidays.registry import EntityLoader

    return code in EntityLoader.get_country_codes(include_aliases=False)


def regions_of(country: str) -> tuple[str, ...]:
    """The codes (ISO 3166-2) of the regions of a known country that have days off of their own."""
    import holidays

    regions = holidays.list_supported_countries(include_aliases=False).get(country, ())
    return tuple(sorted(region for region in regions if len(region) <= MAX_REGION_LENGTH))


def what_is_wrong_with_country(place: str) -> str:
    """Why no days off are known for a country, or a region of one, as the end of a sentence; empty where they are."""
    country, _, region = place.partition("-")
    if not is_known_country(country):
        return f"no public holidays are known of {country}; write a country code such as NL or BE"
    regions = regions_of(country)
    if region and region not in regions:
        known = f"one of {', '.join(regions)}" if regions else "the country alone"
        return f"{country} has no region {region} with public holidays of its own; write {known}"
    return ""
