"""A new private space for alerts, where outsiders read along in the one that there is."""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome
from bot.domain.errors import NotFoundError
from bot.domain.notices import AlertSpace, AlertSpacePeople
from bot.domain.settings_values import ALERT_CHANNEL
from bot.usecases.actor import Actor
from bot.usecases.ports import OutboxItem, UnitOfWork
from bot.usecases.settings import change_setting

NAME = "flagclient-alerts"
"""What the space is called, or that with a number."""


def make_alert_space(uow: UnitOfWork, actor: Actor, place_id: int, now: datetime) -> bool:
    """An admin has a private space made for alerts; says whether it is: not where alerts go elsewhere by now.

    Twice makes one. Raises `NotFoundError` for anybody else.
    """
    if not actor.person.is_admin:
        raise NotFoundError
    place = uow.people.place(place_id)
    if place is None or uow.people.workspace(actor.workspace_id).settings.alert_place != place_id:
        return False
    uow.outbox.put_once(actor.workspace_id, AlertSpace(place_id, actor.person.id), now)
    return True


def alert_space_made(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Alerts go there from now on, and what waited for a place with them."""
    notice = item.notice
    if isinstance(notice, AlertSpace) and isinstance(outcome, Delivered):
        platform = uow.people.workspace(item.workspace_id).platform
        place = uow.people.ensure_place(item.workspace_id, platform, outcome.receipt.place)
        change_setting(uow, item.workspace_id, ALERT_CHANNEL, place.external_id, now)
        uow.outbox.put(item.workspace_id, AlertSpacePeople(place.id, notice.person_id), now)
    return False
