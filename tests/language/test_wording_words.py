"""What people are told about wording."""

from __future__ import annotations

import pytest

from bot.domain.wording.check import check_flag
from bot.domain.wording.marks import Kind, Mark
from bot.language import language
from bot.language.wording_words import MAX_WORDS_QUOTED, wording_note, wording_notes

TEXT = "What an idiot, and a clown too; he is a thief."


@pytest.mark.parametrize("code", ["en", "nl"])
def test_a_note_quotes_the_words_and_gives_an_example(code: str) -> None:
    insult, crime = wording_notes(language(code), check_flag(TEXT))
    assert "“idiot”" in insult
    assert "thief" in crime
    assert all("“" in note.split(":")[-1] for note in (insult, crime))


@pytest.mark.parametrize("code", ["en", "nl"])
def test_where_nothing_typed_may_stand_no_note_quotes_it(code: str) -> None:
    notes = wording_notes(language(code), check_flag(TEXT), is_quoting=False)
    assert len(notes) == 2
    assert not [word for word in ("idiot", "clown", "thief") for note in notes if word in note]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_said_in_both_languages(kind: Kind) -> None:
    mark = Mark(0, 4, kind, "word")
    english, dutch = wording_note(language("en"), mark), wording_note(language("nl"), mark)
    assert english.startswith("“word” ")
    assert dutch.startswith("“word” ")
    assert english != dutch


def test_few_words_are_quoted_and_each_once() -> None:
    marks = [Mark(at, at + 1, Kind.INSULT, f"w{at % 5}") for at in range(20)]
    (note,) = wording_notes(language("en"), marks)
    assert note.count("“") == MAX_WORDS_QUOTED
