"""Messages reach exactly the place they are for, once, and living ones stay one message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, PlatformDown, Reason, Refused, RetryLater
from bot.domain.notices import AlertCard, DebriefAnnouncement, DebriefReminder, DiscussionOpening, FlagReceipt, Notice
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.slack.sending.lookup import PAGE
from handlers.surface.message import Message
from tests.handlers.slack.outgoing_harness import CARD, OutgoingHarness, to_channel

REPEATED = "You may have seen this before"


async def test_a_post_carries_nothing_of_ours_but_the_intent(back: OutgoingHarness) -> None:
    attempt = back.attempt()
    outcome = await back.messenger.post_to_place(attempt, await back.place(back.alerts), CARD)
    (message,) = back.posted(back.alerts)
    assert isinstance(outcome, Delivered)
    assert (outcome.receipt.place, outcome.receipt.message) == (back.alerts.id, message.ts)
    assert message.metadata == {"event_type": "flagclient_intent", "event_payload": {"id": attempt.intent}}
    assert message.sent_with == {"parse": "none", "link_names": False, "unfurl_links": False, "unfurl_media": False}


async def test_a_long_text_is_cut_to_what_an_update_takes_as_well(back: OutgoingHarness) -> None:
    await back.messenger.post_to_place(back.attempt(), await back.place(back.alerts), Message("x" * 10_000))
    assert len(back.posted(back.alerts)[0].text) == 4000


async def test_a_living_message_is_updated_where_it_stands(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)
    for text in ("first", "second"):
        await back.put(AlertCard(1))
        await back.relay({AlertCard: to_channel(place, subject=True, message=Message(text))}).deliver_due()
    assert [message.text for message in back.posted(back.alerts)] == ["second"]


async def test_a_living_message_that_was_deleted_is_posted_anew(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)
    for text in ("first", "second", "third"):
        await back.put(AlertCard(1))
        await back.relay({AlertCard: to_channel(place, subject=True, message=Message(text))}).deliver_due()
        if text == "first":
            back.world.world.messages.delete(back.posted(back.alerts)[0])
    assert [message.text for message in back.posted(back.alerts)] == ["third"]


async def test_a_living_message_of_another_channel_is_left_there(back: OutgoingHarness) -> None:
    other = back.world.add_channel("elsewhere", back.anna, back.world.bot_user_id, kind="private")
    for channel in (back.alerts, other):
        await back.put(AlertCard(1))
        await back.relay({AlertCard: to_channel(await back.place(channel), subject=True)}).deliver_due()
    assert len(back.posted(back.alerts)) == len(back.posted(other)) == 1
    standing = await back.database.read(lambda uow: uow.messages.find(back.workspace_id, "alert:1"))
    assert standing == TrackedMessage(await back.place(other), back.posted(other)[0].ts, None)


async def test_a_reply_goes_into_the_thread(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)
    start = await back.messenger.post_to_place(back.attempt(), place, Message("start"))
    assert isinstance(start, Delivered)
    reply = await back.messenger.post_to_place(back.attempt(), place, CARD, thread=start.receipt.message)
    assert isinstance(reply, Delivered)
    assert reply.receipt.details == {"thread": start.receipt.message}
    assert back.posted(back.alerts)[1].thread_ts == start.receipt.message


async def test_a_reply_whose_thread_is_gone_stands_in_the_channel(back: OutgoingHarness) -> None:
    attempt = back.attempt(maybe_sent=True)
    outcome = await back.messenger.post_to_place(attempt, await back.place(back.alerts), CARD, thread="1.000001")
    assert isinstance(outcome, Delivered)
    assert outcome.receipt.details == {}
    assert [message.thread_ts for message in back.posted(back.alerts)] == [None]


@pytest.mark.parametrize("in_thread", [False, True])
async def test_what_an_earlier_attempt_posted_is_found_and_not_posted_again(
    back: OutgoingHarness, in_thread: bool
) -> None:
    place = await back.place(back.alerts)
    start = await back.messenger.post_to_place(back.attempt(), place, Message("start"))
    assert isinstance(start, Delivered)
    thread = start.receipt.message if in_thread else None
    back.world.faults.add("chat.postMessage", drop="after")
    attempt = back.attempt(AlertCard(1))
    lost = await back.messenger.post_to_place(attempt, place, CARD, thread=thread)
    assert lost == PlatformDown(maybe_sent=True)
    posted = back.posted(back.alerts)[-1]
    again = back.attempt(AlertCard(1), intent=attempt.intent, maybe_sent=True)
    outcome = await back.messenger.post_to_place(again, place, CARD, subject="alert:1", thread=thread)
    assert isinstance(outcome, Delivered)
    assert (outcome.receipt.message, outcome.receipt.details["subject"]) == (posted.ts, "alert:1")
    assert len(back.posted(back.alerts)) == 2


async def test_what_no_earlier_attempt_posted_is_posted_now(back: OutgoingHarness) -> None:
    attempt = back.attempt(AlertCard(1), maybe_sent=True)
    await back.messenger.post_to_place(back.attempt(), await back.place(back.alerts), Message("somebody else's"))
    await back.messenger.post_to_place(attempt, await back.place(back.alerts), CARD)
    assert [message.text for message in back.posted(back.alerts)][1:] == [CARD.text.replace("&", "&amp;")]


@pytest.mark.parametrize("in_thread", [False, True])
async def test_the_search_ends_at_one_page_of_fifteen_a_minute(back: OutgoingHarness, in_thread: bool) -> None:
    place = await back.place(back.alerts)
    start = await back.messenger.post_to_place(back.attempt(), place, Message("start"))
    assert isinstance(start, Delivered)
    thread = start.receipt.message if in_thread else None
    before = 2 * PAGE + 3 if in_thread else 0
    after = 0 if in_thread else 2 * PAGE + 3
    attempt = back.attempt(maybe_sent=True)
    for _ in range(before):
        back.world.world.messages.post(back.alerts, back.ben.id, "chatter", thread_ts=thread)
    await back.messenger.post_to_place(back.attempt(intent=attempt.intent), place, CARD, thread=thread)
    for _ in range(after):
        back.world.world.messages.post(back.alerts, back.ben.id, "chatter", thread_ts=thread)
    back.world.world.rate_limits.restricted_history = True
    outcomes: list[DeliveryOutcome] = []
    while not outcomes or isinstance(outcomes[-1], RetryLater):
        outcomes.append(await back.messenger.post_to_place(attempt, place, CARD, thread=thread))
        back.clock.advance(timedelta(seconds=61))
    assert isinstance(outcomes[-1], Delivered)
    assert [outcome.counts for outcome in outcomes[:-1] if isinstance(outcome, RetryLater)] == [False, False]
    assert len([message for message in back.posted(back.alerts) if message.metadata]) == 2


@pytest.mark.parametrize("notice", [FlagReceipt(1, 1), DebriefReminder(1, 1, "day_before")])
async def test_what_may_be_repeated_is_marked_when_nobody_can_look(back: OutgoingHarness, notice: Notice) -> None:
    back.world.state.scopes = [scope for scope in back.world.state.scopes if not scope.endswith(":history")]
    outcome = await back.messenger.post_to_person(
        back.attempt(notice, maybe_sent=True), await back.person(back.ben), CARD
    )
    assert isinstance(outcome, Delivered)
    (message,) = back.direct(back.ben)
    assert REPEATED in message.text
    assert REPEATED in str(message.blocks)


@pytest.mark.parametrize("notice", [AlertCard(1), DiscussionOpening(1), DebriefAnnouncement(1)])
async def test_what_a_channel_must_not_see_twice_waits_for_a_person(back: OutgoingHarness, notice: Notice) -> None:
    back.world.state.scopes = [scope for scope in back.world.state.scopes if not scope.endswith(":history")]
    attempt = back.attempt(notice, maybe_sent=True)
    outcome = await back.messenger.post_to_place(attempt, await back.place(back.alerts), CARD)
    assert outcome == Refused(Reason.OUTCOME_UNKNOWN, "missing_scope")
    assert back.posted(back.alerts) == []


async def test_a_first_attempt_reads_nothing_back(back: OutgoingHarness) -> None:
    await back.messenger.post_to_place(back.attempt(), await back.place(back.alerts), CARD)
    assert back.calls("conversations.history") == []


async def test_a_place_of_another_workspace_is_none_of_ours(back: OutgoingHarness) -> None:
    now = back.clock.now()

    def foreign(uow: UnitOfWork) -> int:
        other = uow.people.ensure_workspace("slack", "T999", now)
        return uow.people.ensure_place(other.id, "slack", back.alerts.id).id

    outcome = await back.messenger.post_to_place(back.attempt(), await back.database.write(foreign), CARD)
    assert outcome == Refused(Reason.PLACE_GONE)
    assert back.posted(back.alerts) == []
