"""What is read before a parting letter is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.domain.agreement import Because, EarliestEnd
from bot.domain.farewell.closing_check import Point, Severity
from bot.domain.farewell.closing_terms import DAYS, TERM_GROUPS, Term
from bot.language import Language
from bot.language.farewell_words import term_label
from bot.language.marks import bold, in_short, link
from bot.usecases.farewell.closing_check import ClosingView
from handlers.features import ids
from handlers.surface.message import (
    Button,
    Divider,
    Element,
    Heading,
    Measure,
    Message,
    Paragraph,
    button_row,
    how_many_fit,
    small_print,
)
from handlers.surface.reading import Reading

MAX_PARAGRAPH_LENGTH = 2400
"""Room for the points of one paragraph, addresses of their sources included."""

MAX_SHOWN_LENGTH = 300
"""How much of a closing term is shown where all of them are."""


def build_closing(reading: Reading, view: ClosingView, measure: Measure) -> Message:
    """The earliest end, the closing terms, and the points to look at, those for a lawyer first.

    Where it is too long for one screen, what is only good to know is left out, and that is said.
    """
    t, client = reading.language, view.client
    decided = t.gettext("*{client}*: the last day is to be {date}.", client=client.name, date=t.date(view.end_date))
    head: list[Element] = [
        Heading(t.gettext("Before you write")),
        Paragraph(f"{decided}\n{earliest_sentence(t, view.earliest)}"),
        *build_terms(reading, view.terms, view.missing),
        small_print(t.gettext("These are pointers to look at. They are no legal advice, and no verdict.")),
    ]
    foot: list[Element] = [
        Divider(),
        button_row(
            Button(t.gettext("Closing terms"), ids.FAREWELL_TERMS, str(view.decision_id)),
            Button(t.gettext("Write the letter"), ids.LETTER_WRITE, str(view.decision_id)),
            Button(t.gettext("Edit the card"), ids.DOSSIER_EDIT, str(client.id)),
            Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(client.id)),
        ),
    ]
    groups = list(_groups(t, view))
    fitting = how_many_fit(groups, [*head, *foot, small_print(_left_out(t))], measure)
    shown = [element for group in groups[:fitting] for element in group]
    left = [small_print(_left_out(t))] if fitting < len(groups) else []
    return Message(t.gettext("Before you write"), (*head, *shown, *left, *foot))


def build_terms(reading: Reading, terms: Mapping[Term, str], lacking: Collection[Term]) -> list[Element]:
    """The closing terms that stand, a paragraph a group, and what the letter still needs."""
    t = reading.language
    elements: list[Element] = []
    for group in TERM_GROUPS:
        lines = [
            f"{bold(term_label(t, term))}: {_stands(reading, term, terms[term])}" for term in group if term in terms
        ]
        if lines:
            elements.append(Paragraph("\n".join(lines)))
    if lacking:
        names = " · ".join(term_label(t, term) for term in lacking)
        elements.append(Paragraph(t.gettext("The letter still needs: {terms}", terms=names)))
    return elements


def _stands(reading: Reading, term: Term, text: str) -> str:
    if term in DAYS:
        return reading.language.date(date.fromisoformat(text))
    if term is Term.CONTACT:
        return reading.person(int(text))
    return in_short(text, MAX_SHOWN_LENGTH)


def earliest_sentence(t: Language, earliest: EarliestEnd) -> str:
    """The earliest last day if a notice reached the client today, or why there is none."""
    day, by = earliest.day, earliest.notice_by
    match earliest.because:
        case Because.NOTICE_RUNS if day:
            return t.gettext(
                "If the letter reaches them today, the agreement can end on {date} at the earliest.", date=t.date(day)
            )
        case Because.TERM_ENDS if day and by:
            return t.gettext(
                "The agreement ends on {date}, if notice reaches them by {by}.", date=t.date(day), by=t.date(by)
            )
        case Because.TERM_ENDS if day:
            return t.gettext("The agreement ends by itself on {date}.", date=t.date(day))
        case Because.TERM_RENEWS if day and by:
            return t.gettext(
                "For the present term it is too late: the agreement can end on {date} at the earliest, if notice "
                "reaches them by {by}.",
                date=t.date(day),
                by=t.date(by),
            )
        case Because.TERM_IS_OVER:
            return t.gettext("By what we know, the agreement has ended already.")
        case Because.COMPLETION:
            return t.gettext("The agreement ends when the project is done.")
        case Because.NOTICE_UNKNOWN:
            return t.gettext("The earliest end can’t be worked out: the notice period isn’t known.")
        case Because.TERM_UNKNOWN:
            return t.gettext("The earliest end can’t be worked out: when the term ends or renews isn’t known.")
    return t.gettext("The earliest end can’t be worked out: the kind of agreement isn’t known.")


def _groups(t: Language, view: ClosingView) -> Iterator[list[Element]]:
    """Each group is shown whole or not at all."""
    titles = {
        Severity.LAWYER: t.gettext("Ask a lawyer before the letter goes"),
        Severity.LOOK: t.gettext("Look at this before the letter goes"),
    }
    for severity, title in titles.items():
        points = [point for point in view.looked.applying if point.severity is severity]
        if points:
            yield _paragraphs(t, title, points)
    if view.looked.asked:
        yield _paragraphs(t, t.gettext("Look at this too, where it applies"), view.looked.asked)
    known = [point for point in view.looked.applying if point.severity is Severity.INFO]
    if known:
        yield _paragraphs(t, t.gettext("Good to know"), known)


def _paragraphs(t: Language, title: str, points: Sequence[Point]) -> list[Element]:
    elements: list[Element] = []
    for lines in packed(f"• {_said(t, point)}" for point in points):
        head = [bold(title)] if not elements else []
        elements.append(Paragraph("\n".join([*head, *lines])))
    return elements


def packed(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines in bundles, each of which fits into a paragraph."""
    bundle: list[str] = []
    for line in lines:
        if bundle and len("\n".join([*bundle, line])) > MAX_PARAGRAPH_LENGTH:
            yield bundle
            bundle = []
        bundle.append(line)
    if bundle:
        yield bundle


def _said(t: Language, point: Point) -> str:
    sources = ", ".join(link(source.url, source.label) for source in point.sources)
    return f"{point.text(t.code)} ({sources})" if sources else point.text(t.code)


def _left_out(t: Language) -> str:
    return t.gettext("There is more than fits here; what matters most comes first.")
