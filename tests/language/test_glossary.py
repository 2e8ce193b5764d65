"""The glossary beside the catalogue: one word for each thing, in both languages, and none that misleads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.harness import ROOT

LOCALE = ROOT / "bot" / "locale"
COMMANDS = re.compile(r"/\w+|\{\w+\}|`[^`]*`")
"""What is typed or filled in is the same in both languages."""

TERMS: list[dict[str, Any]] = tomllib.loads((LOCALE / "glossary.toml").read_text(encoding="utf-8"))["term"]


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence of the catalogue in both languages, in lower case, without what is filled in."""
    with (LOCALE / "nl" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file, locale="nl"):
            if message.id:
                english = message.id if isinstance(message.id, tuple) else (message.id,)
                dutch = message.string if isinstance(message.string, tuple) else (message.string,)
                yield from ((plain(one), plain(other)) for one, other in zip(english, dutch, strict=True))


def plain(sentence: str) -> str:
    return COMMANDS.sub("", sentence).replace("’", "'").lower()


@pytest.mark.parametrize("term", TERMS, ids=[term["en"] for term in TERMS])
def test_each_thing_has_one_word_and_none_that_misleads(term: dict[str, Any]) -> None:
    wrong = [
        (english, dutch)
        for english, dutch in sentences()
        if any(word in dutch for word in term.get("not_nl", ()))
        or any(word in english for word in term.get("not_en", ()))
        or (re.search(rf"\b{term['en']}\b", english) and not any(word in dutch for word in term["nl"]))
    ]
    assert wrong == []
