"""The lexicon of the wording rules, as it stands in the files of `lexicon/`.

`both.toml`, `en.toml` and `nl.toml` have the same parts:

- `[lists]`: words by a name, which a phrase takes up as `<name>`; a list may take up one before it.
- a part for each `Kind`: `words` stand for themselves; `phrases` are patterns, one a line (see `patterns.py`).
  `flag_phrases` and `letter_phrases` are read in the one use only, and so are `flag_words`;
  `firm_phrases` stand where reported speech is no excuse.
- `[harmless]`: `phrases` in which nothing is marked; `[speech]`: `phrases` after which follows what somebody said.
- `[better]`: for a kind, an example of what to write instead; for a word, one of its own.
- `[short]`: short forms in full.

`forms.txt` has the forms of each word that a phrase takes up as `~word`, and `real_words.txt` the words that are one
letter away from a word of the lexicon and no typing errors; `tests/language/wording_files.py` writes both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.wording.marks import FLAG_KINDS, Kind
from bot.domain.wording.patterns import Part, Patterns, read_pattern

FILES = ("both", "en", "nl")
_USES = {"": (True, True), "flag_": (True, False), "letter_": (False, True), "firm_": (True, True)}


class Rule(Struct, frozen=True):
    """What a pattern tells: the kind, the language of its file, and where it is read."""

    kind: Kind
    language: str
    in_flags: bool = True
    in_letters: bool = True
    is_firm: bool = False
    written: str = ""


class Lexicon(Struct, frozen=True):
    """All that the rules know; `better` is by language, then by kind or word."""

    telling: Patterns[Rule]
    harmless: Patterns[None]
    speech: Patterns[None]
    lists: Mapping[str, Part]
    vocabulary: frozenset[str]
    """Words that a typing error may have meant."""
    real_words: frozenset[str]
    short_forms: dict[str, tuple[str, ...]]
    better: Mapping[str, Mapping[str, str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon; read at the first call, which takes a tenth of a second."""
    files = {name: tomllib.loads(_file(f"{name}.toml")) for name in FILES}
    lists = _lists(files)
    forms = dict(_forms())
    common = frozenset(word for part in files.values() for word in part.get("common", {}).get("words", "").split())

    def read(written: str) -> tuple[Part, ...]:
        return read_pattern(written, lists, forms, common)

    telling = [
        (read(written), rule)
        for name, file in files.items()
        for kind in Kind
        for written, rule in _rules(name, kind, file.get(kind.value, {}))
    ]
    return Lexicon(
        telling=Patterns(telling, common),
        harmless=Patterns([(read(one), None) for one in _phrases(files, "harmless")], common),
        speech=Patterns([(read(one), None) for one in _phrases(files, "speech")], common),
        lists=lists,
        vocabulary=frozenset(
            word
            for parts, _ in telling
            for part in parts
            if not part.is_other
            for word in (*part.words, *part.beginnings)
        ),
        real_words=frozenset(_file("real_words.txt").split()),
        short_forms={
            short: tuple(full.split()) for parts in files.values() for short, full in parts.get("short", {}).items()
        },
        better={name: parts.get("better", {}) for name, parts in files.items()},
    )


def _file(name: str) -> str:
    return resources.files("bot.domain.wording").joinpath("lexicon", name).read_text(encoding="utf-8")


def _lists(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Part]:
    """Every list by its name; the words of one name are joined over the files."""
    forms = dict(_forms())
    lists: dict[str, Part] = {}
    for parts in files.values():
        for name, written in parts.get("lists", {}).items():
            (read,) = read_pattern("|".join(written.split()), lists, forms)
            known = lists.get(name, Part())
            lists[name] = Part(known.words | read.words, (*known.beginnings, *read.beginnings))
    return lists


def _forms() -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in _file("forms.txt").splitlines():
        lemma, _, others = line.partition(":")
        yield lemma, (lemma, *others.split())


def _rules(language: str, kind: Kind, part: Mapping[str, str]) -> Iterator[tuple[str, Rule]]:
    for use, (in_flags, in_letters) in _USES.items():
        rule = Rule(kind, language, in_flags and kind in FLAG_KINDS, in_letters, use == "firm_")
        for word in part.get(f"{use}words", "").split():
            yield word, replace(rule, written=word)
        for phrase in _lines(part.get(f"{use}phrases", "")):
            yield phrase, replace(rule, written=phrase)


def _phrases(files: Mapping[str, Mapping[str, Any]], name: str) -> Iterator[str]:
    for parts in files.values():
        yield from _lines(parts.get(name, {}).get("phrases", ""))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
