"""The rules of remedies: what fits which behaviour, what a trial may look like, and how it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.catalogue import GOOD
from bot.domain.errors import (
    ChoiceUnknownError,
    NumberInvalidError,
    RemedyDatesError,
    RemedyStartError,
    TextMissingError,
    TextTooLongError,
)
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.score import ScoredFlag

USUAL_DAYS = 30
"""How long a trial lasts unless somebody says otherwise."""

MAX_STARTED_DAYS_AGO = 31
"""A trial that began at most so many days ago can still be noted."""

MAX_DAYS = 366
MAX_TEXT_LENGTH = 1000
MAX_POINTS = 1000

SUGGESTIONS: dict[str, tuple[RemedyKind, ...]] = {
    "late_payment": (
        RemedyKind.CONVERSATION,
        RemedyKind.PAYMENT_PLAN,
        RemedyKind.PREPAYMENT,
        RemedyKind.FINAL_WARNING,
    ),
    "integrity": (
        RemedyKind.CONVERSATION,
        RemedyKind.WRITTEN_BOUNDARY,
        RemedyKind.NEW_AGREEMENT,
        RemedyKind.FINAL_WARNING,
    ),
    "demanding": (
        RemedyKind.WRITTEN_BOUNDARY,
        RemedyKind.NEW_AGREEMENT,
        RemedyKind.HIGHER_PRICE,
        RemedyKind.CHANGED_APPROACH,
    ),
    "disrespect": (
        RemedyKind.CONVERSATION,
        RemedyKind.OTHER_CONTACT,
        RemedyKind.PAUSE,
        RemedyKind.FINAL_WARNING,
    ),
    "haggling": (
        RemedyKind.CONVERSATION,
        RemedyKind.NEW_AGREEMENT,
        RemedyKind.HIGHER_PRICE,
        RemedyKind.PREPAYMENT,
    ),
}
"""What is worth trying first, by the behaviour that troubles most."""

_ALWAYS = (RemedyKind.CONVERSATION, RemedyKind.WRITTEN_BOUNDARY, RemedyKind.CHANGED_APPROACH)
_UNDER_WAY = (RemedyState.RUNNING, RemedyState.TO_CONFIRM)


class RemedyDraft(Struct, frozen=True):
    """A trial as somebody proposes it; see `Remedy` for its parts."""

    kind: RemedyKind
    description: str
    owner_id: int
    starts_on: date
    ends_on: date
    test: SuccessTest
    test_category: str | None = None
    test_points: float | None = None


class Judgement(Struct, frozen=True):
    """What the figures say of a trial: new flags of the kind that it looks at, and the score at its end."""

    outcome: RemedyOutcome
    flags: int
    score: float


def suggestions(category: str | None) -> tuple[RemedyKind, ...]:
    """What to offer first for a behaviour category, at least three; without one, what always fits."""
    return SUGGESTIONS.get(category or "", _ALWAYS)


def checked(draft: RemedyDraft, today: date, categories: Sequence[str]) -> RemedyDraft:
    """The draft as it is kept.

    Raises `TextMissingError`, `TextTooLongError`, `RemedyStartError`, `RemedyDatesError`, `NumberInvalidError` or
    `ChoiceUnknownError`, each with the name of the part as its field.
    """
    text = draft.description.strip()
    if not text:
        raise TextMissingError(field="description")
    if len(text) > MAX_TEXT_LENGTH:
        raise TextTooLongError(field="description", length=len(text), longest=MAX_TEXT_LENGTH)
    if not today - timedelta(days=MAX_STARTED_DAYS_AGO) <= draft.starts_on <= today + timedelta(days=MAX_DAYS):
        raise RemedyStartError(field="starts_on", days=MAX_STARTED_DAYS_AGO)
    last = draft.starts_on + timedelta(days=MAX_DAYS)
    if draft.ends_on <= draft.starts_on or draft.ends_on < today or draft.ends_on > last:
        raise RemedyDatesError(field="ends_on")
    is_by_flags = draft.test is SuccessTest.NO_NEW_FLAG
    if is_by_flags and draft.test_category is not None and draft.test_category not in categories:
        raise ChoiceUnknownError(field="test")
    points = draft.test_points if draft.test is SuccessTest.SCORE_BELOW else None
    if draft.test is SuccessTest.SCORE_BELOW and (points is None or not 0 < points <= MAX_POINTS):
        raise NumberInvalidError(field="test_points", least=1, most=MAX_POINTS)
    return RemedyDraft(
        kind=draft.kind,
        description=text,
        owner_id=draft.owner_id,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        test=draft.test,
        test_category=draft.test_category if is_by_flags else None,
        test_points=points,
    )


def judge(remedy: Remedy, flags: Iterable[ScoredFlag], score: float) -> Judgement:
    """What came of `remedy` by its own test; `flags` are the client's open flags, `score` the one at its end.

    A flag counts against it from the day after its start up to its last day: what happened on the day itself may
    have been the reason to begin.
    """
    count = sum(_counts_against(remedy, flag) for flag in flags)
    if remedy.test is SuccessTest.BY_OWNER:
        return Judgement(RemedyOutcome.UNCLEAR, count, score)
    has_worked = count == 0 if remedy.test is SuccessTest.NO_NEW_FLAG else score < (remedy.test_points or 0.0)
    return Judgement(RemedyOutcome.WORKED if has_worked else RemedyOutcome.DID_NOT_WORK, count, score)


def _counts_against(remedy: Remedy, flag: ScoredFlag) -> bool:
    if not remedy.starts_on < flag.happened_on <= remedy.ends_on or flag.category == GOOD:
        return False
    return remedy.test_category is None or flag.category == remedy.test_category


def is_under_way(remedy: Remedy) -> bool:
    """Whether a remedy still runs or waits for its owner's word."""
    return remedy.state in _UNDER_WAY


def outcome_together(ended: Remedy, others: Iterable[Remedy]) -> RemedyOutcome | None:
    """What came of all that was tried at the same time as `ended`, in any order; `None` while one is under way.

    One that did not work outweighs the others, and one that is unclear outweighs those that worked.
    """
    group = [ended, *(other for other in others if other.id != ended.id and _overlap(ended, other))]
    if any(is_under_way(remedy) for remedy in group):
        return None
    outcomes = {remedy.outcome for remedy in group}
    for outcome in (RemedyOutcome.DID_NOT_WORK, RemedyOutcome.UNCLEAR):
        if outcome in outcomes:
            return outcome
    return RemedyOutcome.WORKED


def _overlap(one: Remedy, other: Remedy) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def has_failed(remedies: Iterable[Remedy]) -> bool:
    """Whether something was tried in earnest and did not work: what parting as a last resort asks for."""
    return any(remedy.outcome is RemedyOutcome.DID_NOT_WORK for remedy in remedies)
