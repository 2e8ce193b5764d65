"""Messages as Block Kit, within Slack's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import Struct

from bot.language.marks import bold
from handlers.slack.painting.text import Known, mrkdwn, plain, said
from handlers.surface.message import (
    Button,
    Buttons,
    Cell,
    Chart,
    Divider,
    Element,
    Facts,
    Heading,
    Message,
    Paragraph,
    Series,
    SmallPrint,
    Table,
    Verbatim,
    Weight,
)

Block = dict[str, Any]

MAX_MESSAGE_LENGTH = 4000
"""What `chat.update` takes as text; a message must fit when it is brought up to date, too."""
MAX_ANSWER_LENGTH = 40_000
"""What is taken as text of an answer to an interaction, which is never brought up to date."""
MAX_BLOCKS_LENGTH = 11_000
"""Slack refuses messages with more than 12,000 characters in their blocks, and was seen to refuse one with 11,341."""
MAX_SECTION_LENGTH = 3000
MAX_FACT_LENGTH = 2000
MAX_HEADER_LENGTH = 150
MAX_BUTTON_LENGTH = 75
MAX_CONFIRM_TITLE_LENGTH = 100
MAX_CONFIRM_TEXT_LENGTH = 300
MAX_CONFIRM_BUTTON_LENGTH = 30
MAX_CHART_TITLE_LENGTH = 50
MAX_CHART_LABEL_LENGTH = 20
MAX_CELL_LENGTH = 40

_STYLES = {Weight.MAIN: "primary", Weight.RISKY: "danger"}
_SILENT = frozenset({"type", "action_id", "block_id", "value", "style", "url"})


class PaintedMessage(Struct, frozen=True):
    """A message as the Web API takes it."""

    text: str
    blocks: list[Block]


def paint_message(message: Message, known: Known, longest: int = MAX_MESSAGE_LENGTH) -> PaintedMessage:
    """The message as Slack takes it; what is drawn in elements is said in its notification without emphasis.

    Where all texts together are too long, the longest are shortened.
    """
    text = said if message.elements else mrkdwn
    blocks = paint_elements(message.elements, known)
    # JSON is never shorter than the text in it, and counted in a quarter of the time: most messages need no more.
    is_short = len(msgspec.json.encode(blocks)) <= MAX_BLOCKS_LENGTH
    if not is_short and (excess := text_length(blocks) - MAX_BLOCKS_LENGTH) > 0:
        blocks = paint_elements(message.elements, known, _cap(map(len, _long_texts(blocks)), excess))
    return PaintedMessage(text(message.text, known, longest), blocks)


def paint_elements(elements: Sequence[Element], known: Known, cap: int = MAX_SECTION_LENGTH) -> list[Block]:
    """Elements as blocks, one each; a text of theirs takes at most `cap` characters, labels aside."""
    return [_PAINTERS[type(element)](element, known, cap) for element in elements]


def text_length(part: Any) -> int:
    """How many characters people read in blocks, labels and cells of charts and tables included."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, dict):
        return sum(text_length(inner) for name, inner in part.items() if name not in _SILENT)
    return sum(map(text_length, part)) if isinstance(part, list) else 0


def _long_texts(blocks: Sequence[Block]) -> Iterator[str]:
    """The texts that can be cut shorter."""
    for block in blocks:
        if block["type"] in ("section", "context"):
            texts = block.get("elements") or block.get("fields") or [block["text"]]
            yield from (text["text"] for text in texts)


def _cap(lengths: Iterable[int], excess: int) -> int:
    """What the longest of `lengths` are cut to, so that all become `excess` shorter together."""
    falling = sorted(lengths, reverse=True)
    total = -excess
    for number, (length, following) in enumerate(pairwise([*falling, 1]), start=1):
        total += length
        if total // number >= following:
            return total // number
    return 1


def _heading(heading: Heading, known: Known, cap: int) -> Block:
    return {"type": "header", "text": label(heading.text, MAX_HEADER_LENGTH)}


def _paragraph(paragraph: Paragraph, known: Known, cap: int) -> Block:
    block: Block = {"type": "section", "text": _text(paragraph.text, known, cap)}
    if paragraph.button is not None:
        block["accessory"] = _button(paragraph.button)
    return block


