"""One channel for each case, under a name that gives nothing away, whatever happens between asking and knowing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete, PlatformDown, Reason, Refused
from bot.domain.model import DiscussionStyle
from bot.domain.notices import DiscussionSpace
from bot.playground.state import Channel
from bot.usecases.ports import UnitOfWork
from handlers.surface.messenger import SpaceText
from tests.factories import make_client, make_workspace
from tests.handlers.slack.outgoing_harness import OutgoingHarness

CODE = "review-0042"

NO_TEXT = SpaceText("", "")


def _channels(back: OutgoingHarness) -> list[str]:
    return [channel.name for channel in back.world.state.channels.values() if channel.name.startswith("review")]


def _made(back: OutgoingHarness, outcome: DeliveryOutcome) -> Channel:
    assert isinstance(outcome, Delivered)
    channel = back.world.channel(outcome.receipt.place)
    assert outcome.receipt.details == {"name": channel.name}
    return channel


async def test_the_channel_is_private_and_named_by_its_code(back: OutgoingHarness) -> None:
    channel = _made(back, await back.messenger.open_space(back.attempt(DiscussionSpace(1)), CODE, NO_TEXT, ()))
    assert (channel.name, channel.kind, channel.members) == (CODE, "private", [back.world.bot_user_id])


async def test_a_taken_name_gets_the_next_suffix(back: OutgoingHarness) -> None:
    back.world.add_channel(CODE, back.anna, kind="private")
    back.world.add_channel(f"{CODE}-2", back.anna)
    assert _made(back, await back.messenger.open_space(back.attempt(), CODE, NO_TEXT, ())).name == f"{CODE}-3"


async def test_when_every_name_is_taken_a_person_is_told(back: OutgoingHarness) -> None:
    for name in (CODE, *(f"{CODE}-{number}" for number in range(2, 10))):
        back.world.add_channel(name, back.anna)
    outcome = await back.messenger.open_space(back.attempt(), CODE, NO_TEXT, ())
    assert outcome == Refused(Reason.CHANNEL_REFUSED, "name_taken")


@pytest.mark.parametrize("taken", [0, 1])
@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"status": 500, "accepted": True}, {"error": "fatal_error", "accepted": True}]
)
async def test_a_channel_that_was_made_without_our_knowing_is_taken_over(
    back: OutgoingHarness, fault: dict[str, object], taken: int
) -> None:
    if taken:
        back.world.add_channel(CODE, back.anna)
    attempt = back.attempt()
    if taken:
        back.world.faults.add("conversations.create", error="name_taken")
    back.world.faults.add("conversations.create", **fault)
    assert await back.messenger.open_space(attempt, CODE, NO_TEXT, ()) == PlatformDown(maybe_sent=True)
    made = _channels(back)
    again = back.attempt(intent=attempt.intent, maybe_sent=True, first_sent_at=attempt.first_sent_at)
    channel = _made(back, await back.messenger.open_space(again, CODE, NO_TEXT, ()))
    assert channel.creator == back.world.bot_user_id
    assert _channels(back) == made


async def test_an_older_channel_of_ours_is_not_taken_over(back: OutgoingHarness) -> None:
    """It can be the home of another case, of which a restored copy of the database knows nothing."""
    back.world.add_channel(CODE, kind="private")
    back.clock.advance(timedelta(days=1))
    channel = _made(back, await back.messenger.open_space(back.attempt(maybe_sent=True), CODE, NO_TEXT, ()))
    assert channel.name == f"{CODE}-2"


async def test_a_channel_of_somebody_else_is_not_taken_over(back: OutgoingHarness) -> None:
    back.world.add_channel(CODE, back.anna, back.world.bot_user_id, kind="private")
    channel = _made(back, await back.messenger.open_space(back.attempt(maybe_sent=True), CODE, NO_TEXT, ()))
    assert channel.name == f"{CODE}-2"


async def test_a_channel_that_another_case_lives_in_is_not_taken_over(back: OutgoingHarness) -> None:
    home = back.world.add_channel(CODE, kind="private")

    def another_case(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow, back.world.team_id)
        opened = uow.discussions.open(
            workspace.id,
            make_client(uow, workspace).id,
            DiscussionStyle.CHANNEL,
            back.clock.now().date(),
            opened_by_id=None,
            alert_id=None,
            now=back.clock.now(),
        )
        assert opened is not None
        uow.discussions.set_place(opened.id, uow.people.ensure_place(workspace.id, "slack", home.id).id)

    await back.database.write(another_case)
    channel = _made(back, await back.messenger.open_space(back.attempt(maybe_sent=True), CODE, NO_TEXT, ()))
    assert channel.name == f"{CODE}-2"


async def test_a_request_that_comes_through_late_is_found_all_the_same(back: OutgoingHarness) -> None:
    """The first attempt is still on its way while the second one looks, and arrives before it asks."""
    back.world.add_channel(CODE, kind="private")
    back.world.faults.add("users.conversations", error="internal_error")
    assert isinstance(await back.messenger.open_space(back.attempt(maybe_sent=True), CODE, NO_TEXT, ()), PlatformDown)
    assert _made(back, await back.messenger.open_space(back.attempt(maybe_sent=True), CODE, NO_TEXT, ())).name == CODE
    assert _channels(back) == [CODE]


async def test_topic_and_purpose_are_set_once(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)
    for _ in range(2):
        outcome = await back.messenger.describe_space(back.attempt(), place, SpaceText("topic", "purpose"))
        assert isinstance(outcome, Delivered)
    assert (back.alerts.topic.value, back.alerts.purpose.value) == ("topic", "purpose")
    assert len(back.calls("conversations.setTopic")) == len(back.calls("conversations.setPurpose")) == 1


async def test_a_topic_over_its_limit_is_cut(back: OutgoingHarness) -> None:
    await back.messenger.describe_space(back.attempt(), await back.place(back.alerts), SpaceText("x" * 300, "y" * 300))
    assert len(back.alerts.topic.value) == len(back.alerts.purpose.value) == 250


async def test_a_message_is_pinned_once(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)
    message = back.world.world.messages.post(back.alerts, back.anna.id, "opening")
    for _ in range(2):
        assert isinstance(await back.messenger.highlight(back.attempt(), place, message.ts), Delivered)
    assert [pin.ts for pin in back.alerts.pins] == [message.ts]


async def test_a_message_that_is_gone_needs_no_pin(back: OutgoingHarness) -> None:
    assert await back.messenger.highlight(back.attempt(), await back.place(back.alerts), "1.000001") == Obsolete()
