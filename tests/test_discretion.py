"""Nobody meets a dossier, a client's name or a reporter where they should not: all that goes out is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.playground.people import Person
from bot.playground.state import Channel, Message
from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, behind, said_in
from tests.handlers.slack.flags.setup import choose_client, fill_in
from tests.harness import Harness, words
from tests.wire import Sent, refused_for_its_shape, sent

NAME = "Zonnebloem"
"""The client that is never to be named; nothing else in a scenario has this word in it."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FILE_CALLS = ("files.getUploadURLExternal", "files.completeUploadExternal")


def named(one: Sent) -> bool:
    """Whether the client is named anywhere in a call."""
    return NAME.casefold() in one.text.casefold()


async def answered(person: Person, name: str, text: str, channel: Channel) -> Message:
    """The answer to a command, which must have been accepted."""
    outcome = await person.command(name, text, channel)
    assert outcome.ok, outcome
    assert outcome.message is not None
    return outcome.message


async def flags_come_in(harness: Harness) -> None:
    """Three colleagues flag: in one line, in the form, and from a message; one is taken back, one edited."""
    first = await answered(harness.ben, COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", harness.general)
    assert (await harness.ben.click(first, ids.FLAG_EDIT)).ok
    assert (await harness.ben.submit(values={ids.FLAG_FORM_HAPPENED: "Invoice 17 has been open for 45 days."})).ok
    undone = await answered(harness.ben, COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", harness.general)
    assert (await harness.ben.click(undone, ids.FLAG_UNDO)).ok
    await harness.settle()

    said = harness.dirk.say(harness.general, "They called me names on the phone.")
    assert (await harness.dirk.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, said.ts)).ok
    await fill_in(harness.dirk, NAME, category="disrespect", severity="3", what_happened="They shouted at me.")
    assert (await harness.dirk.submit()).ok
    await harness.settle()

    await harness.carla.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.carla, NAME, category="integrity", severity="3", what_happened="They denied an agreement.")
    assert (await harness.carla.submit()).ok
    await harness.settle()


