"""A letter to a client as frozen data: what was cleared for it, and nothing else.

Each field is a fact that the client knows already (a name, a date, which kind of attempt was made), a code that stands
for a neutral sentence, or text that somebody wrote for this letter. There is no field for anything that a flag, a view,
a score or a remark says, so that none can reach a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from bot.domain.farewell.closing_terms import DAYS, Term
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterKind, LetterStyle, Profession
from bot.domain.remedy_kinds import RemedyKind

MAX_LETTER_PART_LENGTH = 3000
"""How long a text can be that somebody writes for a letter."""

NEVER_TICKED = frozenset({"integrity"})
"""Categories whose reason the writer has to tick: what is said of somebody's honesty is easily an accusation."""

WITHOUT_REASONS = frozenset({Profession.ACCOUNTANT, Profession.LAWYER})
"""Professions that start without any reason: a reason can harm the client, or tip them off (ACCA, ABA)."""


class LetterStep(Struct, frozen=True):
    """An attempt to put things right: its kind and its days, and no word of how it was described or judged."""

    kind: RemedyKind
    starts_on: date
    ends_on: date


class LetterTerms(Struct, frozen=True, kw_only=True):
    """The closing terms as the client reads them, by the names of `Term`; `contact` is a name, and `None` no day."""

    work: str = ""
    work_by: date | None = None
    deadlines: str = ""
    invoice: str = ""
    invoice_on: date | None = None
    money_back: str = ""
    prepaid: str = ""
    handover_to: str = ""
    handover: str = ""
    handover_by: date | None = None
    access: str = ""
    contact: str = ""


class Letter(Struct, frozen=True, kw_only=True):
    """A farewell, a warning or a written boundary before it is put into words.

    `language` is the code of one that letters are written in. `contact` is the person at the client whom it greets,
    `greeting` the words of the greeting where the writer chose them. `reasons` are categories, each of which stands for
    its neutral sentence. `thanks`, `interest` and `wishes` are said instead of the sentence that the template has; in a
    warning or a boundary `interest` is where the client's own side is asked for. `own_words` is a part of its own.
    A farewell has `ends_on`, its last day, and `terms`; the others have `ask`, what the client is asked, with the day
    `ask_by`, and `follows`, what comes next.
    """

    kind: LetterKind
    style: LetterStyle
    language: str
    form: FormOfAddress
    client: str
    dated_on: date
    contact: str = ""
    greeting: str = ""
    client_address: str = ""
    letterhead: Letterhead = Letterhead()
    signed_by: str = ""
    signer_role: str = ""
    ends_on: date | None = None
    reasons: tuple[str, ...] = ()
    steps: tuple[LetterStep, ...] = ()
    terms: LetterTerms = LetterTerms()
    thanks: str = ""
    interest: str = ""
    wishes: str = ""
    own_words: str = ""
    ask: str = ""
    ask_by: date | None = None
    follows: str = ""


def letter_terms(terms: Mapping[Term, str], contact: str = "") -> LetterTerms:
    """The closing terms as they are kept, for a letter; `contact` is the name of the colleague whose id is kept."""
    read: dict[str, Any] = {term.value: text for term, text in terms.items() if term not in DAYS}
    days = {term.value: date.fromisoformat(text) for term, text in terms.items() if term in DAYS and text}
    return LetterTerms(**{**read, **days, Term.CONTACT.value: contact})


def ticked_reasons(categories: Iterable[str], profession: Profession) -> tuple[str, ...]:
    """Which of a case's categories are ticked as reasons before the writer has chosen."""
    if profession in WITHOUT_REASONS:
        return ()
    return tuple(category for category in categories if category not in NEVER_TICKED)
