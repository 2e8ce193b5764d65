"""Messages of ours are taken back where their subject was erased."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.notices import MessageRemoved
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.features.privacy.notices import TELLINGS
from tests.handlers.slack.outgoing_harness import CANARY, CARD, OutgoingHarness


async def standing(back: OutgoingHarness, subject: str = "alert:1") -> str:
    """A message of ours in the alert channel that lives on; its `ts`."""
    place = await back.place(back.alerts)
    await back.messenger.post_to_place(back.attempt(), place, CARD)
    message = TrackedMessage(place, back.posted(back.alerts)[-1].ts, None)
    await back.database.write(lambda uow: uow.messages.save(back.workspace_id, subject, message))
    return message.external_id


def _save(uow: UnitOfWork, *, back: OutgoingHarness, subject: str, message: TrackedMessage) -> None:
    uow.messages.save(back.workspace_id, subject, message)


async def is_known(back: OutgoingHarness, subject: str = "alert:1") -> bool:
    return await back.database.read(lambda uow: uow.messages.find(back.workspace_id, subject)) is not None


async def test_a_message_is_deleted_and_forgotten(back: OutgoingHarness) -> None:
    await standing(back)
    intent = await back.put(MessageRemoved("alert:1"))
    await back.relay(TELLINGS, AFTER_DELIVERY).deliver_due()
    assert CANARY not in str(back.posted(back.alerts))
    assert (await back.outbox())[intent] == "sent"
    assert not await is_known(back)
    again = await back.put(MessageRemoved("alert:1"))
    await back.relay(TELLINGS, AFTER_DELIVERY).deliver_due()
    assert (await back.outbox())[again] == "obsolete"


@pytest.mark.parametrize("code", ["message_not_found", "cant_delete_message", "channel_not_found"])
async def test_a_message_that_is_gone_is_as_good(back: OutgoingHarness, code: str) -> None:
    await standing(back)
    back.world.faults.add("chat.delete", error=code, times=None)
    intent = await back.put(MessageRemoved("alert:1"))
    await back.relay(TELLINGS, AFTER_DELIVERY).deliver_due()
    assert (await back.outbox())[intent] == "obsolete"
    assert not await is_known(back)


async def test_a_deletion_without_an_answer_is_tried_again(back: OutgoingHarness) -> None:
    await standing(back)
    back.world.faults.add("chat.delete", error="fatal_error", times=1)
    intent = await back.put(MessageRemoved("alert:1"))
    relay = back.relay(TELLINGS, AFTER_DELIVERY)
    await relay.deliver_due()
    assert (await back.outbox())[intent] == "pending"
    await back.pass_time(relay, timedelta(minutes=1))
    assert (await back.outbox())[intent] == "sent"
    assert not await is_known(back)


async def test_an_archived_channel_keeps_the_message_until_it_is_open_again(back: OutgoingHarness) -> None:
    await back.person(back.anna, is_admin=True)
    await standing(back)
    back.world.conversations.archive(back.alerts, back.anna.id)
    intent = await back.put(MessageRemoved("alert:1"))
    await back.relay(TELLINGS, AFTER_DELIVERY).deliver_due()
    assert (await back.outbox())[intent] == "parked"
    assert await is_known(back)


async def test_many_messages_keep_to_the_rate(paced: OutgoingHarness) -> None:
    place = await paced.place(paced.alerts)
    intents = []
    for number in range(1, 61):
        posted = paced.world.world.messages.post(paced.alerts, paced.world.bot_user_id, "card", from_app=True)
        message = TrackedMessage(place, posted.ts, None)
        await paced.database.write(partial(_save, back=paced, subject=f"alert:{number}", message=message))
        intents.append(await paced.put(MessageRemoved(f"alert:{number}")))
    await paced.pass_time(paced.relay(TELLINGS, AFTER_DELIVERY), timedelta(seconds=90))
    states = await paced.outbox()
    assert [states[intent] for intent in intents] == ["sent"] * 60
    answers = [call.response or {} for call in paced.calls("chat.delete")]
    assert {answer.get("ok") for answer in answers} == {True}
