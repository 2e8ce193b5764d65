"""A bot on one token, on a database that another workspace has used before."""

from __future__ import annotations

from bot.domain.notices import AdminTold
from bot.usecases.ports import UnitOfWork
from tests.stage import Stage


async def test_notices_of_another_workspace_wait_for_its_own_token(stage: Stage) -> None:
    now = stage.clock.now()

    def put(uow: UnitOfWork) -> int:
        other = uow.people.ensure_workspace("slack", "T0OTHER", now)
        person = uow.people.ensure_person(other.id, "slack", stage.ben.id, language="en", zone="UTC")
        uow.outbox.put(other.id, AdminTold(person.id, "place_gone", "alert:1"), now)
        return other.id

    other_id = await stage.bot.database.write(put)
    await stage.settle()
    assert "alert" not in stage.sees(stage.ben)
    workspace, counts = await stage.bot.database.read(lambda uow: (uow.people.workspace(other_id), uow.outbox.counts()))
    assert workspace.is_disconnected
    assert counts["parked"] == 1
