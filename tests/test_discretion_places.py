"""A place can change between deciding to say something and saying it: it is looked at again at that moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground.state import Channel, Message
from handlers.slack import ids
from tests.handlers.slack.scenes import a_client, meet
from tests.stage import Stage, words
from tests.wire import sent

NAME = "Zonnebloem"
EVENING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def posted(stage: Stage, channel: Channel) -> list[Message]:
    """What the app wrote in a channel for all to read."""
    return [one for one in stage.anna.read(channel) if one.from_app and one.ephemeral_to is None]


def said_in_place(stage: Stage, channel: Channel) -> list[str]:
    """The calls that would have written in a channel, whether they were accepted or not."""
    names = ("chat.postMessage", "chat.update", "chat.postEphemeral", "files.completeUploadExternal")
    return [one.name for one in sent(stage) if one.name in names and one.channel == channel.id]


async def an_alert_waits_for_the_morning(stage: Stage) -> None:
    """An alert is raised in the evening, when alerts wait."""
    await meet(stage, stage.anna)
    stage.clock.set(EVENING)
    await a_client(stage, NAME, flags=0)
    assert (await stage.ben.command(ids.COMMAND_FLAG, f"{NAME} late 3 invoice 17 is open", stage.general)).ok
    await stage.settle()
    assert posted(stage, stage.alerts) == []
    stage.world.inspector.clear()


def spoil(stage: Stage, how: str) -> None:
    """Let outsiders into the alert channel without the app hearing of it: events are best effort."""
    if how == "guest":
        stage.alerts.members.append(stage.gust.id)
    elif how == "offered":
        stage.world.conversations.offer(stage.alerts)
    else:
        stage.alerts.is_ext_shared = True


@pytest.mark.parametrize(("how", "why"), [("guest", "gasten"), ("shared", "gedeeld"), ("offered", "gedeeld")])
async def test_an_alert_is_held_back_where_outsiders_came_in_meanwhile(http_stage: Stage, how: str, why: str) -> None:
    stage = http_stage
    await an_alert_waits_for_the_morning(stage)
    spoil(stage, how)
    await stage.until(NEXT_MORNING)
    assert said_in_place(stage, stage.alerts) == []
    told = stage.sees(stage.anna)
    assert why in told
    assert "flagclient settings set alert_channel" in told
    assert NAME not in told

    safe = stage.world.add_channel("only-us", stage.anna, stage.ben, stage.world.bot_user_id, kind="private")
    await stage.set("alert_channel", safe.id)
    await stage.settle()
    (alert,) = posted(stage, safe)
    assert NAME in words(alert)
    assert said_in_place(stage, stage.alerts) == []


async def test_an_alert_goes_out_once_the_guest_has_left(http_stage: Stage) -> None:
    stage = http_stage
    await an_alert_waits_for_the_morning(stage)
    spoil(stage, "guest")
    await stage.until(NEXT_MORNING)
    assert posted(stage, stage.alerts) == []
    stage.gust.leave(stage.alerts)
    await stage.settle()
    (alert,) = posted(stage, stage.alerts)
    assert NAME in words(alert)


async def test_an_admin_is_told_once_however_much_is_held_back(http_stage: Stage) -> None:
    stage = http_stage
    await an_alert_waits_for_the_morning(stage)
    spoil(stage, "guest")
    await stage.until(NEXT_MORNING)
    heard = [one for one in stage.anna.read() if "gasten" in words(one)]
    assert len(heard) == 1
    assert NAME not in words(heard[0])


async def in_discussion(stage: Stage) -> Channel:
    """A discussion is open in its channel."""
    await meet(stage, stage.anna)
    await a_client(stage, NAME, flags=0)
    assert (await stage.ben.command(ids.COMMAND_FLAG, f"{NAME} disrespect 4 threatened us", stage.general)).ok
    await stage.settle()
    case = stage.channel_of_case()
    assert len(posted(stage, case)) == 1
    stage.world.inspector.clear()
    return case


@pytest.mark.parametrize("is_heard", [True, False])
async def test_nothing_more_is_said_in_a_discussion_with_a_guest(http_stage: Stage, is_heard: bool) -> None:
    stage = http_stage
    case = await in_discussion(stage)
    if is_heard:
        stage.world.conversations.join(case, stage.gust.id, inviter=stage.ben.id)
        await stage.settle()
        assert "review-0001" in stage.sees(stage.anna)
    else:
        case.members.append(stage.gust.id)
    assert (await stage.dirk.command(ids.COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", stage.general)).ok
    await stage.settle()
    assert said_in_place(stage, case) == []
    assert "gasten" in stage.sees(stage.anna)

    stage.gust.leave(case)
    await stage.settle()
    assert "third change of plan" in stage.sees(stage.anna, case)


async def test_a_discussion_that_ended_with_a_guest_in_it_says_so_once_the_guest_is_gone(http_stage: Stage) -> None:
    stage = http_stage
    case = await in_discussion(stage)
    stage.world.conversations.join(case, stage.gust.id, inviter=stage.ben.id)
    assert (await stage.anna.command(ids.COMMAND_FLAG, f"left {NAME}", stage.general)).ok
    await stage.settle()
    assert said_in_place(stage, case) == []

    stage.gust.leave(case)
    await stage.settle()
    assert "review-0001 is closed" in stage.sees(stage.anna, case)


async def test_a_discussion_in_a_shared_channel_goes_on_in_a_new_one(http_stage: Stage) -> None:
    stage = http_stage
    case = await in_discussion(stage)
    stage.world.conversations.share(case, "T0CLIENT")
    await stage.settle()
    assert (await stage.dirk.command(ids.COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", stage.general)).ok
    await stage.settle()
    assert said_in_place(stage, case) == []
    assert "gedeeld" in stage.sees(stage.anna)
    new = next(one for one in stage.anna.channels() if one.name.startswith("review-0001-"))
    assert "third change of plan" in stage.sees(stage.anna, new)


async def test_guests_and_leavers_are_never_asked_into_a_discussion(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=0)
    assert (await stage.dirk.command(ids.COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", stage.general)).ok
    await stage.settle()
    stage.world.world.users.change(stage.dirk.id, is_restricted=True)
    await stage.settle()
    assert (await stage.ben.command(ids.COMMAND_FLAG, f"{NAME} disrespect 4 threatened us", stage.general)).ok
    await stage.settle()
    assert stage.dirk.id not in stage.channel_of_case().members
    assert "review-0001" not in "\n".join(words(one) for one in stage.dirk.read())
