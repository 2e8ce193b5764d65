"""A message's text as people saw it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.receiving.message_text import plain_text


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("plain", "plain"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("ask <@U123|ben>", "ask @ben"),
        ("ask <@U123>", "ask @…"),
        ("in <#C1|general>", "in #general"),
        ("in <#C1>", "in #…"),
        ("<!channel> and <!here|@here>", "@channel and @here"),
        ("<!subteam^S1|@team>", "@team"),
        ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
        ("see <https://example.org|our site>", "see our site (https://example.org)"),
        ("write <mailto:jan@example.org|jan@example.org>", "write jan@example.org (mailto:jan@example.org)"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_references_read_as_they_were_shown(sent: str, seen: str) -> None:
    assert plain_text(sent) == seen


@given(st.text())
def test_any_text_will_do(text: str) -> None:
    assert isinstance(plain_text(text), str)
