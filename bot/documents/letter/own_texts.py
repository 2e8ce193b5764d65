"""The texts and files of letters that a workspace can replace: their defaults, how they are tried, how they look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.documents.letter.environment import TemplateUnreadableError
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.script import check_script_template, script_text, write_script
from bot.documents.letter.sentences import default_sentences, read_sentences
from bot.documents.letter.template import default_template
from bot.documents.letter.text import as_text, check_letter_template, write_letter
from bot.documents.letter.word import default_word_template, letter_as_word
from bot.documents.letter.word_check import check_word_template
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.farewell.letter.texts import SENTENCES, WORD, as_read, script_name, template_name
from bot.domain.workspace_texts import ALL_LANGUAGES, TextKind
from bot.language import DEFAULT, LANGUAGES

_LOOKS = ((FormOfAddress.FORMAL, LetterStyle.FORMAL), (FormOfAddress.INFORMAL, LetterStyle.EMAIL))
"""What a preview shows: the letter on paper, formally, and the e-mail, informally."""

_BETWEEN = f"\n{'-' * 40}\n\n"


def _letter(kind: LetterKind) -> TextKind:
    def check(code: str, data: bytes) -> None:
        check_letter_template(kind, code, _text(data))

    def preview(code: str, data: bytes) -> bytes:
        return _shown(kind, code, lambda letter: as_text(write_letter(letter, _text(data))))

    return TextKind(template_name(kind), ".txt", LANGUAGES, partial(_default, kind.value), check, preview)


def _script(kind: LetterKind) -> TextKind:
    name = script_name(kind)

    def check(code: str, data: bytes) -> None:
        check_script_template(kind, code, _text(data))

    def preview(code: str, data: bytes) -> bytes:
        return _shown(kind, code, lambda letter: script_text(write_script(letter, _text(data))))

    return TextKind(name, ".txt", LANGUAGES, partial(_default, name), check, preview)


def _check_sentences(code: str, data: bytes) -> None:
    """A letter of each kind has to be one with these sentences in it."""
    sentences = _text(data)
    read_sentences(sentences)
    for kind in LetterKind:
        check_letter_template(kind, code, default_template(kind.value, code), sentences)


def _show_sentences(code: str, data: bytes) -> bytes:
    return _shown(LetterKind.FAREWELL, code, lambda letter: as_text(write_letter(letter, sentences=_text(data))))


def _show_word(code: str, data: bytes) -> bytes:
    letter = sample_letter(LetterKind.FAREWELL, code or DEFAULT, *_LOOKS[0])
    return letter_as_word(letter, write_letter(letter), data)


def _shown(kind: LetterKind, code: str, write: Callable[[Letter], str]) -> bytes:
    return _BETWEEN.join(write(sample_letter(kind, code, form, style)) for form, style in _LOOKS).encode()


def _default(name: str, code: str) -> bytes:
    return default_template(name, code).encode()


def _text(data: bytes) -> str:
    """A file as text; raises `TemplateUnreadableError` with the line at which it is none."""
    try:
        return as_read(data)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateUnreadableError(line=line, reason="it isn’t UTF-8") from None


def _sentences_of(code: str) -> bytes:
    return default_sentences(code).encode()


def _word_of(_code: str) -> bytes:
    return default_word_template()


def _check_word(_code: str, data: bytes) -> None:
    check_word_template(data)


LETTER_TEXTS: tuple[TextKind, ...] = (
    *(_letter(kind) for kind in LetterKind),
    _script(LetterKind.FAREWELL),
    _script(LetterKind.BOUNDARY),
    TextKind(SENTENCES, ".toml", LANGUAGES, _sentences_of, _check_sentences, _show_sentences),
    TextKind(WORD, ".docx", (ALL_LANGUAGES,), _word_of, _check_word, _show_word),
)
"""All of them."""
