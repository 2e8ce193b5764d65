"""What a deliverer works with, and what a deliverer is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from handlers.slack.attempt import Attempt
from handlers.slack.courier import Courier


class Delivery(Attempt, frozen=True):
    """An attempt with the courier that carries it out."""

    courier: Courier
    calendar: Callable[[WorkspaceSettings], WorkingCalendar]


Deliverer = Callable[[Any, Delivery], Awaitable[DeliveryOutcome]]
"""Reads the newest state of what a notice is about, renders it, and hands it to the courier."""
