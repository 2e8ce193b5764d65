"""A bot in a large workspace, through the front door and at Slack's rates: what must happen does, without waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.model import Role
from bot.playground.state import Channel
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.crowds import hire
from tests.handlers.slack.common_setup import a_client, meet
from tests.harness import Harness, slack_of, words
from tests.test_journeys_debrief import begun, posted

NAME = "Zonnebloem"


def crowd(harness: Harness, count: int) -> list[str]:
    """Let so many people into the workspace, and hold the bot to Slack's rates from now on; returns their user ids."""
    harness.world.rate_limits.enabled = True
    return hire(harness.world, count)


def named_at(harness: Harness, channel: Channel | None) -> datetime | None:
    """When Anna could first read the client's name in a channel, or in her direct message."""
    for message in harness.anna.read(channel):
        if message.from_app and NAME in words(message):
            return datetime.fromtimestamp(float(message.ts), harness.clock.now().tzinfo)
    return None


async def flagged(harness: Harness) -> datetime:
    """Ben flags a client with a severity that does not wait."""
    at = harness.clock.now()
    assert (await harness.ben.command(COMMAND_FLAG, f"{NAME} disrespect (4) threatened us", harness.general)).ok
    await harness.settle()
    return at


async def test_an_alert_is_posted_in_a_workspace_of_many_accounts(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    harness.alerts.members += crowd(harness, 4_100)[-25:]
    at = await flagged(harness)
    posted = named_at(harness, harness.alerts)
    assert posted is not None
    assert posted - at <= timedelta(seconds=2)


async def test_reviewers_hear_privately_while_a_large_place_is_not_known_yet(http_harness: Harness) -> None:
    harness = http_harness
    await meet(harness, harness.carla, role=Role.REVIEWER)
    await a_client(harness, NAME, flags=0)
    harness.alerts.members += crowd(harness, 22_000)[::20]
    at = await flagged(harness)
    await harness.later(timedelta(seconds=30))
    (told,) = [message for message in harness.carla.read() if "nog niet in" in words(message)]
    assert NAME in words(told)
    told_at = datetime.fromtimestamp(float(told.ts), at.tzinfo)
    posted = named_at(harness, harness.alerts)
    assert posted is not None
    assert at + timedelta(seconds=20) <= told_at <= at + timedelta(seconds=60)
    assert told_at < posted < at + timedelta(minutes=2)
    refused = [one for one in harness.world.inspector.exchanges("from_app") if one.status == 429]
    assert refused == []


async def test_the_first_admin_of_a_large_workspace_is_found_while_the_bot_works(http_harness: Harness) -> None:
    harness = http_harness
    crowd(harness, 11_000)
    # As the list of everybody shows her: on its last page.
    harness.world.state.users[harness.anna.id] = harness.world.state.users.pop(harness.anna.id)
    bot = harness.bot
    await bot.database.write(
        lambda uow: [uow.people.set_roles(one.id, is_reviewer=False, is_admin=False) for one in uow.people.admins(1)]
    )
    assert await slack_of(bot).owners() == {1: []}
    bot._lacks_admin = True
    for _ in range(6):
        harness.clock.advance(timedelta(seconds=5))
        await bot.refresh()
    (admin,) = await bot.database.read(lambda uow: uow.people.admins(1))
    assert (await bot.database.read(lambda uow: uow.people.external_ids([admin.id], "slack")))[
        admin.id
    ] == harness.anna.id
    asked = len(harness.world.inspector.exchanges("from_app", "users.list"))
    await bot.refresh()
    assert len(harness.world.inspector.exchanges("from_app", "users.list")) == asked


async def test_a_command_in_a_large_channel_is_answered_without_a_list(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    harness.general.members += crowd(harness, 3_000)
    harness.world.inspector.clear()
    answer = await harness.ben.command(COMMAND_FLAG, f"{NAME} late 2 invoice 17 is open", harness.general)
    assert answer.ok
    methods = {one.name for one in harness.world.inspector.exchanges("from_app")}
    assert not methods & {"users.list", "conversations.members"}


async def test_people_are_chosen_and_asked_in_without_a_list_of_everybody(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    newcomer = crowd(harness, 4_100)[-1]
    await flagged(harness)
    case = harness.channel_of_case()
    opening = next(one for one in harness.anna.read(case) if ids.EVALUATION_PEOPLE in str(one.blocks))
    harness.world.inspector.clear()
    assert (await harness.anna.click(opening, ids.EVALUATION_PEOPLE)).ok
    assert (await harness.anna.submit(values={ids.EVALUATION_PEOPLE_ASK: [newcomer]})).ok
    await harness.settle()
    assert newcomer in case.members
    assert harness.world.inspector.exchanges("from_app", "users.list") == []


async def test_a_lesson_is_given_to_a_newcomer_without_a_list_of_everybody(http_harness: Harness) -> None:
    harness = http_harness
    newcomer = crowd(harness, 4_100)[-1]
    await begun(harness)
    harness.world.inspector.clear()
    assert (await harness.anna.click(posted(harness, "It has begun"), ids.DEBRIEF_CLOSE)).ok
    lesson = {
        ids.LESSON_CHANGE: "Ask half of the price in advance",
        ids.LESSON_HEAD: "expectations",
        ids.LESSON_OWNER: newcomer,
        ids.LESSON_DUE: "2026-04-09",
    }
    for field, choice in lesson.items():
        await harness.anna.select(harness.anna.view, field, choice, block_id=f"{field}:0")
    assert (await harness.anna.submit()).ok
    await harness.settle()
    assert f"<@{newcomer}>" in harness.sees(harness.anna, harness.channel_of_case())
    assert harness.world.inspector.exchanges("from_app", "users.list") == []
