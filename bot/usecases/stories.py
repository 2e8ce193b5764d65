"""What the stories of a capability do by themselves, beside what people do: its declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct, field

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.notices import Notice
from bot.usecases.due import DueHandler
from bot.usecases.ports import OutboxItem, UnitOfWork
from bot.usecases.waiting import Waits

AfterDelivery = Callable[[UnitOfWork, OutboxItem, DeliveryOutcome, datetime], bool]
"""Runs in the transaction that records the outcome; true when a refusal is dealt with, so that nobody is told."""

HeldUp = Callable[[UnitOfWork, OutboxItem, datetime], None]
"""Runs in the transaction that records that a notice waits until it is known who would read it."""

Redraw = Callable[..., Notice | None]
"""`(uow, workspace_id, *ids)` → the notice that brings a message up to date; none where there is nothing to show."""


class Stories(Struct, frozen=True):
    """The declaration of a capability's stories.

    `due` does what a row of each kind is due for. `after_delivery` follows the end of a notice's delivery, `held_up`
    each attempt that ends because it is not known yet who would read it. `redraws` has the messages that are kept up to
    date, by what their subject begins with; the ids follow there. `shared_files` shares anew what was shared about the
    same. `waits` finds what somebody is asked for and has not done.
    """

    stem: str
    due: Mapping[str, DueHandler] = field(default_factory=dict)
    after_delivery: Mapping[type[Notice], AfterDelivery] = field(default_factory=dict)
    held_up: Mapping[type[Notice], HeldUp] = field(default_factory=dict)
    redraws: Mapping[str, Redraw] = field(default_factory=dict)
    shared_files: Mapping[str, Redraw] = field(default_factory=dict)
    waits: Waits | None = None
