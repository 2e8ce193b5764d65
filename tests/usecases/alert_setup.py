"""What tests ask of an case about its alerts."""

from __future__ import annotations

from typing import Any

from bot.domain.model import Alert
from bot.usecases.ports import UnitOfWork
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CaseSetup


async def alerts(case: CaseSetup) -> list[Alert]:
    """Every alert there is, oldest first."""

    def read(uow: UnitOfWork) -> list[Alert]:
        found = [uow.alerts.find(case.client.workspace_id, alert_id) for alert_id in range(1, 20)]
        return [alert for alert in found if alert is not None]

    return await case.database.read(read)


async def change_client(case: CaseSetup, **columns: Any) -> None:
    await case.database.write(lambda uow: uow.clients.change(case.client.id, **columns))


async def leave(case: CaseSetup, *person_ids: int) -> None:
    def write(uow: UnitOfWork) -> None:
        for person_id in person_ids:
            uow.people.set_left(person_id, NOW)

    await case.database.write(write)


async def alerted(case: CaseSetup) -> Alert:
    """An open alert at the first level."""
    await case.record(severity=3)
    (alert,) = await alerts(case)
    return alert