def _verbatim(verbatim: Verbatim, known: Known, cap: int) -> Block:
    return {"type": "section", "text": label(verbatim.text, cap)}


def _small_print(small: SmallPrint, known: Known, cap: int) -> Block:
    return {"type": "context", "elements": [_text(text, known, cap) for text in small.texts]}


def _facts(facts: Facts, known: Known, cap: int) -> Block:
    longest = min(cap, MAX_FACT_LENGTH)
    fields = [_text(f"{bold(name)}\n{value}", known, longest) for name, value in facts.facts]
    return {"type": "section", "fields": fields}


def _divider(divider: Divider, known: Known, cap: int) -> Block:
    return {"type": "divider"}


def _buttons(row: Buttons, known: Known, cap: int) -> Block:
    return {"type": "actions", "elements": [_button(button) for button in row.buttons]}


def _button(button: Button) -> Block:
    block: Block = {
        "type": "button",
        "text": label(button.label, MAX_BUTTON_LENGTH),
        "action_id": button.action,
    }
    if button.value:
        block["value"] = button.value
    if button.weight in _STYLES:
        block["style"] = _STYLES[button.weight]
    if button.question is not None:
        asked = button.question
        block["confirm"] = {
            "title": title(asked.title, MAX_CONFIRM_TITLE_LENGTH),
            "text": title(asked.text, MAX_CONFIRM_TEXT_LENGTH),
            "confirm": title(asked.yes, MAX_CONFIRM_BUTTON_LENGTH),
            "deny": title(asked.no, MAX_CONFIRM_BUTTON_LENGTH),
        }
    return block


def _chart(chart: Chart, known: Known, cap: int) -> Block:
    labels = _unique([plain(one, MAX_CHART_LABEL_LENGTH) for one in chart.labels])
    return {
        "type": "data_visualization",
        "title": plain(chart.title, MAX_CHART_TITLE_LENGTH),
        "chart": {
            "type": chart.kind.value,
            "series": [_series(series, labels) for series in chart.series],
            "axis_config": {"categories": labels},
        },
    }


def _series(series: Series, labels: list[str]) -> Block:
    data = [{"label": one, "value": value} for one, value in zip(labels, series.values, strict=True)]
    return {"name": plain(series.name, MAX_CHART_LABEL_LENGTH), "data": data}


def _unique(labels: Sequence[str]) -> list[str]:
    """The labels, all different, which Slack asks of an axis."""
    seen: list[str] = []
    for one in labels:
        short, number = one, 2
        while short in seen:
            mark = f" {number}"
            short, number = plain(one, MAX_CHART_LABEL_LENGTH - len(mark)) + mark, number + 1
        seen.append(short)
    return seen


def _table(table: Table, known: Known, cap: int) -> Block:
    headings = [_cell(Cell(text)) for text in table.headings]
    rows = [headings, *([_cell(cell) for cell in row] for row in table.rows)]
    return {
        "type": "data_table",
        "caption": plain(table.caption, MAX_SECTION_LENGTH),
        "rows": rows,
        "page_size": len(table.rows),
    }


def _cell(cell: Cell) -> Block:
    text = plain(cell.text, MAX_CELL_LENGTH)
    return (
        {"type": "raw_text", "text": text}
        if cell.number is None
        else {"type": "raw_number", "value": cell.number, "text": text}
    )


def _text(text: str, known: Known, longest: int) -> Block:
    return {"type": "mrkdwn", "text": mrkdwn(text, known, longest), "verbatim": True}


def label(text: str, longest: int) -> Block:
    """Plain text in which `:name:` stays what it is."""
    return {"type": "plain_text", "text": plain(text, longest), "emoji": False}


def title(text: str, longest: int) -> Block:
    """Plain text of ours, in which no `:name:` stands."""
    return {"type": "plain_text", "text": plain(text, longest)}


_PAINTERS: dict[type[Any], Callable[[Any, Known, int], Block]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Verbatim: _verbatim,
    SmallPrint: _small_print,
    Facts: _facts,
    Divider: _divider,
    Buttons: _buttons,
    Chart: _chart,
    Table: _table,
}
