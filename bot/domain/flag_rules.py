"""What a flag may say, how long it can be changed, and when two flags may tell of one event.

A draft holds what a person typed or chose, unread; `checked` reads all of it, so that every problem can be shown at
its own field at once. Nothing is ever cut off silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from bot.domain.amounts import read_number
from bot.domain.catalogue import GOOD, GOOD_POINTS, POINTS, SIGNALS
from bot.domain.errors import (
    ChoiceUnknownError,
    ClientNameInvalidError,
    DateUnreadableError,
    FlagclientError,
    HappenedInFutureError,
    HappenedTooLongAgoError,
    LinkInvalidError,
    TextMissingError,
    TextTooLongError,
)
from bot.domain.model import Flag, FlagContent
from bot.domain.names import MAX_NAME_LENGTH, clean_name, is_visible
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag
from bot.domain.timetable import within_days

MAX_TEXT_LENGTH = 3000
"""The most characters of what happened, of a view, of a note, and of all links together."""

MAX_CONTACT_LENGTH = MAX_NAME_LENGTH
MAX_REASON_LENGTH = 300
MAX_EVIDENCE_LENGTH = 40_000
"""As long as a message can be where they come from."""

MAX_HOURS = Decimal(9999)
MAX_AMOUNT = Decimal(999_999_999)
MAX_YEARS = 10

CARE_CATEGORY = "disrespect"
CARE_FROM_SEVERITY = 3

Read = TypeVar("Read")


class FlagDraft(Struct, frozen=True):
    """A flag as typed and chosen: numbers, the date (`YYYY-MM-DD`) and the links (one a line) still as text.

    `currency` is that of an amount which was recorded before; otherwise it is the workspace's.
    """

    category: str = ""
    severity: str = ""
    happened_on: str = ""
    what_happened: str = ""
    my_view: str = ""
    signals: tuple[str, ...] = ()
    contact: str = ""
    impact_hours: str = ""
    impact_amount: str = ""
    links: str = ""
    currency: str = ""


class CheckedDraft(Struct, frozen=True):
    """What a draft came to: the content, or else every problem, each with the draft's attribute as its `field`."""

    content: FlagContent | None
    problems: tuple[FlagclientError, ...] = ()


class _Reading:
    """Reads one field after another and keeps what is wrong with each."""

    def __init__(self) -> None:
        self.problems: list[FlagclientError] = []

    def field(self, name: str, read: Callable[..., Read], *given: object, otherwise: Read) -> Read:
        """What `read` makes of what is given; `otherwise`, and the problem kept, where it refuses."""
        try:
            return read(*given)
        except FlagclientError as problem:
            problem.field = name
            self.problems.append(problem)
            return otherwise

    def optional(self, name: str, read: Callable[[str], Read], raw: str, *, nothing: Read) -> Read:
        """Like `field`, and `nothing` where nothing was typed."""
        return self.field(name, read, raw, otherwise=nothing) if raw else nothing


def checked(
    draft: FlagDraft, categories: Iterable[str], today: date, language: str = "en", currency: str = "EUR"
) -> CheckedDraft:
    """Read a draft for a workspace that has `categories` and `currency`.

    `today` is the reporter's own day; numbers are read as the reporter's `language` writes them.
    """
    reading = _Reading()
    amount = reading.field("impact_amount", read_number, draft.impact_amount, language, MAX_AMOUNT, otherwise=None)
    category = reading.field("category", _category, draft.category, categories, otherwise="")
    no_signals: tuple[str, ...] = ()
    content = FlagContent(
        category=category,
        severity=reading.field("severity", _severity, category, draft.severity, otherwise=0),
        signals=reading.field("signals", _signals, category, draft.signals, otherwise=no_signals),
        happened_on=reading.field("happened_on", happened, draft.happened_on, today, otherwise=today),
        what_happened=reading.field("what_happened", required_text, draft.what_happened, otherwise=""),
        my_view=reading.optional("my_view", text, draft.my_view, nothing=""),
        contact_name=reading.optional("contact", _contact, draft.contact, nothing=""),
        impact_hours=reading.field(
            "impact_hours", read_number, draft.impact_hours, language, MAX_HOURS, otherwise=None
        ),
        impact_amount=amount,
        impact_currency=(draft.currency or currency) if amount is not None else "",
        links=reading.optional("links", links, draft.links, nothing=()),
    )
    return CheckedDraft(None, tuple(reading.problems)) if reading.problems else CheckedDraft(content)


