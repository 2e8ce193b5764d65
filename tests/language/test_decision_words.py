"""A decision in a few lines."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.language import language
from bot.language.decision_words import decision_lines
from bot.language.marks import bold

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_only_what_was_asked_for_is_said() -> None:
    t = language("en")
    parting = (DecisionOutcome.PART, DecisionState.TAKEN, "It adds up.", TODAY)
    decision = Decision(1, 1, 7, 1, 1, *parting, 1, NOW, {}, no_remedy_possible="No.")
    assert decision_lines(t, decision) == [
        bold("Decided: part ways, by 2 March 2026."),
        "Why: It adds up.",
        "Why nothing could put it right: No.",
    ]
    declined = replace(decision, state=DecisionState.DECLINED, decline_reason="Not yet.")
    assert decision_lines(t, declined)[-1] == "Not confirmed: Not yet."
    assert decision_lines(t, replace(declined, decline_reason=""))[-1] == "Not confirmed: the client left"
    reopened = replace(decision, state=DecisionState.REOPENED, reopen_reason="They called.")
    assert decision_lines(t, reopened)[-1] == "Reopened: They called."


def test_a_reason_stands_on_one_line_within_its_length() -> None:
    kept = (DecisionOutcome.KEEP, DecisionState.TAKEN, "It adds up:\n  twice this month.", TODAY)
    decision = Decision(1, 1, 7, 1, 1, *kept, 1, NOW, {})
    assert decision_lines(language("en"), decision, 12)[1] == "Why: It adds up:…"
