"""Nobody brings marks along: what passes for one is taken out before anything reads it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.marks import MARKS, PERSON, bold, person, unmarked, without_marks
from handlers.slack.receiving.unmarking import may_hold_marks, without_marks_in
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import recorded
from tests.harness import Harness

MARKED = person(1, bold("x"))


@pytest.mark.parametrize(
    "raw",
    [
        MARKED,
        json.dumps({"text": MARKED}),
        json.dumps({"text": MARKED}, ensure_ascii=False),
        urlencode({"text": MARKED}),
        urlencode({"text": MARKED}).lower(),
        urlencode({"payload": json.dumps({"text": MARKED})}),
        urlencode({"payload": json.dumps({"text": MARKED})}).lower(),
        *(json.dumps({"text": character}) for character in "\0\ud800\udfff"),
        *(urlencode({"payload": json.dumps({"text": character})}) for character in "\0\ud800\udfff"),
        urlencode({"text": "\0"}),
        "text=\0",
    ],
)
def test_marks_are_found_however_they_are_written(raw: str) -> None:
    assert may_hold_marks(raw)


def test_ordinary_text_is_not_looked_through() -> None:
    assert not may_hold_marks(json.dumps({"text": "Zoë ﷺ & *friends*"}, ensure_ascii=False))


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_nothing_is_left_of_marks_wherever_they_stand(value: object) -> None:
    assert not MARKS.search(json.dumps(without_marks_in(value), ensure_ascii=False))


UNSTORED = st.text(st.sampled_from("a\0\ud800\udbff\udc00\udfff\ufdd0é🦊"))


@given(st.recursive(UNSTORED, lambda inner: st.lists(inner) | st.dictionaries(UNSTORED, inner)))
def test_nothing_is_left_of_what_no_database_takes(value: object) -> None:
    left = json.dumps(without_marks_in(value), ensure_ascii=False)
    assert "\\u0000" not in left
    left.encode()


@given(st.text())
def test_text_without_marks_is_not_changed(text: str) -> None:
    plain = unmarked(text)
    assert unmarked(plain) == plain == without_marks(plain)


async def test_what_was_typed_with_marks_is_stored_without(harness: Harness) -> None:
    await a_client(harness, "Acme", flags=0)
    await harness.ben.command(COMMAND_FLAG, f"Acme late 3 {PERSON}1 invoice {bold('open')}")
    (flag,) = await recorded(harness)
    assert flag.content.what_happened == "1 invoice open"
