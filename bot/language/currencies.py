"""Which currencies there are, by Babel's data (Unicode CLDR)."""

from __future__ import annotations

from functools import cache


@cache
def current_currencies() -> frozenset[str]:
    """The ISO 4217 codes of all money that is legal tender somewhere today."""
    from babel.core import get_global

    used = get_global("territory_currencies").values()
    return frozenset(code for money in used for code, _, ends, is_tender in money if ends is None and is_tender)
