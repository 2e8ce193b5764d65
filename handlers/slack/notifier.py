"""The way from a claimed notice to Slack: the deliverer of its kind is found and started."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.notices import Notice
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports import Clock, Database, OutboxItem
from handlers.slack.courier import Courier
from handlers.slack.delivery import Deliverer, Delivery


class SlackNotifier:
    """Delivers notices with the deliverers that it is given."""

    def __init__(
        self,
        courier: Courier,
        deliverers: Mapping[type[Notice], Deliverer],
        database: Database,
        clock: Clock,
        calendar: Callable[[WorkspaceSettings], WorkingCalendar],
    ) -> None:
        self._courier = courier
        self._deliverers = deliverers
        self._database = database
        self._clock = clock
        self._calendar = calendar

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt; raises `KeyError` for a notice that nobody delivers."""
        deliverer = self._deliverers[type(item.notice)]
        delivery = Delivery(item, self._database, self._clock, courier=self._courier, calendar=self._calendar)
        return await deliverer(item.notice, delivery)
