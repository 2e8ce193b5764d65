"""The golden letters and talking scripts: each was read aloud by a person, and is what is written today."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.documents.letter.script import script_text, write_script
from bot.documents.letter.text import as_text, write_letter
from bot.domain.farewell.letter.letter import Letter
from bot.domain.wording.check import check_letter
from tests.documents.letter_cases import letters

GOLDEN = Path(__file__).parent / "golden"
LETTERS = dict(letters())
SPOKEN = ("late_payment", "integrity", "warning_late_payment")
"""Of which letters the script is kept as well: a parting with and without reasons, and a conversation."""


def golden(name: str, written: str) -> str:
    """What is kept under a name; GOLDEN=write keeps what is written today, for a person to read."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "letter"), LETTERS.items(), ids=LETTERS)
def test_a_letter_reads_as_a_person_approved_it(name: str, letter: Letter) -> None:
    written = as_text(write_letter(letter))
    assert written == golden(name, written)


@pytest.mark.parametrize("name", [name for name in LETTERS if name.partition(".")[0] in SPOKEN])
def test_a_script_reads_as_a_person_approved_it(name: str) -> None:
    written = script_text(write_script(LETTERS[name]))
    assert written == golden(f"script_{name}", written)


@pytest.mark.parametrize("name", LETTERS)
def test_nothing_is_marked_in_a_golden_letter(name: str) -> None:
    language = name.partition(".")[2][:2]
    assert check_letter(as_text(write_letter(LETTERS[name])), language) == ()
    assert check_letter(script_text(write_script(LETTERS[name])), language) == ()


def test_nothing_is_kept_that_nobody_writes() -> None:
    scripts = {f"script_{name}" for name in LETTERS if name.partition(".")[0] in SPOKEN}
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(LETTERS) | scripts


def test_there_are_enough_situations_in_each_language_and_form_of_address() -> None:
    for form in ("nl-u", "nl-je", "en-formal", "en-informal"):
        assert len([name for name in LETTERS if name.endswith(form)]) >= 8
