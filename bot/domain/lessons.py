"""Lessons: what a team changes after a client has left, as frozen data and with their rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.errors import ChoiceUnknownError, LessonDateError
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import required_text

MAX_LESSONS = 3
"""How many lessons one debrief comes to; what else was proposed stays in its summary."""

MAX_TEXT_LENGTH = 500
MAX_DAYS = 366
USUAL_DAYS = 30
"""By when a change is made, unless somebody says otherwise."""

ASKED_AGAIN_AFTER = timedelta(days=14)
"""How long after one reminder the next one follows, until the change is made or dropped."""

REVIEWED_AFTER = timedelta(days=90)
"""How long after it was noted a lesson is asked about: done, and did it help?"""

FEW_CLIENTS = 10
"""Fewer newer clients than this say little about whether a lesson helped."""


class LessonHead(StrEnum):
    """What a lesson improves."""

    SCREENING = "screening"
    EXPECTATIONS = "expectations"
    TRAINING = "training"


class LessonState(StrEnum):
    """A lesson is open until its change is made, or dropped with a reason."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Helped(StrEnum):
    """What its owner says of a lesson after ninety days."""

    YES = "yes"
    NO = "no"
    TOO_EARLY = "too_early"


class LessonDraft(Struct, frozen=True):
    """A lesson as somebody fills it in."""

    change: str
    owner_id: int | None
    due_on: date | None
    head: LessonHead | None


class Lesson(Struct, frozen=True):
    """A change that somebody makes by a day. `category` is the behaviour that troubled most, if any was flagged.

    `settled_at` is when it was made or dropped; `reviewed_at` when it was said whether it `helped`.
    """

    id: int
    workspace_id: int
    client_id: int
    debrief_id: int
    change: str
    owner_id: int
    due_on: date
    head: LessonHead
    category: str
    added_by_id: int
    added_at: datetime
    state: LessonState = LessonState.OPEN
    settled_by_id: int | None = None
    settled_at: datetime | None = None
    dropped_because: str = ""
    reviewed_by_id: int | None = None
    reviewed_at: datetime | None = None
    helped: Helped | None = None
    review_note: str = ""


class ComeBack(Struct, frozen=True):
    """How often a behaviour came back with newer clients: of `newer` that came since, `flagged` were flagged for it."""

    newer: int
    flagged: int

    @property
    def says_little(self) -> bool:
        """Whether there are too few newer clients to tell anything."""
        return self.newer < FEW_CLIENTS


def is_filled_in(draft: LessonDraft) -> bool:
    """Whether anything that belongs to a lesson of its own was said: an owner, a day and a head stand there anyway."""
    return bool(draft.change.strip())


def checked(drafts: Sequence[LessonDraft], today: date) -> list[LessonDraft]:
    """The lessons that were filled in, fit to be kept.

    Raises what is missing or wrong with a field such as `owner:2`: what it is about, and the place of the lesson.
    """
    return [_checked(draft, place, today) for place, draft in enumerate(drafts) if is_filled_in(draft)]


def _checked(draft: LessonDraft, place: int, today: date) -> LessonDraft:
    with at_field(f"change:{place}"):
        change = required_text(draft.change, MAX_TEXT_LENGTH)
    if draft.owner_id is None:
        raise ChoiceUnknownError(field=f"owner:{place}")
    if draft.head is None:
        raise ChoiceUnknownError(field=f"head:{place}")
    with at_field(f"due:{place}"):
        due_on = checked_day(draft.due_on, today)
    return LessonDraft(change, draft.owner_id, due_on, draft.head)


def checked_day(day: date | None, today: date) -> date:
    """A day by which a change is made; raises `LessonDateError` for one that is over or more than a year ahead."""
    last = today + timedelta(days=MAX_DAYS)
    if day is None or not today <= day <= last:
        raise LessonDateError(first=today, last=last)
    return day


def checked_reason(raw: str) -> str:
    """Why a change is dropped; raises `TextMissingError` or `TextTooLongError`."""
    return required_text(raw, MAX_TEXT_LENGTH)
