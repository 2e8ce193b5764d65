"""The rules of a debrief: when it has begun, what is said of the answers, whom to nudge, and when it closes by itself.

Moments are naive wall time in the debrief's zone, from which instants follow; see `bot.domain.timetable`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from msgspec import Struct

from bot.domain.debrief import DebriefAnswer, Invited, Question
from bot.domain.model import Debrief, DebriefState
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today, working_day_before

MAX_ANSWER_LENGTH = 1500
MAX_NUDGES = 2
"""How often one person is asked to answer, however often the debrief is moved."""

AHEAD_WORKING_DAYS = 2
"""How many working days ahead the agenda goes out."""

CLOSES_WORKING_DAYS = 10
"""How many working days after it began a debrief that nobody has closed closes by itself."""

MORNING = time(10, 0)
"""Local time at which the agenda goes out and a debrief closes by itself."""


class AnswersShown(Struct, frozen=True):
    """What was answered to one question, without who said what."""

    question: Question
    texts: tuple[str, ...]


def has_begun(debrief: Debrief, now: datetime) -> bool:
    """Whether what was answered can be read: before that nobody's answer is shown to anybody else."""
    return debrief.state is DebriefState.TOOK_PLACE or (
        debrief.state is DebriefState.PLANNED and debrief.starts_at <= now
    )


def answers_shown(answers: Iterable[DebriefAnswer]) -> tuple[AnswersShown, ...]:
    """The answers to each question that has any, in an order that tells nothing of who gave them."""
    texts: dict[Question, list[str]] = {question: [] for question in Question}
    for answer in answers:
        if answer.text:
            texts[answer.question].append(answer.text)
    # In the order of what they say: that of the people would be the same for each question.
    return tuple(AnswersShown(question, tuple(sorted(said))) for question, said in texts.items() if said)


def answered(answers: Iterable[DebriefAnswer]) -> frozenset[int]:
    """Who has answered: one question of the five counts as that."""
    return frozenset(answer.person_id for answer in answers if answer.text)


def to_nudge(invited: Iterable[Invited], present: Collection[int], answers: Iterable[DebriefAnswer]) -> tuple[int, ...]:
    """Whom to ask for their answers: not those who gave one, are away or have left, and nobody a third time."""
    done = answered(answers)
    return tuple(
        one.person_id
        for one in invited
        if one.person_id in present and one.person_id not in done and one.away_at is None and one.nudges < MAX_NUDGES
    )


def agenda_at(local_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When the agenda of a debrief at `local_at` goes out, and the invited are asked for their answers."""
    day = local_at.date()
    for _ in range(AHEAD_WORKING_DAYS):
        day = working_day_before(day, calendar)
    return datetime.combine(day, MORNING)


def asked_again_at(begun_on: date, calendar: WorkingCalendar) -> datetime:
    """When those who have not answered are asked again: the working day after the debrief began."""
    return datetime.combine(add_working_days(begun_on, 1, calendar), MORNING)


def closes_at(begun_on: date, calendar: WorkingCalendar) -> datetime:
    """When a debrief that began on a day closes by itself."""
    return datetime.combine(add_working_days(begun_on, CLOSES_WORKING_DAYS, calendar), MORNING)


def begun_on(debrief: Debrief, now: datetime) -> date:
    """The day on which people could first take part: a bot that was away at that moment counts from when it is back."""
    return local_today(max(debrief.starts_at, now), debrief.zone)
