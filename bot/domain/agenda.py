"""The agenda of a debrief, which writes itself from what is known: at most ten lines of what happened, and figures.

It names nobody, and nothing in it was typed by anybody but the reasons of the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from bot.domain.catalogue import GOOD
from bot.domain.checklist import Item, ItemState
from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.dossier import by_category
from bot.domain.evaluation import ClientStatement
from bot.domain.farewell.closing_terms import Term
from bot.domain.look_back import Balance
from bot.domain.model import Alert, AlertState, Discussion, Level
from bot.domain.remedies import Remedy, RemedyOutcome, RemedyState
from bot.domain.score import ScoredFlag
from bot.domain.timetable import local_today

_Thing = TypeVar("_Thing")

MAX_LINES = 10


class Happened(StrEnum):
    """What a line of the timeline tells of."""

    FLAG = "flag"
    WATCHED = "watched"
    ALERT = "alert"
    TALK = "talk"
    STATEMENT = "statement"
    TRIAL = "trial"
    DECISION = "decision"
    LETTER = "letter"
    LEFT = "left"


class Weight(IntEnum):
    """What gives way first where there are more lines than fit."""

    SMALL = 1
    SOME = 2
    TALKED = 3
    TRIED = 4
    GRAVE = 5
    FIRST = 6
    DECIDED = 7
    END = 8


class Line(Struct, frozen=True):
    """One thing that happened. `code` is a category, a level, a kind of trial or an outcome, `more` its outcome."""

    on: date
    what: Happened
    code: str = ""
    more: str = ""
    severity: int = 0


class Figures(Struct, frozen=True):
    """The case in figures; days are calendar days, `None` where one of the two moments is not known.

    `amounts` has one sum for each currency. `score` is that of the moment of the decision.
    """

    flags: int
    people: int
    good: int
    categories: tuple[tuple[str, int], ...]
    score: float | None
    hours: Decimal | None
    amounts: tuple[tuple[str, Decimal], ...]
    days_to_talk: int | None
    days_to_decision: int | None
    days_to_end: int | None


class Tried(Struct, frozen=True):
    """A trial, and what came of it; no outcome where it was called off or nobody said."""

    kind: str
    starts_on: date
    ends_on: date
    outcome: RemedyOutcome | None
    is_called_off: bool


class FollowedThrough(Struct, frozen=True):
    """How much of the checklist after the letter is done, and how much of that came after its day."""

    points: int
    done: int
    late: int


class Ending(Struct, frozen=True):
    """How the letter and what followed went, as far as it is noted.

    `planned_on` is the last day that was decided, `left_on` the day on which they left; `missing` are the terms that a
    letter needs and nobody has filled in. `checklist` is `None` where no letter was followed through.
    """

    planned_on: date | None
    left_on: date | None
    letter_sent_on: date | None
    terms: int
    missing: tuple[Term, ...]
    checklist: FollowedThrough | None = None


class Agenda(Struct, frozen=True):
    """What a debrief starts from; `left_out` counts what happened and is in none of the lines."""

    lines: tuple[Line, ...]
    left_out: int
    decision: Decision | None
    forecast: Balance | None
    tried: tuple[Tried, ...]
    ending: Ending
    figures: Figures


class AgendaFacts(Struct, frozen=True):
    """What an agenda is made of: everything of one client, in any order; `zone` is the workspace's.

    `forecasts` has what was expected of decisions, by their ids.
    """

    zone: str
    flags: tuple[ScoredFlag, ...]
    people: int
    alerts: tuple[Alert, ...]
    discussions: tuple[Discussion, ...]
    remedies: tuple[Remedy, ...]
    statements: tuple[ClientStatement, ...]
    decisions: tuple[Decision, ...]
    left_on: date | None
    terms: int
    missing: tuple[Term, ...]
    hours: Decimal | None
    amounts: tuple[tuple[str, Decimal], ...]
    forecasts: Mapping[int, Balance] = MappingProxyType({})
    checklist: tuple[Item, ...] = ()


def agenda_of(facts: AgendaFacts) -> Agenda:
    """The agenda that facts come to; what weighs least is left out where there are more than ten lines."""
    weighed = sorted(_lines(facts), key=lambda pair: (pair[0], pair[1].on), reverse=True)
    shown = sorted((line for _, line in weighed[:MAX_LINES]), key=lambda line: (line.on, _ORDER[line.what]))
    decision = _last_decision(facts)
    return Agenda(
        lines=tuple(shown),
        left_out=len(weighed) - len(shown),
        decision=decision,
        forecast=facts.forecasts.get(decision.id) if decision else None,
        tried=tuple(_tried(one) for one in sorted(facts.remedies, key=lambda one: (one.starts_on, one.id))),
        ending=_ending(facts, decision),
        figures=_figures(facts, decision),
    )


_ORDER = {what: place for place, what in enumerate(Happened)}


def _lines(facts: AgendaFacts) -> Iterator[tuple[Weight, Line]]:
    first = min(facts.flags, key=lambda flag: (flag.happened_on, flag.id), default=None)
    for flag in facts.flags:
        yield (
            Weight.FIRST if flag is first else _weight_of(flag),
            Line(flag.happened_on, Happened.FLAG, flag.category, severity=flag.severity),
        )
    for alert in facts.alerts:
        if alert.state is not AlertState.TAKEN_BACK:
            is_grave = alert.level is Level.DISCUSS
            what = Happened.ALERT if is_grave else Happened.WATCHED
            yield Weight.SOME, Line(local_today(alert.raised_at, facts.zone), what)
    for discussion in facts.discussions:
        opened_on = local_today(discussion.opened_at, facts.zone)
        yield Weight.TRIED, Line(opened_on, Happened.TALK, discussion.code)
    for statement in facts.statements:
        yield Weight.TALKED, Line(statement.said_on, Happened.STATEMENT, statement.source.value)
    for remedy in facts.remedies:
        if remedy.state is not RemedyState.CALLED_OFF:
            outcome = remedy.outcome.value if remedy.outcome else ""
            yield Weight.TRIED, Line(remedy.starts_on, Happened.TRIAL, remedy.kind.value, outcome)
    for decision in facts.decisions:
        if decision.state is DecisionState.TAKEN:
            made_on = local_today(decision.confirmed_at or decision.made_at, facts.zone)
            yield Weight.DECIDED, Line(made_on, Happened.DECISION, decision.outcome.value)
            if decision.letter_sent_at is not None:
                yield Weight.DECIDED, Line(local_today(decision.letter_sent_at, facts.zone), Happened.LETTER)
    if facts.left_on is not None:
        yield Weight.END, Line(facts.left_on, Happened.LEFT)


def _weight_of(flag: ScoredFlag) -> Weight:
    if flag.category == GOOD:
        return Weight.SOME
    return {3: Weight.SOME, 4: Weight.GRAVE}.get(flag.severity, Weight.SMALL)


def _last_decision(facts: AgendaFacts) -> Decision | None:
    """The decision that the end came from: the last one to part, or else the last one that stands."""
    standing = [one for one in facts.decisions if one.state is DecisionState.TAKEN]
    parting = [one for one in standing if one.outcome is DecisionOutcome.PART]
    return max(parting or standing, key=lambda one: one.id, default=None)


def _tried(remedy: Remedy) -> Tried:
    is_called_off = remedy.state is RemedyState.CALLED_OFF
    return Tried(remedy.kind.value, remedy.starts_on, remedy.ends_on, remedy.outcome, is_called_off)


def _ending(facts: AgendaFacts, decision: Decision | None) -> Ending:
    is_to_part = decision is not None and decision.outcome is DecisionOutcome.PART
    sent_at = decision.letter_sent_at if decision else None
    return Ending(
        planned_on=decision.next_on if decision and is_to_part else None,
        left_on=facts.left_on,
        letter_sent_on=local_today(sent_at, facts.zone) if sent_at else None,
        terms=facts.terms,
        missing=facts.missing if is_to_part else (),
        checklist=_followed_through(facts, decision) if decision else None,
    )


def _followed_through(facts: AgendaFacts, decision: Decision) -> FollowedThrough | None:
    items = [item for item in facts.checklist if item.decision_id == decision.id]
    done = [item for item in items if item.state is ItemState.DONE]
    late = sum(item.at is not None and local_today(item.at, facts.zone) > item.due_on for item in done)
    return FollowedThrough(len(items), len(done), late) if items else None


def _figures(facts: AgendaFacts, decision: Decision | None) -> Figures:
    bad = [flag for flag in facts.flags if flag.category != GOOD]
    first = _earliest(bad, lambda flag: flag.happened_on)
    talk = _earliest(facts.discussions, lambda one: local_today(one.opened_at, facts.zone))
    made: datetime | None = (decision.confirmed_at or decision.made_at) if decision else None
    decided = local_today(made, facts.zone) if made else None
    return Figures(
        flags=len(bad),
        people=facts.people,
        good=len(facts.flags) - len(bad),
        categories=by_category(bad),
        score=decision.snapshot.get("score") if decision else None,
        hours=facts.hours,
        amounts=facts.amounts,
        days_to_talk=_days(first, talk),
        days_to_decision=_days(talk, decided),
        days_to_end=_days(decided, facts.left_on),
    )


def _earliest(things: Iterable[_Thing], day_of: Callable[[_Thing], date]) -> date | None:
    return min(map(day_of, things), default=None)


def _days(since: date | None, until: date | None) -> int | None:
    if since is None or until is None or until < since:
        return None
    return (until - since).days