def text(raw: str, longest: int = MAX_TEXT_LENGTH) -> str:
    """Typed text as it is stored: trimmed, without characters that no database takes or that reorder what follows.

    Raises `TextTooLongError` over `longest` characters.
    """
    kept = without_unstorable(raw).strip()
    if len(kept) > longest:
        raise TextTooLongError(length=len(kept), longest=longest)
    return kept


def required_text(raw: str, longest: int = MAX_TEXT_LENGTH) -> str:
    """Like `text`; raises `TextMissingError` where nothing is left that can be seen."""
    kept = text(raw, longest)
    if not any(map(is_visible, kept)):
        raise TextMissingError
    return kept


def without_unstorable(raw: str) -> str:
    """`raw` without characters that no database takes or that reorder what follows."""
    if raw.isprintable():
        # Nearly every text: going over its characters takes fifty times as long.
        return raw
    return "".join(char for char in raw if char in "\n\t" or not _is_unstorable(char))


def _is_unstorable(char: str) -> bool:
    return char in "\u202a\u202b\u202d\u202e" or unicodedata.category(char) in ("Cc", "Cs")


def happened(raw: str, today: date) -> date:
    """The day of an event, written `YYYY-MM-DD`; raises one of the errors about dates."""
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        raise DateUnreadableError(text=raw.strip()[:MAX_CONTACT_LENGTH], example=today.isoformat()) from None
    if day > today:
        raise HappenedInFutureError
    if day < today - timedelta(days=round(365.25 * MAX_YEARS)):
        raise HappenedTooLongAgoError(years=MAX_YEARS)
    return day


def levels_of(category: str) -> tuple[int, ...]:
    """The severities of a category, or the sizes of something good."""
    return tuple(GOOD_POINTS if category == GOOD else POINTS)


def _category(raw: str, categories: Iterable[str]) -> str:
    if raw != GOOD and raw not in categories:
        raise ChoiceUnknownError
    return raw


def _severity(category: str, raw: str) -> int:
    level = int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 1 else 0
    if level not in levels_of(category):
        raise ChoiceUnknownError
    return level


def _signals(category: str, raw: Sequence[str]) -> tuple[str, ...]:
    if not raw:
        return ()
    known = SIGNALS.get(category, ())
    if any(signal not in known for signal in raw):
        raise ChoiceUnknownError
    return tuple(signal for signal in known if signal in raw)


def _contact(raw: str) -> str:
    name = text(" ".join(raw.split()), MAX_CONTACT_LENGTH)
    try:
        return clean_name(name)
    except ClientNameInvalidError:
        # It is short enough, so it holds nothing that can be seen: nobody was named.
        return ""


def links(raw: str) -> tuple[str, ...]:
    """Web addresses, one a line; raises `LinkInvalidError` naming the first line that is none."""
    addresses = text(raw).split("\n")
    return tuple(dict.fromkeys(_link(address.strip()) for address in addresses if address.strip()))


def _link(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(char.isspace() for char in address):
        raise LinkInvalidError(text=address[:MAX_CONTACT_LENGTH])
    return address


def may_undo(flag: Flag, now: datetime, policy: Policy) -> bool:
    """Whether a flag can still be made as if it never was."""
    return now <= flag.recorded_at + timedelta(minutes=policy.undo_minutes)


def may_edit(flag: Flag, now: datetime, policy: Policy) -> bool:
    """Whether what a flag says can still be changed."""
    return now <= flag.recorded_at + timedelta(hours=policy.edit_hours)


def needs_care(category: str, severity: int) -> bool:
    """Whether somebody should check in with the reporter the same day."""
    return category == CARE_CATEGORY and severity >= CARE_FROM_SEVERITY


def tells_of_one_event(
    flags: Iterable[ScoredFlag], category: str, happened_on: date, person_id: int, policy: Policy
) -> list[ScoredFlag]:
    """The flags of colleagues that `person_id` may join as a witness instead of flagging the same event again.

    The nearest day comes first.
    """
    near = [
        flag
        for flag in flags
        if flag.category == category
        and flag.reporter_id != person_id
        and within_days(policy.witness_days, flag.happened_on, happened_on)
    ]
    return sorted(near, key=lambda flag: (abs((flag.happened_on - happened_on).days), -flag.id))
