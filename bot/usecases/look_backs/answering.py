"""Looking back on a decision: what came free, what it cost, and whether it was right."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import LookedBackAlreadyError, NotFoundError
from bot.domain.look_back import Balance, Hindsight, LookBack, checked_cost
from bot.domain.model import Client
from bot.domain.visibility import may_follow_up
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.look_backs.planning import forget_asking
from bot.usecases.ports import UnitOfWork


class LookBackView(Struct, frozen=True):
    """A look back with what it is held against; `forecast` is `None` where nothing was expected in figures.

    `code` is the case code of the discussion in which it was decided, `currency` the workspace's.
    """

    look_back: LookBack
    client: Client
    forecast: Balance | None
    code: str
    currency: str


def read_look_back(uow: UnitOfWork, workspace_id: int, look_back_id: int) -> LookBackView | None:
    """A look back for who may know of it; `None` when it or its client is gone."""
    one = uow.look_backs.find(workspace_id, look_back_id)
    client = uow.clients.find(workspace_id, one.client_id) if one else None
    decision = uow.decisions.find(workspace_id, one.decision_id) if one else None
    discussion = uow.discussions.find(workspace_id, decision.discussion_id) if decision else None
    if one is None or client is None:
        return None
    return LookBackView(
        one,
        client,
        uow.look_backs.forecast(one.decision_id),
        discussion.code if discussion else "",
        uow.people.workspace(workspace_id).settings.currency,
    )


def read_look_back_for(uow: UnitOfWork, actor: Actor, look_back_id: int) -> LookBackView:
    """A look back for the client's owner and reviewers; raises `NotFoundError`, or `LookedBackAlreadyError`."""
    view = read_look_back(uow, actor.workspace_id, look_back_id)
    if view is None or not may_follow_up(actor.person, involvement_in(uow, actor.person, view.client)):
        raise NotFoundError
    if view.look_back.answered_at is not None:
        raise LookedBackAlreadyError
    return view


def look_back(uow: UnitOfWork, actor: Actor, look_back_id: int, said: Hindsight, now: datetime) -> LookBackView:
    """Keep what somebody says; for the client's owner and reviewers.

    Raises `NotFoundError`, `LookedBackAlreadyError` for whoever comes second, or `TextTooLongError`.
    """
    known = uow.look_backs.find(actor.workspace_id, look_back_id)
    if known is None:
        raise NotFoundError
    uow.clients.locked(actor.workspace_id, known.client_id)
    view = read_look_back_for(uow, actor, look_back_id)
    fit = Hindsight(said.found, checked_cost(said.cost), said.was_right)
    if not uow.look_backs.answer(look_back_id, fit, actor.person.id, now):
        raise LookedBackAlreadyError
    forget_asking(uow, view.look_back)
    note(
        uow,
        actor.workspace_id,
        AuditAction.LOOKED_BACK,
        now,
        actor_id=actor.person.id,
        client_id=view.client.id,
        subject=f"decision:{view.look_back.decision_id}",
        months=view.look_back.months,
        right=fit.was_right.value,
    )
    return read_look_back(uow, actor.workspace_id, look_back_id) or view
