"""The words of a document about somebody: there are some for everything that can be so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from bot.documents.page import Page, as_html
from bot.documents.subject_file import subject_document
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.model import DebriefState, FlagContent, FlagState, ViewKind
from bot.domain.remedies import RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.subject_file import (
    HeldDebrief,
    HeldDecision,
    HeldFlag,
    HeldRemedy,
    HeldView,
    SubjectFile,
)
from bot.language import LANGUAGES, language
from tests.factories import WORDS
from tests.frozen_clock import MONDAY_MORNING as NOW

DAY = date(2026, 3, 2)
EMPTY = SubjectFile(NOW, "Acme", "", "Europe/Amsterdam", "EUR", None)
FLAG = HeldFlag(7, FlagState.OPEN, FlagContent("demanding", 2, DAY, "More rounds."), NOW, None, None, "", (), ())
REMEDY: dict[str, Any] = {
    **dict.fromkeys(HeldRemedy.__struct_fields__),
    "kind": RemedyKind.PAUSE,
    "description": "A month off.",
    "starts_on": DAY,
    "ends_on": DAY,
    "test": SuccessTest.BY_OWNER,
    "outcome_note": "",
}
DECISION: dict[str, Any] = {
    **dict.fromkeys(HeldDecision.__struct_fields__, ""),
    **dict.fromkeys(("confirmed_at", "declined_at", "reopened_at", "followed_up_at", "letter_sent_at")),
    "outcome": DecisionOutcome.KEEP,
    "next_on": DAY,
    "made_at": NOW,
    "score": None,
    "people": None,
    "flag_ids": (),
    "expected": None,
}


def headings(page: Page) -> list[str]:
    return [section.heading for section in page.sections]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "stored",
    [
        *(replace(EMPTY, flags=(replace(FLAG, state=state),)) for state in FlagState),
        *(replace(EMPTY, flags=(replace(FLAG, views=(HeldView(kind, "", NOW),)),)) for kind in ViewKind),
        *(replace(EMPTY, remedies=(HeldRemedy(**{**REMEDY, "state": state}),)) for state in RemedyState),
        *(
            replace(EMPTY, remedies=(HeldRemedy(**{**REMEDY, "state": RemedyState.ENDED, "outcome": outcome}),))
            for outcome in RemedyOutcome
        ),
        *(replace(EMPTY, decisions=(HeldDecision(**{**DECISION, "state": state}),)) for state in DecisionState),
        *(replace(EMPTY, debriefs=(HeldDebrief(state, NOW.replace(tzinfo=None), "UTC"),)) for state in DebriefState),
    ],
)
def test_there_are_words_for_every_state(stored: SubjectFile, code: str) -> None:
    page = subject_document(language(code, WORDS), stored)
    assert len(page.sections) == 2
    assert "None" not in as_html(page)


def test_parts_of_which_nothing_is_held_are_left_out() -> None:
    assert headings(subject_document(language("en", WORDS), EMPTY)) == ["Why these notes exist, and who reads them"]


def test_days_are_those_of_the_workspace() -> None:
    late = NOW.replace(hour=23, minute=30)
    page = subject_document(language("en", WORDS), replace(EMPTY, made_at=late))
    assert late.day + 1 == int(page.lead[0].split(" as of ")[1].split()[0])
