"""What a deliverer works with, and what a deliverer is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.notices import Notice
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from handlers.slack.courier import Courier
from handlers.surface.delivery import Delivery as SurfaceDelivery
from handlers.surface.delivery import Telling
from handlers.surface.messenger import Attempt


class Delivery(Attempt, frozen=True):
    """An attempt with the courier that carries it out."""

    courier: Courier
    calendar: Callable[[WorkspaceSettings], WorkingCalendar]


Deliverer = Callable[[Any, Delivery], Awaitable[DeliveryOutcome]]
"""Reads the newest state of what a notice is about, renders it, and hands it to the courier."""


def deliverer_of(telling: Telling) -> Deliverer:
    """A notice of a feature as the deliverers that are not moved yet stand beside it."""

    async def deliver(notice: Notice, delivery: Delivery) -> DeliveryOutcome:
        surface = SurfaceDelivery(
            {type(notice): telling}, delivery.courier, delivery.database, delivery.clock, delivery.calendar
        )
        return await surface.deliver(delivery.item)

    return deliver
