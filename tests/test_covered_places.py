"""Whoever comes into a channel later reads nothing about clients that the bot has posted there before."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.playground.state import Channel
from bot.usecases.privacy.covering import HEARD_AFTER, became_guest
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, meet
from tests.harness import Harness, slack_of, words
from tests.wire import sent

NAME = "Zonnebloem"
SAID = "threatened us by telephone"
NEUTRAL = "This message isn’t shown at the moment."


def posted(harness: Harness, channel: Channel) -> str:
    """All that the app's messages in a channel say."""
    everything = harness.world.world.messages.all(channel)
    return "\n".join(words(message) for message in everything if message.from_app)


async def in_discussion(harness: Harness) -> Channel:
    """A discussion is open, with an alert in the place for alerts, an opening and a later flag."""
    await meet(harness, harness.anna)
    await a_client(harness, NAME, flags=0)
    assert (await harness.ben.command(COMMAND_FLAG, f"{NAME} disrespect (4) {SAID}", harness.general)).ok
    await harness.settle()
    assert (await harness.dirk.command(COMMAND_FLAG, f"{NAME} demanding 2 third change of plan", harness.general)).ok
    await harness.settle()
    case = harness.channel_of_case()
    assert NAME in posted(harness, case)
    assert "third change of plan" in posted(harness, case)
    harness.world.inspector.clear()
    return case


def told_of_covering(harness: Harness) -> list[str]:
    """What the admin was told of messages that made way."""
    return [words(one) for one in harness.anna.read() if "neutrale regel" in words(one)]


def let_in(harness: Harness, channel: Channel) -> None:
    harness.world.conversations.join(channel, harness.gust.id, inviter=harness.ben.id)


