"""What a workspace can replace of letters: the defaults pass, and a mistake is told with its line."""

from __future__ import annotations

import pytest

from bot.documents.letter.environment import LetterTemplateError, TemplateUnreadableError
from bot.documents.letter.own_texts import LETTER_TEXTS
from bot.documents.letter.sentences import SentencesInvalidError
from bot.documents.letter.word_check import words_of
from bot.domain.workspace_texts import TextKind

BY_NAME = {own.name: own for own in LETTER_TEXTS}


@pytest.mark.parametrize(
    ("own", "code"),
    [(own, code) for own in LETTER_TEXTS for code in own.languages],
    ids=lambda one: getattr(one, "name", one),
)
def test_what_comes_with_the_bot_passes_and_can_be_looked_at(own: TextKind, code: str) -> None:
    data = own.default(code)
    own.check(code, data)
    seen = own.preview(code, data)
    text = "\n".join(words_of(seen)) if own.suffix == ".docx" else seen.decode()
    assert "[contact]" in text


def test_a_file_of_another_editor_is_taken() -> None:
    own = BY_NAME["letter_farewell"]
    own.check("nl", b"\xef\xbb\xbf" + own.default("nl").replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("name", [own.name for own in LETTER_TEXTS if own.suffix != ".docx"])
def test_a_file_that_is_no_text_is_told_with_its_line(name: str) -> None:
    with pytest.raises(TemplateUnreadableError) as raised:
        BY_NAME[name].check("nl", b"Een\nTwee\nDrie \xff\n")
    assert raised.value.values["line"] == 3


@pytest.mark.parametrize("name", [own.name for own in LETTER_TEXTS])
def test_an_empty_file_is_refused(name: str) -> None:
    with pytest.raises((LetterTemplateError, SentencesInvalidError)):
        BY_NAME[name].check(BY_NAME[name].languages[0], b"")
