"""Telling those who flagged what came of it: a decision, a trial that was carried out, or that the client left."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Client, Discussion
from bot.domain.notices import FlagLedTo
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.timetable import local_today
from bot.usecases.ports import UnitOfWork


def tell_reporters(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    discussion: Discussion,
    now: datetime,
    *,
    but: int | None = None,
) -> None:
    """Tell those who flagged or witnessed, privately, what came of it; not whoever decided, who knows."""
    since = weightless_before(settings.policy, local_today(now, settings.zone))
    for person_id in sorted(uow.people.present(uow.flags.people_behind(client.id, since))):
        if person_id != but:
            uow.outbox.put_once(discussion.workspace_id, FlagLedTo(discussion.id, person_id), now)
