"""Private messages go to full members of the workspace and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.delivery_outcome import Delivered, PlatformDown, Reason, Refused
from bot.domain.notices import FlagReceipt
from tests.handlers.slack.outgoing_harness import CARD, OutgoingHarness

OUTSIDERS: dict[str, tuple[dict[str, Any], str]] = {
    "a guest": ({"is_restricted": True}, "guest"),
    "a guest of one channel": ({"is_ultra_restricted": True}, "guest"),
    "somebody of another organisation": ({"team_id": "T0ELSEWHERE"}, "outsider"),
    "a bot": ({"is_bot": True}, "bot"),
    "somebody whose account is closed": ({"deleted": True}, "deactivated"),
}


async def test_a_member_gets_it(back: OutgoingHarness) -> None:
    outcome = await back.messenger.post_to_person(back.attempt(), await back.person(back.ben), CARD)
    assert isinstance(outcome, Delivered)
    assert [message.ts for message in back.direct(back.ben)] == [outcome.receipt.message]


@pytest.mark.parametrize("who", OUTSIDERS)
async def test_nobody_else_gets_anything(back: OutgoingHarness, who: str) -> None:
    fields, kind = OUTSIDERS[who]
    other = back.world.add_user("other", **fields)
    outcome = await back.messenger.post_to_person(back.attempt(), await back.person(other), CARD)
    assert outcome == Refused(Reason.PERSON_UNREACHABLE, kind)
    assert back.calls("chat.postMessage") == back.calls("conversations.open") == []


async def test_nobody_gets_anything_while_slack_cannot_say_who_they_are(back: OutgoingHarness) -> None:
    back.world.faults.add("users.info", status=503, times=None)
    outcome = await back.messenger.post_to_person(back.attempt(), await back.person(back.ben), CARD)
    assert outcome == PlatformDown()
    assert back.calls("chat.postMessage") == []


async def test_an_account_that_closes_in_between_is_told_from_our_own(back: OutgoingHarness) -> None:
    person = await back.person(back.ben)
    await back.messenger.post_to_person(back.attempt(), person, CARD)
    back.world.state.users[back.ben.id].deleted = True
    outcome = await back.messenger.post_to_person(back.attempt(), person, CARD)
    assert outcome == Refused(Reason.PERSON_UNREACHABLE, "deactivated")


async def test_our_own_account_that_closes_stops_the_workspace(back: OutgoingHarness) -> None:
    person = await back.person(back.ben)
    await back.messenger.post_to_person(back.attempt(), person, CARD)
    back.world.state.installed = False
    outcome = await back.messenger.post_to_person(back.attempt(), person, CARD)
    assert outcome == Refused(Reason.APP_DISCONNECTED, "account_inactive")


async def test_the_direct_message_is_opened_once(back: OutgoingHarness) -> None:
    person = await back.person(back.ben)
    for _ in range(3):
        await back.messenger.post_to_person(back.attempt(), person, CARD)
    assert len(back.calls("conversations.open")) == 1


async def test_a_living_message_to_a_person_is_updated(back: OutgoingHarness) -> None:
    person = await back.person(back.ben)

    async def deliver(notice: Any, delivery: Any) -> Any:
        return await delivery.messenger.post_to_person(delivery, person, CARD, subject="receipt:1")

    for _ in range(2):
        await back.put(FlagReceipt(1, person))
        await back.relay({FlagReceipt: deliver}).deliver_due()
    assert len(back.direct(back.ben)) == 1
    assert len(back.calls("chat.update")) == 1


async def test_a_person_we_know_no_account_of_is_unreachable(back: OutgoingHarness) -> None:
    assert await back.messenger.post_to_person(back.attempt(), 4711, CARD) == Refused(
        Reason.PERSON_UNREACHABLE, "unknown"
    )
