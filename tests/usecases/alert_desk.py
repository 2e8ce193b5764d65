"""What tests ask of an office about its alerts."""

from __future__ import annotations

from typing import Any

from bot.domain.model import Alert
from bot.usecases.ports import UnitOfWork
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.office import Office


async def alerts(office: Office) -> list[Alert]:
    """Every alert there is, oldest first."""

    def read(uow: UnitOfWork) -> list[Alert]:
        found = [uow.alerts.find(office.client.workspace_id, alert_id) for alert_id in range(1, 20)]
        return [alert for alert in found if alert is not None]

    return await office.database.read(read)


async def change_client(office: Office, **columns: Any) -> None:
    await office.database.write(lambda uow: uow.clients.change(office.client.id, **columns))


async def leave(office: Office, *person_ids: int) -> None:
    def write(uow: UnitOfWork) -> None:
        for person_id in person_ids:
            uow.people.set_left(person_id, NOW)

    await office.database.write(write)


async def alerted(office: Office) -> Alert:
    """An open alert at the first level."""
    await office.record(severity=3)
    (alert,) = await alerts(office)
    return alert
