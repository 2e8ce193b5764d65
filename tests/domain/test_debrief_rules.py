"""Debriefs and lessons: who is asked how often, what is shown of answers, ten lines of what happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.agenda import MAX_LINES, AgendaFacts, FollowedThrough, Happened, agenda_of
from bot.domain.checklist import Anchor, Item, ItemState
from bot.domain.debrief import DebriefAnswer, Invited, Question
from bot.domain.debrief_rules import (
    MAX_NUDGES,
    agenda_at,
    answers_shown,
    asked_again_at,
    begun_on,
    closes_at,
    has_begun,
    to_nudge,
)
from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.errors import ChoiceUnknownError, FlagclientError, LessonDateError, TextTooLongError
from bot.domain.lessons import ComeBack, LessonDraft, LessonHead, checked
from bot.domain.model import Debrief, DebriefState
from bot.domain.score import ScoredFlag
from bot.domain.timetable import local_instant
from tests.frozen_clock import MONDAY_MORNING as NOW

TODAY = date(2026, 3, 2)
PEOPLE = st.integers(1, 6)
ANSWERS = st.lists(
    st.builds(
        DebriefAnswer,
        debrief_id=st.just(1),
        person_id=PEOPLE,
        question=st.sampled_from(Question),
        text=st.sampled_from(["", "b", "a", "no deposit"]),
        answered_at=st.just(NOW),
    ),
    unique_by=lambda answer: (answer.person_id, answer.question),
    max_size=12,
)
INVITED = st.lists(
    st.builds(Invited, person_id=PEOPLE, nudges=st.integers(0, 3), away_at=st.sampled_from([None, NOW])),
    unique_by=lambda one: one.person_id,
)


def debrief(state: DebriefState = DebriefState.PLANNED, starts_at: datetime = NOW) -> Debrief:
    local_at = starts_at.astimezone(ZoneInfo("Europe/Amsterdam")).replace(tzinfo=None)
    return Debrief(1, 1, 1, state, local_at, "Europe/Amsterdam", starts_at, 0, "uid")


@given(INVITED, ANSWERS, st.sets(PEOPLE))
def test_nobody_is_nudged_who_answered_is_away_left_or_was_asked_twice(
    invited: list[Invited], answers: list[DebriefAnswer], present: set[int]
) -> None:
    asked = to_nudge(invited, present, answers)
    assert len(asked) == len(set(asked))
    by_id = {one.person_id: one for one in invited}
    for person_id, one in by_id.items():
        has_answered = any(answer.person_id == person_id and answer.text for answer in answers)
        may_be_asked = person_id in present and not has_answered and one.away_at is None and one.nudges < MAX_NUDGES
        assert (person_id in asked) is may_be_asked


@given(ANSWERS, st.permutations(range(1, 7)))
def test_what_is_shown_of_answers_does_not_depend_on_who_gave_them(
    answers: list[DebriefAnswer], others: list[int]
) -> None:
    exchanged = [replace(answer, person_id=others[answer.person_id - 1]) for answer in answers]
    assert answers_shown(answers) == answers_shown(reversed(exchanged))
    shown = [text for one in answers_shown(answers) for text in one.texts]
    assert sorted(shown) == sorted(answer.text for answer in answers if answer.text)


def test_answers_are_hidden_until_it_begins() -> None:
    second = timedelta(seconds=1)
    assert not has_begun(debrief(), NOW - second)
    assert has_begun(debrief(), NOW)
    assert not has_begun(debrief(DebriefState.CANCELLED), NOW + second)
    assert has_begun(debrief(DebriefState.TOOK_PLACE), NOW - second)


class DutchDays:
    """Working days in the Netherlands, holidays left out."""

    _days = holidays.country_holidays("NL")

    def is_working_day(self, day: date) -> bool:
        return day.isoweekday() <= 5 and day not in self._days


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times())
def test_what_comes_around_a_debrief_is_on_working_days_in_order(day: date, at: Any) -> None:
    calendar, local_at = DutchDays(), datetime.combine(day, at)
    ahead, again, closes = agenda_at(local_at, calendar), asked_again_at(day, calendar), closes_at(day, calendar)
    assert ahead.date() < day < again.date() < closes.date()
    for moment in (ahead, again, closes):
        assert calendar.is_working_day(moment.date())
    between = [ahead.date() + timedelta(days=step) for step in range(1, (day - ahead.date()).days)]
    assert sum(map(calendar.is_working_day, between)) == 1
    to_closing = [day + timedelta(days=step) for step in range(1, (closes.date() - day).days + 1)]
    assert sum(map(calendar.is_working_day, to_closing)) == 10


def test_a_bot_that_was_away_gives_as_long_from_when_it_is_back() -> None:
    assert begun_on(debrief(), NOW) == TODAY
    assert begun_on(debrief(), NOW + timedelta(days=30)) == TODAY + timedelta(days=30)
    late = local_instant(datetime(2026, 3, 2, 23, 30), "Europe/Amsterdam")  # noqa: DTZ001 (wall time)
    assert begun_on(debrief(starts_at=late), late) == TODAY


def flag(number: int, day: date, severity: int = 1, category: str = "demanding") -> ScoredFlag:
    return ScoredFlag(number, category, severity, day, number, 0)


def facts(**known: Any) -> AgendaFacts:
    nothing: dict[str, Any] = {
        "flags": (),
        "people": 0,
        "alerts": (),
        "discussions": (),
        "remedies": (),
        "statements": (),
        "decisions": (),
        "left_on": None,
        "terms": 0,
        "missing": (),
        "hours": None,
        "amounts": (),
    }
    return AgendaFacts(zone="Europe/Amsterdam", **{**nothing, **known})


def decision(**parts: Any) -> Decision:
    taken = {"outcome": DecisionOutcome.PART, "state": DecisionState.TAKEN, "reason": "", "next_on": TODAY, **parts}
    return Decision(1, 1, 1, 1, 1, made_by_id=1, made_at=NOW, snapshot={"score": 9.5}, **taken)


def test_a_client_of_whom_nothing_is_known_has_an_agenda_too() -> None:
    agenda = agenda_of(facts())
    assert (agenda.lines, agenda.left_out, agenda.decision) == ((), 0, None)
    assert agenda.figures.flags == 0
    assert agenda.figures.days_to_talk is None


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), TODAY), st.integers(1, 4)), max_size=40))
def test_ten_lines_at_most_keep_the_first_flag_the_gravest_the_decision_and_the_end(
    events: list[tuple[date, int]],
) -> None:
    flags = tuple(flag(number, day, severity) for number, (day, severity) in enumerate(events, 1))
    agenda = agenda_of(facts(flags=flags, decisions=(decision(),), left_on=TODAY))
    assert len(agenda.lines) == min(MAX_LINES, len(events) + 2)
    assert len(agenda.lines) + agenda.left_out == len(events) + 2
    assert [line.on for line in agenda.lines] == sorted(line.on for line in agenda.lines)
    kinds = [line.what for line in agenda.lines]
    assert kinds.count(Happened.DECISION) == kinds.count(Happened.LEFT) == 1
    if flags:
        assert agenda.lines[0].on == min(one.happened_on for one in flags)
    shown = sum(line.severity == 4 for line in agenda.lines)
    assert shown >= min(sum(one.severity == 4 for one in flags), MAX_LINES - 3)


def test_figures_count_from_the_first_bad_flag_to_the_end() -> None:
    flags = (flag(1, TODAY - timedelta(days=40), category="good"), flag(2, TODAY - timedelta(days=30)))
    agenda = agenda_of(facts(flags=flags, people=2, decisions=(decision(),), left_on=TODAY + timedelta(days=7)))
    figures = agenda.figures
    assert (figures.flags, figures.good, figures.people, figures.score) == (1, 1, 2, 9.5)
    assert (figures.days_to_talk, figures.days_to_decision, figures.days_to_end) == (None, None, 7)
    assert (agenda.ending.planned_on, agenda.ending.left_on) == (TODAY, TODAY + timedelta(days=7))


def test_a_decision_that_was_reopened_or_not_confirmed_led_to_nothing() -> None:
    for state in (DecisionState.REOPENED, DecisionState.DECLINED, DecisionState.PROPOSED):
        assert agenda_of(facts(decisions=(decision(state=state),))).decision is None


def test_the_checklist_of_the_decision_that_led_to_the_end_is_counted() -> None:
    def item(number: int, state: ItemState, days_after: int, decision_id: int = 1) -> Item:
        at = NOW + timedelta(days=days_after)
        told = {"key": "", "text": "", "owner_id": 1, "due_on": TODAY, "counts_from": Anchor.END, "days": 0}
        rules = {"after": (), "two_steps": False, "needs_proof": False, "is_critical": False}
        return Item(number, 1, 1, decision_id, **told, **rules, state=state, at=at)

    items = (
        item(1, ItemState.DONE, 0),
        item(2, ItemState.DONE, 1),
        item(3, ItemState.SENT, 5),
        item(4, ItemState.OPEN, 0, decision_id=9),
    )
    agenda = agenda_of(facts(decisions=(decision(),), checklist=items))
    assert agenda.ending.checklist == FollowedThrough(points=3, done=2, late=1)
    assert agenda_of(facts(decisions=(decision(),))).ending.checklist is None


GOOD = LessonDraft("Ask a deposit", 1, TODAY, LessonHead.SCREENING)


def test_lessons_that_nothing_was_written_in_are_none() -> None:
    assert checked([replace(GOOD, change="  "), GOOD, LessonDraft("", None, None, None)], TODAY) == [GOOD]


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        (replace(GOOD, owner_id=None), ChoiceUnknownError, "owner:1"),
        (replace(GOOD, head=None), ChoiceUnknownError, "head:1"),
        (replace(GOOD, due_on=None), LessonDateError, "due:1"),
        (replace(GOOD, due_on=TODAY - timedelta(days=1)), LessonDateError, "due:1"),
        (replace(GOOD, due_on=TODAY + timedelta(days=367)), LessonDateError, "due:1"),
        (replace(GOOD, change="x" * 501), TextTooLongError, "change:1"),
    ],
)
def test_what_is_wrong_with_a_lesson_is_said_at_its_field(
    wrong: LessonDraft, error: type[FlagclientError], field: str
) -> None:
    with pytest.raises(error) as refused:
        checked([GOOD, wrong], TODAY)
    assert refused.value.field == field


def test_few_newer_clients_say_little() -> None:
    assert ComeBack(9, 3).says_little
    assert not ComeBack(10, 3).says_little
