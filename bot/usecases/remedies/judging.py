"""The end of a trial: judged on the working morning after it by its figures, and then by its owner."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.audit import AuditAction
from bot.domain.dossier import score_on
from bot.domain.model import Client
from bot.domain.notices import RemedyToConfirm
from bot.domain.policy import WorkspaceSettings
from bot.domain.remedies import Remedy
from bot.domain.remedy_rules import is_under_way, judge
from bot.domain.score import weightless_before
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.usecases.audit import note
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem
from bot.usecases.remedies.people import redraw_discussion, whom_to_ask

REMEDY_ENDS = "remedy_ends"
"""The due rows of a remedy's end; their subject is `<remedy id>:<step>`."""

STEPS = (1, 2, 3)
"""The owner is asked, is asked again, and then the reviewers are told."""


def judge_later(uow: UnitOfWork, settings: WorkspaceSettings, remedy: Remedy, calendar: WorkingCalendar) -> None:
    """Set the moment at which a remedy is judged: the first working morning after its last day."""
    forget_asking(uow, remedy)
    day = add_working_days(remedy.ends_on + timedelta(days=1), 0, calendar)
    _ask_on(uow, settings, remedy, 1, datetime.combine(day, settings.quiet_until))


def forget_asking(uow: UnitOfWork, remedy: Remedy) -> None:
    """Drop what was still to be asked about a remedy."""
    for step in STEPS:
        uow.due.drop(remedy.workspace_id, REMEDY_ENDS, f"{remedy.id}:{step}")


def _ask_on(uow: UnitOfWork, settings: WorkspaceSettings, remedy: Remedy, step: int, local_at: datetime) -> None:
    uow.due.put(
        remedy.workspace_id,
        REMEDY_ENDS,
        f"{remedy.id}:{step}",
        local_instant(local_at, settings.zone),
        local_at=local_at,
        zone=settings.zone,
    )


def ask_at_the_end(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """Judge a remedy by its own test, and ask whoever should have the last word; at most twice, then reviewers."""
    remedy_id, step = (int(part) for part in item.subject.split(":"))
    known = uow.remedies.find(item.workspace_id, remedy_id)
    client = uow.clients.locked(item.workspace_id, known.client_id) if known else None
    remedy = uow.remedies.find(item.workspace_id, remedy_id)
    if client is None or remedy is None or not is_under_way(remedy):
        return
    if step == STEPS[0]:
        _judge(uow, workspace.settings, client, remedy, now)
    for person_id in whom_to_ask(uow, remedy, client, is_last=step == STEPS[-1]):
        uow.outbox.put(item.workspace_id, RemedyToConfirm(remedy.id, person_id, step), now)
    if step != STEPS[-1]:
        settings = workspace.settings
        day = add_working_days(local_today(now, settings.zone), settings.policy.alert_working_days, calendar)
        _ask_on(uow, settings, remedy, step + 1, datetime.combine(day, settings.quiet_until))


def _judge(uow: UnitOfWork, settings: WorkspaceSettings, client: Client, remedy: Remedy, now: datetime) -> None:
    since = min(remedy.starts_on, weightless_before(settings.policy, remedy.ends_on))
    flags = uow.flags.scored(client.id, since)
    judgement = judge(remedy, flags, score_on(flags, settings.policy, remedy.ends_on))
    uow.remedies.judged(remedy.id, judgement, now)
    note(
        uow,
        remedy.workspace_id,
        AuditAction.REMEDY_JUDGED,
        now,
        actor_id=None,
        client_id=client.id,
        subject=f"remedy:{remedy.id}",
        outcome=judgement.outcome.value,
        flags=judgement.flags,
    )
    redraw_discussion(uow, client, now)
