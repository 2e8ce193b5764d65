"""The main loop from the first flag to the debrief, through the front door, as several people in two languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from bot.playground.state import Channel, Message
from handlers.features import ids
from tests.handlers.slack.common_setup import behind
from tests.harness import Harness, words


def last(harness: Harness, channel: Channel) -> Message:
    """The newest message that Anna reads in a channel."""
    return harness.anna.read(channel)[-1]


async def flagged_in_form(harness: Harness) -> None:
    """Ben flags a new client through the form."""
    await harness.ben.command("/flagclient", "Acme", harness.general)
    facts = {
        "flags.category": "late_payment",
        "flags.severity": "3",
        "flags.what_happened": "invoice 2024-17 is still open after 45 days",
    }
    for action_id, choice in facts.items():
        await harness.ben.select(harness.ben.view, action_id, choice)
    assert (await harness.ben.submit()).ok
    await harness.settle()


async def flagged_twice(harness: Harness) -> None:
    """Two colleagues flag the same client: Ben through the form, Carla in one line."""
    await flagged_in_form(harness)
    answered = await harness.carla.command(
        "/flagclient", "Acme wanbetaling ernstig betaalde pas na drie herinneringen", harness.general
    )
    assert answered.ok
    await harness.settle()


async def test_flags_add_up_to_an_alert_and_a_discussion(harness: Harness) -> None:
    await flagged_in_form(harness)
    (watch,) = [message for message in harness.anna.read(harness.alerts) if message.from_app]
    assert "Watched: Acme" in words(watch)
    assert harness.ben.id not in words(watch)

    answered = await harness.carla.command(
        "/flagclient", "Acme wanbetaling ernstig betaalde pas na drie herinneringen", harness.general
    )
    assert answered.message is not None
    assert "Vastgelegd" in words(answered.message)
    await harness.settle()

    posted = [message for message in harness.anna.read(harness.alerts) if message.from_app]
    assert len(posted) == 2
    assert "review-0001" in words(posted[0])
    assert "Time to talk about Acme" in words(posted[1])
    case = harness.channel_of_case()
    assert case.kind == "private"
    assert set(case.members) == {harness.world.bot_user_id, harness.anna.id, harness.ben.id, harness.carla.id}
    (opening,) = [message for message in harness.anna.read(case) if message.from_app]
    assert [pin.ts for pin in case.pins] == [opening.ts]
    assert "Acme" in words(opening)
    assert "Acme" not in opening.text + case.name + case.topic.value + case.purpose.value
    assert "review-0001" in harness.sees(harness.ben)
    assert "review-0001" in harness.sees(harness.carla)


async def test_a_new_flag_goes_into_the_open_discussion(harness: Harness) -> None:
    await flagged_twice(harness)
    before = len([message for message in harness.anna.read(harness.alerts) if message.from_app])
    await harness.dirk.command("/flagclient", "Acme demanding 2 third change of plan this week", harness.general)
    await harness.settle()
    assert len([message for message in harness.anna.read(harness.alerts) if message.from_app]) == before
    case = harness.channel_of_case()
    assert "third change of plan this week" in harness.sees(harness.anna, case)
    assert harness.dirk.id in case.members


async def test_somebody_takes_the_alert(harness: Harness) -> None:
    await flagged_twice(harness)
    alert = last(harness, harness.alerts)
    assert (await harness.dirk.click(alert, "alerts.take")).ok
    await harness.settle()
    assert f"<@{harness.dirk.id}> took this on, and looks after this client." in words(last(harness, harness.alerts))
    dossier = await behind(harness.dirk, "Acme", ids.DOSSIER_TIMELINE)
    assert "invoice 2024-17" in words(dossier)


async def test_a_client_leaves_and_the_debrief_comes(harness: Harness) -> None:
    await flagged_twice(harness)
    answered = await harness.anna.command("/flagclient", "vertrokken Acme", harness.general)
    assert answered.message is not None
    assert "9 maart 2026" in words(answered.message)
    await harness.settle()
    case = harness.channel_of_case()
    announced = next(message for message in harness.anna.read(case) if "Debrief about Acme" in words(message))
    file = next(file for file in harness.world.state.files.values() if file.name.endswith(".ics"))
    assert file.content is not None
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert b"Acme" not in file.content

    assert (await harness.ben.click(announced, "debrief.snooze")).ok
    await harness.settle()
    assert "16 March 2026" in harness.sees(harness.anna, case)
    await harness.until(datetime(2026, 3, 13, 9, 0, tzinfo=UTC))
    assert "Coming up: the debrief about Acme" in harness.sees(harness.ben)
    await harness.until(datetime(2026, 3, 16, 8, 45, tzinfo=UTC))
    assert "In a quarter of an hour" in harness.sees(harness.ben)
    assert "Over een kwartier" in harness.sees(harness.carla)
    await harness.later(timedelta(days=30))
    assert harness.sees(harness.ben).count("In a quarter of an hour: the debrief about Acme") == 1


async def test_a_guest_meets_nothing(harness: Harness) -> None:
    await flagged_twice(harness)
    shared = harness.world.add_channel("project", harness.anna, harness.gust, harness.world.bot_user_id, kind="private")
    for name, text in (("/flagclient", "Acme late 3 x"), ("/dossier", "Acme"), ("/dossier", ""), ("/debrief", "Acme")):
        answered = await harness.gust.command(name, text, shared)
        assert answered.message is not None
        assert words(answered.message) == "This isn’t available to you."
    answered = await harness.anna.command("/dossier", "Acme", shared)
    assert answered.message is None or "Acme" not in words(answered.message)
    await harness.set("alert_channel", shared.id)
    assert (
        await harness.carla.command("/flagclient", "Bravo disrespect (4) threatened a colleague", harness.general)
    ).ok
    await harness.settle()
    assert not [message for message in harness.anna.read(shared) if message.from_app and not message.ephemeral_to]
    assert "gasten" in harness.sees(harness.anna)
