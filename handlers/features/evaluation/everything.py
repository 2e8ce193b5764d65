"""All that was written in an evaluation, as one page."""

from __future__ import annotations

from bot.language.evaluation_words import counts_line, source_label, topic_label
from bot.language.marks import bold
from bot.usecases.evaluation.evaluation_view import Evaluation
from handlers.features.evaluation.overview import OPEN, view_line
from handlers.features.evaluation.paragraphs import paragraphs
from handlers.surface.message import Element, Heading, Measure, Message, how_many_fit, small_print
from handlers.surface.reading import Reading


def build_everything(reading: Reading, code: str, evaluation: Evaluation, measure: Measure) -> Message:
    """The views once they are shown, the client's side each time it was heard, and every answer, as much as fits."""
    title, more = Heading(code), small_print(reading.language.gettext("There is more than fits here."))
    said = [*_views(reading, evaluation), *_client_side(reading, evaluation), *_answers(reading, evaluation)]
    fitting = how_many_fit([[paragraph] for paragraph in said], [title, more], measure)
    return Message(code, (title, *said[:fitting], *([more] if fitting < len(said) else [])))


def _views(reading: Reading, evaluation: Evaluation) -> list[Element]:
    if evaluation.shown is None:
        return []
    t = reading.language
    lines = [view_line(reading, view, " ".join(view.reason.split())) for view in evaluation.shown.views]
    return [*paragraphs([t.gettext("*Views*: {counts}", counts=counts_line(t, evaluation.shown.tally)), *lines])]


def _client_side(reading: Reading, evaluation: Evaluation) -> list[Element]:
    t = reading.language
    told: list[Element] = []
    for statement in evaluation.statements:
        heard = t.gettext(
            "*The client’s side*, {date}, {source}",
            date=t.date(statement.said_on),
            source=source_label(t, statement.source),
        )
        told += paragraphs([heard, statement.says])
        if statement.our_part:
            told += paragraphs([t.gettext("*Our own part*"), statement.our_part])
    return told


def _answers(reading: Reading, evaluation: Evaluation) -> list[Element]:
    t = reading.language
    told: list[Element] = []
    for one in evaluation.topics:
        said = [
            t.gettext("{person}: {text}", person=reading.person(answer.person_id), text=answer.text)
            for answer in one.answers
        ]
        told += paragraphs([bold(topic_label(t, one.topic)), *(said or [OPEN])])
    return told
