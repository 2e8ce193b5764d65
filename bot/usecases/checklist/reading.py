"""A checklist as one person sees it."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.checklist import Item, ItemState, blocking
from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.errors import NotFoundError
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork


class ItemView(Struct, frozen=True):
    """An item with what has to come `first`, where something has."""

    item: Item
    first: Item | None


class ChecklistView(Struct, frozen=True):
    """The list of one case; `today` is the workspace's."""

    decision_id: int
    client_name: str
    items: tuple[ItemView, ...]
    today: date


class OwnItems(Struct, frozen=True):
    """What one person has to see to, over all cases, with the names of the clients by their ids."""

    items: tuple[ItemView, ...]
    clients: dict[int, str]
    today: date


def read_checklist_of(uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime) -> ChecklistView:
    """The list of a decision to part; for reviewers, those in its discussion, and whoever sees to some of it.

    Raises `NotFoundError` for others, and where no letter was sent.
    """
    decision = _standing(uow, actor.workspace_id, decision_id)
    items = uow.checklists.of_decision(decision.id) if decision else []
    client = uow.clients.find(actor.workspace_id, decision.client_id) if decision else None
    if decision is None or client is None or not items or not _may_see(uow, actor, decision, items):
        raise NotFoundError
    return ChecklistView(decision.id, client.name, _views(items), local_today(now, actor.settings.zone))


def read_own_items(uow: UnitOfWork, actor: Actor, now: datetime) -> OwnItems:
    """What `actor` still has to do, what is due first in front."""
    found, names = [], {}
    for item in uow.checklists.open_of(actor.person.id):
        client = uow.clients.find(actor.workspace_id, item.client_id)
        if client is None or _standing(uow, actor.workspace_id, item.decision_id) is None:
            continue
        names[item.client_id] = client.name
        first = blocking(item, uow.checklists.of_decision(item.decision_id))
        found.append(ItemView(item, first[0] if first else None))
    return OwnItems(tuple(found), names, local_today(now, actor.settings.zone))


def item_and_decision(uow: UnitOfWork, actor: Actor, item_id: int) -> tuple[Item, Decision]:
    """An item and the decision that it comes of; raises `NotFoundError` as `read_checklist_of` does."""
    item = uow.checklists.find(actor.workspace_id, item_id)
    decision = _standing(uow, actor.workspace_id, item.decision_id) if item else None
    if item is None or decision is None:
        raise NotFoundError
    if not _may_see(uow, actor, decision, uow.checklists.of_decision(decision.id)):
        raise NotFoundError
    return item, decision


def open_critical(uow: UnitOfWork, decision_id: int) -> tuple[Item, ...]:
    """What has to be done before a client counts as gone, and is not."""
    return tuple(
        item
        for item in uow.checklists.of_decision(decision_id)
        if item.is_critical and item.state is not ItemState.DONE
    )


def _standing(uow: UnitOfWork, workspace_id: int, decision_id: int) -> Decision | None:
    decision = uow.decisions.find(workspace_id, decision_id)
    if decision is None or decision.outcome is not DecisionOutcome.PART or decision.state is not DecisionState.TAKEN:
        return None
    return decision


def _may_see(uow: UnitOfWork, actor: Actor, decision: Decision, items: list[Item]) -> bool:
    if actor.person.is_reviewer or actor.person.id in uow.discussions.people(decision.discussion_id):
        return True
    return any(item.owner_id == actor.person.id for item in items)


def _views(items: list[Item]) -> tuple[ItemView, ...]:
    return tuple(
        ItemView(item, first[0] if (first := blocking(item, items)) and item.state is not ItemState.DONE else None)
        for item in items
    )