async def test_a_guest_who_joins_reads_neutral_lines_until_they_leave(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    before = posted(harness, case)
    let_in(harness, case)
    await harness.settle()
    read = "\n".join(words(message) for message in harness.gust.read(case))
    assert NAME not in read
    assert "third change of plan" not in read
    assert NEUTRAL in read
    (told,) = told_of_covering(harness)
    assert "review-0001" in told
    assert "gasten" in told
    assert NAME not in told

    harness.gust.leave(case)
    await harness.settle()
    assert posted(harness, case) == before
    assert len(told_of_covering(harness)) == 1


async def test_the_newest_message_makes_way_first_and_by_update(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    stood = [message.ts for message in harness.world.world.messages.all(case) if message.from_app]
    let_in(harness, case)
    await harness.settle()
    there = [one for one in sent(harness) if one.channel == case.id]
    assert [str(one.content["ts"]) for one in there if one.name == "chat.update"] == sorted(stood, reverse=True)
    assert not [one for one in there if one.name in ("chat.delete", "chat.postMessage")]


@pytest.mark.parametrize("how", ["guest", "outsider", "shared", "becomes a guest"])
async def test_alerts_make_way_however_outsiders_come_in(http_harness: Harness, how: str) -> None:
    harness = http_harness
    await in_discussion(harness)
    before = posted(harness, harness.alerts)
    users = harness.world.world.users
    if how == "guest":
        let_in(harness, harness.alerts)
    elif how == "outsider":
        stranger = harness.world.add_user("sam", team_id="T0CLIENT")
        harness.world.conversations.join(harness.alerts, stranger.id)
    elif how == "shared":
        harness.world.conversations.share(harness.alerts, "T0CLIENT")
    else:
        users.change(harness.dirk.id, is_restricted=True)
    await harness.settle()
    assert NAME not in posted(harness, harness.alerts)
    (told,) = [one for one in told_of_covering(harness) if "settings set alert_channel" in one]
    assert "client-care" in told or harness.alerts.id in told

    if how == "becomes a guest":
        users.change(harness.dirk.id, is_restricted=False)
        await harness.bot.scheduler.retry_parked()
    elif how == "shared":
        harness.world.conversations.unshare(harness.alerts, "T0CLIENT")
    elif how == "guest":
        harness.gust.leave(harness.alerts)
    else:
        stranger.leave(harness.alerts)
    await harness.settle()
    assert posted(harness, harness.alerts) == before


async def test_a_guest_of_whom_no_event_told_is_found_at_the_next_message(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    case.members.append(harness.gust.id)
    assert (await harness.carla.command(COMMAND_FLAG, f"{NAME} late 2 invoice 19 is open", harness.general)).ok
    await harness.settle()
    assert NAME not in posted(harness, case)
    assert "invoice 19" not in posted(harness, case)
    assert len(told_of_covering(harness)) == 1
    assert len([one for one in harness.anna.read() if "gasten" in words(one)]) == 1

    harness.gust.leave(case)
    await harness.settle()
    assert "invoice 19" in posted(harness, case)
    assert NEUTRAL not in posted(harness, case)


async def test_after_events_were_missed_every_place_is_looked_at(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    case.members.append(harness.gust.id)
    harness.world.world.installation.announce_rate_limit()
    await harness.world.settled()
    await harness.bot.refresh()
    await harness.settle()
    assert NAME not in posted(harness, case)


async def test_a_guest_who_has_left_again_before_we_looked_changes_nothing(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    before = posted(harness, case)
    let_in(harness, case)
    await harness.world.settled()
    harness.gust.leave(case)
    await harness.settle()
    assert posted(harness, case) == before
    assert told_of_covering(harness) == []


async def test_nothing_that_only_one_person_sees_is_looked_into(http_harness: Harness) -> None:
    harness = http_harness
    await in_discussion(harness)
    slack_of(harness.bot)._missed_events()
    await harness.bot.refresh()
    await harness.settle()
    looked = {one.channel for one in sent(harness) if one.name == "conversations.info"}
    assert not [channel for channel in looked if str(channel).startswith("D")]


async def test_an_admin_has_the_discussion_go_on_in_a_new_private_channel(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    let_in(harness, case)
    await harness.settle()
    offer = next(one for one in harness.anna.read() if "neutrale regel" in words(one))
    assert (await harness.anna.click(offer, ids.DISCUSSION_ELSEWHERE)).ok
    await harness.settle()
    new = next(one for one in harness.anna.channels() if one.name.startswith("review-0001-"))
    assert NAME in posted(harness, new)
    assert harness.gust.id not in new.members
    assert NAME not in posted(harness, case)
    harness.gust.leave(case)
    await harness.settle()
    assert NAME not in posted(harness, case)


async def test_a_message_that_slack_lets_nobody_change_is_deleted(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    harness.world.faults.add("chat.update", error="edit_window_closed")
    let_in(harness, case)
    await harness.settle()
    assert NAME not in posted(harness, case)
    assert len([one for one in sent(harness) if one.name == "chat.delete"]) == 1


async def test_a_file_is_deleted_and_shared_anew(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    assert (await harness.anna.command(COMMAND_FLAG, f"left {NAME}", harness.general)).ok
    await harness.settle()

    def files() -> list[str]:
        return [file.name for file in harness.world.state.files.values() if case.id in file.channels]

    (shared,) = files()
    let_in(harness, case)
    await harness.settle()
    assert files() == []
    harness.gust.leave(case)
    await harness.settle()
    assert files() == [shared]
    assert NEUTRAL not in posted(harness, case)


async def test_another_process_hears_of_a_new_guest(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    # As if the event had gone to another process: what is remembered here is not forgotten.
    harness.world.state.users[harness.dirk.id].is_restricted = True
    heard = partial(became_guest, workspace_id=1, external_id=harness.dirk.id, key="event:1", now=harness.clock.now())
    await harness.bot.database.write(heard)
    await harness.bot.relay.deliver_due()
    assert NAME in posted(harness, case)
    await harness.bot.refresh()
    await harness.later(HEARD_AFTER)
    assert NAME not in posted(harness, case)


async def test_whoever_joins_while_slack_does_not_say_who_they_are_makes_us_look(http_harness: Harness) -> None:
    harness = http_harness
    case = await in_discussion(harness)
    harness.world.faults.add("users.info", status=503)
    let_in(harness, case)
    await harness.settle()
    await harness.later(timedelta(minutes=2))
    assert NAME not in posted(harness, case)


async def test_an_admin_has_a_new_private_channel_made_for_alerts(http_harness: Harness) -> None:
    harness = http_harness
    await in_discussion(harness)
    let_in(harness, harness.alerts)
    await harness.settle()
    offer = next(one for one in harness.anna.read() if "neutrale regel" in words(one))
    assert (await harness.anna.click(offer, ids.ALERT_SPACE)).ok
    await harness.settle()
    new = harness.world.channel("flagclient-alerts")
    assert new.kind == "private"
    assert set(new.members) == {harness.world.bot_user_id, harness.anna.id}
    await a_client(harness, "Bravo", flags=0)
    assert (await harness.dirk.command(COMMAND_FLAG, "Bravo late (4) refuses to pay", harness.general)).ok
    await harness.settle()
    assert "Bravo" in posted(harness, new)
    assert "Bravo" not in posted(harness, harness.alerts)
    assert NAME not in posted(harness, harness.alerts)
    await harness.anna.click(offer, ids.ALERT_SPACE)
    await harness.settle()
    assert len([one for one in harness.world.state.channels.values() if one.name.startswith("flagclient-al")]) == 1
