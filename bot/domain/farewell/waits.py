"""What a farewell has to wait for: a warning that was sent, and time to mend; and when somebody need not wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.errors import FlagclientError
from bot.domain.farewell.drafting import LetterContent, LetterEvent, LetterEventKind
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.message import N_


class WarningFirstError(FlagclientError):
    """A letter has to wait for a warning that was not sent."""

    message = N_(
        "First comes a written warning about this behaviour, and then {days} days to mend. None is marked as sent yet."
    )


class WaitRunsError(FlagclientError):
    """The time to mend still runs."""

    message = N_("The time to mend runs until {date}. The letter can be approved after that.")


class Warned(Struct, frozen=True):
    """A warning or a boundary that was sent on a day.

    `reasons` are the categories that it named; one without any is about everything. `mend_by` is the day that it gave
    the client, if it gave one.
    """

    sent_on: date
    reasons: tuple[str, ...] = ()
    mend_by: date | None = None


class Wait(Struct, frozen=True):
    """How long a warning must have run: `days` for a category, over after `until`; `None` where none was sent."""

    category: str
    days: int
    until: date | None


def open_waits(
    days: Mapping[str, int], categories: Collection[str], warnings: Collection[Warned], today: date
) -> tuple[Wait, ...]:
    """What a farewell about `categories` still has to wait for on `today`, the longest wait first.

    `days` has the workspace's calendar days by category, which run from the day of a warning about that category, and
    never end before the day that the warning gave the client.
    """
    found = []
    for category in sorted(categories):
        wait = days.get(category, 0)
        about = [warned for warned in warnings if not warned.reasons or category in warned.reasons]
        ends = [max(warned.sent_on + timedelta(days=wait), warned.mend_by or date.min) for warned in about]
        until = min(ends, default=None)
        if wait and (until is None or today <= until):
            found.append(Wait(category, wait, until))
    return tuple(sorted(found, key=lambda one: (one.until is not None, -one.days, one.category)))


def warnings_of(sent: Iterable[tuple[LetterKind, LetterContent, date]]) -> tuple[Warned, ...]:
    """The warnings and boundaries among the letters that were sent to a client, each with the day on which it went.

    Those that went before a farewell belong to a relationship that ended, and count no more.
    """
    letters = list(sent)
    farewells = [sent_on for kind, _, sent_on in letters if kind is LetterKind.FAREWELL]
    since = max(farewells, default=date.min)
    return tuple(
        Warned(sent_on, content.reasons, content.ask_by)
        for kind, content, sent_on in letters
        if kind is not LetterKind.FAREWELL and sent_on >= since
    )


def plea_of(events: Sequence[LetterEvent]) -> LetterEvent | None:
    """The newest plea not to wait that nobody has granted; of an earlier decision none counts."""
    asked = [event for event in _since_taken_up(events) if event.kind is LetterEventKind.EXCEPTION_ASKED]
    return asked[-1] if asked and grant_of(events) is None else None


def grant_of(events: Sequence[LetterEvent]) -> LetterEvent | None:
    """When a second person agreed that the letter need not wait; of an earlier decision none counts."""
    granted = (event for event in _since_taken_up(events) if event.kind is LetterEventKind.EXCEPTION_GRANTED)
    return next(granted, None)


def _since_taken_up(events: Sequence[LetterEvent]) -> Sequence[LetterEvent]:
    taken_up = [at for at, event in enumerate(events) if event.kind is LetterEventKind.TAKEN_UP]
    return events[taken_up[-1] :] if taken_up else events
