"""The evaluation in the overview of a discussion, and all of it on one page: nothing hidden shows, and all fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evaluation import ViewsShown
from bot.language import LANGUAGES, Language, language
from bot.usecases.evaluation.evaluation_view import Evaluation
from handlers.features.evaluation.everything import build_everything
from handlers.features.evaluation.overview import DONE, OPEN, build_client_side, build_views
from handlers.features.evaluation.paragraphs import MAX_PARAGRAPH_LENGTH, in_brief, paragraphs, written_length
from handlers.slack.painting.measure import IN_MODAL
from handlers.slack.painting.text import escaped
from handlers.surface.form import page
from handlers.surface.message import Element, Message, Paragraph
from tests.handlers.features.evaluation.cases import (
    HIDDEN,
    LONG,
    PEOPLE,
    USERS,
    assert_harmless,
    drawn,
    evaluation,
    nothing_said,
    readers,
    reading,
    shown_views,
    texts,
)
from tests.hostile import HOSTILE

MAX_SHARE = 5600
"""What the evaluation may take of the some 10,500 characters that a message holds."""


def parts(t: Language, found: Evaluation) -> list[Element]:
    return [
        build_client_side(reading(t), found),
        *build_views(reading(t), found),
    ]


def everything(t: Language, found: Evaluation) -> Message:
    return build_everything(reading(t), "review-0001", found, IN_MODAL)


@given(readers, texts)
def test_whatever_was_typed_stays_text(t: Language, text: str) -> None:
    counted = evaluation(text, shown=shown_views(text, (1, 2), ViewsShown.COUNTS))
    for found in (evaluation(text), counted):
        assert_harmless(Message("review-0001", tuple(parts(t, found))))
        assert_harmless(page("All", "Close", everything(t, found).elements))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", [*LONG, *HOSTILE])
def test_the_fullest_evaluation_leaves_room_for_the_rest_of_the_overview(code: str, typed: str) -> None:
    """Thirty people who all wrote as much as fits, in characters that grow when they are written out."""
    found = evaluation(typed, PEOPLE, waited_for=PEOPLE, away=PEOPLE)
    shown = parts(language(code), found)
    assert_harmless(Message("review-0001", tuple(shown)))
    assert len(drawn(shown)) <= MAX_SHARE
    assert_harmless(page("All", "Close", everything(language(code), evaluation(typed, PEOPLE[:10])).elements))


def test_hidden_views_leave_no_trace_but_who_has_answered() -> None:
    t = language("en")
    found = evaluation("x", (1, 2, 3), round=HIDDEN, answered=(1,), away=(2,), waited_for=(3,), shown=None)
    seen = drawn(parts(t, found))
    assert "○ *Views*: 1 of 3 in so far." in seen
    assert f"No answer yet: <@{USERS[3]}>" in seen
    assert f"Can’t answer now: <@{USERS[2]}>" in seen
    for text in (seen, drawn(everything(t, found).elements)):
        for choice in ("Keep this client", "Put it right first", "Part ways", "No view"):
            assert choice not in text


def test_counts_show_nobody() -> None:
    found = evaluation("x", PEOPLE, shown=shown_views("So I see it.", PEOPLE, ViewsShown.COUNTS))
    t = language("en")
    views = drawn(build_views(reading(t), found))
    assert "• *Keep this client*: So I see it." in views
    assert "@" not in views


def test_every_part_ticks_itself_off() -> None:
    empty, full = (drawn(parts(language("en"), found)) for found in (nothing_said(), evaluation("x")))
    assert (empty.count(OPEN), empty.count(DONE)) == (2, 0)
    assert (full.count(OPEN), full.count(DONE)) == (0, 2)


def test_what_the_client_said_long_ago_is_shown_as_open() -> None:
    side = build_client_side(reading(language("en")), evaluation("x", is_side_known=False))
    assert "○ *The client’s side*, 2 March 2026, on the phone: x" in drawn([side])
    assert "please ask again" in drawn([side])


def test_everything_is_there_in_whole_or_says_that_it_is_not() -> None:
    t, long = language("en"), "Ten & twelve years.\n\nAnd a <bit>. " * 40
    whole = everything(t, evaluation(long))
    assert drawn(whole.elements).count(escaped(long)) == 2 * 3 + 2 * 10
    assert "…" not in drawn(whole.elements)
    assert "There is more than fits here." not in drawn(whole.elements)
    assert "There is more than fits here." in drawn(everything(t, evaluation(long, PEOPLE)).elements)


def test_lines_are_packed_without_tearing_one_apart() -> None:
    lines = ["x" * 1400] * 5
    assert paragraphs(lines) == [Paragraph("\n".join(lines[:2]))] * 2 + [Paragraph(lines[0])]


@given(st.lists(texts))
def test_a_paragraph_of_several_lines_is_never_cut_off(lines: list[str]) -> None:
    packed = paragraphs([line * 100 for line in lines])
    for paragraph in packed:
        assert isinstance(paragraph, Paragraph)
        assert len(escaped(paragraph.text)) <= MAX_PARAGRAPH_LENGTH or paragraph.text in {line * 100 for line in lines}
    assert "\n".join(one.text for one in packed if isinstance(one, Paragraph)) == "\n".join(
        line * 100 for line in lines
    )


@given(texts, st.integers(min_value=1, max_value=60))
def test_what_is_brief_stays_so_when_it_is_written_out(text: str, longest: int) -> None:
    brief = in_brief(text, longest)
    assert written_length(brief) == len(escaped(brief)) <= longest
    whole = " ".join(text.split())
    assert brief == whole or (brief.endswith("…") and whole.startswith(brief[:-1]))
