"""The main loop from the first flag to the debrief, through the front door, as several people in two languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from bot.playground.state import Channel, Message
from tests.stage import Stage, words


def last(stage: Stage, channel: Channel) -> Message:
    """The newest message that Anna reads in a channel."""
    return stage.anna.read(channel)[-1]


async def flagged_in_form(stage: Stage) -> None:
    """Ben flags a new client through the form."""
    await stage.ben.command("/flagclient", "Acme", stage.general)
    facts = {
        "flags.category": "late_payment",
        "flags.severity": "3",
        "flags.what_happened": "invoice 2024-17 is still open after 45 days",
    }
    for action_id, choice in facts.items():
        await stage.ben.select(stage.ben.view, action_id, choice)
    assert (await stage.ben.submit()).ok
    await stage.settle()


async def flagged_twice(stage: Stage) -> None:
    """Two colleagues flag the same client: Ben through the form, Carla in one line."""
    await flagged_in_form(stage)
    answered = await stage.carla.command(
        "/flagclient", "Acme wanbetaling ernstig betaalde pas na drie herinneringen", stage.general
    )
    assert answered.ok
    await stage.settle()


async def test_flags_add_up_to_an_alert_and_a_discussion(stage: Stage) -> None:
    await flagged_in_form(stage)
    (watch,) = [message for message in stage.anna.read(stage.alerts) if message.from_app]
    assert "Keep an eye on Acme" in words(watch)
    assert stage.ben.id not in words(watch)

    answered = await stage.carla.command(
        "/flagclient", "Acme wanbetaling ernstig betaalde pas na drie herinneringen", stage.general
    )
    assert answered.message is not None
    assert "Vastgelegd" in words(answered.message)
    await stage.settle()

    posted = [message for message in stage.anna.read(stage.alerts) if message.from_app]
    assert len(posted) == 2
    assert "review-0001" in words(posted[0])
    assert "Time to talk about Acme" in words(posted[1])
    case = stage.channel_of_case()
    assert case.kind == "private"
    assert set(case.members) == {stage.world.bot_user_id, stage.anna.id, stage.ben.id, stage.carla.id}
    (opening,) = [message for message in stage.anna.read(case) if message.from_app]
    assert [pin.ts for pin in case.pins] == [opening.ts]
    assert "Acme" in words(opening)
    assert "Acme" not in opening.text + case.name + case.topic.value + case.purpose.value
    assert "review-0001" in stage.sees(stage.ben)
    assert "review-0001" in stage.sees(stage.carla)


async def test_a_new_flag_goes_into_the_open_discussion(stage: Stage) -> None:
    await flagged_twice(stage)
    before = len([message for message in stage.anna.read(stage.alerts) if message.from_app])
    await stage.dirk.command("/flagclient", "Acme demanding 2 third change of plan this week", stage.general)
    await stage.settle()
    assert len([message for message in stage.anna.read(stage.alerts) if message.from_app]) == before
    case = stage.channel_of_case()
    assert "third change of plan this week" in stage.sees(stage.anna, case)
    assert stage.dirk.id in case.members


async def test_somebody_takes_the_alert(stage: Stage) -> None:
    await flagged_twice(stage)
    alert = last(stage, stage.alerts)
    assert (await stage.dirk.click(alert, "alerts.take")).ok
    await stage.settle()
    assert f"<@{stage.dirk.id}> takes this." in words(last(stage, stage.alerts))
    dossier = await stage.dirk.command("/dossier", "Acme", stage.general)
    assert dossier.message is not None
    assert "invoice 2024-17" in words(dossier.message)


async def test_a_client_leaves_and_the_debrief_comes(stage: Stage) -> None:
    await flagged_twice(stage)
    answered = await stage.anna.command("/flagclient", "vertrokken Acme", stage.general)
    assert answered.message is not None
    assert "9 maart 2026" in words(answered.message)
    await stage.settle()
    case = stage.channel_of_case()
    announced = next(message for message in stage.anna.read(case) if "Debrief about Acme" in words(message))
    file = next(file for file in stage.world.state.files.values() if file.name.endswith(".ics"))
    assert file.content is not None
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert b"Acme" not in file.content

    assert (await stage.ben.click(announced, "debrief.snooze")).ok
    await stage.settle()
    assert "16 March 2026" in stage.sees(stage.anna, case)
    await stage.until(datetime(2026, 3, 13, 9, 0, tzinfo=UTC))
    assert "Coming up: the debrief about Acme" in stage.sees(stage.ben)
    await stage.until(datetime(2026, 3, 16, 8, 45, tzinfo=UTC))
    assert "In a quarter of an hour" in stage.sees(stage.ben)
    assert "Over een kwartier" in stage.sees(stage.carla)
    await stage.later(timedelta(days=30))
    assert stage.sees(stage.ben).count("In a quarter of an hour: the debrief about Acme") == 1


async def test_a_guest_meets_nothing(stage: Stage) -> None:
    await flagged_twice(stage)
    shared = stage.world.add_channel("project", stage.anna, stage.gust, stage.world.bot_user_id, kind="private")
    for name, text in (("/flagclient", "Acme late 3 x"), ("/dossier", "Acme"), ("/dossier", ""), ("/debrief", "Acme")):
        answered = await stage.gust.command(name, text, shared)
        assert answered.message is not None
        assert words(answered.message) == "This isn’t available to you."
    answered = await stage.anna.command("/dossier", "Acme", shared)
    assert answered.message is None or "Acme" not in words(answered.message)
    await stage.set("alert_channel", shared.id)
    assert (await stage.carla.command("/flagclient", "Bravo disrespect 4 threatened a colleague", stage.general)).ok
    await stage.settle()
    assert not [message for message in stage.anna.read(shared) if message.from_app and not message.ephemeral_to]
    assert "gasten" in stage.sees(stage.anna)
