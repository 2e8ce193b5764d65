"""The Dutch catalogue against the sentences that the code holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from bot.language import language
from bot.language.marks import marked

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "bot/locale/nl/LC_MESSAGES/messages.po"
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "N_": None}

Key = tuple[str | None, str | tuple[str, ...]]


@cache
def files_with_keywords() -> dict[Path, str]:
    """Every source that could hold a sentence, and what it says; extraction takes long, so the others are left out."""
    sources = (path for folder in ("bot", "handlers", "storage") for path in (ROOT / folder).rglob("*.py"))
    texts = {path: path.read_text(encoding="utf-8") for path in sources}
    return {path: text for path, text in texts.items() if any(keyword in text for keyword in KEYWORDS)}


@cache
def sentences_by_place() -> list[tuple[str, Key]]:
    """Every message id that the code holds, as often as it does, and where."""
    return [
        (f"{path.relative_to(ROOT)}:{line}", (context, message))
        for path in files_with_keywords()
        for line, message, _, context in extract_from_file("python", path, keywords=KEYWORDS)
    ]


def sentences_in_code() -> dict[Key, str]:
    """Every message id that the code holds, and a place that holds it."""
    return {key: place for place, key in sentences_by_place()}


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def entries(catalogue: Catalog) -> Iterator[tuple[Key, Message]]:
    for message in catalogue:
        if message.id:
            yield (message.context, message.id if isinstance(message.id, str) else tuple(message.id)), message


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_has_its_dutch(dutch: Catalog) -> None:
    translated = {key for key, message in entries(dutch) if all(strings(message))}
    missing = {key: place for key, place in sentences_in_code().items() if key not in translated}
    assert not missing


def test_no_entry_has_lost_its_sentence(dutch: Catalog) -> None:
    assert {key for key, _ in entries(dutch)} <= sentences_in_code().keys()
    assert not dutch.obsolete


def test_no_entry_is_a_guess(dutch: Catalog) -> None:
    assert not [message.id for _, message in entries(dutch) if message.fuzzy]


def test_plurals_have_every_form(dutch: Catalog) -> None:
    assert dutch.num_plurals == 2
    assert not [m.id for _, m in entries(dutch) if m.pluralizable and len(list(filter(None, strings(m)))) != 2]


def test_placeholders_are_the_same_in_both_languages(dutch: Catalog) -> None:
    for (_, ids), message in entries(dutch):
        english = (ids,) if isinstance(ids, str) else ids
        wanted = set().union(*(placeholders(sentence) for sentence in english))
        plural = strings(message)[-1]
        assert placeholders(plural) == wanted, message.id
        assert all(placeholders(sentence) <= wanted for sentence in strings(message)), message.id


def test_no_sentence_stands_inside_an_f_string() -> None:
    """There the extraction does not find it, so nobody would miss its Dutch."""
    for path, text in files_with_keywords().items():
        for node in ast.walk(ast.parse(text)):
            calls = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            named = {
                call.func.attr for call in calls if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            }
            assert not named & KEYWORDS.keys(), f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_only_a_platform_is_called_by_its_name() -> None:
    """Everybody else takes the platform's words, so that sentences are true on the next one too."""
    of_slack = ("Slack", "/flagclient", "/dossier", "/debrief", "/invite", "direct message")
    for place, (_, ids) in sentences_by_place():
        if not place.startswith(("handlers/slack/", "bot/commands/", "bot/playground/")):
            assert not [word for word in of_slack if word in str(ids)], place


def test_placeholders_have_names() -> None:
    for _, ids in sentences_in_code():
        for sentence in (ids,) if isinstance(ids, str) else ids:
            assert all(name.isidentifier() for name in placeholders(sentence)), sentence


def test_the_compiled_catalogue_is_up_to_date(dutch: Catalog) -> None:
    spoken = language("nl")
    for (context, ids), message in entries(dutch):
        if isinstance(ids, str) and context is None and not placeholders(ids):
            assert spoken.gettext(ids) == marked(message.string), "compile the catalogues again"
