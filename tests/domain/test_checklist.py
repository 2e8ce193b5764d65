"""Which points a case has, when they are due, in which order, and which files can be used."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from bot.domain.checklist import (
    Anchor,
    Checklist,
    Definition,
    Item,
    ItemState,
    OutOfOrderError,
    counting,
    due_on,
    refuse_unless_next,
    what_is_wrong,
)
from bot.domain.farewell.closing_terms import Term
from bot.domain.policy import WorkspaceSettings
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.checklist.definitions import (
    CHECKLIST_TEXT,
    ChecklistInvalidError,
    default_checklist,
    read_checklist,
    words_of,
)

CALENDAR = HolidayCalendar(WorkspaceSettings())
DEFAULT = read_checklist(default_checklist("")).points
ANY_DAY = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def item(key: str, *after: str, state: ItemState = ItemState.OPEN) -> Item:
    return Item(1, 1, 1, 1, key, key, 1, date(2026, 5, 1), Anchor.END, 0, after, False, False, False, state=state)


@given(ANY_DAY, st.integers(0, 200), st.integers(-30, 30), st.sampled_from(Anchor))
def test_a_counted_day_is_a_working_day_and_never_before_the_letter(
    sent_on: date, until_end: int, days: int, anchor: Anchor
) -> None:
    ends_on = sent_on + timedelta(days=until_end)
    due = due_on(anchor, days, None, ends_on=ends_on, sent_on=sent_on, terms={}, calendar=CALENDAR)
    assert CALENDAR.is_working_day(due)
    assert due >= sent_on
    start = ends_on if anchor is Anchor.END else sent_on
    if days > 0:
        between = [start + timedelta(days=number) for number in range(1, (due - start).days + 1)]
        assert due < start or sum(map(CALENDAR.is_working_day, between)) >= days


@given(ANY_DAY, st.integers(1, 90), st.integers(-10, 10))
def test_more_days_are_never_earlier(sent_on: date, until_end: int, days: int) -> None:
    def due(count: int) -> date:
        ends_on = sent_on + timedelta(days=until_end)
        return due_on(Anchor.END, count, None, ends_on=ends_on, sent_on=sent_on, terms={}, calendar=CALENDAR)

    assert due(days) <= due(days + 1)


def test_a_day_that_was_agreed_stands_also_on_a_day_off() -> None:
    terms = {Term.WORK_BY: "2026-05-03"}
    given_days = {"ends_on": date(2026, 6, 1), "sent_on": date(2026, 4, 1), "terms": terms, "calendar": CALENDAR}
    assert due_on(Anchor.END, 0, Term.WORK_BY, **given_days) == date(2026, 5, 3)
    assert due_on(Anchor.END, 0, Term.HANDOVER_BY, **given_days) == date(2026, 6, 1)


def test_what_there_is_none_of_is_no_point() -> None:
    keys = [one.key for one in counting(DEFAULT, {Term.ACCESS: "None: we never had any.", Term.WORK: "The report."})]
    assert "work" in keys
    assert not {"agents", "admin_stays", "records", "prepaid"} & set(keys)
    assert {"team", "data_back"} <= set(keys)


def test_no_order_locks_the_client_out() -> None:
    after = {one.key: one.after for one in DEFAULT}
    assert after["agents"] == ("admin_stays",)
    assert after["records"] == ("agents",)
    assert after["data_gone"] == ("data_back",)


def test_what_has_to_come_first_is_named() -> None:
    first, then = item("admin_stays"), item("agents", "admin_stays")
    with pytest.raises(OutOfOrderError) as refused:
        refuse_unless_next(then, [first, then])
    assert refused.value.values == {"first": "admin_stays"}
    refuse_unless_next(then, [item("admin_stays", state=ItemState.DONE), then])
    refuse_unless_next(then, [then])


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([{"key": "a"}], "has no text in en, nl"),
        ([{"key": "a", "text": {"nl": "x", "en": "y"}}] * 2, "stands there twice"),
        ([{"key": "a", "text": {"nl": "x", "en": "y"}, "after": ["b"]}], "which is not above it"),
    ],
)
def test_what_is_wrong_with_a_list_is_said(points: list[dict[str, object]], reason: str) -> None:
    filled = [{"text": {}, **point} for point in points]
    assert reason in what_is_wrong(msgspec.convert({"points": filled}, Checklist), ("en", "nl"))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"points: [", 1),
        (b"points:\n  - key: a\n    text: {nl: x, en: y}\n    after: [b]\n", 2),
        (b"\xff", 1),
        (b"a: 1", 1),
    ],
)
def test_a_file_that_cannot_be_used_says_where(content: bytes, line: int) -> None:
    with pytest.raises(ChecklistInvalidError) as refused:
        read_checklist(content)
    assert refused.value.values["line"] == line


def test_a_point_is_read_in_the_language_of_whoever_reads_it_unless_its_words_are_their_own() -> None:
    team = next(one for one in DEFAULT if one.key == "team")
    begun = structs.replace(item("team"), text=team.text["en"])
    assert [words_of(begun, code) for code in ("nl", "en")] == [team.text["nl"], team.text["en"]]
    own = structs.replace(begun, text="Everybody knows.")
    assert words_of(own, "nl") == "Everybody knows."
    assert words_of(structs.replace(own, key="parking"), "nl") == "Everybody knows."


def test_a_workspace_sees_what_its_list_says() -> None:
    shown = CHECKLIST_TEXT.preview("", default_checklist("")).decode()
    assert all(point.text["nl"] in shown and point.text["en"] in shown for point in DEFAULT)
    assert all(isinstance(point, Definition) for point in DEFAULT)
