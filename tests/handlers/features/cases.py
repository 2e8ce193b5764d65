"""Cases for tests of how a dossier looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.evaluation import ClientStatement, StatementSource
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.usecases.dossier.read_models import CaseHistory

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def remedy(number: int = 1, description: str = "We talk with their director.", **fields: object) -> Remedy:
    """A trial of a month that runs, with changes."""
    values: dict[str, object] = {
        "id": number,
        "workspace_id": 1,
        "client_id": 7,
        "kind": RemedyKind.CONVERSATION,
        "description": description,
        "owner_id": 2,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=30),
        "test": SuccessTest.NO_NEW_FLAG,
        "test_category": "late_payment",
        "state": RemedyState.RUNNING,
        "begun_by_id": 2,
        "begun_at": NOW,
    }
    return Remedy(**{**values, **fields})  # type: ignore[arg-type]


def statement(says: str = "They say that the invoices reach them late.", our_part: str = "") -> ClientStatement:
    """The client's side, heard by telephone."""
    return ClientStatement(1, 1, 7, says, our_part, TODAY, StatementSource.PHONE, 2, NOW)


def decision(number: int = 1, reason: str = "They have kept their word since.", **fields: object) -> Decision:
    """A decision to keep the client, with changes."""
    values: dict[str, object] = {
        "id": number,
        "workspace_id": 1,
        "client_id": 7,
        "discussion_id": 1,
        "round": 1,
        "outcome": DecisionOutcome.KEEP,
        "state": DecisionState.TAKEN,
        "reason": reason,
        "next_on": TODAY + timedelta(days=90),
        "made_by_id": 2,
        "made_at": NOW,
        "snapshot": {},
    }
    return Decision(**{**values, **fields})  # type: ignore[arg-type]


def full_case(text: str) -> CaseHistory:
    """As much as a case can hold, with `text` wherever a person can have typed something."""
    running = remedy(1, text)
    judged = remedy(2, text, state=RemedyState.TO_CONFIRM, judged=RemedyOutcome.DID_NOT_WORK, judged_at=NOW)
    ended = [remedy(number, text, state=RemedyState.ENDED, outcome=RemedyOutcome.UNCLEAR) for number in range(3, 9)]
    return CaseHistory(
        remedies=(running, judged, *ended),
        judgeable=frozenset({1, 2}),
        statements=(statement(text, text), statement(text, text)),
        decisions=tuple(
            decision(
                number,
                text,
                outcome=DecisionOutcome.PART,
                learned=text,
                against_majority=text,
                no_remedy_possible=text,
                client_side_waived=text,
            )
            for number in range(9)
        ),
    )
