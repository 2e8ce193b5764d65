"""Having a look at who reads along in a place."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import PlaceChecked
from bot.usecases.ports import UnitOfWork


def look_at(uow: UnitOfWork, workspace_id: int, place_id: int, now: datetime) -> None:
    """Look at a place now; a look that was to come later is brought forward."""
    check = PlaceChecked(place_id)
    uow.outbox.put_once(workspace_id, check, now)
    uow.outbox.hasten(workspace_id, check.lane, now)
