"""The terms on which a client and the team part: what is still done, paid and handed over, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.errors import FlagclientError
from bot.domain.message import N_

MAX_TERM_LENGTH = 1500


class Term(StrEnum):
    """One closing term. Days are kept as YYYY-MM-DD, `CONTACT` as the id of a colleague, the rest as typed."""

    WORK = "work"
    WORK_BY = "work_by"
    DEADLINES = "deadlines"
    INVOICE = "invoice"
    INVOICE_ON = "invoice_on"
    MONEY_BACK = "money_back"
    PREPAID = "prepaid"
    HANDOVER_TO = "handover_to"
    HANDOVER = "handover"
    HANDOVER_BY = "handover_by"
    ACCESS = "access"
    CONTACT = "contact"


TERM_GROUPS: tuple[tuple[Term, ...], ...] = (
    (Term.WORK, Term.WORK_BY, Term.DEADLINES),
    (Term.INVOICE, Term.INVOICE_ON, Term.MONEY_BACK, Term.PREPAID),
    (Term.HANDOVER_TO, Term.HANDOVER, Term.HANDOVER_BY, Term.ACCESS, Term.CONTACT),
)
"""What is asked together: the work, the money, and handing over."""

DAYS = frozenset({Term.WORK_BY, Term.INVOICE_ON, Term.HANDOVER_BY})
MUST_HAVES = (Term.WORK, Term.INVOICE, Term.HANDOVER)
"""What a letter must tell: what can still be expected, the final invoice, and the handover."""


class SavedTerm(Struct, frozen=True):
    """What somebody filled in for a term of a discussion; empty where they took it out. `saved_at` is aware UTC."""

    discussion_id: int
    term: Term
    text: str
    saved_by_id: int
    saved_at: datetime


class AfterTheEndError(FlagclientError):
    """Something is to be done after the last day."""

    message = N_("That is after the last day, {date}. Choose an earlier day.")


class BareNoneError(FlagclientError):
    """There is none of something that a letter must tell, without a word why."""

    message = N_("If there is none, please say why in a few words: the letter needs it.")


class NegativeAmountError(FlagclientError):
    """An amount to pay back with a minus sign."""

    message = N_("Write what you pay back without a minus sign.")


_SAID_NONE = r"\s*(?:none|nothing|not applicable|n/?a|geen|niets|niet van toepassing|n\.?v\.?t\.?|nihil|nil|-+|[–—])"
_BARE_NONE = re.compile(rf"{_SAID_NONE}[\s.,:;!)]*", re.IGNORECASE)
_NONE = re.compile(rf"{_SAID_NONE}\s*(?:$|[.,:;!(–-]|because|since|as|want|omdat|aangezien)", re.IGNORECASE)
_SAID_BEFORE_WHY = re.compile(rf"{_SAID_NONE}[\s.,:;!(–—-]*", re.IGNORECASE)
_MINUS = re.compile(r"(?<![\w.,])[-−–]\s?(?:€|\$|£|eur|usd|gbp)?\s?\d", re.IGNORECASE)


def newest(saved: Iterable[SavedTerm]) -> dict[Term, str]:
    """What stands for each term that somebody filled in; `saved` comes in the order of saving."""
    return {term: text for term, text in {one.term: one.text for one in saved}.items() if text}


def is_none(text: str) -> bool:
    """Whether a text says that there is none, with or without a reason."""
    return _NONE.match(text) is not None


def is_bare_none(text: str) -> bool:
    """Whether a text says that there is none, and no more."""
    return _BARE_NONE.fullmatch(text) is not None


def is_untold(text: str) -> bool:
    """Whether a text tells nothing: it is empty, or says that there is none and not why."""
    return not text.strip() or is_bare_none(text)


def why_none(text: str) -> str:
    """Why there is none, as somebody wrote it after saying so; empty where they did not."""
    return _SAID_BEFORE_WHY.sub("", text, count=1).strip().removesuffix(")").strip() if is_none(text) else ""


def is_negative(text: str) -> bool:
    """Whether an amount in a text has a minus sign."""
    return _MINUS.search(text) is not None


def missing(terms: Mapping[Term, str]) -> tuple[Term, ...]:
    """What a letter must tell and nobody has filled in; "none" counts once it says why."""
    return tuple(term for term in MUST_HAVES if is_untold(terms.get(term, "")))


def problems(terms: Mapping[Term, str], end_on: date) -> dict[Term, FlagclientError]:
    """What cannot be true of terms up to the last day `end_on`, by the term to change."""
    found: dict[Term, FlagclientError] = {}
    for term in (Term.WORK_BY, Term.HANDOVER_BY):
        if term in terms and date.fromisoformat(terms[term]) > end_on:
            found[term] = AfterTheEndError(date=end_on)
    for term in MUST_HAVES:
        if is_bare_none(terms.get(term, "")):
            found[term] = BareNoneError()
    if is_negative(terms.get(Term.MONEY_BACK, "")):
        found[Term.MONEY_BACK] = NegativeAmountError()
    return found


def has_any(terms: Mapping[Term, str], term: Term) -> bool | None:
    """Whether there is any of what a term is about; `None` where that is not known."""
    text = terms.get(term)
    return None if not text else not is_none(text)
