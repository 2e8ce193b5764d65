"""Nobody meets a dossier, a client's name or a reporter where they should not: all that goes out is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.playground.people import Person
from bot.playground.state import Channel, Message
from handlers.slack import ids
from tests.handlers.slack.flags.desk import choose_client, fill_in
from tests.handlers.slack.scenes import a_client, said_in
from tests.stage import Stage, words
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


async def flags_come_in(stage: Stage) -> None:
    """Three colleagues flag: in one line, in the form, and from a message; one is taken back, one edited."""
    first = await answered(stage.ben, ids.COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", stage.general)
    assert (await stage.ben.click(first, ids.FLAG_EDIT)).ok
    assert (await stage.ben.submit(values={ids.FLAG_FORM_HAPPENED: "Invoice 17 has been open for 45 days."})).ok
    undone = await answered(stage.ben, ids.COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", stage.general)
    assert (await stage.ben.click(undone, ids.FLAG_UNDO)).ok
    await stage.settle()

    said = stage.dirk.say(stage.general, "They called me names on the phone.")
    assert (await stage.dirk.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, stage.general, said.ts)).ok
    await fill_in(stage.dirk, NAME, category="disrespect", severity="3", what_happened="They shouted at me.")
    assert (await stage.dirk.submit()).ok
    await stage.settle()

    await stage.carla.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.carla, NAME, category="integrity", severity="3", what_happened="They denied an agreement.")
    assert (await stage.carla.submit()).ok
    await stage.settle()


async def people_act(stage: Stage) -> None:
    """The alert is taken, the dossier read, a flag seen by others and another withdrawn."""
    alert = next(one for one in reversed(stage.anna.read(stage.alerts)) if one.from_app)
    assert (await stage.anna.click(alert, ids.ALERT_TAKE)).ok
    task = next(one for one in reversed(stage.anna.read()) if ids.CARE_DONE in str(one.blocks))
    assert (await stage.anna.click(task, ids.CARE_DONE)).ok
    await stage.settle()

    dossier = await answered(stage.anna, ids.COMMAND_DOSSIER, NAME, stage.general)
    flag_id = next(
        e["value"] for b in dossier.blocks for e in b.get("elements", ()) if e.get("action_id") == ids.FLAG_WITNESS
    )
    assert (await stage.anna.click(dossier, ids.FLAG_WITNESS, flag_id)).ok
    assert (await stage.anna.click(dossier, ids.FLAG_DIFFERS, flag_id)).ok
    assert (await stage.anna.submit(values={ids.FLAG_DIFFERS_NOTE: "We were late ourselves."})).ok
    await answered(stage.anna, ids.COMMAND_DOSSIER, "", stage.general)
    own = await answered(stage.ben, ids.COMMAND_DOSSIER, NAME, stage.general)
    assert (await stage.ben.click(own, ids.FLAG_WITHDRAW)).ok
    assert (await stage.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "It was paid."})).ok
    await stage.settle()


async def the_client_leaves(stage: Stage) -> None:
    """The client leaves, and the debrief is moved, put off, reminded of and cancelled."""
    await answered(stage.anna, ids.COMMAND_FLAG, f"left {NAME}", stage.general)
    await stage.settle()
    case = stage.channel_of_case()
    announced = next(one for one in stage.anna.read(case) if ids.DEBRIEF_MOVE in str(one.blocks))
    assert (await stage.anna.click(announced, ids.DEBRIEF_SNOOZE)).ok
    await stage.settle()
    assert (await stage.anna.click(announced, ids.DEBRIEF_MOVE)).ok
    assert (await stage.anna.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-17", ids.DEBRIEF_MOVE_TIME: "14:00"})).ok
    await stage.settle()
    await answered(stage.anna, ids.COMMAND_DEBRIEF, "", stage.general)
    await stage.until(datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
    await stage.until(datetime(2026, 3, 17, 12, 45, tzinfo=UTC))
    await answered(stage.anna, ids.COMMAND_DEBRIEF, f"{NAME} 2026-03-24 10:00", stage.general)
    await stage.settle()
    assert (await stage.anna.click(announced, ids.DEBRIEF_CANCEL)).ok
    await stage.settle()


def alert_posts(stage: Stage) -> list[Sent]:
    """What was posted or updated in the alert channel."""
    return [one for one in sent(stage) if one.name.startswith("chat.") and one.channel == stage.alerts.id]


def asserts_nothing_is_given_away(stage: Stage) -> None:
    """Look at everything that went out in a scenario of `NAME`."""
    everything = sent(stage)
    assert not refused_for_its_shape(stage)
    payloads = [one.content["metadata"]["event_payload"] for one in everything if "metadata" in one.content]
    assert payloads
    assert all(list(payload) == ["id"] and UUID.fullmatch(payload["id"]) for payload in payloads)

    places = [one for one in everything if one.name.startswith("conversations.")]
    assert {"conversations.create", "conversations.setTopic", "conversations.setPurpose"} <= {
        one.name for one in places
    }
    assert not [one for one in places if named(one)]

    case = stage.channel_of_case()
    notifications = [one for one in everything if one.name.startswith("chat.") and one.channel == case.id]
    assert len(notifications) > 3
    assert not [one.content["text"] for one in notifications if NAME in one.content.get("text", "")]

    files = [one for one in everything if one.name in FILE_CALLS]
    assert files
    assert not [one for one in files if named(one)]
    contents = [file.content.replace(b"\r\n ", b"") for file in stage.world.state.files.values() if file.content]
    assert contents
    assert not [content for content in contents if NAME.casefold().encode() in content.lower()]


async def test_a_whole_case_gives_nothing_away(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=0)
    await flags_come_in(stage)
    assert stage.channel_of_case().kind == "private"
    assert alert_posts(stage)
    for one in alert_posts(stage):
        assert not [who.id for who in (stage.ben, stage.carla, stage.dirk) if who.id in one.text]
    await people_act(stage)
    await the_client_leaves(stage)
    asserts_nothing_is_given_away(stage)


async def test_a_discussion_opens_without_saying_who_reported(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=0)
    await flags_come_in(stage)
    opening = next(one for one in stage.anna.read(stage.channel_of_case()) if one.from_app)
    named = [set(re.findall(r"<@(\w+)>", json.dumps(block))) for block in opening.blocks]
    everybody = {who.id for who in (stage.anna, stage.ben, stage.carla, stage.dirk)}
    # Wherever somebody is named all are, those who flagged and those who did not.
    assert [those for those in named if those] == [everybody] * 2


# What makes a place unsafe, each leading to the channel in which people then type.
Unsafe = Callable[[Stage], Awaitable[Channel]]


async def shared(stage: Stage) -> Channel:
    """A channel that another organisation is in."""
    channel = stage.world.add_channel("with-them", stage.anna, stage.ben, stage.dirk, stage.world.bot_user_id)
    stage.world.conversations.share(channel, "T0CLIENT")
    await stage.settle()
    return channel


async def about_to_be_shared(stage: Stage) -> Channel:
    """A channel that another organisation was invited to."""
    channel = stage.world.add_channel("soon-theirs", stage.anna, stage.ben, stage.dirk)
    stage.world.conversations.offer(channel)
    return channel


async def with_a_guest(stage: Stage) -> Channel:
    """A channel with a guest in it."""
    return stage.world.add_channel("with-a-guest", stage.anna, stage.ben, stage.dirk, stage.gust)


async def unseen(stage: Stage) -> Channel:
    """A private channel that the bot is not in."""
    return stage.world.add_channel("unseen", stage.anna, stage.ben, stage.dirk, kind="private")


async def between_two(stage: Stage) -> Channel:
    """A direct message between two people, with whom a third may look on."""
    return stage.world.conversations.direct(stage.anna.id, stage.ben.id, stage.dirk.id)[0]


TYPED = (
    (ids.COMMAND_FLAG, ""),
    (ids.COMMAND_FLAG, "help"),
    (ids.COMMAND_FLAG, "discuss"),
    (ids.COMMAND_FLAG, f"{NAME} late 3 invoice 17 is open"),
    (ids.COMMAND_FLAG, f"{NAME}"),
    (ids.COMMAND_FLAG, f"{NAME}x late 3 invoice 18 is open"),
    (ids.COMMAND_FLAG, f"{NAME} late 3 {'x' * 3001}"),
    (ids.COMMAND_FLAG, f"discuss {NAME[:-1]}"),
    (ids.COMMAND_FLAG, f"discuss {NAME}"),
    (ids.COMMAND_FLAG, f"discuss {NAME} Zuid Oost"),
    (ids.COMMAND_DOSSIER, ""),
    (ids.COMMAND_DOSSIER, NAME),
    (ids.COMMAND_DOSSIER, NAME[:-1]),
    (ids.COMMAND_DEBRIEF, ""),
    (ids.COMMAND_DEBRIEF, NAME),
    (ids.COMMAND_DEBRIEF, NAME[:-1]),
    (ids.COMMAND_DEBRIEF, f"{NAME} 2026-02-31"),
    (ids.COMMAND_DEBRIEF, f"{NAME} 2020-01-01"),
    (ids.COMMAND_FLAG, f"left {NAME[:-1]}"),
    (ids.COMMAND_FLAG, f"left {NAME}"),
    (ids.COMMAND_FLAG, f"left {NAME}"),
    (ids.COMMAND_DEBRIEF, ""),
)
"""Every command in every way that could be answered with a name."""


@pytest.mark.parametrize("place", [shared, about_to_be_shared, with_a_guest, unseen, between_two])
async def test_no_answer_names_a_client_where_others_may_look_on(http_stage: Stage, place: Unsafe) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=1)
    await a_client(stage, f"{NAME} Zuid", flags=0)
    channel = await place(stage)
    stage.world.inspector.clear()
    for person in (stage.dirk, stage.anna):
        for name, text in TYPED:
            outcome = await person.command(name, text, channel)
            assert outcome.status == 200, (name, text)
            assert outcome.toast is None, (name, text)
            await person.close(everything=True) if person.views else None
        said = person.say(channel, "Anything.")
        await person.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, channel, said.ts)
        await choose_client(person, NAME)
        await person.close(everything=True)
    await stage.settle()
    here = [one for one in sent(stage) if one.channel == channel.id and not one.is_window]
    assert len(here) >= 2 * len([text for _, text in TYPED if text]) - 10
    assert not [(one.name, one.content) for one in here if named(one)]
    assert not [one for one in sent(stage) if one.name == "response_url" and named(one)]
    assert not [message for message in stage.anna.read(channel) if NAME in words(message)]


async def test_a_dossier_opens_in_a_window_where_others_may_look_on(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME)
    channel = await with_a_guest(stage)
    outcome = await stage.anna.command(ids.COMMAND_DOSSIER, NAME, channel)
    assert outcome.message is not None
    assert NAME not in words(outcome.message)
    assert NAME in said_in(stage.anna.view)


async def test_an_answer_names_a_client_no_more_once_the_channel_is_shared(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME)
    channel = stage.world.add_channel("project", stage.anna, stage.ben, stage.world.bot_user_id)
    receipt = await answered(stage.ben, ids.COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", channel)
    dossier = await answered(stage.anna, ids.COMMAND_DOSSIER, NAME, channel)
    await stage.settle()
    stage.world.conversations.share(channel, "T0CLIENT")
    await stage.settle()
    stage.world.inspector.clear()
    await stage.ben.click(receipt, ids.FLAG_UNDO)
    await stage.anna.click(dossier, ids.DOSSIER_LEFT)
    await stage.anna.click(dossier, ids.DOSSIER_LEFT)
    await stage.anna.click(dossier, ids.DOSSIER_DISCUSS)
    await stage.settle()
    told = [one for one in sent(stage) if one.name == "response_url"]
    assert len(told) >= 3
    assert not [one.content for one in told if named(one)]
