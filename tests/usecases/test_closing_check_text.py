"""A workspace's own points to look at: used where they can be, refused with their line where they cannot."""

from __future__ import annotations

import pytest

from bot.domain.workspace_texts import CheckedText
from bot.usecases.farewell.closing_check import read_closing
from bot.usecases.farewell.closing_check_text import (
    CLOSING_CHECK,
    CLOSING_CHECK_TEXT,
    MAX_CHECK_BYTES,
    ClosingCheckInvalidError,
    read_check,
)
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.workspace_texts import replace_text
from tests.factories import make_person
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR
from tests.usecases.test_closing_terms import parted

DEFAULT = CLOSING_CHECK_TEXT.default("").decode()
OWN = """version: 2
looked_up: 2027-01-01
points:
  - id: our-own
    jurisdiction: any
    severity: look
    en: "Ask Roos about the keys."
    nl: "Vraag Roos naar de sleutels."
"""


def test_the_file_that_comes_with_the_bot_can_be_used() -> None:
    CLOSING_CHECK_TEXT.check("", DEFAULT.encode())
    assert "law-unknown" in CLOSING_CHECK_TEXT.preview("", DEFAULT.encode()).decode()


async def test_a_workspace_s_own_points_are_looked_at(database: Database) -> None:
    setup = await parted(database)

    def replace(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        admin = make_person(uow, workspace, external_id="U0TEXTS", is_admin=True)
        replace_text(uow, admin, CheckedText(CLOSING_CHECK, "", OWN.encode()), NOW)

    await database.write(replace)
    view = await setup.do(read_closing, None, decision_id=1, calendar=CALENDAR)
    assert [point.id for point in view.looked.applying] == ["our-own"]
    assert view.looked.asked == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("severity: look", "severity: judge", 6, "judge"),
        ("jurisdiction: any", "jurisdiction: fr", 5, "fr"),
        ("    severity: look", "    severity: look\n    colour: red", 4, "colour"),
        ("    severity: look", "    severity: look\n    applies: {known: [shoe_size]}", 4, "shoe_size"),
        ("    severity: look", "    severity: look\n    applies: {is_true: yes}", 7, "array"),
        ("points:", "points: [", 4, "expected"),
        ("version: 2", "version: two", 1, "int"),
        ("our-own", "&a our-own", 4, "&"),
        ("    nl: ", "    sources: [{label: x, url: 'javascript:x', read: true}]\n    nl: ", 4, "javascript"),
        (
            "  - id: our-own",
            "  - {id: our-own, jurisdiction: any, severity: info, en: a, nl: b}\n  - id: our-own",
            5,
            "id",
        ),
        (OWN, "", 1, "object"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    assert old in OWN
    with pytest.raises(ClosingCheckInvalidError) as raised:
        read_check(OWN.replace(old, new).encode())
    assert reason in str(raised.value.values["reason"])
    assert raised.value.values["line"] == line


def test_what_is_no_text_or_too_long_is_refused() -> None:
    with pytest.raises(ClosingCheckInvalidError) as raised:
        read_check(b"version: 2\n\xff")
    assert raised.value.values["line"] == 2
    with pytest.raises(ClosingCheckInvalidError):
        read_check(b"#" * (MAX_CHECK_BYTES + 1))
    with pytest.raises(ClosingCheckInvalidError):
        read_check(("[" * 1500).encode())
