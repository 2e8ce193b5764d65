"""The fields that a template of a letter has: those of the letter, as text of its language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.documents.letter.sentences import Sentences
from bot.domain.farewell.closing_terms import is_none, why_none
from bot.domain.farewell.letter.checks import MustHave, missing
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import FormOfAddress, LetterStyle
from bot.language import Language

NONE_TERMS = ("work", "invoice", "money_back", "prepaid", "handover", "access")
"""Terms of which a letter can say that there is none: `no_work` and so on are the end of a sentence that says why."""

LINE_BREAK = "\N{LINE SEPARATOR}"
"""A line break that somebody wrote; those of a template are spaces."""

_CONJUNCTIONS = ("because", "since", "as", "want", "omdat", "aangezien")
_TITLES = re.compile(r"(?:mr|mrs|ms|dr|prof|ir|ing|drs|dhr|mw|mevr|de heer|mevrouw|meneer)\b\.?", re.IGNORECASE)


def letter_fields(letter: Letter, sentences: Sentences, t: Language) -> dict[str, Any]:
    """Every field by its name: text, lists of text, `formal` and `email`, true or false, `either` and `listing`.

    What the letter must tell and does not yet reads as a gap to be filled in. Line breaks that somebody wrote are
    `LINE_BREAK`, but those that begin a paragraph or an item of a list; a closing term is one item, whatever is in it.
    """
    frame, head, terms = sentences.frame, letter.letterhead, letter.terms
    is_formal = letter.form is FormOfAddress.FORMAL
    gaps = {one.value: frame.unfilled for one in missing(letter)}
    fields: dict[str, Any] = {
        "formal": is_formal,
        "email": letter.style is LetterStyle.EMAIL,
        "either": _either(is_formal),
        "listing": t.listing,
        "greeting": letter.greeting.strip() or default_greeting(letter, sentences),
        "name": _name(letter),
        "client": letter.client,
        "contact": letter.contact,
        "date": t.date(letter.dated_on),
        "end_date": gaps.get(MustHave.END_DATE) or _day(t, letter.ends_on),
        "reasons": sentences.reasons_of(letter.kind, letter.reasons),
        "steps": tuple(sentences.step(t, step) for step in letter.steps),
        "thanks": prose(letter.thanks),
        "interest": prose(letter.interest),
        "wishes": prose(letter.wishes),
        "own_words": prose(letter.own_words),
        "ask": gaps.get(MustHave.ASK) or prose(letter.ask),
        "ask_by": gaps.get(MustHave.ASK_BY) or _day(t, letter.ask_by),
        "follows": prose(letter.follows),
        "work_by": _day(t, terms.work_by),
        "invoice_on": _day(t, terms.invoice_on),
        "handover_by": _day(t, terms.handover_by),
        "handover_to": "" if is_none(terms.handover_to) else " ".join(terms.handover_to.split()),
        "deadlines": "" if is_none(terms.deadlines) else item(terms.deadlines),
        "colleague": terms.contact,
        "signature": gaps.get(MustHave.SIGNED_BY) or signature(letter),
        **{name: item(getattr(head, name)) for name in head.__struct_fields__},
    }
    for name in NONE_TERMS:
        text: str = getattr(terms, name)
        untold = gaps.get(name)
        fields[name] = untold or ("" if is_none(text) else item(text))
        fields[f"no_{name}"] = "" if untold or not is_none(text) else none_tail(text)
    return fields


def none_tail(text: str) -> str:
    """How a sentence ends that says that there is none: with the reason that somebody wrote, if any."""
    why = why_none(text)
    if not why:
        return "."
    if why.partition(" ")[0].lower() in _CONJUNCTIONS:
        return f", {why[0].lower()}{as_sentence(item(why[1:]))}"
    return f"; {as_sentence(item(why))}"


def prose(text: str) -> str:
    """A text with the paragraphs, lists and line breaks that it was written with."""
    return re.sub(r"(?<!\n)\n(?!\n|- )", LINE_BREAK, "\n".join(line.strip() for line in text.strip().splitlines()))


def item(text: str) -> str:
    """A text as one item of a list: its own lines and lists stand within it."""
    return LINE_BREAK.join(line.strip() for line in text.splitlines() if line.strip())


def as_sentence(text: str) -> str:
    """A text with a full stop, where it is no list and does not end with a mark of its own."""
    text = text.strip()
    return text if not text or LINE_BREAK in text or text[-1] in '.!?…:;)”"]' else f"{text}."


def default_greeting(letter: Letter, sentences: Sentences) -> str:
    """How a letter begins where its writer chose no words: with the contact’s name, informally the first name."""
    frame, name = sentences.frame, letter.contact.strip()
    if letter.form is FormOfAddress.FORMAL:
        return f"{frame.greeting_formal} {name}," if name else frame.greeting_nobody_formal
    return f"{frame.greeting_informal} {_first_name(name)}," if name else frame.greeting_nobody_informal


def signature(letter: Letter) -> str:
    """Who signs, a line each; an e-mail has the ways to reach the company below, which paper has on its head."""
    head = letter.letterhead
    lines = [letter.signed_by, letter.signer_role, head.company]
    if letter.style is LetterStyle.EMAIL:
        lines += [head.company_phone, head.company_website]
    return LINE_BREAK.join(line.strip() for line in lines if line.strip())


def _name(letter: Letter) -> str:
    """Whom a conversation is with, where that is known."""
    name = letter.contact.strip()
    return _first_name(name) if name and letter.form is FormOfAddress.INFORMAL else name


def _first_name(name: str) -> str:
    """The first name, where it surely is one: no title, no initial, no “van”."""
    first = name.split()[0]
    is_sure = len(first) > 1 and "." not in first and not first.islower() and not _TITLES.match(name)
    return first if is_sure else name


def _day(t: Language, day: date | None) -> str:
    return "" if day is None else t.date(day)


def _either(is_formal: bool) -> Callable[[str, str], str]:
    return lambda formal, informal: formal if is_formal else informal
