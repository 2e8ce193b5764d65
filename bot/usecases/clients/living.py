"""Messages that live on and name a client: after a new name they are drawn anew."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Client
from bot.domain.notices import AlertCard, DebriefAnnouncement, DiscussionOpening
from bot.usecases.ports import UnitOfWork


def redraw_messages(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Bring the open alerts, the open discussion and the planned debrief of a client up to date where they stand."""
    for alert in uow.alerts.open_for(client.id):
        uow.outbox.put_once(client.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))
    discussion = uow.discussions.open_for(client.id)
    if discussion is not None:
        uow.outbox.put_once(client.workspace_id, DiscussionOpening(discussion.id), now)
    debrief = uow.debriefs.planned_for(client.id)
    if debrief is not None:
        uow.outbox.put_once(client.workspace_id, DebriefAnnouncement(debrief.id), now)
