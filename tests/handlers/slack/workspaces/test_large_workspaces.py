"""Whoever has to be asked about is known in the end, at Slack's rates, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery_outcome import Delivered, Reason, Refused, RetryLater
from bot.domain.model import PersonKind
from bot.playground.state import Channel
from handlers.slack.workspaces.doctor import Chosen, Tokens, examine
from tests.crowds import hire
from tests.handlers.slack.outgoing_harness import CARD, OutgoingHarness


def statuses(back: OutgoingHarness, method: str) -> list[int]:
    """How Slack answered each call of a method."""
    return [exchange.status or 0 for exchange in back.calls(method)]


async def posted_after(back: OutgoingHarness, channel: Channel, most: timedelta) -> timedelta:
    """How long a message to a channel takes when it is tried again each time that it is told to."""
    began, attempt, place = back.clock.now(), back.attempt(), await back.place(channel)
    while back.clock.now() - began <= most:
        outcome = await back.messenger.post_to_place(attempt, place, CARD)
        if isinstance(outcome, Delivered):
            return back.clock.now() - began
        assert isinstance(outcome, RetryLater)
        assert not outcome.counts
        assert outcome.after is not None
        back.clock.advance(outcome.after)
    raise AssertionError(f"not posted after {most}")


@pytest.mark.parametrize("accounts", [25, 4_100, 12_000])
async def test_twenty_five_people_in_a_channel_are_known_at_once(paced: OutgoingHarness, accounts: int) -> None:
    paced.alerts.members += hire(paced.world, accounts)[-25:]
    assert await posted_after(paced, paced.alerts, timedelta(seconds=60)) == timedelta()
    assert len(paced.calls("users.list")) == 1


async def test_many_people_are_known_at_slacks_rate_and_no_page_is_read_twice(paced: OutgoingHarness) -> None:
    everybody = hire(paced.world, 13_000)
    paced.alerts.members += everybody[::13]
    assert timedelta() < await posted_after(paced, paced.alerts, timedelta(minutes=6)) <= timedelta(seconds=20)
    cursors = [exchange.request.get("cursor") for exchange in paced.calls("users.list")]
    assert 10 < len(cursors) == len(set(cursors))
    everything = [status for method in ("users.list", "users.info") for status in statuses(paced, method)]
    assert set(everything) == {200}


async def test_people_are_asked_for_one_by_one_where_that_is_less(paced: OutgoingHarness) -> None:
    paced.alerts.members += hire(paced.world, 25_000)[-75:]
    assert await posted_after(paced, paced.alerts, timedelta(minutes=3)) <= timedelta(seconds=30)
    assert len(paced.calls("users.list")) < 25
    assert set(statuses(paced, "users.info")) == {200}


async def test_nothing_is_posted_until_the_last_one_is_known(paced: OutgoingHarness) -> None:
    paced.alerts.members += [*hire(paced.world, 12_000)[::12], *hire(paced.world, 1, is_restricted=True)]
    place, attempt = await paced.place(paced.alerts), paced.attempt()
    outcome = await paced.messenger.post_to_place(attempt, place, CARD)
    assert isinstance(outcome, RetryLater)
    assert outcome.reason is Reason.PLACE_UNPROVEN
    while isinstance(outcome, RetryLater) and outcome.after:
        paced.clock.advance(outcome.after)
        outcome = await paced.messenger.post_to_place(attempt, place, CARD)
    assert outcome == Refused(Reason.PLACE_HAS_GUESTS)
    assert paced.posted(paced.alerts) == []


async def test_one_guest_who_is_known_says_enough(paced: OutgoingHarness) -> None:
    paced.alerts.members += hire(paced.world, 5_000)
    guest = paced.world.add_user("gust", is_restricted=True)
    paced.alerts.members.append(guest.id)
    await paced.directory.profile(guest.id)
    outcome = await paced.messenger.post_to_place(paced.attempt(), await paced.place(paced.alerts), CARD)
    assert outcome == Refused(Reason.PLACE_HAS_GUESTS)
    assert paced.calls("users.list") == []


async def test_where_slack_refuses_a_page_the_reading_goes_on_from_there(paced: OutgoingHarness) -> None:
    paced.alerts.members += hire(paced.world, 5_000)[::20]
    paced.world.faults.add("users.list", status=429, retry_after="20")
    assert timedelta(seconds=20) <= await posted_after(paced, paced.alerts, timedelta(minutes=3))
    paced.world.faults.add("users.list", error="invalid_cursor")
    paced.directory.missed_events()
    assert await posted_after(paced, paced.alerts, timedelta(minutes=3)) < timedelta(minutes=1)


async def test_the_members_of_a_large_channel_are_read_on_where_slack_asks_to_wait(paced: OutgoingHarness) -> None:
    everybody = hire(paced.world, 3_000)
    paced.alerts.members += everybody
    paced.world.faults.add("conversations.members", status=429, retry_after="10")
    await posted_after(paced, paced.alerts, timedelta(minutes=2))
    cursors = [exchange.request.get("cursor") for exchange in paced.calls("conversations.members")]
    # The first page was refused once, and everything is read anew before posting.
    assert sorted(cursors, key=str) == sorted([None, *cursors[-4:] * (len(cursors) // 4)], key=str)


async def test_a_reader_is_believed_for_a_day_while_slack_tells_of_every_change(back: OutgoingHarness) -> None:
    async def asked() -> int:
        before = len(back.calls("users.info"))
        await back.directory.people([back.ben.id])
        return len(back.calls("users.info")) - before

    assert await asked() == 1
    back.clock.advance(timedelta(hours=24) - timedelta(seconds=1))
    assert await asked() == 0
    back.clock.advance(timedelta(seconds=1))
    assert await asked() == 1
    back.directory.invalidate(back.ben.id)
    assert await asked() == 1
    back.directory.missed_events()
    assert await asked() == 1
    assert await asked() == 0


async def test_whom_slack_does_not_know_is_no_endless_question(paced: OutgoingHarness) -> None:
    strangers = [f"UNOBODY{number}" for number in range(70)]
    with pytest.raises(Exception, match="RetryLater"):
        await paced.directory.people(strangers)
    paced.clock.advance(timedelta(seconds=30))
    found = await paced.directory.people(strangers)
    assert {profile.kind for profile in found.values()} == {PersonKind.UNKNOWN}
    assert len(found) == len(paced.calls("users.info")) == 70


async def test_the_primary_owner_is_found_at_slacks_rate(paced: OutgoingHarness) -> None:
    hire(paced.world, 12_000)
    paced.world.state.users[paced.anna.id].is_primary_owner = False
    (owner,) = hire(paced.world, 1, is_primary_owner=True, is_owner=True)
    tries = 0
    while not (found := await paced.directory.primary_admins()):
        tries += 1
        paced.clock.advance(timedelta(seconds=5))
    assert found == [owner]
    assert 0 < tries < 20
    assert set(statuses(paced, "users.list")) == {200}


async def test_a_screen_with_very_many_people_is_not_listed_while_somebody_waits(paced: OutgoingHarness) -> None:
    paced.alerts.members += hire(paced.world, 3_000)
    assert not await paced.audience.is_safe_here(paced.workspace_id, paced.alerts.id)
    assert paced.calls("conversations.members") == paced.calls("users.list") == paced.calls("users.info") == []


async def test_who_has_to_wait_too_long_for_a_screen_is_answered_as_if_others_looked_on(back: OutgoingHarness) -> None:
    back.audience._patience_seconds = 0.05
    back.world.faults.add("users.info", hang=True)
    assert not await back.audience.is_safe_here(back.workspace_id, back.alerts.id)


async def test_doctor_knows_the_channel_for_alerts_in_a_workspace_of_many_accounts(paced: OutgoingHarness) -> None:
    paced.alerts.members += hire(paced.world, 4_100)[-25:]
    tokens = Tokens(bot=paced.world.bot_token, app="", api_url=paced.world.api_url)
    found = [one async for one in examine(tokens, [], Chosen(alert_channel=paced.alerts.id))]
    assert [one.is_well for one in found if one.subject == "alert channel"] == [True]


async def test_doctor_asks_on_where_slack_asks_to_wait(paced: OutgoingHarness) -> None:
    paced.world.faults.add("conversations.members", status=429, retry_after="1")
    tokens = Tokens(bot=paced.world.bot_token, app="", api_url=paced.world.api_url)
    found = [one async for one in examine(tokens, [], Chosen(alert_channel=paced.alerts.id))]
    assert [one.is_well for one in found if one.subject == "alert channel"] == [True]


async def test_a_screen_with_a_few_people_is_looked_into_without_the_list_of_everybody(paced: OutgoingHarness) -> None:
    paced.alerts.members += hire(paced.world, 4_500)[-25:]
    assert await paced.audience.is_safe_here(paced.workspace_id, paced.alerts.id)
    assert paced.calls("users.list") == []
    assert len(paced.calls("users.info")) == 28
