"""Flags the whole way: over HTTP and Socket Mode, on either database, and in both languages."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in, in_form, recorded
from tests.harness import Harness, words


async def test_flags_of_a_team_add_up_to_an_alert_and_can_be_taken_back(harness: Harness) -> None:
    first = await harness.ben.command(COMMAND_FLAG, "Acme late 2 invoice 2024-17 still open after 45 days")
    assert first.message is not None
    await harness.settle()
    assert "Acme" not in harness.sees(harness.anna, harness.alerts)

    await harness.dirk.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.dirk, category="integrity", severity="2", what_happened="Denied what was agreed by phone.")
    assert (await harness.dirk.submit()).ok
    await harness.settle()
    assert "it was “Active”, and is “Watched” now" in harness.sees(harness.dirk)
    assert "Acme" in harness.sees(harness.anna, harness.alerts)
    for reporter in (harness.ben, harness.dirk):
        assert reporter.id not in harness.sees(harness.anna, harness.alerts)

    assert (await harness.ben.click(first.message, ids.FLAG_UNDO)).ok
    await harness.settle()
    assert "as if this flag was never recorded" in harness.sees(harness.ben)
    assert len(await recorded(harness)) == 1


async def test_one_unacceptable_event_is_talked_about_and_its_reporter_hears_of_it(harness: Harness) -> None:
    await a_client(harness, "Acme", flags=0)
    outcome = await harness.ben.command(COMMAND_FLAG, "Acme disrespect (4) threatened to come to my house")
    assert outcome.message is not None
    assert "asked to talk about this client" in words(outcome.message)
    assert "asked to check in with you" in words(outcome.message)
    await harness.settle()
    assert harness.ben.id in harness.channel_of_case().members
    assert "review-0001" in harness.sees(harness.ben)
    assert "check in with them" not in harness.sees(harness.ben)


async def test_a_message_becomes_a_flag_with_its_evidence(both_harness: Harness) -> None:
    harness = both_harness
    said = harness.dirk.say(harness.general, "They called again at 23:00 & shouted.")
    assert (await harness.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, said.ts)).ok
    await fill_in(harness.ben, "Bakkerij De Zon", value_starts="n:", category="disrespect", severity="3")
    assert (await harness.ben.submit()).ok
    (flag,) = await recorded(harness)
    assert flag.content.evidence is not None
    assert flag.content.evidence.text == "They called again at 23:00 & shouted."
    await harness.settle()
    assert "They called again at 23:00 &amp; shouted." in harness.sees(harness.ben)


async def test_a_dutch_colleague_flags_in_dutch(harness: Harness) -> None:
    await a_client(harness, "Bakkerij De Zon", flags=0)
    outcome = await harness.carla.command(COMMAND_FLAG, "Bakkerij De Zon wanbetaling ernstig factuur 17 staat nog open")
    assert outcome.message is not None
    assert "Wanbetaling" in words(outcome.message)
    assert (await harness.carla.click(outcome.message, ids.FLAG_SHOW)).ok
    assert "factuur 17 staat nog open" in harness.in_windows(harness.carla)


async def test_twenty_flags_at_once_are_all_recorded_and_alert_once(both_harness: Harness) -> None:
    harness = both_harness
    await a_client(harness, "Acme", flags=0)
    people = (harness.anna, harness.ben, harness.carla, harness.dirk)
    outcomes = await asyncio.gather(
        *(people[number % 4].command(COMMAND_FLAG, f"Acme late 2 invoice {number} open") for number in range(20))
    )
    assert all(outcome.ok for outcome in outcomes)
    assert len(await recorded(harness)) == 20
    await harness.settle()
    assert (
        len(
            [
                one
                for one in harness.anna.read(harness.alerts)
                if "Time to talk about" in words(one) or "praten over" in words(one)
            ]
        )
        <= 1
    )
    channels = [channel for channel in harness.anna.channels() if channel.name.startswith("review-")]
    assert len(channels) == 1


async def test_two_people_add_the_same_client_at_the_same_moment(both_harness: Harness) -> None:
    harness = both_harness
    for person in (harness.ben, harness.dirk):
        await person.global_shortcut(ids.SHORTCUT_FLAG)
        await fill_in(person, "De Zon", value_starts="n:", what_happened=f"Seen by {person.id}.")
    both = await asyncio.gather(harness.ben.submit(), harness.dirk.submit())
    assert all(outcome.ok for outcome in both)
    for person in (harness.ben, harness.dirk):
        if person.views:
            assert "same event" in in_form(person.view)
            await person.select(person.view, ids.FLAG_FORM_SAME, "0")
            assert (await person.submit()).ok
    flags = await recorded(harness)
    assert len(flags) == 2
    assert len({flag.client_id for flag in flags}) == 1


async def test_nothing_is_half_recorded_while_the_database_is_gone(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.ben, what_happened="They shouted.")
    await harness.bot.database.close()
    outcome = await harness.ben.submit()
    assert outcome.errors
    assert harness.ben.view.values[ids.FLAG_FORM_HAPPENED][ids.FLAG_FORM_HAPPENED]["value"] == "They shouted."


async def test_buttons_still_work_after_the_client_was_watched_for_a_while(harness: Harness) -> None:
    await a_client(harness, "Acme", flags=0)
    receipt = (await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice 17 is open")).message
    assert receipt is not None
    await harness.later(timedelta(days=40))
    await harness.ben.click(receipt, ids.FLAG_WITHDRAW)
    assert (await harness.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was our bank’s mistake."})).ok
    await harness.settle()
    assert "It was our bank’s mistake." in harness.sees(harness.ben)
    assert await recorded(harness) == []
