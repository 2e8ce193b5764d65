"""Flags as people type them, each with what a careful reader understands, on Friday 27 November 2026.

`flag_texts.tsv` holds a line for each: `record` where the text says all there is to say, `form` where it has to be
asked about, `either` where both will do; the client (`new:` before a new name), category, severity and day that are
meant, as far as they are certain. `flag_text_clients.txt` holds the clients that are known, with their aliases.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct

from bot.domain.model import Person
from bot.domain.policy import WorkspaceSettings
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex, IndexedName
from bot.usecases.flags.understanding import AskForm, Record, understand_flag_text

FRIDAY = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
WORKSPACE = 1
NEEDED = 0.97
"""The share of the texts that say all there is to say which has to be recorded at once."""


class Meant(Struct, frozen=True):
    """What a text means, and what is to become of it."""

    language: str
    verdict: str
    client: str
    category: str
    severity: str
    day: str
    text: str


HERE = Path(__file__).parent
TEXTS = [Meant(*line.split("\t")) for line in (HERE / "flag_texts.tsv").read_text("utf-8").splitlines()[1:]]


def known_names() -> list[IndexedName]:
    """Every name of the clients that are known."""
    names = []
    for number, line in enumerate((HERE / "flag_text_clients.txt").read_text("utf-8").splitlines()):
        name, _, aliases = line.partition(" => ")
        names += [IndexedName(number, alias.strip(), name) for alias in (name, *filter(None, aliases.split(";")))]
    return names


INDEX = ClientIndex()
INDEX.replace(WORKSPACE, known_names())


def understood(meant: Meant) -> Record | AskForm:
    actor = Actor(Person(1, WORKSPACE, language=meant.language, zone="Europe/Amsterdam"), WorkspaceSettings())
    found = understand_flag_text(INDEX, actor, meant.text, FRIDAY)
    assert isinstance(found, Record | AskForm), meant.text
    return found


def as_recorded(found: Record) -> tuple[str, ...]:
    """Client, category, severity and day of what would be recorded."""
    content, client_id = found.content, found.client.client_id
    client = f"new:{found.client.new_name}" if client_id is None else INDEX.shown(WORKSPACE, client_id) or ""
    return client, content.category, str(content.severity), content.happened_on.isoformat()


def as_asked(found: AskForm) -> tuple[str, ...]:
    """Client, category, severity and day with which the form begins."""
    form = found.form
    return form.client.name if form.client else "", form.draft.category, form.draft.severity, form.draft.happened_on


def wanted(meant: Meant) -> tuple[str, ...]:
    return meant.client, meant.category, meant.severity, meant.day


@pytest.mark.parametrize("code", ["en", "nl"])
def test_nothing_is_recorded_but_what_is_meant(code: str) -> None:
    wrong = []
    for meant in TEXTS:
        found = understood(meant) if meant.language == code else None
        if isinstance(found, Record) and (meant.verdict == "form" or as_recorded(found) != wanted(meant)):
            wrong.append((meant.text, as_recorded(found)))
    assert not wrong


@pytest.mark.parametrize("code", ["en", "nl"])
def test_what_says_all_there_is_to_say_is_recorded(code: str) -> None:
    clear = [meant for meant in TEXTS if meant.language == code and meant.verdict == "record"]
    asked = [meant.text for meant in clear if isinstance(understood(meant), AskForm)]
    assert len(asked) <= (1 - NEEDED) * len(clear), asked


@pytest.mark.parametrize("code", ["en", "nl"])
def test_a_form_begins_with_what_was_understood(code: str) -> None:
    """Nothing in it is another than meant; a client and category that are certain are filled in."""
    wrong = []
    for meant in TEXTS:
        found = understood(meant) if meant.language == code else None
        if not isinstance(found, AskForm):
            continue
        expected, shown = (meant.client.removeprefix("new:"), *wanted(meant)[1:]), as_asked(found)
        differs = any(one and other and one != other for one, other in zip(expected, shown, strict=True))
        lacks = any(one and not other for one, other in zip(expected[:2], shown[:2], strict=True))
        if differs or lacks:
            wrong.append((meant.text, shown))
    assert not wrong


@pytest.mark.parametrize("code", ["en", "nl"])
def test_every_word_that_was_not_understood_is_kept(code: str) -> None:
    """What happened is the text from some word on, or all of it."""
    for meant in TEXTS:
        if meant.language == code:
            found = understood(meant)
            kept = found.content.what_happened if isinstance(found, Record) else found.form.draft.what_happened
            assert meant.text.strip().endswith(kept), meant.text
