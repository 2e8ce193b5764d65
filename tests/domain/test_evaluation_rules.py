"""The rules of an evaluation: what views come to, when they are shown, and when people are reminded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.errors import (
    ChoiceUnknownError,
    FlagclientError,
    HappenedInFutureError,
    TextMissingError,
    TextTooLongError,
)
from bot.domain.evaluation import Round, StatementSource, TeamView, Topic, ViewChoice, ViewsShown
from bot.domain.evaluation_rules import (
    PEOPLE_FOR_COUNTS,
    QUORUM,
    TOPIC_GROUPS,
    ReminderStep,
    StatementDraft,
    answer_of,
    checked_statement,
    is_complete,
    may_show,
    newest_views,
    reason_of,
    reminder_days,
    shown_as,
    tally,
    waiting_for,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 9)
ROUND = Round(discussion_id=1, number=1, begun_at=NOW, views_by=MONDAY)

choices = st.sampled_from(ViewChoice)
people = st.sets(st.integers(1, 9))


def view(person_id: int, choice: ViewChoice, reason: str = "Because.") -> TeamView:
    return TeamView(1, 1, person_id, choice, reason, deals_with=False, given_at=NOW)


def views_of(chosen: list[ViewChoice]) -> list[TeamView]:
    return [view(person, choice) for person, choice in enumerate(chosen, 1)]


class Weekdays:
    """Monday to Friday, less some days off."""

    def __init__(self, *days_off: date) -> None:
        self._days_off = days_off

    def is_working_day(self, day: date) -> bool:
        return day.isoweekday() <= 5 and day not in self._days_off


@given(st.lists(choices), st.randoms())
def test_a_tally_does_not_depend_on_the_order_of_answers(chosen: list[ViewChoice], random: Random) -> None:
    views = views_of(chosen)
    shuffled = list(views)
    random.shuffle(shuffled)
    assert tally(shuffled) == tally(views)


@given(st.lists(choices))
def test_a_tally_counts_everybody_once_and_no_view_as_no_opinion(chosen: list[ViewChoice]) -> None:
    found = tally(views_of(chosen))
    assert [choice for choice, _ in found.counts] == list(ViewChoice)
    assert sum(count for _, count in found.counts) == len(chosen)
    assert found.opinions == len([choice for choice in chosen if choice is not ViewChoice.NO_VIEW])
    assert found.has_quorum == (found.opinions >= QUORUM)


@given(st.lists(choices))
def test_a_majority_is_more_than_half_of_the_opinions(chosen: list[ViewChoice]) -> None:
    found, counts = tally(views_of(chosen)), {choice: chosen.count(choice) for choice in ViewChoice}
    winners = [one for one in ViewChoice if one is not ViewChoice.NO_VIEW and counts[one] * 2 > found.opinions]
    assert [found.majority] == (winners or [None])
    assert found.is_unanimous == (
        found.opinions > 0 and found.opinions in [counts[one] for one in list(ViewChoice)[:3]]
    )


def test_opposites_are_a_disagreement_and_not_something_between() -> None:
    found = tally(views_of([ViewChoice.KEEP, ViewChoice.PART]))
    assert (found.majority, found.is_unanimous) == (None, False)


@given(st.lists(st.tuples(st.integers(1, 4), choices)))
def test_the_newest_view_of_each_person_counts(given_views: list[tuple[int, ViewChoice]]) -> None:
    newest = newest_views(view(person, choice) for person, choice in given_views)
    assert {one.person_id: one.choice for one in newest} == dict(given_views)
    assert [one.person_id for one in newest] == sorted(dict(given_views))


@given(people, people, people)
def test_nobody_waits_for_who_is_away_has_answered_or_was_not_asked(
    asked: set[int], away: set[int], answered: set[int]
) -> None:
    waiting = waiting_for(asked, away, answered)
    assert set(waiting) <= asked
    assert not set(waiting) & (away | answered)
    assert is_complete(asked, away, answered) == (not waiting and bool(answered))


@given(
    complete=st.booleans(),
    has_quorum=st.booleans(),
    days=st.integers(-10, 10),
    shown=st.booleans(),
    moved=st.booleans(),
    ended=st.booleans(),
)
def test_views_are_shown_for_three_reasons_only(
    complete: bool, has_quorum: bool, days: int, shown: bool, moved: bool, ended: bool
) -> None:
    one = replace(
        ROUND,
        shown_at=NOW if shown else None,
        extended_at=NOW if moved else None,
        ended_at=NOW if ended else None,
    )
    is_over = days > 0 and (has_quorum or moved or ended)
    today = MONDAY + timedelta(days=days)
    assert may_show(one, complete=complete, has_quorum=has_quorum, today=today) == (shown or complete or is_over)


def test_the_day_of_the_deadline_counts_as_a_whole() -> None:
    assert not may_show(ROUND, complete=False, has_quorum=True, today=MONDAY)
    assert may_show(ROUND, complete=False, has_quorum=True, today=MONDAY + timedelta(days=1))


def test_counts_are_not_offered_where_they_would_hide_nobody() -> None:
    assert shown_as(ViewsShown.COUNTS, PEOPLE_FOR_COUNTS) is ViewsShown.COUNTS
    assert shown_as(ViewsShown.COUNTS, PEOPLE_FOR_COUNTS - 1) is ViewsShown.NAMES
    assert shown_as(ViewsShown.NAMES, 20) is ViewsShown.NAMES


def test_every_view_but_no_view_has_a_reason_that_can_be_seen() -> None:
    assert reason_of(ViewChoice.NO_VIEW, "  ") == ""
    assert reason_of(ViewChoice.KEEP, " They pay. ") == "They pay."
    for choice in (ViewChoice.KEEP, ViewChoice.PUT_RIGHT, ViewChoice.PART):
        with pytest.raises(TextMissingError) as missing:
            reason_of(choice, " \u200b ")
        assert missing.value.field == "reason"
    with pytest.raises(TextTooLongError) as too_long:
        reason_of(ViewChoice.NO_VIEW, "x" * 1001)
    assert too_long.value.field == "reason"


def test_an_answer_may_be_empty_and_is_never_cut() -> None:
    assert answer_of(Topic.LEGAL, " ") == ""
    with pytest.raises(TextTooLongError) as too_long:
        answer_of(Topic.LEGAL, "x" * 1501)
    assert too_long.value.field == "legal"


def test_every_topic_is_asked_once() -> None:
    assert sorted(topic for group in TOPIC_GROUPS for topic in group) == sorted(Topic)


STATEMENT = StatementDraft("You were late too.", "We were.", "2026-03-01", "phone")


def test_the_clients_side_has_a_date_and_a_source() -> None:
    content = checked_statement(STATEMENT, date(2026, 3, 2))
    assert (content.said_on, content.source) == (date(2026, 3, 1), StatementSource.PHONE)
    assert checked_statement(replace(STATEMENT, our_part=""), date(2026, 3, 2)).our_part == ""


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"says": " "}, TextMissingError, "statement_says"),
        ({"our_part": "x" * 3001}, TextTooLongError, "statement_our_part"),
        ({"said_on": "2026-03-03"}, HappenedInFutureError, "statement_date"),
        ({"source": "rumour"}, ChoiceUnknownError, "statement_source"),
    ],
)
def test_what_is_wrong_with_the_clients_side_is_said_at_its_field(
    change: dict[str, str], error: type[FlagclientError], field: str
) -> None:
    with pytest.raises(error) as refused:
        checked_statement(replace(STATEMENT, **change), date(2026, 3, 2))
    assert refused.value.field == field


def test_people_are_reminded_two_working_days_before_and_on_the_day() -> None:
    assert reminder_days(MONDAY, Weekdays()) == (
        (ReminderStep.BEFORE, date(2026, 3, 5)),
        (ReminderStep.ON_THE_DAY, MONDAY),
    )


def test_a_deadline_that_has_become_a_day_off_reminds_on_the_working_day_before() -> None:
    (_, first), (_, last) = reminder_days(MONDAY, Weekdays(MONDAY, date(2026, 3, 5)))
    assert (first, last) == (date(2026, 3, 3), date(2026, 3, 6))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sets(st.integers(0, 20)))
def test_reminders_come_on_two_working_days_in_order(views_by: date, off: set[int]) -> None:
    calendar = Weekdays(*(views_by - timedelta(days=days) for days in off))
    (_, first), (_, last) = reminder_days(views_by, calendar)
    assert first < last <= views_by
    assert calendar.is_working_day(first)
    assert calendar.is_working_day(last)
