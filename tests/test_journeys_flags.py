"""Flags the whole way: over HTTP and Socket Mode, on either database, and in both languages."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from handlers.slack import ids
from tests.handlers.slack.flags.desk import fill_in, in_form, recorded
from tests.handlers.slack.scenes import a_client
from tests.stage import Stage, words


async def test_flags_of_a_team_add_up_to_an_alert_and_can_be_taken_back(stage: Stage) -> None:
    first = await stage.ben.command(ids.COMMAND_FLAG, "Acme late 2 invoice 2024-17 still open after 45 days")
    assert first.message is not None
    await stage.settle()
    assert "Acme" not in stage.sees(stage.anna, stage.alerts)

    await stage.dirk.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.dirk, category="integrity", severity="2", what_happened="Denied what was agreed by phone.")
    assert (await stage.dirk.submit()).ok
    await stage.settle()
    assert "Active before, Watched now" in stage.sees(stage.dirk)
    assert "Acme" in stage.sees(stage.anna, stage.alerts)
    for reporter in (stage.ben, stage.dirk):
        assert reporter.id not in stage.sees(stage.anna, stage.alerts)

    assert (await stage.ben.click(first.message, ids.FLAG_UNDO)).ok
    await stage.settle()
    assert "as if this flag was never recorded" in stage.sees(stage.ben)
    assert len(await recorded(stage)) == 1


async def test_one_unacceptable_event_is_talked_about_and_its_reporter_hears_of_it(stage: Stage) -> None:
    await a_client(stage, "Acme", flags=0)
    outcome = await stage.ben.command(ids.COMMAND_FLAG, "Acme disrespect 4 threatened to come to my house")
    assert outcome.message is not None
    assert "asked to talk about this client" in words(outcome.message)
    assert "asked to check in with you" in words(outcome.message)
    await stage.settle()
    assert stage.ben.id in stage.channel_of_case().members
    assert "review-0001" in stage.sees(stage.ben)
    assert "check in with them" not in stage.sees(stage.ben)


async def test_a_message_becomes_a_flag_with_its_evidence(both_stage: Stage) -> None:
    stage = both_stage
    said = stage.dirk.say(stage.general, "They called again at 23:00 & shouted.")
    assert (await stage.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, stage.general, said.ts)).ok
    await fill_in(stage.ben, "Bakkerij De Zon", value_starts="n:", category="disrespect", severity="3")
    assert (await stage.ben.submit()).ok
    (flag,) = await recorded(stage)
    assert flag.content.evidence is not None
    assert flag.content.evidence.text == "They called again at 23:00 & shouted."
    await stage.settle()
    assert "They called again at 23:00 &amp; shouted." in stage.sees(stage.ben)


async def test_a_dutch_colleague_flags_in_dutch(stage: Stage) -> None:
    await a_client(stage, "Bakkerij De Zon", flags=0)
    outcome = await stage.carla.command(
        ids.COMMAND_FLAG, "Bakkerij De Zon wanbetaling ernstig factuur 17 staat nog open"
    )
    assert outcome.message is not None
    assert "Wanbetaling" in words(outcome.message)
    assert "factuur 17 staat nog open" in words(outcome.message)


async def test_twenty_flags_at_once_are_all_recorded_and_alert_once(both_stage: Stage) -> None:
    stage = both_stage
    await a_client(stage, "Acme", flags=0)
    people = (stage.anna, stage.ben, stage.carla, stage.dirk)
    outcomes = await asyncio.gather(
        *(people[number % 4].command(ids.COMMAND_FLAG, f"Acme late 2 invoice {number} open") for number in range(20))
    )
    assert all(outcome.ok for outcome in outcomes)
    assert len(await recorded(stage)) == 20
    await stage.settle()
    assert (
        len(
            [
                one
                for one in stage.anna.read(stage.alerts)
                if "Time to talk about" in words(one) or "praten over" in words(one)
            ]
        )
        <= 1
    )
    channels = [channel for channel in stage.anna.channels() if channel.name.startswith("review-")]
    assert len(channels) == 1


async def test_two_people_add_the_same_client_at_the_same_moment(both_stage: Stage) -> None:
    stage = both_stage
    for person in (stage.ben, stage.dirk):
        await person.global_shortcut(ids.SHORTCUT_FLAG)
        await fill_in(person, "De Zon", value_starts="n:", what_happened=f"Seen by {person.id}.")
    both = await asyncio.gather(stage.ben.submit(), stage.dirk.submit())
    assert all(outcome.ok for outcome in both)
    for person in (stage.ben, stage.dirk):
        if person.views:
            assert "same event" in in_form(person.view)
            await person.select(person.view, ids.FLAG_JOIN, "0")
            assert (await person.submit()).ok
    flags = await recorded(stage)
    assert len(flags) == 2
    assert len({flag.client_id for flag in flags}) == 1


async def test_nothing_is_half_recorded_while_the_database_is_gone(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, "Acme", flags=0)
    await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.ben, what_happened="They shouted.")
    await stage.bot.database.close()
    outcome = await stage.ben.submit()
    assert outcome.errors
    assert stage.ben.view.values[ids.FLAG_FORM_HAPPENED][ids.FLAG_FORM_HAPPENED]["value"] == "They shouted."


async def test_buttons_still_work_after_the_client_was_watched_for_a_while(stage: Stage) -> None:
    await a_client(stage, "Acme", flags=0)
    receipt = (await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice 17 is open")).message
    assert receipt is not None
    await stage.later(timedelta(days=40))
    await stage.ben.click(receipt, ids.FLAG_WITHDRAW)
    assert (await stage.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was our bank’s mistake."})).ok
    await stage.settle()
    assert "It was our bank’s mistake." in stage.sees(stage.ben)
    assert await recorded(stage) == []
