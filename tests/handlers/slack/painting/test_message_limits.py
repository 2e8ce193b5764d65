"""A message as a whole fits into Slack, however much its parts grow when they are painted."""

from __future__ import annotations

import pytest

from bot.language.marks import bold
from bot.playground.blocks import check_message
from handlers.slack.painting.message import MAX_BLOCKS_LENGTH, paint_message, text_length
from handlers.surface.message import Button, Heading, Message, Paragraph, button_row, small_print

ROW = button_row(Button("Open", "dossier.show", "1"))


@pytest.mark.parametrize("typed", ["&" * 2900, "x" * 2900, "🙂" * 1400])
def test_the_longest_paragraphs_give_way_where_all_of_it_is_too_long(typed: str) -> None:
    short = Paragraph("Short words stay.")
    elements = (
        Heading("review-0001"),
        short,
        *[Paragraph(f"{bold('Views')}\n{typed}")] * 8,
        small_print("Small."),
        ROW,
    )
    painted = paint_message(Message("What notifications say.", elements), {})
    assert MAX_BLOCKS_LENGTH // 2 < text_length(painted.blocks) <= MAX_BLOCKS_LENGTH
    assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
    assert painted.blocks[1]["text"]["text"] == short.text
    for block in painted.blocks[2:10]:
        assert block["text"]["text"].startswith("*Views*\n")
        assert block["text"]["text"].endswith("…")
    assert [block["type"] for block in painted.blocks[10:]] == ["context", "actions"]


def test_what_fits_is_not_cut() -> None:
    typed = "&" * 590
    painted = paint_message(Message("x", (Paragraph(typed),) * 3), {})
    assert [block["text"]["text"] for block in painted.blocks] == ["&amp;" * 590] * 3
