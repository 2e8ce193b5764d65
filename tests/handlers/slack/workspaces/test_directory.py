"""Who somebody is: asked once, believed for five minutes, and nobody is a member on hearsay."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.model import PersonKind
from handlers.slack.workspaces.profiles import Profile
from tests.handlers.slack.outgoing_harness import OutgoingHarness

KINDS: dict[PersonKind, dict[str, Any]] = {
    PersonKind.MEMBER: {},
    PersonKind.GUEST: {"is_restricted": True},
    PersonKind.OUTSIDER: {"team_id": "T0ELSEWHERE"},
    PersonKind.BOT: {"is_bot": True},
    PersonKind.DEACTIVATED: {"deleted": True},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_person_is_told_apart(back: OutgoingHarness, kind: PersonKind) -> None:
    user = back.world.add_user("somebody", **KINDS[kind])
    assert (await back.directory.profile(user.id)).kind is kind


async def test_a_one_channel_guest_is_a_guest(back: OutgoingHarness) -> None:
    user = back.world.add_user("somebody", is_ultra_restricted=True)
    assert (await back.directory.profile(user.id)).kind is PersonKind.GUEST


async def test_outside_weighs_more_than_anything_else(back: OutgoingHarness) -> None:
    user = back.world.add_user("somebody", team_id="T0ELSEWHERE", is_bot=True, deleted=True)
    assert (await back.directory.profile(user.id)).kind is PersonKind.OUTSIDER


async def test_a_member_comes_with_language_and_zone(back: OutgoingHarness) -> None:
    user = back.world.add_user("somebody", locale="nl-NL", tz="Asia/Tokyo")
    assert await back.directory.profile(user.id) == Profile(PersonKind.MEMBER, "nl", "Asia/Tokyo")


async def test_somebody_slack_does_not_know_is_unknown(back: OutgoingHarness) -> None:
    assert (await back.directory.profile("U0NOBODY")).kind is PersonKind.UNKNOWN


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "30"},
        {"status": 500, "body": "<html>oops</html>"},
        {"drop": "before"},
        {"error": "fatal_error"},
        {"error": "missing_scope"},
        {"body": '{"ok": tru'},
    ],
)
async def test_nobody_is_let_in_while_slack_does_not_answer(back: OutgoingHarness, fault: dict[str, Any]) -> None:
    back.world.faults.add("users.info", times=None, **fault)
    assert (await back.directory.profile(back.ben.id)).kind is PersonKind.UNKNOWN
    back.world.faults.clear()
    # Where Slack asked to be left alone we do so.
    back.clock.advance(timedelta(seconds=30))
    assert (await back.directory.profile(back.ben.id)).kind is PersonKind.MEMBER


async def test_who_does_something_is_believed_for_five_minutes(back: OutgoingHarness) -> None:
    await back.directory.profile(back.ben.id)
    back.world.state.users[back.ben.id].is_restricted = True
    back.clock.advance(timedelta(minutes=5) - timedelta(seconds=1))
    assert (await back.directory.profile(back.ben.id)).kind is PersonKind.MEMBER
    back.clock.advance(timedelta(seconds=1))
    assert (await back.directory.profile(back.ben.id)).kind is PersonKind.GUEST


async def test_a_change_that_slack_tells_of_counts_at_once(back: OutgoingHarness) -> None:
    await back.directory.profile(back.ben.id)
    back.world.state.users[back.ben.id].deleted = True
    back.directory.invalidate(back.ben.id)
    assert (await back.directory.profile(back.ben.id)).kind is PersonKind.DEACTIVATED


async def test_many_questions_about_one_person_are_one_call(back: OutgoingHarness) -> None:
    profiles = await asyncio.gather(*(back.directory.profile(back.ben.id) for _ in range(20)))
    assert {profile.kind for profile in profiles} == {PersonKind.MEMBER}
    assert len(back.calls("users.info")) == len(back.calls("auth.test")) == 1


@pytest.fixture
def slow(back: OutgoingHarness, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Slack takes its time to say who somebody is: the first event says that it was asked, the second lets it go on."""
    asked, may_answer = asyncio.Event(), asyncio.Event()
    ask = back.client.users_info

    async def users_info(**arguments: Any) -> Any:
        answer = await ask(**arguments)
        asked.set()
        await may_answer.wait()
        return answer

    monkeypatch.setattr(back.client, "users_info", users_info)
    return asked, may_answer


async def test_an_answer_that_was_on_its_way_when_the_person_changed_is_not_kept(
    back: OutgoingHarness, slow: tuple[asyncio.Event, asyncio.Event]
) -> None:
    asked, may_answer = slow
    asking = asyncio.create_task(back.directory.profile(back.ben.id))
    await asked.wait()
    back.world.state.users[back.ben.id].is_restricted = True
    back.directory.invalidate(back.ben.id)
    may_answer.set()
    await asking
    assert (await back.directory.profile(back.ben.id)).kind is PersonKind.GUEST


async def test_a_caller_who_gives_up_does_not_take_the_answer_from_the_others(
    back: OutgoingHarness, slow: tuple[asyncio.Event, asyncio.Event]
) -> None:
    asked, may_answer = slow
    impatient = asyncio.create_task(back.directory.profile(back.ben.id))
    patient = asyncio.create_task(back.directory.profile(back.ben.id))
    await asked.wait()
    impatient.cancel()
    may_answer.set()
    assert (await patient).kind is PersonKind.MEMBER
    assert len(back.calls("users.info")) == 1


async def test_the_first_admin_is_the_primary_owner(back: OutgoingHarness) -> None:
    back.world.add_user("olga", is_owner=True)
    assert await back.directory.primary_admins() == [back.anna.id]


async def test_without_a_primary_owner_owners_and_then_admins_come_first(back: OutgoingHarness) -> None:
    admin = back.world.add_user("adam", is_admin=True)
    owner = back.world.add_user("olga", is_owner=True, is_admin=True)
    back.world.state.users[back.anna.id].deleted = True
    assert await back.directory.primary_admins() == [owner.id]
    back.world.state.users[owner.id].deleted = True
    assert await back.directory.primary_admins() == [admin.id]


async def test_there_is_no_first_admin_while_slack_does_not_answer(back: OutgoingHarness) -> None:
    back.world.faults.add("users.list", status=503)
    assert await back.directory.primary_admins() == []


async def test_everybody_in_a_channel_is_read_page_by_page(back: OutgoingHarness) -> None:
    guest = back.world.add_user("gust", is_restricted=True)
    members = [back.world.add_user(f"member{number}").id for number in range(450)]
    back.alerts.members += [*members, guest.id]
    people = await back.directory.people(await back.directory.member_ids(back.alerts.id))
    assert len(people) == 454
    assert [user for user, profile in people.items() if profile.kind is PersonKind.GUEST] == [guest.id]
    assert len(back.calls("conversations.members")) == len(back.calls("users.list")) == 1
    assert back.calls("users.info") == []
