"""Everybody who belongs in a channel gets in once, and nobody from outside ever does."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, PlatformDown
from tests.handlers.slack.outgoing_harness import OutgoingHarness

OUTSIDE: dict[str, tuple[dict[str, Any], str]] = {
    "a guest": ({"is_restricted": True}, "refused"),
    "somebody of another organisation": ({"team_id": "T0ELSEWHERE"}, "refused"),
    "a bot": ({"is_bot": True}, "refused"),
    "somebody whose account is closed": ({"deleted": True}, "left"),
}


async def _invite(back: OutgoingHarness, *people: int) -> DeliveryOutcome:
    return await back.messenger.invite(back.attempt(), await back.place(back.alerts), people)


def _became(outcome: DeliveryOutcome) -> dict[str, str]:
    assert isinstance(outcome, Delivered)
    return outcome.receipt.details


async def test_members_get_in_and_those_inside_stay(back: OutgoingHarness) -> None:
    carla, dirk = back.world.add_user("carla"), back.world.add_user("dirk")
    people = [await back.person(person) for person in (back.ben, carla, dirk)]
    assert _became(await _invite(back, *people)) == dict.fromkeys(map(str, people), "invited")
    assert {carla.id, dirk.id} <= set(back.alerts.members)
    (call,) = back.calls("conversations.invite")
    assert back.ben.id not in str(call.request)


@pytest.mark.parametrize("who", OUTSIDE)
async def test_outsiders_are_not_even_asked_for(back: OutgoingHarness, who: str) -> None:
    fields, became = OUTSIDE[who]
    back.world.state.guests_invitable = True
    outsider = back.world.add_user("outsider", **fields)
    person = await back.person(outsider)
    assert _became(await _invite(back, person)) == {str(person): became}
    assert outsider.id not in back.alerts.members
    assert back.calls("conversations.invite") == []


async def test_somebody_who_left_by_our_own_books_is_not_invited(back: OutgoingHarness) -> None:
    carla = back.world.add_user("carla")
    person = await back.person(carla)
    await back.database.write(lambda uow: uow.people.set_left(person, back.clock.now()))
    assert _became(await _invite(back, person)) == {str(person): "left"}
    assert carla.id not in back.alerts.members


async def test_an_invitation_that_got_no_answer_is_made_again_and_changes_nothing(back: OutgoingHarness) -> None:
    carla = back.world.add_user("carla")
    person = await back.person(carla)
    back.world.faults.add("conversations.invite", drop="after")
    assert isinstance(await _invite(back, person), PlatformDown)
    assert _became(await _invite(back, person)) == {str(person): "invited"}
    assert back.alerts.members.count(carla.id) == 1


async def test_one_whom_slack_refuses_keeps_nobody_else_out(back: OutgoingHarness) -> None:
    carla, dirk = back.world.add_user("carla"), back.world.add_user("dirk")
    people = [await back.person(carla), await back.person(dirk)]
    await back.directory.people([carla.id, dirk.id])
    back.world.state.users[carla.id].is_restricted = True
    assert _became(await _invite(back, *people)) == {str(people[0]): "refused", str(people[1]): "invited"}
    assert dirk.id in back.alerts.members


async def test_a_refusal_without_details_is_tried_person_by_person(back: OutgoingHarness) -> None:
    carla, dirk = back.world.add_user("carla"), back.world.add_user("dirk")
    people = [await back.person(carla), await back.person(dirk)]
    back.world.faults.add("conversations.invite", error="cant_invite", times=2)
    assert _became(await _invite(back, *people)) == {str(people[0]): "refused", str(people[1]): "invited"}


async def test_a_hundred_at_a_time(back: OutgoingHarness) -> None:
    users = [back.world.add_user(f"member{number}") for number in range(130)]
    people = [await back.person(user) for user in users]
    assert set(_became(await _invite(back, *people)).values()) == {"invited"}
    assert {user.id for user in users} <= set(back.alerts.members)
    assert [len(call.request["users"].split(",")) for call in back.calls("conversations.invite")] == [100, 30]


async def test_nobody_is_invited_while_slack_cannot_say_who_they_are(back: OutgoingHarness) -> None:
    carla = back.world.add_user("carla")
    back.world.faults.add("users.info", status=503, times=None)
    assert isinstance(await _invite(back, await back.person(carla)), PlatformDown)
    assert carla.id not in back.alerts.members
