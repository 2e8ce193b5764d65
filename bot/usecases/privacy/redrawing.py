"""Messages about a client whose words have changed are brought up to date where they stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.usecases.capabilities import REDRAWS
from bot.usecases.outbox_delivery import SAID
from bot.usecases.ports import UnitOfWork


def draw_anew(uow: UnitOfWork, workspace_id: int, client_ids: Collection[int], now: datetime) -> None:
    """Have the messages about clients brought up to date where they stand; what was said once stays as it is."""
    for subject in uow.erasure.subjects_about(client_ids):
        prefix, *numbers = subject.split(":")
        if SAID in numbers:
            continue
        notice = REDRAWS[prefix](uow, workspace_id, *map(int, numbers))
        if notice is not None:
            uow.outbox.put_once(workspace_id, notice, now)
