"""All that was written in an evaluation, in one window."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.evaluation_rules import ANSWER_LONGEST, REASON_LONGEST
from bot.language.evaluation_words import counts_line, source_label, topic_label
from bot.usecases.evaluation import Evaluation
from handlers.slack.render.evaluation.overview import OPEN, view_line
from handlers.slack.render.fragments import SECTION_LONGEST, cut, esc, header, section
from handlers.slack.render.reading import Reading

BLOCKS_MOST = 100


def build_everything(reading: Reading, code: str, evaluation: Evaluation) -> View:
    """Every answer, the client's side each time it was heard, and the views once they are shown."""
    t = reading.language
    blocks: list[Block] = []
    for one in evaluation.topics:
        said = [
            t.gettext(
                "{person}: {text}", person=reading.person(answer.person_id), text=_whole(answer.text, ANSWER_LONGEST)
            )
            for answer in one.answers
        ]
        blocks += paragraphs([f"*{topic_label(t, one.topic)}*", *(said or [OPEN])])
    for statement in evaluation.statements:
        heard = t.gettext(
            "*The client’s side*, {date}, {source}",
            date=t.date(statement.said_on),
            source=source_label(t, statement.source),
        )
        blocks += paragraphs([heard, _whole(statement.says, SECTION_LONGEST)])
        if statement.our_part:
            blocks += paragraphs([t.gettext("*Our own part*"), _whole(statement.our_part, SECTION_LONGEST)])
    if evaluation.shown is not None:
        lines = [view_line(reading, view, REASON_LONGEST * 2) for view in evaluation.shown.views]
        blocks += paragraphs([t.gettext("*Views*: {counts}", counts=counts_line(t, evaluation.shown.tally)), *lines])
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("All that was said")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=[header(code), *blocks][:BLOCKS_MOST],
    )


def paragraphs(lines: Iterable[str]) -> list[Block]:
    """Lines as as few paragraphs as they fit in; no line is torn apart."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + 1 + len(line) <= SECTION_LONGEST:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line)
    return [section(text) for text in packed]


def _whole(text: str, longest: int) -> str:
    """Typed text with its lines; characters that had to be written out can make it longer than it was typed."""
    return cut(esc(text), longest * 2)
