"""Following through after a letter: what is to be done, by whom and when, in an order that locks nobody out.

The list comes from a file (see `Definition`), of which those points count that the closing terms call for. A running
case keeps the words and the order that it began with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.errors import FlagclientError
from bot.domain.farewell.closing_terms import DAYS, Term, has_any
from bot.domain.message import N_
from bot.domain.timetable import WorkingCalendar, add_working_days, working_day_before

MAX_PROOF_LENGTH = 1000
MAX_REMINDERS = 3
"""How often the owner of an item is reminded, before the client's owner is told, and then a reviewer."""


class Anchor(StrEnum):
    """What a due date counts from: the last day, or the day on which the letter was sent."""

    END = "end"
    SENT = "sent"


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """One point of the list as it stands in the file.

    It counts where the closing terms have any of what `needs` names; without one it always does. It is due `days`
    working days after (or before, with a minus sign) `counts_from`, or on the day of the term `day` where that is
    filled in. `after` names the points that have to be done first. With `two_steps` it is *sent* first and *verified*
    then; with `proof` a note or a link has to say so. `critical` points are shown before a client counts as gone.
    """

    key: str
    text: dict[str, str]
    counts_from: Anchor = Anchor.END
    days: int = 0
    needs: Term | None = None
    day: Term | None = None
    after: tuple[str, ...] = ()
    two_steps: bool = False
    proof: bool = False
    critical: bool = False


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """The file: its points, in the order in which they are shown."""

    points: tuple[Definition, ...]


class ItemState(StrEnum):
    """Where an item stands."""

    OPEN = "open"
    SENT = "sent"
    DONE = "done"


class Item(Struct, frozen=True):
    """A point of one case. `due_on` counts anew when its anchor moves, unless `is_moved` by hand.

    `reminders` counts how often somebody was reminded. `at` is when it was changed last, in aware UTC.
    """

    id: int
    workspace_id: int
    client_id: int
    decision_id: int
    key: str
    text: str
    owner_id: int
    due_on: date
    counts_from: Anchor
    days: int
    after: tuple[str, ...]
    two_steps: bool
    needs_proof: bool
    is_critical: bool
    day: Term | None = None
    state: ItemState = ItemState.OPEN
    is_moved: bool = False
    reminders: int = 0
    proof: str = ""
    moved_because: str = ""
    done_by_id: int | None = None
    at: datetime | None = None


class OutOfOrderError(FlagclientError):
    """An item is done before what has to come first."""

    message = N_("First comes: {first}. In this order nobody is locked out and nothing is lost.")


class ProofMissingError(FlagclientError):
    """An item is done without the proof that it asks for."""

    message = N_("Say in a few words, or with a link, how you know: later nobody can ask any more.")


class DayPassedError(FlagclientError):
    """An item is moved to a day that is over."""

    message = N_("That day is over. Choose today or a later one.")


def counting(definitions: Iterable[Definition], terms: Mapping[Term, str]) -> tuple[Definition, ...]:
    """The points that a case has: those whose term says that there is any of it."""
    return tuple(one for one in definitions if one.needs is None or has_any(terms, one.needs))


def due_on(
    anchor: Anchor,
    days: int,
    day: Term | None,
    *,
    ends_on: date,
    sent_on: date,
    terms: Mapping[Term, str],
    calendar: WorkingCalendar,
) -> date:
    """When a point is due: on the day that was agreed, or so many working days from its anchor; never before `sent_on`.

    The agreed day stands as it is; a counted one is a working day.
    """
    if day in DAYS and terms.get(day):
        return max(date.fromisoformat(terms[day]), sent_on)
    start = ends_on if anchor is Anchor.END else sent_on
    counted = add_working_days(start, max(days, 0), calendar)
    if days < 0:
        counted = start
        for _ in range(-days):
            counted = working_day_before(counted, calendar)
    return max(counted, add_working_days(sent_on, 0, calendar))


def blocking(item: Item, items: Sequence[Item]) -> tuple[Item, ...]:
    """What has to be done before an item: those that it comes after and that are not done."""
    return tuple(one for one in items if one.key in item.after and one.state is not ItemState.DONE)


def refuse_unless_next(item: Item, items: Sequence[Item]) -> None:
    """Raise `OutOfOrderError` where something has to be done before an item."""
    first = blocking(item, items)
    if first:
        raise OutOfOrderError(first=first[0].text)


def what_is_wrong(checklist: Checklist, languages: Sequence[str]) -> str:
    """Why a file cannot be used, as the end of a sentence in English; empty where it can."""
    keys = [one.key for one in checklist.points]
    for number, one in enumerate(checklist.points):
        if keys.count(one.key) > 1:
            return f"the key “{one.key}” stands there twice"
        if missing := [code for code in languages if not one.text.get(code, "").strip()]:
            return f"“{one.key}” has no text in {', '.join(missing)}"
        if unknown := [key for key in one.after if key not in keys[:number]]:
            return f"“{one.key}” comes after “{unknown[0]}”, which is not above it"
    return ""
