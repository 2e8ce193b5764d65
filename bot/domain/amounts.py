"""Numbers as people type them: "1.250,00" in Dutch, "1,250.00" in English, "12,5", "€ 1 250"."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from bot.domain.errors import AmountInvalidError, NumberAmbiguousError

MAX_NUMBER_LENGTH = 40

_CENTS = Decimal("0.01")
_AROUND = re.compile(
    r"^(?:€|\$|£|[a-z]{2}\$|eur|euros?|usd|gbp)|(?:€|\$|£|eur|euros?|usd|gbp|u|uur|uren|h|hours?)$", re.IGNORECASE
)
_NO_CENTS = re.compile(r"(?P<mark>[.,])[-–—]{1,2}$")
_BETWEEN_GROUPS = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:([.,])\d+)*?(?:[.,]\d+)?")


def read_number(typed: str, language: str, most: Decimal, least: Decimal = Decimal(0)) -> Decimal | None:
    """The number that was typed, to the cent; `None` where nothing was.

    Marks are read as the person's language writes them; where the other way is the only one that makes sense, that
    counts. Raises `NumberAmbiguousError` for what has two readings ("1.250" in English), with both, and
    `AmountInvalidError` for what is no number, or none from `least` to `most`.
    """
    if not typed:
        return None
    bare = _bare(typed)
    if not bare:
        return None
    readings = _readings(bare, language) if len(bare) <= MAX_NUMBER_LENGTH else []
    fitting = [number for number in readings if least <= number <= most]
    if len(fitting) > 1:
        raise NumberAmbiguousError(text=typed.strip(), one=fitting[0], other=fitting[1], example=example(language))
    if not fitting:
        raise AmountInvalidError(least=least, most=most, example=example(language))
    return fitting[0].quantize(_CENTS)


def needs_showing(typed: str) -> bool:
    """Whether how a number was read has to be shown back before it counts: anything but digits can be misread."""
    return bool(typed.strip()) and not typed.strip().isdecimal()


def written(number: Decimal, language: str) -> str:
    """A number as somebody types it, without marks between thousands: "1250,50"."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text and not text.rstrip("0").rpartition(".")[2] else text
    return text.replace(".", _marks(language)[1])


def example(language: str) -> str:
    """A number with both marks, as the language writes them."""
    return "1.250,50" if language == "nl" else "1,250.50"


def _marks(language: str) -> tuple[str, str]:
    """What stands between thousands and before decimals."""
    return (".", ",") if language == "nl" else (",", ".")


def _bare(typed: str) -> str:
    """What was typed without a currency, a unit, or spaces between thousands."""
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    text = _NO_CENTS.sub(r"\g<mark>00", _AROUND.sub("", _AROUND.sub("", text).strip()).strip())
    return _BETWEEN_GROUPS.sub("", text)


def _readings(text: str, language: str) -> list[Decimal]:
    """Every number that `text` may be, the language's own reading first."""
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return []
    found = [_reading(text, *marks) for marks in (_marks(language), _marks(language)[::-1])]
    own, other = found
    if own is not None and _is_usual(text, *_marks(language)):
        return [own]
    return list(dict.fromkeys(number for number in (own, other) if number is not None))


def _reading(text: str, group: str, point: str) -> Decimal | None:
    """`text` with those marks between thousands and before decimals; `None` where they stand elsewhere."""
    whole, _, decimals = text.partition(point)
    if point in decimals or group in decimals:
        return None
    first, *groups = whole.split(group)
    if groups and (len(first) > 3 or first.startswith("0") or any(len(part) != 3 for part in groups)):
        return None
    return Decimal(f"{whole.replace(group, '')}.{decimals or 0}")


def _is_usual(text: str, group: str, point: str) -> bool:
    """Whether nobody would write anything else this way: three decimals behind a point may be a thousand."""
    whole, _, decimals = text.partition(point)
    return len(decimals) != 3 or group in whole or whole == "0" or len(whole) > 3
