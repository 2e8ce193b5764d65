"""Taking messages back whose subject was erased."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete
from bot.domain.notices import MessageRemoved, Notice
from handlers.slack.delivery import Deliverer, Delivery


async def deliver_message_removed(notice: MessageRemoved, delivery: Delivery) -> DeliveryOutcome:
    """Delete the message where it stands; one that we no longer know of is gone."""
    standing = await delivery.database.read(
        lambda uow: uow.messages.find(delivery.workspace_id, notice.subject),
    )
    if standing is None:
        return Obsolete()
    return await delivery.courier.take_back(delivery, standing.place_id, standing.external_id)


DELIVERERS: Mapping[type[Notice], Deliverer] = {MessageRemoved: deliver_message_removed}
"""The notices of this capability."""