async def people_act(harness: Harness) -> None:
    """The alert is taken, the dossier read, a flag seen by others and another withdrawn."""
    alert = next(one for one in reversed(harness.anna.read(harness.alerts)) if one.from_app)
    assert (await harness.anna.click(alert, ids.ALERT_TAKE)).ok
    task = next(one for one in reversed(harness.anna.read()) if ids.CARE_DONE in str(one.blocks))
    assert (await harness.anna.click(task, ids.CARE_DONE)).ok
    await harness.settle()

    dossier = await behind(harness.anna, NAME, ids.DOSSIER_TIMELINE)
    flag_id = next(
        e["value"] for b in dossier.blocks for e in b.get("elements", ()) if e.get("action_id") == ids.FLAG_WITNESS
    )
    assert (await harness.anna.click(dossier, ids.FLAG_WITNESS, flag_id)).ok
    assert (await harness.anna.click(dossier, ids.FLAG_DIFFERS, flag_id)).ok
    assert (await harness.anna.submit(values={ids.FLAG_DIFFERS_NOTE: "We were late ourselves."})).ok
    await answered(harness.anna, COMMAND_DOSSIER, "", harness.general)
    assert (await harness.ben.command(COMMAND_DOSSIER, NAME, harness.general)).ok
    assert (await harness.ben.click(harness.ben.view, ids.FLAG_WITHDRAW)).ok
    assert (await harness.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was paid."})).ok
    await harness.settle()


async def the_client_leaves(harness: Harness) -> None:
    """The client leaves, and the debrief is moved, put off, reminded of and cancelled."""
    await answered(harness.anna, COMMAND_FLAG, f"left {NAME}", harness.general)
    await harness.settle()
    case = harness.channel_of_case()
    announced = next(one for one in harness.anna.read(case) if ids.DEBRIEF_MOVE in str(one.blocks))
    assert (await harness.anna.click(announced, ids.DEBRIEF_SNOOZE)).ok
    await harness.settle()
    assert (await harness.anna.click(announced, ids.DEBRIEF_MOVE)).ok
    assert (await harness.anna.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-17", ids.DEBRIEF_MOVE_TIME: "14:00"})).ok
    await harness.settle()
    await answered(harness.anna, COMMAND_DEBRIEF, "", harness.general)
    await harness.until(datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
    await harness.until(datetime(2026, 3, 17, 12, 45, tzinfo=UTC))
    await answered(harness.anna, COMMAND_DEBRIEF, f"{NAME} 2026-03-24 10:00", harness.general)
    await harness.settle()
    assert (await harness.anna.click(announced, ids.DEBRIEF_CANCEL)).ok
    await harness.settle()


def alert_posts(harness: Harness) -> list[Sent]:
    """What was posted or updated in the alert channel."""
    return [one for one in sent(harness) if one.name.startswith("chat.") and one.channel == harness.alerts.id]


def asserts_nothing_is_given_away(harness: Harness) -> None:
    """Look at everything that went out in a scenario of `NAME`."""
    everything = sent(harness)
    assert not refused_for_its_shape(harness)
    payloads = [one.content["metadata"]["event_payload"] for one in everything if "metadata" in one.content]
    assert payloads
    assert all(list(payload) == ["id"] and UUID.fullmatch(payload["id"]) for payload in payloads)

    places = [one for one in everything if one.name.startswith("conversations.")]
    assert {"conversations.create", "conversations.setTopic", "conversations.setPurpose"} <= {
        one.name for one in places
    }
    assert not [one for one in places if named(one)]

    case = harness.channel_of_case()
    notifications = [one for one in everything if one.name.startswith("chat.") and one.channel == case.id]
    assert len(notifications) > 3
    assert not [one.content["text"] for one in notifications if NAME in one.content.get("text", "")]

    files = [one for one in everything if one.name in FILE_CALLS]
    assert files
    assert not [one for one in files if named(one)]
    contents = [file.content.replace(b"\r\n ", b"") for file in harness.world.state.files.values() if file.content]
    assert contents
    assert not [content for content in contents if NAME.casefold().encode() in content.lower()]


async def test_a_whole_case_gives_nothing_away(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    await flags_come_in(harness)
    assert harness.channel_of_case().kind == "private"
    assert alert_posts(harness)
    for one in alert_posts(harness):
        assert not [who.id for who in (harness.ben, harness.carla, harness.dirk) if who.id in one.text]
    await people_act(harness)
    await the_client_leaves(harness)
    asserts_nothing_is_given_away(harness)


async def test_a_discussion_opens_without_saying_who_reported(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    await flags_come_in(harness)
    opening = next(one for one in harness.anna.read(harness.channel_of_case()) if one.from_app)
    named = [set(re.findall(r"<@(\w+)>", json.dumps(block))) for block in opening.blocks]
    everybody = {who.id for who in (harness.anna, harness.ben, harness.carla, harness.dirk)}
    # Wherever somebody is named all are, those who flagged and those who did not.
    assert [those for those in named if those] == [everybody]


# What makes a place unsafe, each leading to the channel in which people then type.
Unsafe = Callable[[Harness], Awaitable[Channel]]


async def shared(harness: Harness) -> Channel:
    """A channel that another organisation is in."""
    channel = harness.world.add_channel("with-them", harness.anna, harness.ben, harness.dirk, harness.world.bot_user_id)
    harness.world.conversations.share(channel, "T0CLIENT")
    await harness.settle()
    return channel


async def about_to_be_shared(harness: Harness) -> Channel:
    """A channel that another organisation was invited to."""
    channel = harness.world.add_channel("soon-theirs", harness.anna, harness.ben, harness.dirk)
    harness.world.conversations.offer(channel)
    return channel


async def with_a_guest(harness: Harness) -> Channel:
    """A channel with a guest in it."""
    return harness.world.add_channel("with-a-guest", harness.anna, harness.ben, harness.dirk, harness.gust)


async def unseen(harness: Harness) -> Channel:
    """A private channel that the bot is not in."""
    return harness.world.add_channel("unseen", harness.anna, harness.ben, harness.dirk, kind="private")


async def between_two(harness: Harness) -> Channel:
    """A direct message between two people, with whom a third may look on."""
    return harness.world.conversations.direct(harness.anna.id, harness.ben.id, harness.dirk.id)[0]


TYPED = (
    (COMMAND_FLAG, ""),
    (COMMAND_FLAG, "help"),
    (COMMAND_FLAG, "discuss"),
    (COMMAND_FLAG, f"{NAME} late 3 invoice 17 is open"),
    (COMMAND_FLAG, f"{NAME}"),
    (COMMAND_FLAG, f"{NAME}x late 3 invoice 18 is open"),
    (COMMAND_FLAG, f"{NAME} late 3 {'x' * 3001}"),
    (COMMAND_FLAG, f"discuss {NAME[:-1]}"),
    (COMMAND_FLAG, f"discuss {NAME}"),
    (COMMAND_FLAG, f"discuss {NAME} Zuid Oost"),
    (COMMAND_DOSSIER, ""),
    (COMMAND_DOSSIER, NAME),
    (COMMAND_DOSSIER, NAME[:-1]),
    (COMMAND_DEBRIEF, ""),
    (COMMAND_DEBRIEF, NAME),
    (COMMAND_DEBRIEF, NAME[:-1]),
    (COMMAND_DEBRIEF, f"{NAME} 2026-02-31"),
    (COMMAND_DEBRIEF, f"{NAME} 2020-01-01"),
    (COMMAND_FLAG, f"left {NAME[:-1]}"),
    (COMMAND_FLAG, f"left {NAME}"),
    (COMMAND_FLAG, f"left {NAME}"),
    (COMMAND_DEBRIEF, ""),
)
"""Every command in every way that could be answered with a name."""


@pytest.mark.parametrize("place", [shared, about_to_be_shared, with_a_guest, unseen, between_two])
async def test_no_answer_names_a_client_where_others_may_look_on(http_harness: Harness, place: Unsafe) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=1)
    await a_client(harness, f"{NAME} Zuid", flags=0)
    channel = await place(harness)
    harness.world.inspector.clear()
    for person in (harness.dirk, harness.anna):
        for name, text in TYPED:
            outcome = await person.command(name, text, channel)
            assert outcome.status == 200, (name, text)
            assert outcome.toast is None, (name, text)
            await person.close(everything=True) if person.views else None
        said = person.say(channel, "Anything.")
        await person.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, channel, said.ts)
        await choose_client(person, NAME)
        await person.close(everything=True)
    await harness.settle()
    here = [one for one in sent(harness) if one.channel == channel.id and not one.is_window]
    assert len(here) >= 2 * len([text for _, text in TYPED if text]) - 10
    assert not [(one.name, one.content) for one in here if named(one)]
    assert not [one for one in sent(harness) if one.name == "response_url" and named(one)]
    assert not [message for message in harness.anna.read(channel) if NAME in words(message)]


async def test_a_dossier_opens_in_a_window_where_others_may_look_on(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME)
    channel = await with_a_guest(harness)
    outcome = await harness.anna.command(COMMAND_DOSSIER, NAME, channel)
    assert outcome.message is not None
    assert NAME not in words(outcome.message)
    assert NAME in said_in(harness.anna.view)


async def test_an_answer_names_a_client_no_more_once_the_channel_is_shared(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME)
    channel = harness.world.add_channel("project", harness.anna, harness.ben, harness.world.bot_user_id)
    receipt = await answered(harness.ben, COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", channel)
    dossier = await behind(harness.anna, NAME, ids.DOSSIER_MORE, channel=channel)
    await harness.settle()
    harness.world.conversations.share(channel, "T0CLIENT")
    await harness.settle()
    harness.world.inspector.clear()
    await harness.ben.click(receipt, ids.FLAG_UNDO)
    await harness.anna.click(dossier, ids.DOSSIER_LEFT)
    await harness.anna.click(dossier, ids.DOSSIER_LEFT)
    await harness.anna.click(dossier, ids.DOSSIER_DISCUSS)
    await harness.settle()
    told = [one for one in sent(harness) if one.name in ("response_url", "views.open")]
    assert len(told) >= 3
    assert not [one.content for one in told if named(one)]
