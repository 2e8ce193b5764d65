"""What a dossier shows of a case: trials, the client's side, and who did what."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.audit import AuditAction, AuditEntry
from bot.domain.remedies import RemedyOutcome, RemedyState, SuccessTest
from bot.language import language
from bot.language.marks import PERSON
from bot.playground.blocks import check_view
from bot.usecases.dossier.read_models import CaseHistory, DoneToClient
from handlers.features import ids
from handlers.features.dossier.parts import build_case
from handlers.features.dossier.trail import build_trail
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.measure import IN_MESSAGE
from handlers.slack.painting.message import paint_message
from handlers.slack.painting.text import known_key
from handlers.surface.reading import Reading
from tests.handlers.features.cases import NOW, TODAY, decision, remedy, statement
from tests.handlers.features.dossier.test_dossier import dossier

KNOWN = {known_key(PERSON, number): f"U{number:08d}" for number in range(1, 9)}
ENGLISH = Reading(language("en"), "Europe/Amsterdam")
DUTCH = Reading(language("nl"), "Europe/Amsterdam")


def shown(case: CaseHistory, reading: Reading = ENGLISH) -> str:
    message = build_case(reading, dossier(case=case), IN_MESSAGE)
    return json.dumps(paint_message(message, KNOWN).blocks, ensure_ascii=False)


def trail(*entries: AuditEntry, name: str = "Acme") -> dict[str, Any]:
    return paint_form(build_trail(ENGLISH, DoneToClient(7, name, entries)), KNOWN)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "It has worked if no new flag about “Late payment” comes in."),
        ({"test_category": None}, "It has worked if no new flag comes in."),
        ({"test": SuccessTest.SCORE_BELOW, "test_points": 3.5}, "the score is below 3.5 on the last day"),
        ({"test": SuccessTest.BY_OWNER}, "It has worked if whoever is responsible says so."),
        ({"judged": RemedyOutcome.WORKED, "state": RemedyState.TO_CONFIRM}, "By the figures: It worked."),
        ({"judged": RemedyOutcome.WORKED, "outcome": RemedyOutcome.DID_NOT_WORK}, "_It didn’t work._"),
        ({"state": RemedyState.CALLED_OFF}, "_Called off._"),
    ],
)
def test_a_trial_says_how_it_stands(changes: dict[str, Any], sentence: str) -> None:
    text = shown(CaseHistory(remedies=(remedy(**changes),)))
    assert sentence in text
    assert "<@U00000002>" in text


def test_only_whoever_may_judge_a_trial_is_asked_what_came_of_it() -> None:
    running = remedy()
    assert ids.REMEDY_OUTCOME not in shown(CaseHistory(remedies=(running,)))
    assert ids.REMEDY_OUTCOME in shown(CaseHistory(remedies=(running,), judgeable=frozenset({running.id})))


def test_the_newest_are_shown_and_the_others_counted() -> None:
    many = tuple(remedy(number, f"Trial {number}.") for number in range(9, 0, -1))
    text = shown(CaseHistory(remedies=many))
    assert "Trial 7." in text
    assert "Trial 6." not in text
    assert "(6 older)" in text


def test_the_clients_side_stands_with_its_date_and_our_own_part() -> None:
    text = shown(CaseHistory(statements=(statement(our_part="We sent two reminders at once."),)))
    assert "2 March 2026" in text or "2 Mar 2026" in text
    assert "on the phone: “They say that the invoices reach them late.”" in text
    assert "Our own part: “We sent two reminders at once.”" in text
    assert "Our own part" not in shown(CaseHistory(statements=(statement(),)))


def test_a_decision_stands_with_its_date_its_maker_and_why() -> None:
    text = shown(CaseHistory(decisions=(decision(2), decision(1, "An older reason."))))
    assert "<@U00000002>: *Decided: keep this client." in text
    assert "Why: They have kept their word since." in text
    assert "An older reason." not in text


def test_a_case_reads_in_dutch() -> None:
    text = shown(CaseHistory(remedies=(remedy(),), statements=(statement(),)), DUTCH)
    assert "Om het recht te zetten" in text
    assert "De kant van de klant" in text


def entry(number: int, action: str = AuditAction.REMEDY_BEGUN, actor_id: int | None = 2) -> AuditEntry:
    return AuditEntry(1, number, NOW + timedelta(days=number), actor_id, action, 7, f"remedy:{number}", {})


def test_the_trail_names_who_did_what_newest_first() -> None:
    view = trail(entry(2, AuditAction.REMEDY_JUDGED, None), entry(1))
    text = json.dumps(view, ensure_ascii=False)
    assert text.index("a trial was judged by its figures") < text.index("<@U00000002> started a trial")
    assert check_view(view) == []


def test_a_long_trail_and_actions_of_another_version_fit_in_a_window() -> None:
    view = trail(*(entry(number, "something_new <!channel>") for number in range(100)), name="A" * 80)
    assert check_view(view) == []
    assert "<!channel>" not in json.dumps(view)


def test_every_action_has_words() -> None:
    for action in AuditAction:
        assert action.value not in json.dumps(trail(entry(1, action, None)))


def test_a_called_off_trial_is_not_asked_about() -> None:
    called_off = replace(remedy(), state=RemedyState.CALLED_OFF, ends_on=TODAY)
    assert ids.REMEDY_OUTCOME not in shown(CaseHistory(remedies=(called_off,)))
