"""Opening a discussion: by a threshold or by hand, and never two on one client."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, Client, ClientStage, Discussion
from bot.domain.notices import AlertCard, FlagEntersDiscussion
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today
from bot.domain.visibility import may_open_discussion
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import find_client
from bot.usecases.discussion.steps import put_opening_steps
from bot.usecases.evaluation.rounds import begin_round
from bot.usecases.ports import UnitOfWork


def open_discussion(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    alert: Alert | None = None,
    opened_by_id: int | None = None,
    post_at: datetime | None = None,
) -> Discussion:
    """Open a discussion on `client`, whose row the caller holds; the open one when there is one already.

    Everything the platform must do for it is put into one lane, in order, from `post_at` on.
    """
    at = post_at or now
    views_by = add_working_days(local_today(at, settings.zone), settings.policy.views_working_days, calendar)
    opened = uow.discussions.open(
        client.workspace_id,
        client.id,
        settings.discussion_style,
        views_by,
        opened_by_id=opened_by_id,
        alert_id=alert.id if alert else None,
        now=now,
    )
    if opened is None:
        existing = uow.discussions.open_for(client.id)
        if existing is None:
            raise NotFoundError
        return existing
    reporters = uow.flags.people_behind(client.id, weightless_before(settings.policy, local_today(now, settings.zone)))
    _ask_in_everyone(uow, client, opened, reporters)
    _note_opening(uow, opened, now)
    begin_round(uow, settings, opened, now, calendar, at=at)
    put_opening_steps(uow, opened, now, at)
    for person_id in sorted(uow.people.present(reporters)):
        uow.outbox.put(client.workspace_id, FlagEntersDiscussion(opened.id, person_id), now, due_at=at)
    return opened


def _note_opening(uow: UnitOfWork, opened: Discussion, now: datetime) -> None:
    note(
        uow,
        opened.workspace_id,
        AuditAction.DISCUSSION_OPENED,
        now,
        actor_id=opened.opened_by_id,
        client_id=opened.client_id,
        subject=f"discussion:{opened.id}",
    )


def _ask_in_everyone(uow: UnitOfWork, client: Client, discussion: Discussion, reporters: Iterable[int]) -> None:
    """The owner, who deals with the client, who flagged or witnessed, and the reviewers: those still here."""
    wanted = {*reporters, *uow.clients.people_of(client.id)}
    wanted.update(reviewer.id for reviewer in uow.people.reviewers(client.workspace_id))
    if client.owner_id is not None:
        wanted.add(client.owner_id)
    uow.discussions.ask_in(discussion.id, sorted(uow.people.present(wanted)))


def open_discussion_by_hand(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    alert: Alert | None = None,
) -> tuple[Discussion, bool]:
    """Open a discussion because a reviewer asks for it; also says whether it is new.

    However many people ask at once, one opens. Raises `ReviewersOnlyError` or `NotFoundError`.
    """
    if not may_open_discussion(actor.person):
        raise ReviewersOnlyError
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None:
        raise NotFoundError
    existing = uow.discussions.open_for(client.id)
    if existing is not None:
        return existing, False
    opened = open_discussion(uow, actor.settings, client, now, calendar, alert=alert, opened_by_id=actor.person.id)
    if client.stage is ClientStage.ACTIVE:
        uow.clients.change(client.id, stage=ClientStage.IN_REVIEW)
    uow.alerts.mark_acted(client.id, now)
    for open_alert in uow.alerts.open_for(client.id):
        due_at = max(now, open_alert.post_at)
        uow.outbox.put_once(actor.workspace_id, AlertCard(open_alert.id), now, due_at=due_at)
    return opened, True


def open_discussion_by_name(
    uow: UnitOfWork, index: ClientIndex, actor: Actor, name: str, now: datetime, calendar: WorkingCalendar
) -> tuple[Discussion, bool]:
    """Like `open_discussion_by_hand`, on the client that was named; raises as `find_client` too."""
    return open_discussion_by_hand(uow, actor, find_client(uow, index, actor, name).id, now, calendar)
