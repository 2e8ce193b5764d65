"""Seeing to an item: sent, verified, done, given to somebody else, or moved to another day."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.audit import AuditAction
from bot.domain.checklist import (
    MAX_PROOF_LENGTH,
    DayPassedError,
    Item,
    ItemState,
    ProofMissingError,
    refuse_unless_next,
)
from bot.domain.decision import Decision
from bot.domain.errors import NotFoundError
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import required_text, text
from bot.domain.model import Client
from bot.domain.notices import ChecklistReminder
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.checklist.beginning import show_checklist
from bot.usecases.checklist.moments import remind_no_more, remind_on
from bot.usecases.checklist.reading import item_and_decision
from bot.usecases.ports import UnitOfWork


def take_step(uow: UnitOfWork, actor: Actor, item_id: int, seen: ItemState | None, proof: str, now: datetime) -> Item:
    """An item is sent, or done where it has no step between; doing what is done changes nothing.

    `seen` is how it stood for whoever says so, where that is known: what somebody did meanwhile, or a second click,
    takes no further step.
    Raises `NotFoundError`, `OutOfOrderError`, or `ProofMissingError` or `TextTooLongError` with the field `proof`.
    """
    item, decision = _locked(uow, actor, item_id)
    if item.state is ItemState.DONE or seen not in (None, item.state):
        return item
    refuse_unless_next(item, uow.checklists.of_decision(decision.id))
    is_sent = item.two_steps and item.state is ItemState.OPEN
    with at_field("proof"):
        said = text(proof, MAX_PROOF_LENGTH)
        if item.needs_proof and not is_sent and not said:
            raise ProofMissingError
    state = ItemState.SENT if is_sent else ItemState.DONE
    uow.checklists.change(item.id, state=state, proof=said or item.proof, done_by_id=actor.person.id, at=now)
    if state is ItemState.DONE:
        remind_no_more(uow, item)
    _note(uow, actor, item, AuditAction.CHECKLIST_SENT if is_sent else AuditAction.CHECKLIST_DONE, now)
    show_checklist(uow, decision, now)
    return uow.checklists.find(actor.workspace_id, item.id) or item


def change_item(
    uow: UnitOfWork,
    actor: Actor,
    item_id: int,
    owner_id: int,
    due_on: date,
    reason: str,
    now: datetime,
    calendar: WorkingCalendar,
) -> Item:
    """Give an item to somebody, or move it to another day with a reason; whoever gets it hears so.

    Raises `NotFoundError`, `DayPassedError` with the field `due_on`, or what is wrong with the `reason`.
    """
    item, decision = _locked(uow, actor, item_id)
    if item.state is ItemState.DONE or not uow.people.present([owner_id]):
        raise NotFoundError
    if due_on != item.due_on:
        if due_on < local_today(now, actor.settings.zone):
            raise DayPassedError(field="due_on")
        with at_field("reason"):
            said = required_text(reason, MAX_PROOF_LENGTH)
        uow.checklists.change(item.id, due_on=due_on, is_moved=True, moved_because=said, reminders=0, at=now)
        _remind_anew(uow, actor.settings, item, due_on, now, calendar)
        _note(uow, actor, item, AuditAction.CHECKLIST_MOVED, now)
    if owner_id != item.owner_id:
        uow.checklists.change(item.id, owner_id=owner_id, reminders=0, at=now)
        _remind_anew(uow, actor.settings, item, due_on, now, calendar)
        _note(uow, actor, item, AuditAction.CHECKLIST_GIVEN, now)
        if owner_id != actor.person.id:
            uow.outbox.put_once(item.workspace_id, ChecklistReminder(owner_id, 0), now)
    show_checklist(uow, decision, now)
    return uow.checklists.find(actor.workspace_id, item.id) or item


def hand_over_checklists(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """What somebody who left had to do goes to the client's owner, or else to a reviewer, who hears so."""
    for item in uow.checklists.open_of(person_id):
        settings = uow.people.workspace(item.workspace_id).settings
        client = uow.clients.locked(item.workspace_id, item.client_id)
        decision = uow.decisions.find(item.workspace_id, item.decision_id)
        heir = _heir(uow, client, person_id) if client is not None else None
        if heir is None or decision is None:
            continue
        uow.checklists.change(item.id, owner_id=heir, reminders=0)
        _remind_anew(uow, settings, item, item.due_on, now, HolidayCalendar(settings))
        uow.outbox.put_once(item.workspace_id, ChecklistReminder(heir, 0), now)
        show_checklist(uow, decision, now)


def _remind_anew(
    uow: UnitOfWork, settings: WorkspaceSettings, item: Item, due_on: date, now: datetime, calendar: WorkingCalendar
) -> None:
    """Whoever sees to it from now on is reminded, also where all reminders to others were used up."""
    remind_no_more(uow, item)
    remind_on(uow, settings, item, due_on, now, calendar)


def _heir(uow: UnitOfWork, client: Client, left_id: int) -> int | None:
    if client.owner_id not in (None, left_id) and uow.people.present([client.owner_id]):
        return client.owner_id
    return next((one.id for one in uow.people.reviewers(client.workspace_id) if one.id != left_id), None)


def _locked(uow: UnitOfWork, actor: Actor, item_id: int) -> tuple[Item, Decision]:
    item, _ = item_and_decision(uow, actor, item_id)
    uow.clients.locked(actor.workspace_id, item.client_id)
    return item_and_decision(uow, actor, item_id)


def _note(uow: UnitOfWork, actor: Actor, item: Item, action: AuditAction, now: datetime) -> None:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=item.client_id,
        subject=f"checklist_item:{item.id}",
    )
