"""What a capability does once a delivery has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.usecases.ports import OutboxItem, UnitOfWork

AfterDelivery = Callable[[UnitOfWork, OutboxItem, DeliveryOutcome, datetime], bool]
"""Runs in the transaction that records the outcome; true when a refusal is dealt with, so that nobody is told."""
