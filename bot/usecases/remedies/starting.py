"""Starting a remedy, and who owns it when its owner leaves."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import ChoiceUnknownError, RemedyTooLateError
from bot.domain.model import GOING_OR_GONE, ClientStage
from bot.domain.notices import RemedyOwned
from bot.domain.remedies import Remedy
from bot.domain.remedy_rules import RemedyDraft, checked
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.farewell.letter_start import SENT_TO_THE_CLIENT
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.judging import judge_later
from bot.usecases.remedies.people import client_to_try_with, redraw_discussion, whom_to_ask


def start_remedy(
    uow: UnitOfWork, actor: Actor, client_id: int, draft: RemedyDraft, now: datetime, calendar: WorkingCalendar
) -> Remedy:
    """Start a dated trial: from the dossier, from a discussion, or with a decision to put things right.

    Open to whoever sees the dossier or was asked into the discussion. Raises `NotFoundError`, `RemedyTooLateError`,
    or one of the errors of `bot.domain.remedy_rules.checked` with the part it is about as its field.
    """
    client = client_to_try_with(uow, actor, client_id, for_update=True)
    if client.stage in GOING_OR_GONE:
        raise RemedyTooLateError
    settings = actor.settings
    fit = checked(draft, local_today(now, settings.zone), settings.categories)
    if not uow.people.present([fit.owner_id]):
        raise ChoiceUnknownError(field="owner")
    discussion = uow.discussions.open_for(client.id)
    remedy = uow.remedies.begin(
        actor.workspace_id,
        client.id,
        fit,
        discussion_id=discussion.id if discussion else None,
        begun_by_id=actor.person.id,
        now=now,
    )
    uow.clients.change(client.id, stage=ClientStage.REMEDY)
    uow.alerts.mark_acted(client.id, now)
    judge_later(uow, settings, remedy, calendar)
    if remedy.owner_id != actor.person.id or remedy.kind in SENT_TO_THE_CLIENT:
        # Whoever owns what they began themselves knows so, and still needs the way to the letter.
        uow.outbox.put(actor.workspace_id, RemedyOwned(remedy.id, remedy.owner_id), now)
    redraw_discussion(uow, client, now)
    note(
        uow,
        actor.workspace_id,
        AuditAction.REMEDY_BEGUN,
        now,
        actor_id=actor.person.id,
        client_id=client.id,
        subject=f"remedy:{remedy.id}",
        kind=remedy.kind.value,
        test=remedy.test.value,
        ends_on=remedy.ends_on.isoformat(),
    )
    return remedy


def start_remedy_once(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    draft: RemedyDraft,
    now: datetime,
    calendar: WorkingCalendar,
    key: str,
    content_hash: str,
) -> Remedy | None:
    """Start a trial once, however often its form is delivered; raises as `start_remedy`."""
    if not uow.inbox.accept(actor.workspace_id, key, content_hash, now):
        return None
    return start_remedy(uow, actor, client_id, draft, now, calendar)


def hand_over_remedies(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """What a colleague who left owned goes to the client's owner, or else to a reviewer, who hears of it.

    Where nobody is left to own it, it stays as it is and is judged all the same.
    """
    for remedy in uow.remedies.owned_by(person_id):
        client = uow.clients.locked(remedy.workspace_id, remedy.client_id)
        heirs = whom_to_ask(uow, remedy, client, is_last=False) if client else []
        if client is not None and heirs:
            uow.remedies.hand_over(remedy.id, heirs[0])
            uow.outbox.put(remedy.workspace_id, RemedyOwned(remedy.id, heirs[0]), now)
            redraw_discussion(uow, client, now)
