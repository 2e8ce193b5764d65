"""Messages as blocks: Slack takes them however much they say, and only what is too long is shortened."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.language.marks import bold, code, link, person, quoted
from bot.playground.blocks import check_message
from handlers.slack.painting.message import MAX_BLOCKS_LENGTH, paint_elements, paint_message, text_length
from handlers.slack.painting.text import known_key, mrkdwn
from handlers.surface.message import (
    Button,
    Chart,
    ChartKind,
    Element,
    Facts,
    Heading,
    Message,
    Paragraph,
    Series,
    Verbatim,
    button_row,
    small_print,
)

KNOWN = {known_key("\ufdd7", 9): "U00000009"}

typed = st.text(st.characters(exclude_categories=("Cs", "Cn")), min_size=1, max_size=20).filter(str.strip)
texts = st.builds(
    lambda text, times, mark: mark((text * times)[:4000]),
    st.sampled_from(["x", "&", "<!channel> ", "a\nb ", "👩‍👩‍👧‍👦", bold("x") + code("y")]) | typed,
    st.integers(1, 4000),
    st.sampled_from([str, bold, code, quoted, lambda text: f"{text}{link('https://a.example', 'b')}{person(9, 'c')}"]),
)
buttons = st.builds(Button, typed, st.uuids().map(str), st.just("1"))
elements: st.SearchStrategy[Element] = st.one_of(
    st.builds(Heading, texts),
    st.builds(Paragraph, texts, st.none() | buttons),
    st.builds(Verbatim, texts),
    st.lists(texts, min_size=1, max_size=3).map(lambda several: small_print(*several)),
    st.lists(st.tuples(typed, texts), min_size=1, max_size=10).map(lambda facts: Facts(tuple(facts))),
    st.lists(buttons, min_size=1, max_size=5).map(lambda several: button_row(*several)),
)


@given(texts, st.lists(elements, max_size=50))
def test_a_message_is_taken_however_much_it_says(text: str, drawn: Sequence[Element]) -> None:
    painted = paint_message(Message(text, tuple(drawn)), KNOWN)
    assert check_message({"text": painted.text, "blocks": painted.blocks}, "chat.update") == []
    assert text_length(painted.blocks) <= MAX_BLOCKS_LENGTH
    as_it_is = paint_elements(drawn, KNOWN)
    if text_length(as_it_is) <= MAX_BLOCKS_LENGTH:
        assert painted.blocks == as_it_is


@given(st.lists(st.integers(1, 3000), min_size=5, max_size=50))
def test_only_the_longest_texts_are_shortened(lengths: list[int]) -> None:
    message = Message("A message.", tuple(Paragraph("x" * length) for length in lengths))
    shown = [len(block["text"]["text"]) for block in paint_message(message, {}).blocks]
    cap = max(shown)
    assert shown == [min(length, cap) for length in lengths]
    assert cap == max(lengths) or MAX_BLOCKS_LENGTH - len(lengths) < sum(shown) <= MAX_BLOCKS_LENGTH


@given(texts, st.integers(1, 4000))
def test_a_text_keeps_to_its_length(text: str, longest: int) -> None:
    assert len(mrkdwn(text, KNOWN, longest)) <= longest


def test_words_as_they_were_typed_are_neither_drawn_nor_escaped() -> None:
    painted = paint_elements([Verbatim("*b* :smile: <!channel> & `c`")], {})
    assert painted == [
        {"type": "section", "text": {"type": "plain_text", "text": "*b* :smile: <!channel> & `c`", "emoji": False}}
    ]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cn")), min_size=1, max_size=40), max_size=20))
def test_labels_of_an_axis_are_short_and_all_different(labels: list[str]) -> None:
    chart = Chart("Flags", ChartKind.BAR, tuple(labels), (Series("Flags", tuple(range(len(labels)))),))
    drawn = paint_elements([chart], {})[0]["chart"]
    short = drawn["axis_config"]["categories"]
    assert len(set(short)) == len(labels)
    assert all(1 <= len(label) <= 20 for label in short)
    assert [point["label"] for point in drawn["series"][0]["data"]] == short
