"""`flagclient outbox`: what was given up on is listed, sent again, or let go."""

from __future__ import annotations

from bot.commands.console import Exit
from bot.domain.notices import AlertCard
from bot.relay import LEASE
from bot.usecases.ports import UnitOfWork
from tests.commands.conftest import Call
from tests.frozen_clock import MONDAY_MORNING
from tests.harness import Harness


async def given_up(harness: Harness, *alerts: int) -> list[str]:
    """Alerts that were given up on; returns their intents."""
    workspace = await harness.workspace.members.workspace(harness.world.team_id)

    def write(uow: UnitOfWork) -> list[str]:
        intents = [uow.outbox.put(workspace.id, AlertCard(alert), MONDAY_MORNING) for alert in alerts]
        for item in uow.outbox.claim(harness.clock.now(), 100, LEASE):
            uow.outbox.kill(item, MONDAY_MORNING, "refused", "odd_error")
        return intents

    return await harness.bot.database.write(write)


async def test_what_was_given_up_on_is_listed_and_counted(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    ended = await call("outbox", "list", DATABASE_URL=url)
    assert (ended.code, ended.said) == (Exit.OK, "Nothing is stuck.\n")
    first, second = await given_up(http_harness, 1, 2)
    ended = await call("outbox", "list", DATABASE_URL=url)
    assert ended.said.splitlines() == [
        f"{first}  alert_card  alert:1  2026-03-02 09:00Z  given up 2026-03-02 09:00Z  refused (odd_error)",
        f"{second}  alert_card  alert:2  2026-03-02 09:00Z  given up 2026-03-02 09:00Z  refused (odd_error)",
    ]
    ended = await call("doctor", DATABASE_URL=url)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert "!!  messages: Stuck: 0 waiting for something to be put right, 2 given up on." in ended.said


async def test_one_is_sent_again_and_one_let_go(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    first, second = await given_up(http_harness, 1, 2)
    assert (await call("outbox", "revive", first, DATABASE_URL=url)).code == Exit.OK
    assert (await call("outbox", "discard", second, DATABASE_URL=url)).code == Exit.OK
    counts = await http_harness.bot.database.read(lambda uow: uow.outbox.counts())
    assert (counts["pending"], counts["dead"]) == (1, 0)


async def test_what_waits_for_something_is_listed_counted_and_let_go_as_well(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    (first,) = await given_up(http_harness, 1)
    await http_harness.bot.database.write(lambda uow: uow.outbox.revive(1, MONDAY_MORNING))
    await http_harness.bot.database.write(
        lambda uow: [
            uow.outbox.park(item, MONDAY_MORNING, "scope_missing", "missing_scope")
            for item in uow.outbox.claim(MONDAY_MORNING, 1, LEASE)
        ]
    )
    ended = await call("outbox", "list", DATABASE_URL=url)
    assert ended.said == f"{first}  alert_card  alert:1  2026-03-02 09:00Z  waits  scope_missing (missing_scope)\n"
    ended = await call("doctor", DATABASE_URL=url)
    assert "!!  messages: Stuck: 1 waiting for something to be put right, 0 given up on." in ended.said
    assert (await call("outbox", "discard", first, DATABASE_URL=url)).code == Exit.OK
    assert (await call("outbox", "list", DATABASE_URL=url)).said == "Nothing is stuck.\n"


async def test_all_are_sent_again(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    await given_up(http_harness, 1, 2)
    for wrong in (("revive",), ("revive", "an-id", "--all")):
        assert (await call("outbox", *wrong, DATABASE_URL=url)).code == Exit.USAGE
    ended = await call("outbox", "revive", "--all", DATABASE_URL=url)
    assert (ended.code, ended.said) == (Exit.OK, "Sent again as soon as the bot runs: 2.\n")
    assert (await call("outbox", "list", DATABASE_URL=url)).said == "Nothing is stuck.\n"


async def test_an_id_that_is_not_there_is_named(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    for what in ("revive", "discard"):
        ended = await call("outbox", what, "no-such-id", DATABASE_URL=url)
        assert ended.code == Exit.USAGE
        assert "has the id no-such-id. See: flagclient outbox list" in ended.said
