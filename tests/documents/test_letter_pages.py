"""The pages about letters name every field that a template has, and none that it has not."""

from __future__ import annotations

import re

import pytest

from bot.documents.letter.fields import letter_fields
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.sentences import default_sentences, read_sentences
from bot.documents.letter.text import write_letter
from bot.documents.letter.word import word_fields
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.language import language
from tests.harness import ROOT


@pytest.mark.parametrize("page", ["letters.md", "brieven.md"])
def test_every_field_is_explained(page: str) -> None:
    letter = sample_letter(LetterKind.FAREWELL, "en", FormOfAddress.FORMAL, LetterStyle.FORMAL)
    known = letter_fields(letter, read_sentences(default_sentences("en")), language("en"))
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table, word = text.split("\n## ")[3:5]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert named == set(known)
    in_word = set(word_fields(letter, write_letter(letter))) - {name for name in known if name.startswith("company")}
    assert set(re.findall(r"`(\w+)`", word)) == in_word
