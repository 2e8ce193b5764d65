"""What was agreed with a client about ending, and the earliest last day by those words.

Nothing here knows a law: what a law adds, such as a longer notice period, is for the points to look at (see
`closing_check`) and for people.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

OTHER_LAW = "other"
"""The law of none of the countries that can be chosen."""

MAX_RENEWALS = 1200
"""How often a term is renewed in reckoning: a hundred years of months."""


class AgreementKind(StrEnum):
    """How the agreement with a client ends by itself, as far as we know; a project ends when it is completed."""

    UNKNOWN = "unknown"
    FIXED = "fixed"
    OPEN_ENDED = "open_ended"
    PROJECT = "project"


class NoticeUnit(StrEnum):
    """What a notice period is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class NoticeTo(StrEnum):
    """The day to which notice can be given: any, or the last of a calendar month, quarter or year."""

    ANY_DAY = "any_day"
    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    YEAR_END = "year_end"


class NoticeForm(StrEnum):
    """The form that the agreement asks of a notice."""

    UNKNOWN = "unknown"
    FREE = "free"
    WRITTEN = "written"
    REGISTERED = "registered"
    OTHER = "other"


class Renewal(StrEnum):
    """Whether a fixed term goes on by itself."""

    UNKNOWN = "unknown"
    NONE = "none"
    TACIT = "tacit"


class NoticePeriod(Struct, frozen=True):
    """`count` days, weeks or months, and then on to the day that `to` names; 0 is a notice without a period."""

    count: int
    unit: NoticeUnit = NoticeUnit.DAYS
    to: NoticeTo = NoticeTo.ANY_DAY


class Agreement(Struct, frozen=True):
    """What was agreed with a client; `None` and `UNKNOWN` are "not known", and are shown as such.

    `ends_on` is the last day of a fixed term, `renewed_months` how long each further term is, `governing_law` the
    two-letter code of the country whose law governs, or `OTHER_LAW`.
    """

    kind: AgreementKind = AgreementKind.UNKNOWN
    ends_on: date | None = None
    notice: NoticePeriod | None = None
    payment_days: int | None = None
    is_consumer: bool | None = None
    notice_form: NoticeForm = NoticeForm.UNKNOWN
    renewal: Renewal = Renewal.UNKNOWN
    renewed_months: int | None = None
    governing_law: str | None = None


class Because(StrEnum):
    """Why the earliest last day is what it is, or why there is none."""

    NOTICE_RUNS = "notice_runs"
    TERM_ENDS = "term_ends"
    TERM_RENEWS = "term_renews"
    TERM_IS_OVER = "term_is_over"
    COMPLETION = "completion"
    KIND_UNKNOWN = "kind_unknown"
    NOTICE_UNKNOWN = "notice_unknown"
    TERM_UNKNOWN = "term_unknown"


class EarliestEnd(Struct, frozen=True):
    """The earliest last day by the agreement's own words; `None` where they do not say, or not enough is known.

    `notice_by` is the last day on which a notice must have reached the client for `day` to hold, where there is one.
    """

    day: date | None
    because: Because
    notice_by: date | None = None


def earliest_end(agreement: Agreement, reached_on: date) -> EarliestEnd:
    """The earliest last day where a notice reaches the client on `reached_on`.

    A fixed term ends on its last day, and by no notice before it; one that is renewed by itself ends with the first
    term for which the notice is in time. A project ends when it is completed. Where something that matters is not
    known there is no day.
    """
    match agreement.kind:
        case AgreementKind.OPEN_ENDED:
            if agreement.notice is None:
                return EarliestEnd(None, Because.NOTICE_UNKNOWN)
            return EarliestEnd(end_of_notice(agreement.notice, reached_on), Because.NOTICE_RUNS)
        case AgreementKind.FIXED:
            return _end_of_term(agreement, reached_on)
        case AgreementKind.PROJECT:
            return EarliestEnd(None, Because.COMPLETION)
    return EarliestEnd(None, Because.KIND_UNKNOWN)


def end_of_notice(notice: NoticePeriod, reached_on: date) -> date:
    """The last day of a notice period that begins when the notice is received.

    The day of receipt does not count: seven days from Monday end on the next Monday. A month from the 31st ends on the
    last day of a shorter month.
    """
    match notice.unit:
        case NoticeUnit.DAYS:
            over = reached_on + timedelta(days=notice.count)
        case NoticeUnit.WEEKS:
            over = reached_on + timedelta(weeks=notice.count)
        case NoticeUnit.MONTHS:
            over = months_later(reached_on, notice.count)
    return _last_of(notice.to, over)


def latest_notice(notice: NoticePeriod, last_day: date) -> date:
    """The last day on which a notice can be received for its period to be over on `last_day`."""
    day = last_day
    while end_of_notice(notice, day) > last_day:
        day -= timedelta(days=1)
    return day


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_of_term(agreement: Agreement, reached_on: date) -> EarliestEnd:
    last, notice = agreement.ends_on, agreement.notice
    if last is None or agreement.renewal is Renewal.UNKNOWN:
        return EarliestEnd(None, Because.TERM_UNKNOWN)
    if agreement.renewal is Renewal.NONE:
        if last < reached_on:
            return EarliestEnd(None, Because.TERM_IS_OVER)
        return EarliestEnd(last, Because.TERM_ENDS)
    if notice is None:
        return EarliestEnd(None, Because.NOTICE_UNKNOWN)
    for renewals in range(MAX_RENEWALS):
        day = last if not renewals else months_later(last, renewals * (agreement.renewed_months or 0))
        notice_by = latest_notice(notice, day)
        if reached_on <= notice_by:
            return EarliestEnd(day, Because.TERM_RENEWS if renewals else Because.TERM_ENDS, notice_by)
        if not agreement.renewed_months:
            break
    return EarliestEnd(None, Because.TERM_UNKNOWN)


def _last_of(to: NoticeTo, day: date) -> date:
    match to:
        case NoticeTo.ANY_DAY:
            return day
        case NoticeTo.MONTH_END:
            month = day.month
        case NoticeTo.QUARTER_END:
            month = (day.month + 2) // 3 * 3
        case NoticeTo.YEAR_END:
            month = 12
    return date(day.year, month, monthrange(day.year, month)[1])
