"""The earliest last day by an agreement's own words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import (
    Agreement,
    AgreementKind,
    Because,
    EarliestEnd,
    NoticePeriod,
    NoticeTo,
    NoticeUnit,
    Renewal,
    earliest_end,
    end_of_notice,
    latest_notice,
    months_later,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
NOTICES = st.builds(
    NoticePeriod, st.integers(0, 24), st.sampled_from(list(NoticeUnit)), st.sampled_from(list(NoticeTo))
)
ONE_MONTH = NoticePeriod(1, NoticeUnit.MONTHS)
TO_MONTH_END = NoticePeriod(1, NoticeUnit.MONTHS, NoticeTo.MONTH_END)


@pytest.mark.parametrize(
    ("notice", "received", "last_day"),
    [
        (NoticePeriod(0), date(2026, 3, 2), date(2026, 3, 2)),
        (NoticePeriod(7), date(2026, 3, 2), date(2026, 3, 9)),
        (NoticePeriod(2, NoticeUnit.WEEKS), date(2026, 3, 2), date(2026, 3, 16)),
        (ONE_MONTH, date(2026, 3, 15), date(2026, 4, 15)),
        (ONE_MONTH, date(2026, 1, 31), date(2026, 2, 28)),
        (ONE_MONTH, date(2028, 1, 31), date(2028, 2, 29)),
        (ONE_MONTH, date(2026, 12, 31), date(2027, 1, 31)),
        (NoticePeriod(3, NoticeUnit.MONTHS), date(2026, 11, 30), date(2027, 2, 28)),
        (TO_MONTH_END, date(2026, 1, 1), date(2026, 2, 28)),
        (TO_MONTH_END, date(2026, 1, 31), date(2026, 2, 28)),
        (TO_MONTH_END, date(2026, 11, 30), date(2026, 12, 31)),
        (NoticePeriod(30, to=NoticeTo.MONTH_END), date(2026, 1, 2), date(2026, 2, 28)),
        (NoticePeriod(1, NoticeUnit.MONTHS, NoticeTo.QUARTER_END), date(2026, 2, 28), date(2026, 3, 31)),
        (NoticePeriod(1, NoticeUnit.MONTHS, NoticeTo.QUARTER_END), date(2026, 3, 1), date(2026, 6, 30)),
        (NoticePeriod(2, NoticeUnit.MONTHS, NoticeTo.YEAR_END), date(2026, 10, 31), date(2026, 12, 31)),
        (NoticePeriod(2, NoticeUnit.MONTHS, NoticeTo.YEAR_END), date(2026, 11, 1), date(2027, 12, 31)),
    ],
)
def test_a_notice_period_ends_as_a_careful_reader_counts(notice: NoticePeriod, received: date, last_day: date) -> None:
    assert end_of_notice(notice, received) == last_day


@given(NOTICES, DAYS, st.integers(0, 400))
def test_a_later_notice_never_ends_earlier(notice: NoticePeriod, received: date, later: int) -> None:
    assert received <= end_of_notice(notice, received) <= end_of_notice(notice, received + timedelta(days=later))


@given(NOTICES, DAYS)
def test_the_latest_notice_is_in_time_and_a_day_later_is_not(notice: NoticePeriod, last_day: date) -> None:
    latest = latest_notice(notice, last_day)
    assert end_of_notice(notice, latest) <= last_day
    assert end_of_notice(notice, latest + timedelta(days=1)) > last_day


@given(DAYS, st.integers(0, 600))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


FIXED = Agreement(AgreementKind.FIXED, date(2026, 12, 31), TO_MONTH_END, renewal=Renewal.TACIT, renewed_months=12)


@pytest.mark.parametrize(
    ("agreement", "received", "found"),
    [
        (Agreement(), date(2026, 3, 2), EarliestEnd(None, Because.KIND_UNKNOWN)),
        (Agreement(AgreementKind.PROJECT), date(2026, 3, 2), EarliestEnd(None, Because.COMPLETION)),
        (Agreement(AgreementKind.OPEN_ENDED), date(2026, 3, 2), EarliestEnd(None, Because.NOTICE_UNKNOWN)),
        (
            Agreement(AgreementKind.OPEN_ENDED, notice=TO_MONTH_END),
            date(2026, 3, 2),
            EarliestEnd(date(2026, 4, 30), Because.NOTICE_RUNS),
        ),
        (Agreement(AgreementKind.FIXED), date(2026, 3, 2), EarliestEnd(None, Because.TERM_UNKNOWN)),
        (
            Agreement(AgreementKind.FIXED, date(2026, 12, 31)),
            date(2026, 3, 2),
            EarliestEnd(None, Because.TERM_UNKNOWN),
        ),
        (
            Agreement(AgreementKind.FIXED, date(2026, 12, 31), renewal=Renewal.NONE),
            date(2026, 3, 2),
            EarliestEnd(date(2026, 12, 31), Because.TERM_ENDS),
        ),
        (
            Agreement(AgreementKind.FIXED, date(2026, 3, 1), renewal=Renewal.NONE),
            date(2026, 3, 2),
            EarliestEnd(None, Because.TERM_IS_OVER),
        ),
        (FIXED, date(2026, 11, 30), EarliestEnd(date(2026, 12, 31), Because.TERM_ENDS, date(2026, 11, 30))),
        (FIXED, date(2026, 12, 1), EarliestEnd(date(2027, 12, 31), Because.TERM_RENEWS, date(2027, 11, 30))),
        (FIXED, date(2029, 3, 2), EarliestEnd(date(2029, 12, 31), Because.TERM_RENEWS, date(2029, 11, 30))),
        (
            Agreement(AgreementKind.FIXED, date(2026, 12, 31), renewal=Renewal.TACIT),
            date(2026, 3, 2),
            EarliestEnd(None, Because.NOTICE_UNKNOWN),
        ),
        (
            Agreement(AgreementKind.FIXED, date(2026, 12, 31), ONE_MONTH, renewal=Renewal.TACIT),
            date(2026, 12, 31),
            EarliestEnd(None, Because.TERM_UNKNOWN),
        ),
    ],
)
def test_the_earliest_end_is_what_was_agreed(agreement: Agreement, received: date, found: EarliestEnd) -> None:
    assert earliest_end(agreement, received) == found


@pytest.mark.parametrize("months", [1, 2, 12])
def test_terms_that_end_with_a_month_go_on_to_do_so(months: int) -> None:
    agreement = Agreement(
        AgreementKind.FIXED, date(2026, 1, 31), NoticePeriod(0), renewal=Renewal.TACIT, renewed_months=months
    )
    ends = {earliest_end(agreement, date(2026, 2, 1) + timedelta(days=day)).day for day in range(700)}
    assert all(end is not None and (end + timedelta(days=1)).day == 1 for end in ends)


@given(NOTICES, DAYS, st.integers(-900, 900), st.integers(1, 36))
def test_a_term_that_is_renewed_ends_with_the_first_for_which_notice_is_in_time(
    notice: NoticePeriod, last: date, offset: int, months: int
) -> None:
    received = last + timedelta(days=offset)
    agreement = Agreement(AgreementKind.FIXED, last, notice, renewal=Renewal.TACIT, renewed_months=months)
    found = earliest_end(agreement, received)
    assert found.day is not None
    assert found.notice_by is not None
    assert received <= found.notice_by <= found.day
    assert end_of_notice(notice, received) <= found.day
    earlier = [
        months_later(last, months * renewals)
        for renewals in range(1200)
        if months_later(last, months * renewals) < found.day
    ]
    assert all(end_of_notice(notice, received) > day for day in earlier)


@pytest.mark.parametrize(("kind", "renewal"), list(product(AgreementKind, Renewal)))
def test_nothing_is_known_of_nothing(kind: AgreementKind, renewal: Renewal) -> None:
    assert earliest_end(Agreement(kind, renewal=renewal), date(2026, 3, 2)).day is None
