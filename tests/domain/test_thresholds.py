"""Levels: the rules on both sides of every boundary, one alert a level, and what would change it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.catalogue import CATEGORIES, GOOD
from bot.domain.model import ClientStage, Level, Standing
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag, weightless_before
from bot.domain.thresholds import (
    Change,
    Confidence,
    Rule,
    assess,
    confidence,
    fires,
    rearmed,
    standing_of,
    what_would_change,
    why_watched,
)

ON = date(2026, 6, 15)
POLICY = Policy()
NONE, WATCH, DISCUSS = Level.NONE, Level.WATCH, Level.DISCUSS


def flag(
    id: int = 1,
    severity: int = 2,
    reporter: int = 1,
    days_ago: int = 0,
    witnesses: int = 0,
    category: str = "integrity",
) -> ScoredFlag:
    return ScoredFlag(id, category, severity, ON - timedelta(days=days_ago), reporter, witnesses)


def irritations(
    reporters: Sequence[int], days_ago: Sequence[int] = (0, 0, 0), category: str = "haggling"
) -> list[ScoredFlag]:
    return [
        flag(n, 1, who, days, category=category) for n, (who, days) in enumerate(zip(reporters, days_ago, strict=True))
    ]


@pytest.mark.parametrize(
    ("flags", "level", "met"),
    [
        pytest.param([], NONE, None, id="nothing"),
        pytest.param([flag(severity=3)], WATCH, Rule.SCORE, id="exactly watch"),
        pytest.param([flag(severity=3, days_ago=1)], NONE, None, id="just under watch"),
        pytest.param([flag(1, 3), flag(2, 3)], WATCH, Rule.SCORE, id="six of one person"),
        pytest.param([flag(1, 3), flag(2, 3, reporter=2)], DISCUSS, Rule.SCORE, id="exactly discuss, two people"),
        pytest.param([flag(1, 3), flag(2, 3, 2, days_ago=1)], WATCH, Rule.SCORE, id="just under discuss"),
        pytest.param(
            [flag(1, 3), flag(2, 3), flag(3, 3, days_ago=31)], WATCH, Rule.SCORE, id="one person over discuss"
        ),
        pytest.param(
            [flag(1, 3), flag(2, 3, witnesses=1), flag(3, 3, days_ago=31)], DISCUSS, Rule.SCORE, id="with a witness"
        ),
        pytest.param(
            [flag(1, 3), flag(2, 3), flag(3, 3, days_ago=31), flag(4, 1, 2, days_ago=388)],
            DISCUSS,
            Rule.SCORE,
            id="second person still shows",
        ),
        pytest.param(
            [flag(1, 3), flag(2, 3), flag(3, 3, days_ago=31), flag(4, 1, 2, days_ago=389)],
            WATCH,
            Rule.SCORE,
            id="second person shows no more",
        ),
        pytest.param(
            [flag(1, 3), flag(2, 3), flag(3, 3, days_ago=31), flag(4, 1, 2, category=GOOD)],
            WATCH,
            Rule.SCORE,
            id="good is nobody's complaint",
        ),
        pytest.param(irritations([1, 1, 1]), WATCH, Rule.PATTERN, id="pattern of one person"),
        pytest.param(irritations([1, 1, 2]), DISCUSS, Rule.PATTERN, id="pattern of two people"),
        pytest.param(
            [*irritations([1, 1], (0, 0)), flag(7, 1, witnesses=1, category="haggling")], DISCUSS, Rule.PATTERN
        ),
        pytest.param(irritations([1, 1, 2], (0, 30, 60)), DISCUSS, Rule.PATTERN, id="sixty days"),
        pytest.param(irritations([1, 1, 2], (0, 30, 61)), NONE, None, id="sixty-one days"),
        pytest.param(irritations([1, 1, 2], (0, 30, -1)), NONE, None, id="not yet happened"),
        pytest.param(irritations([1, 2], (0, 0)), NONE, None, id="two are no pattern"),
        pytest.param([*irritations([1, 2], (0, 0)), flag(7, 1)], NONE, None, id="two categories"),
        pytest.param(irritations([1, 2, 3], category=GOOD), NONE, None, id="good makes no pattern"),
        pytest.param([flag(severity=4)], DISCUSS, Rule.UNACCEPTABLE, id="unacceptable"),
        pytest.param([flag(severity=4, days_ago=90)], DISCUSS, Rule.UNACCEPTABLE, id="one half-life old"),
        pytest.param([flag(severity=4, days_ago=91)], NONE, None, id="over a half-life old"),
        pytest.param(
            [flag(severity=4), *[flag(n, 3, n, category=GOOD) for n in (2, 3)]],
            DISCUSS,
            Rule.UNACCEPTABLE,
            id="good outweighs no threat",
        ),
        pytest.param(
            [flag(1, 3), flag(2, 3, 2), *irritations([1, 2, 3])], DISCUSS, Rule.SCORE, id="score before pattern"
        ),
    ],
)
def test_levels_and_rules(flags: list[ScoredFlag], level: Level, met: Rule | None) -> None:
    assessment = assess(flags, POLICY, ON)
    assert (assessment.level, assessment.rule) == (level, met)


def test_a_pattern_with_enough_people_goes_before_a_longer_one_without() -> None:
    flags = [*[flag(10 + n, 1, category="demanding") for n in range(4)], *irritations([2, 2, 3])]
    figures = assess(flags, POLICY, ON).figures
    assert (figures.category, figures.category_flags, figures.category_people) == ("haggling", 3, 2)


def test_figures_are_what_the_rule_saw_and_ready_for_json() -> None:
    flags = [
        flag(1, 3, witnesses=2),
        flag(2, 1, reporter=2),
        flag(3, 1, reporter=3, category=GOOD),
        flag(4, 1, 4, 1500),
    ]
    figures = assess(flags, POLICY, ON).figures
    stored = json.loads(json.dumps(figures.as_dict()))
    assert stored.pop("score") == pytest.approx(6.0, abs=1e-3)
    assert stored == {
        "flags": 2,
        "people": 3,
        "category": "integrity",
        "category_flags": 2,
        "category_people": 3,
        "severity_4": False,
    }
    assert assess([], POLICY, ON).figures.as_dict()["category"] == ""


def test_more_people_can_be_asked_for() -> None:
    policy = Policy(discuss_people=3)
    flags = [flag(1, 3), flag(2, 3, reporter=2)]
    assert assess(flags, policy, ON).level is WATCH
    assert assess([*flags, flag(3, 1, reporter=3)], policy, ON).level is DISCUSS
    assert assess([flag(1, 3, witnesses=2), flag(2, 3, reporter=2)], policy, ON).level is DISCUSS


def test_flags_too_old_to_be_read_change_no_figure() -> None:
    before = weightless_before(POLICY, ON)
    old = [ScoredFlag(100 + n, "integrity", 3, before - timedelta(days=n + 1), n, 4) for n in range(20)]
    flags = [flag(1, 3), flag(2, 3, 2)]
    assert assess([*old, *flags], POLICY, ON) == assess(flags, POLICY, ON)


@pytest.mark.parametrize(
    ("alerted", "flags", "left"),
    [
        (NONE, [flag(1, 3), flag(2, 3, 2)], NONE),
        (WATCH, [flag(severity=3, days_ago=37)], WATCH),
        (WATCH, [flag(1, 2), flag(2, 1)], WATCH),
        (WATCH, [flag(severity=3, days_ago=38)], NONE),
        (DISCUSS, [flag(1, 3), flag(2, 2, 2)], DISCUSS),
        (DISCUSS, [flag(1, 3), flag(2, 2, 2, days_ago=1)], WATCH),
        (DISCUSS, [flag(severity=2)], NONE),
        (DISCUSS, [], NONE),
        (WATCH, irritations([1, 1, 1], (60, 60, 60)), WATCH),
        (WATCH, irritations([1, 1, 1], (61, 60, 60)), NONE),
        (DISCUSS, irritations([1, 1, 2], (60, 60, 60)), DISCUSS),
        (DISCUSS, irritations([1, 1, 2], (61, 60, 60)), NONE),
        (DISCUSS, [flag(1, 4, days_ago=90), flag(2, 3, 2, category=GOOD)], DISCUSS),
        (DISCUSS, [flag(1, 4, days_ago=91), flag(2, 3, 2, category=GOOD)], NONE),
        (DISCUSS, [flag(1, 4, days_ago=91)], WATCH),
    ],
)
def test_a_level_is_armed_again_below_three_quarters(alerted: Level, flags: list[ScoredFlag], left: Level) -> None:
    assert rearmed(alerted, assess(flags, POLICY, ON), POLICY) is left


@pytest.mark.parametrize(
    ("alerted", "flags", "new", "fired"),
    [
        (NONE, [flag(severity=2)], flag(severity=2), NONE),
        (NONE, [flag(severity=3)], flag(severity=3), WATCH),
        (NONE, [flag(severity=3)], None, WATCH),
        (WATCH, [flag(severity=3)], flag(severity=3), NONE),
        (WATCH, [flag(1, 3), flag(2, 3, 2)], flag(2, 3, 2), DISCUSS),
        (NONE, [flag(1, 3), flag(2, 3, 2)], flag(2, 3, 2), DISCUSS),
        (DISCUSS, [flag(1, 3), flag(2, 3, 2)], flag(2, 3, 2), NONE),
        (DISCUSS, [flag(1, 4), flag(2, 4)], flag(2, 4), DISCUSS),
        (DISCUSS, [flag(1, 4), flag(2, 1)], flag(2, 1), NONE),
        (NONE, [flag(1, 4, days_ago=200)], flag(1, 4, days_ago=200), DISCUSS),
    ],
)
def test_each_level_alerts_once_and_the_unacceptable_always(
    alerted: Level, flags: list[ScoredFlag], new: ScoredFlag | None, fired: Level
) -> None:
    assert fires(alerted, assess(flags, POLICY, ON), new) is fired


@pytest.mark.parametrize(
    ("stage", "alerted", "severity", "standing"),
    [
        (ClientStage.ACTIVE, NONE, 2, Standing.ACTIVE),
        (ClientStage.ACTIVE, NONE, 3, Standing.WATCH),
        (ClientStage.ACTIVE, NONE, 4, Standing.WATCH),
        (ClientStage.ACTIVE, WATCH, 2, Standing.ACTIVE),
        *[(stage, DISCUSS, 4, Standing(stage.value)) for stage in ClientStage if stage is not ClientStage.ACTIVE],
    ],
)
def test_the_stage_goes_before_watching(stage: ClientStage, alerted: Level, severity: int, standing: Standing) -> None:
    assert standing_of(stage, alerted, assess([flag(severity=severity)], POLICY, ON), POLICY) is standing


@pytest.mark.parametrize(
    ("flags", "alerted", "changes"),
    [
        ([], NONE, [Change(WATCH, severity=3)]),
        ([flag(severity=2)], NONE, [Change(WATCH, severity=2)]),
        ([flag(1, 2), flag(2, 1)], NONE, [Change(WATCH, severity=1)]),
        (irritations([1, 1], (10, 20)), NONE, [Change(WATCH, severity=3), Change(DISCUSS, category="haggling")]),
        ([flag(severity=3)], NONE, [Change(DISCUSS, severity=3), Change(NONE, quiet_days=38)]),
        ([flag(severity=2, witnesses=2)], WATCH, [Change(DISCUSS, severity=4), Change(NONE, quiet_days=1)]),
        (
            irritations([1, 1, 1], (0, 0, 55)),
            WATCH,
            [Change(DISCUSS, severity=4), Change(DISCUSS, category="haggling"), Change(NONE, quiet_days=6)],
        ),
        ([flag(1, 3), flag(2, 3, 2)], DISCUSS, [Change(WATCH, quiet_days=38)]),
        ([flag(severity=4)], DISCUSS, [Change(WATCH, quiet_days=91)]),
        ([flag(severity=4, days_ago=85)], NONE, [Change(WATCH, quiet_days=6)]),
    ],
)
def test_what_would_change(flags: list[ScoredFlag], alerted: Level, changes: list[Change]) -> None:
    assert what_would_change(flags, POLICY, ON, alerted) == changes


def test_a_category_that_weighs_more_needs_less() -> None:
    policy = Policy(weights={"demanding": 4.0})
    flags = [flag(1, 1, days_ago=180, category="demanding"), flag(2, 1, days_ago=180)]
    expected = [Change(WATCH, severity=3), Change(WATCH, category="demanding")]
    assert what_would_change(flags, policy, ON) == expected


@st.composite
def flag_lists(draw: st.DrawFn) -> list[ScoredFlag]:
    kinds = st.tuples(st.sampled_from(("integrity", "haggling", GOOD)), st.integers(1, 4), st.integers(0, 120))
    return [
        flag(n, min(severity, 3) if category == GOOD else severity, draw(st.integers(1, 3)), days, n % 2, category)
        for n, (category, severity, days) in enumerate(draw(st.lists(kinds, max_size=7)), start=1)
    ]


@given(flag_lists(), st.sampled_from(Level))
def test_what_is_said_to_change_the_level_does(flags: list[ScoredFlag], alerted: Level) -> None:
    now = assess(flags, POLICY, ON)
    level = max(rearmed(alerted, now, POLICY), now.level)
    for change in what_would_change(flags, POLICY, ON, alerted):
        if change.quiet_days is not None:
            left = [
                rearmed(level, assess(flags, POLICY, ON + timedelta(days=days)), POLICY)
                for days in range(1, change.quiet_days + 1)
            ]
            assert left[-1] is change.level < level
            assert set(left[:-1]) <= {level}
        else:
            more = flag(99, change.severity or 1, reporter=99, category=change.category or "late_payment")
            assert assess([*flags, more], POLICY, ON).level >= change.level > level


@given(
    flag_lists(), st.sampled_from(("integrity", "haggling")), st.integers(1, 4), st.integers(1, 3), st.integers(0, 120)
)
def test_where_one_more_bad_flag_reaches_nothing_nothing_was_reached(
    flags: list[ScoredFlag], category: str, severity: int, reporter: int, days_ago: int
) -> None:
    more = flag(99, severity, reporter, days_ago, category=category)
    if assess([*flags, more], POLICY, ON).level is NONE:
        assert assess(flags, POLICY, ON).level is NONE


@pytest.mark.parametrize(
    ("flags", "people", "sure"),
    [
        (0, 0, Confidence.NONE),
        (1, 1, Confidence.LOW),
        (9, 1, Confidence.LOW),
        (1, 2, Confidence.FAIR),
        (4, 3, Confidence.FAIR),
        (9, 2, Confidence.FAIR),
        (5, 3, Confidence.HIGH),
    ],
)
def test_confidence(flags: int, people: int, sure: Confidence) -> None:
    assert confidence(flags, people) is sure


class OneClient(RuleBasedStateMachine):
    """A client through flags, withdrawals and quiet days, alerting as a change in the bot does."""

    def __init__(self) -> None:
        super().__init__()
        self.flags: list[ScoredFlag] = []
        self.number = 0
        self.day = ON
        self.alerted = NONE
        self.owed = {WATCH: True, DISCUSS: True}

    def _change(self, after: list[ScoredFlag], new: ScoredFlag | None) -> None:
        before = assess(self.flags, POLICY, self.day)
        becomes = assess(after, POLICY, self.day)
        self._arm(before.score, before.figures.category_flags, before.figures.severity_4)
        alerted = rearmed(self.alerted, before, POLICY)
        fired = fires(alerted, becomes, new)
        if fired is not NONE and not (new and new.severity == 4):
            assert self.owed[fired]
            assert becomes.level is fired
        if becomes.level is not NONE:
            assert fired is becomes.level or not self.owed[becomes.level]
        for level in self.owed:
            self.owed[level] = self.owed[level] and level > fired
        self.alerted = max(alerted, fired)
        self.flags = after

    def _arm(self, score: float, pattern: int, unacceptable: bool) -> None:
        for level, threshold in ((WATCH, 4.0), (DISCUSS, 8.0)):
            if score < 0.75 * threshold and pattern < 3 and not unacceptable:
                self.owed[level] = True

    @rule(severity=st.integers(1, 4), reporter=st.integers(1, 3), category=st.sampled_from((*CATEGORIES[:2], GOOD)))
    def add(self, severity: int, reporter: int, category: str) -> None:
        self.number += 1
        size = min(severity, 3) if category == GOOD else severity
        new = ScoredFlag(self.number, category, size, self.day, reporter, 0)
        self._change([*self.flags, new], new)

    @precondition(lambda self: self.flags)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.flags))
        self._change([each for each in self.flags if each is not gone], None)

    @rule(days=st.integers(1, 100))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def no_level_is_missed(self) -> None:
        assert self.alerted >= assess(self.flags, POLICY, self.day).level


TestOneClient = OneClient.TestCase


FLAGS = st.lists(
    st.builds(flag, st.integers(1, 99), st.integers(1, 4), st.integers(1, 3), st.integers(0, 400), st.integers(0, 2)),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(FLAGS, st.sampled_from(Level))
def test_whoever_is_watched_is_so_for_a_reason_that_holds_today(flags: list[ScoredFlag], alerted: Level) -> None:
    assessment = assess(flags, POLICY, ON)
    why = why_watched(alerted, assessment, POLICY)
    standing = standing_of(ClientStage.ACTIVE, alerted, assessment, POLICY)
    assert (why is not None) == (standing is Standing.WATCH)
    if why is not None and why.rule is None:
        assert alerted >= WATCH
        assert assessment.score >= why.until_below


def test_a_pattern_is_the_reason_whatever_the_score() -> None:
    good = flag(9, 3, category=GOOD)
    why = why_watched(NONE, assess([*irritations([1, 1, 1], [50, 50, 50]), good], POLICY, ON), POLICY)
    assert why is not None
    assert (why.rule, why.figures.score, why.figures.category_flags) == (Rule.PATTERN, 0.0, 3)


def test_what_alerted_long_ago_holds_nobody_up_once_it_has_worn_off() -> None:
    worn_off = assess([flag(severity=3, days_ago=60)], POLICY, ON)
    just_below = assess([flag(severity=3, days_ago=20)], POLICY, ON)
    assert standing_of(ClientStage.ACTIVE, WATCH, worn_off, POLICY) is Standing.ACTIVE
    held = why_watched(WATCH, just_below, POLICY)
    assert held is not None
    assert (held.rule, held.until_below) == (None, 3.0)
