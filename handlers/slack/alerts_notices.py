"""Delivering alerts: the living message in the alert channel, and private words to whoever should act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete, Reason, Refused
from bot.domain.model import AlertState
from bot.domain.notices import AlertCard, AlertWaits, Notice, OwnerAlerted
from bot.language import language
from bot.usecases.alerts import AlertCardView, read_alert
from bot.usecases.ports import UnitOfWork
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.members import PLATFORM
from handlers.slack.render.alerts import build_alert_card, build_owner_alert, build_waiting_alert


class _Read(Struct, frozen=True):
    """What the card of an alert shows, and whether it stands in Slack already."""

    view: AlertCardView
    taken_by: str | None
    workspace_language: str
    alert_place: str
    stands: bool


def _read(uow: UnitOfWork, *, workspace_id: int, alert_id: int, now: datetime) -> _Read | None:
    view = read_alert(uow, workspace_id, alert_id, now)
    if view is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    taker = view.alert.taken_by_id
    taken_by = uow.people.external_ids([taker], PLATFORM).get(taker) if taker is not None else None
    stands = uow.messages.find(workspace_id, AlertCard(alert_id).lane) is not None
    return _Read(view, taken_by, settings.language, settings.alert_place, stands)


async def _reading(delivery: Delivery, alert_id: int) -> _Read | None:
    return await delivery.database.read(
        partial(_read, workspace_id=delivery.workspace_id, alert_id=alert_id, now=delivery.clock.now())
    )


async def deliver_alert_card(notice: AlertCard, delivery: Delivery) -> DeliveryOutcome:
    """Post or update the living message; an alert that ended before it was ever posted is not posted any more."""
    read = await _reading(delivery, notice.alert_id)
    if read is None or (read.view.alert.state is AlertState.CLOSED and not read.stands):
        return Obsolete()
    if not read.alert_place:
        return Refused(Reason.PLACE_UNSET)
    place = await delivery.database.write(
        lambda uow: uow.people.ensure_place(delivery.workspace_id, PLATFORM, read.alert_place)
    )
    message = build_alert_card(language(read.workspace_language), read.view, read.taken_by)
    return await delivery.courier.post_to_place(delivery, place.id, message, subject=notice.lane)


async def deliver_owner_alerted(notice: OwnerAlerted, delivery: Delivery) -> DeliveryOutcome:
    """Tell the owner, unless the alert ended in the meantime."""
    read = await _reading(delivery, notice.alert_id)
    if read is None or read.view.alert.state is AlertState.CLOSED:
        return Obsolete()
    message = build_owner_alert(language(await delivery.language_of(notice.person_id)), read.view)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


async def deliver_alert_waits(notice: AlertWaits, delivery: Delivery) -> DeliveryOutcome:
    """Ask again, unless somebody acted in the meantime."""
    read = await _reading(delivery, notice.alert_id)
    if read is None or read.view.alert.state is AlertState.CLOSED or read.view.is_acted_on:
        return Obsolete()
    message = build_waiting_alert(language(await delivery.language_of(notice.person_id)), read.view, notice.step)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


DELIVERERS: Mapping[type[Notice], Deliverer] = {
    AlertCard: deliver_alert_card,
    OwnerAlerted: deliver_owner_alerted,
    AlertWaits: deliver_alert_waits,
}
"""The notices of this capability."""
