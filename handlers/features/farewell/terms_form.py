"""The closing terms as a form of three pages; every field tells at once what is filled in, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from zlib import crc32

from msgspec.structs import replace

from bot.domain.errors import NotFoundError
from bot.domain.farewell.closing_terms import DAYS, MAX_TERM_LENGTH, TERM_GROUPS, Term
from bot.language import Language
from bot.language.farewell_words import term_hint, term_label
from bot.language.marks import in_short
from bot.usecases.farewell.closing_terms import TermsView
from handlers.features import ids
from handlers.features.farewell.messages import build_terms, earliest_sentence
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Field, Form, Line, Lines, PersonField, Tells, key_of, page
from handlers.surface.message import Button, Buttons, Divider, Element, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading
from handlers.surface.values import ids_in

MAX_REPLACED_LENGTH = 200


class TermsPage(IntEnum):
    """The pages of the form, in order."""

    WORK = 0
    MONEY = 1
    HANDOVER = 2


PAGE_BUTTONS: dict[TermsPage, str] = {
    TermsPage.WORK: ids.FAREWELL_PAGE_WORK,
    TermsPage.MONEY: ids.FAREWELL_PAGE_MONEY,
    TermsPage.HANDOVER: ids.FAREWELL_PAGE_HANDOVER,
}
"""The button that leads to each page."""


def build_terms_form(reading: Reading, view: TermsView, on: TermsPage) -> Form:
    """One page of the form, filled in with what stands."""
    t = reading.language
    last = t.gettext("*{client}*: the last day is to be {date}.", client=view.client.name, date=t.date(view.end_on))
    about = f"{last}\n{earliest_sentence(t, view.earliest)}"
    marks = [_mark(view.terms, term) for term in TERM_GROUPS[on]]
    fields = [element for term in TERM_GROUPS[on] for element in _asked(reading, view, term)]
    if on is TermsPage.WORK and view.may_move_end:
        hint = t.gettext("The checklist, and whatever else counts from this day, moves along.")
        fields.insert(0, Day(id=ids.FAREWELL_END, label=t.gettext("The last day"), chosen=view.end_on, hint=hint))
    return Form(
        id=ids.FAREWELL_TERMS_FORM,
        carried=":".join([str(view.decision_id), str(on.value), *marks, view.end_on.isoformat()]),
        title=t.gettext("Closing terms"),
        submit=t.gettext("Save") if on is TermsPage.HANDOVER else t.gettext("Next"),
        close=t.gettext("Later"),
        elements=(
            Paragraph(about),
            _pages(t, view, on),
            Divider(),
            small_print(
                t.gettext(
                    "This is for the letter, so write what the client may read. What you fill in is kept, and "
                    "colleagues in this discussion can take it up."
                )
            ),
            *fields,
        ),
    )


def build_terms_saved(reading: Reading, view: TermsView) -> Form:
    """What stands after the last page, what is missing, and the way on."""
    t = reading.language
    onward = button_row(
        Button(t.gettext("Before you write"), ids.FAREWELL_CHECK, str(view.decision_id), Weight.MAIN),
        Button(t.gettext("Write the letter"), ids.LETTER_WRITE, str(view.decision_id)),
        Button(t.gettext("Closing terms"), ids.FAREWELL_TERMS, str(view.decision_id)),
    )
    elements = [*build_terms(reading, view.terms, view.missing), onward]
    return page(t.gettext("Closing terms"), t.gettext("Close"), elements)


def page_of(answers: Answers) -> tuple[int, TermsPage]:
    """The decision that a form is about, and the page that stands in it; raises `NotFoundError`."""
    decision_id, number = ids_in(":".join(answers.carried.split(":")[:2]), 2)
    if number not in set(TermsPage):
        raise NotFoundError
    return decision_id, TermsPage(number)


def read_typed(on: TermsPage, answers: Answers) -> dict[Term, str]:
    """What stands in the fields of a page, as terms are kept."""
    return {term: _read(answers, term) for term in TERM_GROUPS[on]}


def read_untouched(on: TermsPage, answers: Answers) -> set[Term]:
    """Which terms of a page are as the form showed them."""
    marks, typed = answers.carried.split(":")[2:], read_typed(on, answers)
    return {term for term, mark in zip(TERM_GROUPS[on], marks, strict=False) if _mark(typed, term) == mark}


def read_end(answers: Answers) -> date | None:
    """The last day where somebody has chosen another than the form showed; `None` otherwise."""
    if not answers.has(ids.FAREWELL_END):
        return None
    chosen = answers.day_if_any(ids.FAREWELL_END)
    return None if chosen is None or answers.carried.endswith(f":{chosen.isoformat()}") else chosen


def field_of(term: Term) -> str:
    """What a term's field is called in a form."""
    return key_of(ids.FAREWELL_TERM, term.value)


def _mark(terms: Mapping[Term, str], term: Term) -> str:
    text = terms.get(term, "")
    return f"{crc32(text.encode()):x}" if text else ""


def _read(answers: Answers, term: Term) -> str:
    if term in DAYS:
        day = answers.day_if_any(field_of(term))
        return day.isoformat() if day else ""
    return answers.text(ids.FAREWELL_TERM, term.value).strip()


def _pages(t: Language, view: TermsView, on: TermsPage) -> Buttons:
    labels = {
        TermsPage.WORK: t.gettext("1 The work"),
        TermsPage.MONEY: t.gettext("2 The money"),
        TermsPage.HANDOVER: t.gettext("3 Handing over"),
    }
    value = str(view.decision_id)
    return button_row(
        *(
            Button(label, PAGE_BUTTONS[one], value, Weight.MAIN if one is on else Weight.PLAIN)
            for one, label in labels.items()
        )
    )


def _asked(reading: Reading, view: TermsView, term: Term) -> Sequence[Element | Field]:
    replaced = view.replaced.get(term)
    if replaced is None or term in DAYS or term is Term.CONTACT:
        return (_field(reading.language, view, term),)
    before = reading.language.gettext(
        "Before, by {person}: {text}",
        person=reading.person(replaced.saved_by_id),
        text=in_short(replaced.text, MAX_REPLACED_LENGTH),
    )
    return _field(reading.language, view, term), small_print(before)


def _field(t: Language, view: TermsView, term: Term) -> Field:
    stands = view.terms.get(term, "")
    if term in DAYS:
        field: Field = Day(id="", label="", chosen=date.fromisoformat(stands) if stands else None)
    elif term is Term.CONTACT:
        field = PersonField(id="", label="", chosen=int(stands) if stands else None)
    elif term is Term.HANDOVER_TO:
        field = Line(id="", label="", text=stands, max_length=MAX_TERM_LENGTH)
    else:
        field = Lines(id="", label="", text=stands, max_length=MAX_TERM_LENGTH)
    return replace(
        field,
        id=ids.FAREWELL_TERM,
        version=term.value,
        label=term_label(t, term),
        hint=term_hint(t, term),
        is_optional=True,
        tells=Tells.WHILE_TYPING if isinstance(field, Line | Lines) else Tells.WHEN_CHOSEN,
    )
