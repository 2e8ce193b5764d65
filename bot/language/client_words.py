"""The words for what is known of a client besides its flags."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.agreement import (
    OTHER_LAW,
    Agreement,
    AgreementKind,
    NoticePeriod,
    NoticeTo,
    NoticeUnit,
    Renewal,
)
from bot.domain.message import N_
from bot.language import Language

LANGUAGE_NAMES: dict[str, str] = {"nl": N_("Dutch"), "en": N_("English")}
"""The languages that a client can have."""

KINDS: dict[AgreementKind, str] = {
    AgreementKind.UNKNOWN: N_("not known"),
    AgreementKind.FIXED: N_("for a fixed term"),
    AgreementKind.OPEN_ENDED: N_("open-ended"),
    AgreementKind.PROJECT: N_("a project"),
}

LAWS: dict[str, str] = {
    "NL": N_("Dutch law"),
    "BE": N_("Belgian law"),
    "DE": N_("German law"),
    "GB": N_("English law"),
    "US": N_("the law of a state of the US"),
    OTHER_LAW: N_("another law"),
}
"""Whose law can govern an agreement, by the code of the country."""

MAX_NAMES_LENGTH = 600

TASKS: dict[str, str] = {"care": N_("check in with the colleague who reported this")}


def language_label(t: Language, code: str) -> str:
    """A client's language; its code where we do not speak it."""
    name = LANGUAGE_NAMES.get(code)
    return t.gettext(name) if name is not None else code


def agreement_sentence(t: Language, agreement: Agreement) -> str:
    """How the agreement ends by itself."""
    kind = t.gettext(KINDS[agreement.kind])
    if agreement.ends_on is None:
        return kind
    return t.gettext("{kind}, ends on {date}", kind=kind, date=t.date(agreement.ends_on))


def notice_sentence(t: Language, notice: NoticePeriod | None) -> str:
    """How long notice is."""
    if notice is None:
        return t.gettext("not known")
    match notice.unit:
        case NoticeUnit.DAYS:
            period = t.days(notice.count)
        case NoticeUnit.WEEKS:
            period = t.ngettext("{number} week", "{number} weeks", notice.count)
        case NoticeUnit.MONTHS:
            period = t.ngettext("{number} month", "{number} months", notice.count)
    match notice.to:
        case NoticeTo.ANY_DAY:
            return period
        case NoticeTo.MONTH_END:
            return t.gettext("{period}, to the end of a month", period=period)
        case NoticeTo.QUARTER_END:
            return t.gettext("{period}, to the end of a quarter", period=period)
        case NoticeTo.YEAR_END:
            return t.gettext("{period}, to the end of a year", period=period)


def renewal_sentence(t: Language, agreement: Agreement) -> str:
    """Whether a fixed term goes on by itself."""
    match agreement.renewal:
        case Renewal.NONE:
            return t.gettext("it doesn’t renew by itself")
        case Renewal.TACIT if agreement.renewed_months:
            months = t.ngettext("{number} month", "{number} months", agreement.renewed_months)
            return t.gettext("it renews by itself, each time for {months}", months=months)
        case Renewal.TACIT:
            return t.gettext("it renews by itself")
    return t.gettext("not known")


def consumer_label(t: Language, is_consumer: bool | None) -> str:
    """Whether the client is a consumer."""
    if is_consumer is None:
        return t.gettext("not known")
    return t.gettext("a consumer") if is_consumer else t.gettext("a business")


def task_label(t: Language, kind: str) -> str:
    """What somebody is asked to do; a kind of another version reads as its code."""
    return t.gettext(TASKS[kind]) if kind in TASKS else kind


def names_in_a_row(t: Language, names: Sequence[str]) -> str:
    """Names in a row, as many as fit into `MAX_NAMES_LENGTH`, with how many are left out; empty for none."""
    shown: list[str] = []
    length = 0
    for name in names:
        length += len(name)
        if length > MAX_NAMES_LENGTH:
            break
        shown.append(name)
    left = len(names) - len(shown)
    if left:
        shown.append(t.ngettext("{number} more", "{number} more", left))
    return t.listing(shown) if shown else ""
