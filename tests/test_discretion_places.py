"""A place can change between deciding to say something and saying it: it is looked at again at that moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground.state import Channel, Message
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, meet
from tests.harness import Harness, words
from tests.wire import sent

NAME = "Zonnebloem"
NEUTRAL = "This message isn’t shown at the moment."
EVENING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def posted(harness: Harness, channel: Channel) -> list[Message]:
    """What the app wrote in a channel for all to read."""
    return [one for one in harness.anna.read(channel) if one.from_app and one.ephemeral_to is None]


def said_in_place(harness: Harness, channel: Channel) -> list[str]:
    """The calls that would have written in a channel, whether they were accepted or not; a neutral line is nothing."""
    names = ("chat.postMessage", "chat.update", "chat.postEphemeral", "files.completeUploadExternal")
    return [
        one.name for one in sent(harness) if one.name in names and one.channel == channel.id and NEUTRAL not in one.text
    ]


async def an_alert_waits_for_the_morning(harness: Harness) -> None:
    """An alert is raised in the evening, when alerts wait."""
    await meet(harness, harness.anna)
    harness.clock.set(EVENING)
    await a_client(harness, NAME, flags=0)
    assert (await harness.ben.command(COMMAND_FLAG, f"{NAME} late 3 invoice 17 is open", harness.general)).ok
    await harness.settle()
    assert posted(harness, harness.alerts) == []
    harness.world.inspector.clear()


def spoil(harness: Harness, how: str) -> None:
    """Let outsiders into the alert channel without the app hearing of it: events are best effort."""
    if how == "guest":
        harness.alerts.members.append(harness.gust.id)
    elif how == "offered":
        harness.world.conversations.offer(harness.alerts)
    else:
        harness.alerts.is_ext_shared = True


@pytest.mark.parametrize(("how", "why"), [("guest", "gasten"), ("shared", "gedeeld"), ("offered", "gedeeld")])
async def test_an_alert_is_held_back_where_outsiders_came_in_meanwhile(
    http_harness: Harness, how: str, why: str
) -> None:
    harness = http_harness
    await an_alert_waits_for_the_morning(harness)
    spoil(harness, how)
    await harness.until(NEXT_MORNING)
    assert said_in_place(harness, harness.alerts) == []
    told = harness.sees(harness.anna)
    assert why in told
    assert "flagclient settings set alert_channel" in told
    assert NAME not in told

    safe = harness.world.add_channel("only-us", harness.anna, harness.ben, harness.world.bot_user_id, kind="private")
    await harness.set("alert_channel", safe.id)
    await harness.settle()
    (alert,) = posted(harness, safe)
    assert NAME in words(alert)
    assert said_in_place(harness, harness.alerts) == []


async def test_an_alert_goes_out_once_the_guest_has_left(http_harness: Harness) -> None:
    harness = http_harness
    await an_alert_waits_for_the_morning(harness)
    spoil(harness, "guest")
    await harness.until(NEXT_MORNING)
    assert posted(harness, harness.alerts) == []
    harness.gust.leave(harness.alerts)
    await harness.settle()
    (alert,) = posted(harness, harness.alerts)
    assert NAME in words(alert)


async def test_an_admin_is_told_once_however_much_is_held_back(http_harness: Harness) -> None:
    harness = http_harness
    await an_alert_waits_for_the_morning(harness)
    spoil(harness, "guest")
    await harness.until(NEXT_MORNING)
    heard = [one for one in harness.anna.read() if "gasten" in words(one)]
    assert len(heard) == 1
    assert NAME not in words(heard[0])


async def in_discussion(harness: Harness) -> Channel:
    """A discussion is open in its channel."""
    await meet(harness, harness.anna)
    await a_client(harness, NAME, flags=0)
    assert (await harness.ben.command(COMMAND_FLAG, f"{NAME} disrespect (4) threatened us", harness.general)).ok
    await harness.settle()
    case = harness.channel_of_case()
    assert len(posted(harness, case)) == 1
    harness.world.inspector.clear()
    return case


@pytest.mark.parametrize("is_heard", [True, False])
async def test_nothing_more_is_said_in_a_discussion_with_a_guest(http_harness: Harness, is_heard: bool) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    if is_heard:
        harness.world.conversations.join(case, harness.gust.id, inviter=harness.ben.id)
        await harness.settle()
        assert "review-0001" in harness.sees(harness.anna)
    else:
        case.members.append(harness.gust.id)
    assert (await harness.dirk.command(COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", harness.general)).ok
    await harness.settle()
    assert said_in_place(harness, case) == []
    assert "gasten" in harness.sees(harness.anna)

    harness.gust.leave(case)
    await harness.settle()
    assert "third change of plan" in harness.sees(harness.anna, case)


async def test_a_discussion_that_ended_with_a_guest_in_it_says_so_once_the_guest_is_gone(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    harness.world.conversations.join(case, harness.gust.id, inviter=harness.ben.id)
    assert (await harness.anna.command(COMMAND_FLAG, f"left {NAME}", harness.general)).ok
    await harness.settle()
    assert said_in_place(harness, case) == []

    harness.gust.leave(case)
    await harness.settle()
    assert "review-0001 is closed" in harness.sees(harness.anna, case)


async def test_a_discussion_in_a_shared_channel_goes_on_in_a_new_one(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    harness.world.conversations.share(case, "T0CLIENT")
    await harness.settle()
    assert (await harness.dirk.command(COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", harness.general)).ok
    await harness.settle()
    assert said_in_place(harness, case) == []
    assert "gedeeld" in harness.sees(harness.anna)
    new = next(one for one in harness.anna.channels() if one.name.startswith("review-0001-"))
    assert "third change of plan" in harness.sees(harness.anna, new)


async def test_guests_and_leavers_are_never_asked_into_a_discussion(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    assert (await harness.dirk.command(COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", harness.general)).ok
    await harness.settle()
    harness.world.world.users.change(harness.dirk.id, is_restricted=True)
    await harness.settle()
    assert (await harness.ben.command(COMMAND_FLAG, f"{NAME} disrespect (4) threatened us", harness.general)).ok
    await harness.settle()
    assert harness.dirk.id not in harness.channel_of_case().members
    assert "review-0001" not in "\n".join(words(one) for one in harness.dirk.read())
