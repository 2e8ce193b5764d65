"""From a flag to a dossier, the whole way, over HTTP and over Socket Mode."""

from __future__ import annotations

from bot.playground.state import Message
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import behind, said_in, turned
from tests.harness import Harness, words

FLAG = "Acme late 3 invoice 2024-17 still open after 45 days"


async def dossier(harness: Harness, text: str = "acme") -> Message:
    return await behind(harness.anna, text, *([ids.DOSSIER_TIMELINE] if text else []))


async def test_what_was_flagged_is_read_witnessed_and_withdrawn(harness: Harness) -> None:
    assert (await harness.ben.command(COMMAND_FLAG, FLAG)).ok
    await harness.settle()
    first = await dossier(harness)
    assert "invoice 2024-17 still open after 45 days" in words(first)
    before = await turned(harness.anna, first, ids.DOSSIER_BACK)
    assert "Score 4 ·" in words(before)
    first = await turned(harness.anna, before, ids.DOSSIER_TIMELINE)

    assert (await harness.anna.click(first, ids.FLAG_WITNESS)).ok
    assert "Score 5 ·" in words(await behind(harness.anna, "acme"))

    mine = (await harness.ben.command(COMMAND_DOSSIER, "Acme")).message
    assert mine is not None
    assert harness.anna.id not in words(mine)
    assert (await harness.ben.click(mine, ids.FLAG_WITHDRAW)).ok
    assert (await harness.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was paid after all."})).ok
    after = words(await dossier(harness))
    assert "It was paid after all." in after
    assert "invoice 2024-17" not in after
    assert "Score 5 ·" not in words(await behind(harness.anna, "acme"))


async def test_an_alert_leads_to_the_dossier_in_a_window(harness: Harness) -> None:
    await harness.ben.command(COMMAND_FLAG, FLAG)
    await harness.settle()
    alert = next(one for one in harness.anna.read(harness.alerts) if "Acme" in words(one))
    assert (await harness.anna.click(alert, ids.DOSSIER_SHOW)).ok
    assert (await harness.anna.click(harness.anna.view, ids.DOSSIER_TIMELINE)).ok
    assert "invoice 2024-17" in said_in(harness.anna.view)
    await harness.anna.close()

    await harness.dirk.command(COMMAND_DOSSIER)
    assert (await harness.dirk.click(alert, ids.DOSSIER_SHOW)).status == 200
    assert "I can’t find that." in harness.in_windows(harness.dirk)
    assert "invoice 2024-17" not in harness.sees(harness.dirk, harness.alerts)


async def test_the_list_leads_to_a_dossier(harness: Harness) -> None:
    for text in (FLAG, "“Acme Nederland” haggling 2 asked for half the price again"):
        await harness.ben.command(COMMAND_FLAG, text)
        if harness.ben.views:
            await harness.ben.submit()
    await harness.settle()
    listed = await dossier(harness, "")
    assert "Acme" in words(listed)
    assert (await harness.anna.click(listed, ids.DOSSIER_SHOW)).ok
    await turned(harness.anna, harness.anna.read()[-1], ids.DOSSIER_TIMELINE)
    assert "invoice 2024-17" in harness.sees(harness.anna)
