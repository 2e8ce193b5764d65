"""What was so at the moment of a decision, as plain data that never changes afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.dossier import shown_score
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.thresholds import assess
from bot.domain.timetable import local_today
from bot.usecases.decision.case import DecisionCase
from bot.usecases.evaluation.evaluation_view import read_evaluation, views_for_decision
from bot.usecases.ports import UnitOfWork


def take_snapshot(uow: UnitOfWork, settings: WorkspaceSettings, case: DecisionCase, now: datetime) -> dict[str, Any]:
    """The score with the flags behind it, the views, the answers, what was tried and what the client says.

    People and flags are named by our ids, days and instants are ISO texts.
    """
    return {
        **_figures(uow, settings, case.client.id, now),
        "views": [
            {
                "person": view.person_id,
                "choice": view.choice.value,
                "reason": view.reason,
                "deals_with": view.deals_with,
                "given_at": view.given_at.isoformat(),
            }
            for view in views_for_decision(uow, case.discussion.id, case.round.number)
        ],
        "answers": _answers(uow, case),
        "remedies": [
            {
                "id": one.id,
                "kind": one.kind.value,
                "description": one.description,
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(),
                "state": one.state.value,
                "outcome": one.outcome.value if one.outcome else None,
            }
            for one in uow.remedies.of_client(case.client.id)
        ],
        "statements": [
            {"id": one.id, "said_on": one.said_on.isoformat(), "says": one.says, "our_part": one.our_part}
            for one in uow.evaluations.statements(case.client.id)
        ],
    }


def _figures(uow: UnitOfWork, settings: WorkspaceSettings, client_id: int, now: datetime) -> dict[str, Any]:
    on = local_today(now, settings.zone)
    flags = uow.flags.scored(client_id, weightless_before(settings.policy, on))
    assessment = assess(flags, settings.policy, on)
    return {
        "score": shown_score(assessment.score),
        "people": assessment.figures.people,
        "flags": [
            {
                "id": flag.id,
                "category": flag.category,
                "severity": flag.severity,
                "happened_on": flag.happened_on.isoformat(),
            }
            for flag in flags
        ],
    }


def _answers(uow: UnitOfWork, case: DecisionCase) -> list[dict[str, Any]]:
    evaluation = read_evaluation(uow, case.discussion.workspace_id, case.discussion.id)
    return [
        {"topic": said.topic.value, "person": answer.person_id, "text": answer.text}
        for said in (evaluation.topics if evaluation else ())
        for answer in said.answers
    ]
