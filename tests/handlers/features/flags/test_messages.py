"""Receipts, help, and the small messages and forms around a flag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES
from bot.domain.model import Evidence, Flag, FlagContent, FlagState, Level, Standing, Task
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.score import ScoredFlag
from bot.language import LANGUAGES, language
from bot.language.marks import PERSON
from bot.playground.blocks import check_message, check_view
from bot.usecases.flags.care import CareView
from bot.usecases.flags.receipt_view import FlagReceiptView
from handlers.features import ids
from handlers.features.flags.care import build_care_task
from handlers.features.flags.messages import build_given_back, build_help
from handlers.features.flags.note_forms import build_differs_form, build_withdraw_form
from handlers.features.flags.receipt import build_receipt
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.message import paint_message
from handlers.slack.painting.text import known_key
from handlers.slack.words import WORDS
from handlers.surface.message import Button, Buttons, Message, Paragraph, Verbatim
from handlers.surface.reading import Reading
from tests.frozen_clock import MONDAY_MORNING

EN = Reading(language("en"), "Europe/Amsterdam")
CONTENT = FlagContent("late_payment", 2, date(2026, 3, 1), "Invoice 17 is late.\nAgain.")
FLAG = Flag(12, 1, 5, 9, CONTENT, MONDAY_MORNING)
VIEW = FlagReceiptView(
    FLAG, "Acme", Standing.ACTIVE, Standing.WATCH, Level.NONE, False, (), True, True, WorkspaceSettings()
)


def shown(message: Message) -> str:
    """A message as one text, after Slack took it; it knows the person 9 as U9."""
    painted = paint_message(message, {known_key(PERSON, 9): "U9"})
    assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
    return str(painted.blocks)


def buttons(message: Message) -> dict[str, str]:
    return {button.action: button.value for button in _buttons(message)}


def _buttons(message: Message) -> Iterator[Button]:
    for element in message.elements:
        match element:
            case Buttons(buttons=row):
                yield from row
            case Paragraph(button=Button() as button):
                yield button


def with_content(**changes: Any) -> FlagReceiptView:
    return replace(VIEW, flag=replace(FLAG, content=replace(CONTENT, **changes)))


def test_a_receipt_says_what_was_recorded_and_what_it_changed() -> None:
    text = shown(build_receipt(EN, VIEW))
    assert "Recorded: Late payment, concern, about Acme." in text
    assert "> Invoice 17 is late.\\n> Again." in text
    assert "it was “Active”, and is “Watched” now." in text
    assert buttons(build_receipt(EN, VIEW)) == {
        ids.FLAG_UNDO: "12",
        ids.FLAG_EDIT: "12",
        ids.FLAG_WITHDRAW: "12",
    }


def test_a_standing_that_did_not_change_is_said_once() -> None:
    text = shown(build_receipt(EN, replace(VIEW, standing_before=Standing.WATCH)))
    assert "The standing stays “Watched”." in text


def test_buttons_go_when_their_time_has_passed() -> None:
    message = build_receipt(EN, replace(VIEW, may_undo=False, may_edit=False))
    assert buttons(message) == {ids.FLAG_WITHDRAW: "12"}


def test_the_buttons_say_until_when_by_the_clock_of_their_reader() -> None:
    text = shown(
        build_receipt(EN, replace(VIEW, settings=WorkspaceSettings(policy=Policy(undo_minutes=5, edit_hours=1))))
    )
    assert "Undo (until 10:05)" in text
    assert "Edit (until 2 March at 11:00)" in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fired": Level.WATCH}, "hears that this client is watched now. Your name isn’t mentioned."),
        ({"fired": Level.DISCUSS}, "asked to talk about this client"),
        ({"care_asked": True}, "asked to check in with you"),
    ],
)
def test_consequences_are_told(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in shown(build_receipt(EN, replace(VIEW, **changes)))
    assert sentence not in shown(build_receipt(EN, VIEW))


def test_details_are_shown_where_there_are_any() -> None:
    view = with_content(
        contact_name="Jan <Jansen>",
        signals=("pays_late",),
        impact_hours=Decimal("2.50"),
        impact_amount=Decimal("1250.00"),
        my_view="Annoying.",
        links=("https://example.org/a?b=1&c=<2>",),
    )
    text = shown(build_receipt(EN, view))
    for part in ("Jan &lt;Jansen&gt;", "pays late as a rule", "Hours lost: 2.5", "€1,250.00", "view was kept apart"):
        assert part in text
    assert "<https://example.org/a?b=1&amp;c=%3C2%3E|" in text
    assert "Annoying" not in text


def test_evidence_is_shown_as_it_was_with_its_source() -> None:
    sent = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    view = with_content(evidence=Evidence("Pay? <!channel> never.", "Jan", sent, "https://example.slack.com/p1"))
    text = shown(build_receipt(EN, view))
    assert "<https://example.slack.com/p1|the message> of Jan" in text
    assert "Pay? &lt;!channel&gt; never." in text


def test_the_same_event_can_be_joined_from_the_receipt() -> None:
    near = ScoredFlag(7, "late_payment", 2, date(2026, 2, 28), 3, 0)
    message = build_receipt(EN, replace(VIEW, same_event=(near,)))
    assert buttons(message)[ids.FLAG_JOIN] == "12:7"


def test_hints_stand_below() -> None:
    assert "may read as an insult" in shown(build_receipt(EN, with_content(what_happened="He is an idiot.")))
    assert "may read as an insult" not in shown(build_receipt(EN, VIEW))


@pytest.mark.parametrize("state", [FlagState.UNDONE, FlagState.WITHDRAWN])
def test_a_flag_that_was_taken_back_shows_no_text_and_no_buttons(state: FlagState) -> None:
    flag = replace(FLAG, state=state, withdrawn_reason="I was <wrong>.")
    message = build_receipt(EN, replace(VIEW, flag=flag))
    assert buttons(message) == {}
    assert "Invoice" not in shown(message)
    assert ("I was &lt;wrong&gt;." in shown(message)) is (state is FlagState.WITHDRAWN)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", ["&" * 3000, "<!channel>\n" * 300, "👍" * 3000, "שלום\u2067 " * 400, "\n" * 3000])
def test_any_text_fits_and_calls_nobody(typed: str, code: str) -> None:
    sent = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    view = with_content(
        what_happened=typed,
        contact_name=typed[:80],
        links=tuple(f"https://example.org/{number}{typed[:200].strip()}" for number in range(9)),
        evidence=Evidence(typed * 10, typed[:80], sent, ""),
    )
    text = shown(
        build_receipt(Reading(language(code, WORDS), "Europe/Amsterdam"), replace(view, client_name=typed[:80]))
    )
    assert "<!channel>" not in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_help_fits_and_names_the_kinds(code: str) -> None:
    text = shown(build_help(language(code, WORDS), (*CATEGORIES, "our_<own>")))
    assert "/flagclient" in text
    assert "Our &lt;own&gt;" in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_small_forms_are_ones_that_slack_takes(code: str) -> None:
    for form in (build_withdraw_form(language(code, WORDS), 12), build_differs_form(language(code), 12, "Not so.")):
        view = paint_form(form, {})
        assert check_view(view) == []
        assert view["private_metadata"] == "12"


def test_text_is_given_back_whole_and_in_order() -> None:
    typed = "".join(chr(ord("a") + number % 26) for number in range(7000))
    message = build_given_back("It is too long.", typed)
    assert message.text == "It is too long."
    pieces = [element.text for element in message.elements if isinstance(element, Verbatim)]
    assert (pieces[0], "".join(pieces[1:])) == ("It is too long.", typed)
    assert len(shown(message)) > 7000


def care(**changes: Any) -> Message:
    task = Task(4, 1, 5, "care", 2, date(2026, 3, 2), 12, changes.pop("done_at", None))
    content = replace(CONTENT, category="disrespect", severity=3)
    view = CareView(task, "Acme & Co", 9, content, is_needed=True, is_off=False)
    return build_care_task(EN, replace(view, **changes))


def test_a_care_task_names_the_colleague_and_asks_two_things() -> None:
    text = shown(care())
    assert "<@U9> reported disrespect by Acme &amp; Co (serious)" in text
    assert buttons(care()) == {ids.CARE_DONE: "4", ids.CARE_TAKE_OFF: "4"}


def test_a_care_task_tells_what_was_done() -> None:
    assert buttons(care(is_off=True)) == {ids.CARE_DONE: "4"}
    assert "<@U9> does not deal with Acme" in shown(care(is_off=True))
    assert buttons(care(done_at=MONDAY_MORNING)) == {}
    assert "Thank you for checking in." in shown(care(done_at=MONDAY_MORNING))


def test_a_care_task_about_what_was_taken_back_asks_nothing() -> None:
    message = care(is_needed=False)
    assert buttons(message) == {}
    assert "U9" not in shown(message)
