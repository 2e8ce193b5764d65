"""`flagclient audit` lists the trail and says when it was tampered with; so does `flagclient doctor`."""

from __future__ import annotations

from functools import partial

from sqlalchemy import text

from bot.commands.console import Exit
from bot.domain.audit import AuditAction
from bot.usecases.audit import note
from bot.usecases.ports import UnitOfWork
from tests.commands.conftest import Call
from tests.factories import make_client
from tests.frozen_clock import MONDAY_MORNING
from tests.harness import Harness


async def _write(harness: Harness) -> None:
    workspace = await harness.workspace.members.workspace(harness.world.team_id)

    def write(uow: UnitOfWork) -> None:
        anna = uow.people.person_by_external(workspace.id, workspace.platform, harness.anna.id)
        assert anna is not None
        add = partial(note, uow, workspace.id, now=MONDAY_MORNING)
        for name in ("Acme B.V.", "Globex"):
            client = make_client(uow, workspace, name)
            add(
                AuditAction.DECISION_TAKEN,
                actor_id=anna.id,
                client_id=client.id,
                subject=f"decision:{client.id}",
                outcome="keep",
            )
            add(AuditAction.REMEDY_JUDGED, actor_id=None, client_id=client.id, subject=f"remedy:{client.id}")

    await harness.bot.database.write(write)


async def test_the_trail_is_listed_with_who_did_what(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    await _write(http_harness)
    ended = await call("audit", DATABASE_URL=url)
    assert ended.code == Exit.OK
    first, second, third, fourth, verdict, seal = ended.said.splitlines()
    assert first.split() == [
        "1",
        "2026-03-02",
        "09:00:00Z",
        http_harness.anna.id,
        "decision_taken",
        "client:1",
        "decision:1",
        "outcome=keep",
    ]
    assert second.split()[3] == "-"
    assert third.split()[0] == "3"
    assert fourth.split()[0] == "4"
    assert "whole: 4 entries" in verdict
    assert len(seal) == 64


async def test_one_client_is_chosen_by_name(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    await _write(http_harness)
    ended = await call("audit", "--client", "globex", DATABASE_URL=url)
    assert [line.split()[0] for line in ended.said.splitlines()[:2]] == ["3", "4"]
    unknown = await call("audit", "--client", "Initech", DATABASE_URL=url)
    assert unknown.code == Exit.USAGE
    assert "Initech" in unknown.said


async def test_a_broken_seal_is_told(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    assert "Nothing was written" in (await call("audit", DATABASE_URL=url)).said
    await _write(http_harness)
    assert "audit trail: " not in (await call("doctor", DATABASE_URL=url)).said
    await http_harness.bot.database.transact(
        lambda connection: connection.execute(text("UPDATE audit SET actor_id = NULL WHERE number = 3"))
    )
    ended = await call("audit", DATABASE_URL=url)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert "just before: 3." in ended.said
    assert "flagclient audit" in (await call("doctor", DATABASE_URL=url)).said
