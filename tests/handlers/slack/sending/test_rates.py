"""Under Slack's own limits everything arrives, in order, and Slack hardly ever has to say that it was too much."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.model import DiscussionStyle
from bot.domain.notices import DiscussionFlag, DiscussionSpace
from bot.usecases.ports import UnitOfWork
from handlers.surface.message import Message
from handlers.surface.messenger import SpaceText
from tests.factories import TODAY, make_client
from tests.frozen_clock import MONDAY_MORNING
from tests.handlers.slack.outgoing_harness import OutgoingHarness, Sending

CHANNELS = 10
MESSAGES = 12


def _talk(uow: UnitOfWork, *, workspace_id: int) -> int:
    """The id of a discussion of a new client: what is said of one that is not there is taken back."""
    client = make_client(uow, uow.people.workspace(workspace_id))
    talk = uow.discussions.open(
        workspace_id, client.id, DiscussionStyle.CHANNEL, TODAY, opened_by_id=None, alert_id=None, now=MONDAY_MORNING
    )
    assert talk
    return talk.id


async def test_many_messages_to_many_channels_arrive_in_order_with_hardly_a_refusal(paced: OutgoingHarness) -> None:
    channels = [
        paced.world.add_channel(f"case-{number}", paced.anna, paced.world.bot_user_id, kind="private")
        for number in range(CHANNELS)
    ]
    talks = [await paced.database.write(partial(_talk, workspace_id=paced.workspace_id)) for _ in channels]
    places = {talk: await paced.place(channel) for talk, channel in zip(talks, channels, strict=True)}

    async def deliver(notice: DiscussionFlag, delivery: Sending) -> DeliveryOutcome:
        text = f"{notice.flag_id}"
        return await delivery.messenger.post_to_place(delivery, places[notice.discussion_id], Message(text))

    for flag in range(MESSAGES):
        for talk in talks:
            await paced.put(DiscussionFlag(talk, flag))
    await paced.pass_time(paced.relay({DiscussionFlag: deliver}), timedelta(minutes=4), timedelta(seconds=2))
    for channel in channels:
        assert [message.text for message in paced.posted(channel)] == [str(flag) for flag in range(MESSAGES)]
    assert set((await paced.outbox()).values()) == {"sent"}
    answers: dict[str, list[int]] = defaultdict(list)
    for exchange in paced.world.inspector.exchanges("from_app"):
        answers[exchange.name].append(exchange.status or 0)
    everything = [status for statuses in answers.values() for status in statuses]
    assert everything.count(429) < len(everything) / 100
    assert len(answers["chat.postMessage"]) == CHANNELS * MESSAGES


async def test_one_busy_channel_is_served_about_once_a_second(paced: OutgoingHarness) -> None:
    place = await paced.place(paced.alerts)

    async def deliver(notice: DiscussionFlag, delivery: Sending) -> DeliveryOutcome:
        return await delivery.messenger.post_to_place(delivery, place, Message(f"{notice.discussion_id}"))

    for lane in range(20):
        await paced.put(DiscussionFlag(lane, 1))
    relay = paced.relay({DiscussionFlag: deliver})
    await paced.pass_time(relay, timedelta(seconds=10))
    half_way = [message.text for message in paced.posted(paced.alerts)]
    assert 10 <= len(half_way) <= 14
    await paced.pass_time(relay, timedelta(seconds=15))
    assert {message.text for message in paced.posted(paced.alerts)} == {str(lane) for lane in range(20)}
    assert len(paced.posted(paced.alerts)) == 20
    assert 429 not in [exchange.status for exchange in paced.calls("chat.postMessage")]


async def test_a_limit_that_slack_sets_is_kept_and_then_everything_goes_on(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)

    async def deliver(notice: Any, delivery: Sending) -> DeliveryOutcome:
        return await delivery.messenger.post_to_place(delivery, place, Message("x"))

    back.world.faults.add("chat.postMessage", status=429, retry_after="40")
    await back.put(DiscussionFlag(1, 1))
    relay = back.relay({DiscussionFlag: deliver})
    await back.pass_time(relay, timedelta(seconds=39))
    assert len(back.calls("chat.postMessage")) == 1
    await back.pass_time(relay, timedelta(seconds=2))
    assert len(back.posted(back.alerts)) == 1


async def test_many_discussions_are_opened_at_slacks_rate(paced: OutgoingHarness) -> None:
    async def deliver(notice: DiscussionSpace, delivery: Sending) -> DeliveryOutcome:
        text = SpaceText("about", "about")
        return await delivery.messenger.open_space(delivery, f"review-{notice.discussion_id:04}", text, [])

    for number in range(60):
        await paced.put(DiscussionSpace(number))
    await paced.pass_time(paced.relay({DiscussionSpace: deliver}), timedelta(minutes=3))
    made = [exchange.status for exchange in paced.calls("conversations.create")]
    assert made == [200] * 60


async def test_places_are_looked_at_anew_while_slack_lets_us_and_seconds_before_otherwise(
    paced: OutgoingHarness,
) -> None:
    """Lanes of messages to two places go out a second apart, though Slack lets us look less often than that."""
    other = paced.world.add_channel("other", paced.anna, paced.world.bot_user_id, kind="private")
    places = {1: await paced.place(paced.alerts), 2: await paced.place(other)}

    async def deliver(notice: DiscussionFlag, delivery: Sending) -> DeliveryOutcome:
        text = Message(str(notice.flag_id))
        return await delivery.messenger.post_to_place(delivery, places[notice.discussion_id], text)

    for number in range(90):
        for lane in places:
            await paced.put(DiscussionFlag(lane, number))
    relay = paced.relay({DiscussionFlag: deliver})
    await paced.pass_time(relay, timedelta(seconds=100))
    assert len(paced.posted(paced.alerts)) == len(paced.posted(other)) == 90
    assert 60 <= len(paced.calls("conversations.info")) <= 110

    await paced.put(DiscussionFlag(1, 90))
    paced.audience.invalidate(paced.alerts.id)
    paced.alerts.is_ext_shared = True
    await paced.pass_time(relay, timedelta(seconds=5))
    assert len(paced.posted(paced.alerts)) == 90
