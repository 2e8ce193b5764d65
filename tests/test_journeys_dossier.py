"""From a flag to a dossier, the whole way, over HTTP and over Socket Mode."""

from __future__ import annotations

from bot.playground.state import Message
from handlers.slack import ids
from tests.handlers.slack.scenes import said_in
from tests.stage import Stage, words

FLAG = "Acme late 3 invoice 2024-17 still open after 45 days"


async def dossier(stage: Stage, text: str = "acme") -> Message:
    outcome = await stage.anna.command(ids.COMMAND_DOSSIER, text)
    assert outcome.message is not None
    return outcome.message


async def test_what_was_flagged_is_read_witnessed_and_withdrawn(stage: Stage) -> None:
    assert (await stage.ben.command(ids.COMMAND_FLAG, FLAG)).ok
    await stage.settle()
    first = await dossier(stage)
    assert "invoice 2024-17 still open after 45 days" in words(first)
    assert "*4*" in words(first)

    assert (await stage.anna.click(first, ids.FLAG_WITNESS)).ok
    witnessed = await dossier(stage)
    assert "*5*" in words(witnessed)

    mine = (await stage.ben.command(ids.COMMAND_DOSSIER, "Acme")).message
    assert mine is not None
    assert stage.anna.id not in words(mine)
    assert (await stage.ben.click(mine, ids.FLAG_WITHDRAW)).ok
    assert (await stage.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was paid after all."})).ok
    after = words(await dossier(stage))
    assert "It was paid after all." in after
    assert "invoice 2024-17" not in after
    assert "*5*" not in after


async def test_an_alert_leads_to_the_dossier_in_a_window(stage: Stage) -> None:
    await stage.ben.command(ids.COMMAND_FLAG, FLAG)
    await stage.settle()
    alert = next(one for one in stage.anna.read(stage.alerts) if "Acme" in words(one))
    assert (await stage.anna.click(alert, ids.DOSSIER_SHOW)).ok
    assert "invoice 2024-17" in said_in(stage.anna.view)
    await stage.anna.close()

    await stage.dirk.command(ids.COMMAND_DOSSIER)
    assert (await stage.dirk.click(alert, ids.DOSSIER_SHOW)).status == 200
    assert stage.dirk.views == []
    assert "invoice 2024-17" not in stage.sees(stage.dirk, stage.alerts)


async def test_the_list_leads_to_a_dossier(stage: Stage) -> None:
    for text in (FLAG, "“Acme Nederland” haggling 2 asked for half the price again"):
        await stage.ben.command(ids.COMMAND_FLAG, text)
        if stage.ben.views:
            await stage.ben.submit()
    await stage.settle()
    listed = await dossier(stage, "")
    assert "Acme" in words(listed)
    assert (await stage.anna.click(listed, ids.DOSSIER_SHOW)).ok
    assert "invoice 2024-17" in stage.sees(stage.anna)
