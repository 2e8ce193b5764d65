"""First words of the command that ask for something else than a flag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.flag_first_word import Word, first_word

KNOWN = {"acme": 1, "left bank": 2, "discuss it": 3, "help": 4, "bank": 5}


def known(name: str) -> int | None:
    return KNOWN.get(name.casefold())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (Word.FLAG, "")),
        ("help", (Word.HELP, "")),
        (" HULP ", (Word.HELP, "")),
        ("help late 3 invoice", (Word.FLAG, "")),
        ('"help" late 3 invoice', (Word.FLAG, "")),
        ("discuss Acme", (Word.DISCUSS, "Acme")),
        ("bespreken  Acme ", (Word.DISCUSS, "Acme")),
        ('Discuss "Bakkerij De Zon"', (Word.DISCUSS, "Bakkerij De Zon")),
        ("discuss “Acme”", (Word.DISCUSS, "Acme")),
        ("left Acme", (Word.LEFT, "Acme")),
        ("vertrokken Onbekend BV", (Word.LEFT, "Onbekend BV")),
        ("left", (Word.HELP, "")),
        ("left Bank", (Word.LEFT, "Bank")),
        ("Left Bank late 3 invoice 17", (Word.FLAG, "")),
        ("discuss it late 2 no answer", (Word.FLAG, "")),
        ("frobnicate Acme", (Word.FLAG, "")),
        ("leftovers late 3 x", (Word.FLAG, "")),
    ],
)
def test_first_words(text: str, expected: tuple[Word, str]) -> None:
    assert first_word(text, known) == expected


@given(
    st.sampled_from(["", "help", "discuss ", "left ", "Vertrokken "]).flatmap(lambda head: st.text().map(head.__add__))
)
def test_only_what_needs_a_name_comes_with_one(text: str) -> None:
    word, name = first_word(text, known)
    assert bool(name) is (word in (Word.DISCUSS, Word.LEFT))
