"""What becomes of decisions when their client leaves, and when that was a mistake."""

from __future__ import annotations

from datetime import datetime

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.model import Client
from bot.domain.notices import DiscussionDecision
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.usecases.decision.confirming import settle_declined
from bot.usecases.decision.dates import forget_dates, keep_date
from bot.usecases.ports import UnitOfWork


def end_decisions(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Nothing is left to confirm or to look at again about a client that is gone; the caller holds it."""
    for decision in uow.decisions.of_client(client.id):
        if decision.state is DecisionState.PROPOSED:
            settle_declined(uow, decision, None, "", now)
        elif decision.state is DecisionState.TAKEN:
            forget_dates(uow, decision)
            _draw_again(uow, decision, now)


def resume_decisions(
    uow: UnitOfWork, settings: WorkspaceSettings, client: Client, now: datetime, calendar: WorkingCalendar
) -> None:
    """The client is a client again: what was decided last is asked about at its date; the caller holds the client."""
    for newest in uow.decisions.of_client(client.id)[:1]:
        if newest.state is DecisionState.TAKEN and newest.followed_up_at is None:
            keep_date(uow, settings, newest, calendar)
            _draw_again(uow, newest, now)


def _draw_again(uow: UnitOfWork, decision: Decision, now: datetime) -> None:
    """What comes next after a decision is another thing once the client has left."""
    if decision.outcome is DecisionOutcome.PART:
        uow.outbox.put_once(decision.workspace_id, DiscussionDecision(decision.discussion_id, decision.id), now)
