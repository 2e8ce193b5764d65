"""All that was written in an evaluation, in one window."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.evaluation_rules import MAX_ANSWER_LENGTH, MAX_REASON_LENGTH
from bot.language.evaluation_words import counts_line, source_label, topic_label
from bot.language.marks import bold
from bot.usecases.evaluation import Evaluation
from handlers.slack.render.dossier.measure import MODAL, how_many_fit
from handlers.slack.render.evaluation.overview import OPEN, view_line
from handlers.slack.render.evaluation.paragraphs import paragraphs
from handlers.slack.render.fragments import MAX_SECTION_LENGTH, context, cut, header
from handlers.slack.render.reading import Reading


def build_everything(reading: Reading, code: str, evaluation: Evaluation) -> View:
    """The views once they are shown, the client's side each time it was heard, and every answer, as much as fits."""
    t = reading.language
    title = header(code)
    blocks = [*_views(reading, evaluation), *_client_side(reading, evaluation), *_answers(reading, evaluation)]
    more = context(t.gettext("There is more than fits here."))
    fitting = how_many_fit([[block] for block in blocks], [title, more], MODAL)
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("All that was said")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=[title, *blocks[:fitting], *([more] if fitting < len(blocks) else [])],
    )


def _views(reading: Reading, evaluation: Evaluation) -> list[Block]:
    if evaluation.shown is None:
        return []
    t = reading.language
    lines = [view_line(reading, view, MAX_REASON_LENGTH * 2) for view in evaluation.shown.views]
    return paragraphs([t.gettext("*Views*: {counts}", counts=counts_line(t, evaluation.shown.tally)), *lines])


def _client_side(reading: Reading, evaluation: Evaluation) -> list[Block]:
    t = reading.language
    blocks: list[Block] = []
    for statement in evaluation.statements:
        heard = t.gettext(
            "*The client’s side*, {date}, {source}",
            date=t.date(statement.said_on),
            source=source_label(t, statement.source),
        )
        blocks += paragraphs([heard, _whole(statement.says, MAX_SECTION_LENGTH)])
        if statement.our_part:
            blocks += paragraphs([t.gettext("*Our own part*"), _whole(statement.our_part, MAX_SECTION_LENGTH)])
    return blocks


def _answers(reading: Reading, evaluation: Evaluation) -> list[Block]:
    t = reading.language
    blocks: list[Block] = []
    for one in evaluation.topics:
        said = [
            t.gettext(
                "{person}: {text}", person=reading.person(answer.person_id), text=_whole(answer.text, MAX_ANSWER_LENGTH)
            )
            for answer in one.answers
        ]
        blocks += paragraphs([bold(topic_label(t, one.topic)), *(said or [OPEN])])
    return blocks


def _whole(text: str, longest: int) -> str:
    """Typed text with its lines; characters that had to be written out can make it longer than it was typed."""
    return cut(text, longest * 2)
