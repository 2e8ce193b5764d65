"""Letters that say a word of its own in each of their fields: to try a template on, and to show what goes where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from msgspec.structs import replace

from bot.documents.letter.sentences import Sentences
from bot.domain.farewell.letter.letter import Letter, LetterStep, LetterTerms
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterKind, LetterStyle
from bot.domain.remedy_kinds import RemedyKind
from bot.language import Language

_WRITTEN = date(2027, 3, 1)
_DAYS = {"work_by": 30, "handover_by": 40, "end_date": 50, "invoice_on": 60, "ask_by": 20}
"""How many days after the letter each of its days is, all of them different."""

_TEXTS = ("thanks", "own_words", "interest", "wishes", "ask", "follows")
_TERMS = ("work", "deadlines", "invoice", "money_back", "prepaid", "handover_to", "handover", "access")
_MUST_TELL = ("work", "invoice", "handover")


def sample_letter(kind: LetterKind, code: str, form: FormOfAddress, style: LetterStyle) -> Letter:
    """A letter with all its fields filled in, each text with the name of its field in brackets."""
    is_farewell = kind is LetterKind.FAREWELL
    texts: dict[str, Any] = {name: _word(name) for name in _TERMS}
    terms = LetterTerms(
        **texts,
        work_by=_day("work_by"),
        invoice_on=_day("invoice_on"),
        handover_by=_day("handover_by"),
        contact=_word("colleague"),
    )
    return Letter(
        kind=kind,
        style=style,
        language=code,
        form=form,
        client=_word("client"),
        contact=_word("contact"),
        client_address=_word("client_address"),
        letterhead=Letterhead(**{name: _word(name) for name in Letterhead.__struct_fields__}),
        signed_by=_word("signed_by"),
        signer_role=_word("signer_role"),
        dated_on=_WRITTEN,
        ends_on=_day("end_date") if is_farewell else None,
        terms=terms if is_farewell else LetterTerms(contact=terms.contact),
        reasons=("late_payment", "demanding"),
        steps=(LetterStep(RemedyKind.PAYMENT_PLAN, date(2027, 1, 4), date(2027, 2, 5)),),
        ask_by=None if is_farewell else _day("ask_by"),
        **{name: _word(name) for name in _TEXTS if not is_farewell or name not in ("ask", "follows")},
    )


def sample_letters(kind: LetterKind, sentences: Sentences, t: Language) -> Iterator[tuple[Letter, Mapping[str, str]]]:
    """Letters of every sort, each with what it has to tell: the name of the field, and the words that it says."""
    for form, style in product(FormOfAddress, LetterStyle):
        letter = sample_letter(kind, t.code, form, style)
        told = {name: _word(name) for name in _TEXTS if getattr(letter, name)}
        told |= {
            "reasons": sentences.reasons_of(kind, letter.reasons)[1],
            "steps": sentences.step(t, letter.steps[0]),
            "colleague": _word("colleague"),
            "signature": _word("signed_by"),
        }
        if kind is LetterKind.FAREWELL:
            told |= {name: _word(name) for name in _TERMS}
            told |= {name: t.date(_day(name)) for name in _DAYS if name != "ask_by"}
        else:
            told["ask_by"] = t.date(_day("ask_by"))
        yield letter, told
        yield _bare(letter), _told_when_bare(letter, t)


def _bare(letter: Letter) -> Letter:
    """The letter with no more than it needs, and with none of all that it has to tell, each with a word why."""
    none = {name: f"None: {_word(name)}" for name in _MUST_TELL}
    terms = LetterTerms(work=none["work"], invoice=none["invoice"], handover=none["handover"])
    bare = {name: "" for name in _TEXTS if name != "ask"}
    return replace(letter, reasons=(), steps=(), terms=terms, **bare)


def _told_when_bare(letter: Letter, t: Language) -> Mapping[str, str]:
    if letter.kind is not LetterKind.FAREWELL:
        return {"ask": _word("ask")}
    return {"end_date": t.date(_day("end_date")), **{f"no_{name}": _word(name) for name in _MUST_TELL}}


def _word(name: str) -> str:
    return f"[{name}]"


def _day(name: str) -> date:
    return _WRITTEN + timedelta(days=_DAYS[name])
