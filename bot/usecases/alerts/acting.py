"""What people do about an alert: take it on, have it talked about, say that it is dealt with."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.errors import AlertClosedError, LookedAfterAlreadyError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, AlertState, Client, Discussion
from bot.domain.notices import AlertCard, AlertTaken
from bot.domain.timetable import WorkingCalendar
from bot.domain.visibility import may_open_discussion, may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.alerts.alert_card import refuse_unless_shown
from bot.usecases.alerts.ending import ask_no_more
from bot.usecases.alerts.waiting import ask_again_later
from bot.usecases.audit import note, note_card_change
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.ports import UnitOfWork


class Taken(Struct, frozen=True):
    """Who has an alert now, whether that was settled just now, and whether the client became theirs to look after.

    `owner_id` is who looks after it, where that is somebody else. `is_on_card` says that the message in which it was
    clicked is the living one, which tells all of it.
    """

    person_id: int
    client_id: int
    is_new: bool
    becomes_owner: bool = False
    owner_id: int | None = None
    is_on_card: bool = False


def take_alert(uow: UnitOfWork, actor: Actor, alert_id: int, now: datetime, calendar: WorkingCalendar) -> Taken:
    """Make `actor` the one who takes an alert on, and the client's owner where none is here any more.

    The first one has it; who comes later hears who that is. Where nobody looks after the client, whoever sees the
    alert may take it. Where somebody does, it opens no dossier to others: those who see it may take the alert on, and
    the owner, who stays the owner, hears of it. Raises `NotFoundError`, `AlertClosedError` or
    `LookedAfterAlreadyError`.
    """
    alert, client = _locked(uow, actor, alert_id)
    if alert.state is not AlertState.OPEN:
        raise AlertClosedError
    if alert.taken_by_id is not None:
        return Taken(alert.taken_by_id, client.id, is_new=False)
    owner_id = client.owner_id if client.owner_id is not None and uow.people.present([client.owner_id]) else None
    if owner_id is not None and not may_see_dossier(actor.person, involvement_in(uow, actor.person, client)):
        raise LookedAfterAlreadyError
    uow.alerts.take(alert_id, actor.person.id, now)
    _note(uow, actor, AuditAction.ALERT_TAKEN, alert, now)
    if owner_id is None:
        _become_owner(uow, actor, client, now)
    elif owner_id != actor.person.id:
        uow.outbox.put(actor.workspace_id, AlertTaken(alert_id, owner_id), now)
    ask_no_more(uow, alert)
    ask_again_later(uow, actor.settings, alert, 1, now, calendar)
    uow.outbox.put_once(actor.workspace_id, AlertCard(alert_id), now, due_at=max(now, alert.post_at))
    return Taken(
        actor.person.id,
        client.id,
        is_new=True,
        becomes_owner=owner_id is None,
        owner_id=owner_id if owner_id != actor.person.id else None,
    )


def _become_owner(uow: UnitOfWork, actor: Actor, client: Client, now: datetime) -> None:
    if client.owner_id == actor.person.id:
        return
    uow.clients.change(client.id, owner_id=actor.person.id)
    note_card_change(uow, actor, client.id, ["owner"], now)


def _note(uow: UnitOfWork, actor: Actor, action: AuditAction, alert: Alert, now: datetime) -> None:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=alert.client_id,
        subject=f"alert:{alert.id}",
    )


def take_shown_alert(
    uow: UnitOfWork, actor: Actor, alert_id: int, seen_in: int | None, now: datetime, calendar: WorkingCalendar
) -> Taken:
    """Like `take_alert`, from where the alert is shown to the actor: the place `seen_in`, or privately."""
    refuse_unless_shown(uow, actor, alert_id, seen_in)
    taken = take_alert(uow, actor, alert_id, now, calendar)
    card = uow.messages.find(actor.workspace_id, AlertCard(alert_id).lane)
    is_on_card = taken.is_new and card is not None and card.place_id == seen_in
    return replace(taken, is_on_card=is_on_card)


def _locked(uow: UnitOfWork, actor: Actor, alert_id: int) -> tuple[Alert, Client]:
    """An alert as it is while its client is held against other writers."""
    known = uow.alerts.find(actor.workspace_id, alert_id)
    client = uow.clients.locked(actor.workspace_id, known.client_id) if known else None
    alert = uow.alerts.find(actor.workspace_id, alert_id)
    if alert is None or client is None:
        raise NotFoundError
    return alert, client


def discuss_alert(
    uow: UnitOfWork, actor: Actor, alert_id: int, now: datetime, calendar: WorkingCalendar
) -> tuple[Discussion, bool]:
    """Open a discussion from an alert; also says whether it is new.

    Raises `ReviewersOnlyError`, `NotFoundError`, or `AlertClosedError` where nothing is left to talk about.
    """
    if not may_open_discussion(actor.person):
        raise ReviewersOnlyError
    alert = uow.alerts.find(actor.workspace_id, alert_id)
    if alert is None:
        raise NotFoundError
    if alert.state is not AlertState.OPEN and uow.discussions.open_for(alert.client_id) is None:
        raise AlertClosedError
    return open_discussion_by_hand(uow, actor, alert.client_id, now, calendar, alert=alert)


def finish_alert(uow: UnitOfWork, actor: Actor, alert_id: int, now: datetime) -> None:
    """Whoever was asked says that it is dealt with: the client's alerts ask no more.

    Open to who took it, the client's owner and reviewers; raises `NotFoundError` for anybody else.
    """
    alert, client = _locked(uow, actor, alert_id)
    if not actor.person.is_reviewer and actor.person.id not in (alert.taken_by_id, client.owner_id):
        raise NotFoundError
    if not uow.alerts.has_been_acted_on(alert_id):
        _note(uow, actor, AuditAction.ALERT_DEALT_WITH, alert, now)
    uow.alerts.mark_acted(client.id, now)
    for open_alert in uow.alerts.open_for(client.id):
        ask_no_more(uow, open_alert)
        uow.outbox.put_once(actor.workspace_id, AlertCard(open_alert.id), now, due_at=max(now, open_alert.post_at))
