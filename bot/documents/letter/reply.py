"""A calm reply to what a client says after a letter; it quotes that letter's own terms and knows nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from bot.documents.letter.fields import LINE_BREAK, letter_fields
from bot.documents.letter.sentences import default_sentences, read_sentences
from bot.documents.letter.template import fill
from bot.domain.farewell.letter.letter import Letter
from bot.language import language


def write_reply(kind: str, letter: Letter, sentences: str | None = None) -> str:
    """The reply of a kind in the letter's language and form of address; raises `KeyError` for a kind without one."""
    t = language(letter.language)
    words = read_sentences(default_sentences(t.code) if sentences is None else sentences)
    written = fill(replies(t.code)[kind], letter_fields(letter, words, t))
    return written.strip().replace(LINE_BREAK, "\n")


@cache
def replies(code: str) -> Mapping[str, str]:
    """The templates of all replies in a language, by kind."""
    folder = resources.files("bot.documents.letter").joinpath("replies")
    return tomllib.loads(folder.joinpath(f"{code}.toml").read_text(encoding="utf-8"))
