"""The parts of a dossier that stand behind its first screen: the figures, what the team did, and the card."""

from __future__ import annotations

from bot.usecases.dossier.read_models import Dossier
from handlers.features.dossier.case import case_paragraphs
from handlers.features.dossier.charts import (
    categories_in_words,
    category_chart,
    score_chart,
    score_in_words,
    shares_table,
)
from handlers.features.dossier.facts import card_facts, contacts_line, impact_line, merged_paragraphs, task_lines
from handlers.features.dossier.more import back
from handlers.features.dossier.summary import remainder_lines, shares_lines, standing_line, summary_sentence
from handlers.surface.message import Element, Heading, Measure, Message, Paragraph, small_print
from handlers.surface.reading import Reading

TABLE_FROM = 4
"""From so many flags on, their shares are a table that the reader can sort."""


def build_figures(reading: Reading, dossier: Dossier, measure: Measure) -> Message:
    """What the score is made of, how it went, and what it costs; in words where charts are not drawn."""
    t = reading.language
    words = f"{summary_sentence(reading, dossier)} {score_in_words(t, dossier)}"
    if not dossier.flags and not dossier.explanation.rest:
        return _part(reading, dossier, words, [small_print(t.gettext("No flags here yet."))])
    return _part(reading, dossier, words, [*_shares(reading, dossier, measure), *_charts(reading, dossier, measure)])


def _shares(reading: Reading, dossier: Dossier, measure: Measure) -> list[Element]:
    t, remainder = reading.language, remainder_lines(reading, dossier)
    if measure.draws_charts and len(dossier.explanation.carried) >= TABLE_FROM:
        return [shares_table(t, dossier), Paragraph("\n".join(remainder))]
    title = t.gettext("*What the score is made of*")
    return [Paragraph("\n".join([title, *shares_lines(reading, dossier), *remainder]))]


def _charts(reading: Reading, dossier: Dossier, measure: Measure) -> list[Element]:
    t = reading.language
    elements: list[Element] = []
    if dossier.categories and measure.draws_charts:
        elements += [score_chart(t, dossier), category_chart(t, dossier)]
    elif dossier.categories:
        elements += [Paragraph(score_in_words(t, dossier)), Paragraph(categories_in_words(t, dossier))]
    lines = [line for line in (impact_line(reading, dossier), contacts_line(reading, dossier)) if line]
    return [*elements, Paragraph("\n".join(lines))] if lines else elements


def build_case(reading: Reading, dossier: Dossier, measure: Measure) -> Message:
    """What is still to be done, and what was tried, heard and decided."""
    t = reading.language
    elements: list[Element] = []
    tasks = task_lines(reading, dossier)
    if tasks:
        elements.append(Paragraph("\n".join([t.gettext("*Open tasks*"), *tasks])))
    elements += case_paragraphs(reading, dossier)
    nothing = small_print(t.gettext("Nothing has been tried, heard from the client or decided yet."))
    return _part(reading, dossier, summary_sentence(reading, dossier), elements or [nothing])


def build_card(reading: Reading, dossier: Dossier, measure: Measure) -> Message:
    """What is known of the client, and what was merged into it."""
    facts = card_facts(reading, dossier.card, dossier.currency)
    known: list[Element] = [facts] if facts.facts else [small_print(reading.language.gettext("The card is empty."))]
    merged = merged_paragraphs(reading, dossier)
    return _part(reading, dossier, summary_sentence(reading, dossier), [*known, *merged])


def _part(reading: Reading, dossier: Dossier, words: str, elements: list[Element]) -> Message:
    top: list[Element] = [Heading(dossier.card.client.name), Paragraph(standing_line(reading, dossier))]
    return Message(words, (*top, *elements, back(reading, dossier)))
