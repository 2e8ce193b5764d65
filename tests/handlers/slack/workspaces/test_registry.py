"""A bot on one token, on a database that another workspace has used before."""

from __future__ import annotations

from bot.domain.notices import AdminTold
from bot.usecases.ports import UnitOfWork
from tests.harness import Harness


async def test_notices_of_another_workspace_wait_for_its_own_token(harness: Harness) -> None:
    now = harness.clock.now()

    def put(uow: UnitOfWork) -> int:
        other = uow.people.ensure_workspace("slack", "T0OTHER", now)
        person = uow.people.ensure_person(other.id, "slack", harness.ben.id, language="en", zone="UTC")
        uow.outbox.put(other.id, AdminTold(person.id, "place_gone", "alert:1"), now)
        return other.id

    other_id = await harness.bot.database.write(put)
    await harness.settle()
    assert "alert" not in harness.sees(harness.ben)
    workspace, counts = await harness.bot.database.read(
        lambda uow: (uow.people.workspace(other_id), uow.outbox.counts())
    )
    assert workspace.is_disconnected
    assert counts["parked"] == 1
