"""Nothing about a client is said where somebody from outside reads along, whichever way it would be said."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, PlatformDown, Reason, Refused
from bot.domain.model import PersonKind
from bot.domain.notices import AdminTold, AlertCard
from bot.playground.state import Channel
from bot.usecases.ports.outbox import TrackedMessage
from handlers.surface.messenger import SharedFile
from tests.handlers.slack.outgoing_harness import CANARY, CARD, OutgoingHarness, to_channel

SAYINGS = ("chat.postMessage", "chat.update", "files.completeUploadExternal", "chat.postEphemeral")


def _private(back: OutgoingHarness, **fields: object) -> Channel:
    return back.world.add_channel("room", back.anna, back.world.bot_user_id, kind="private", **fields)


def _with(back: OutgoingHarness, **person: object) -> Channel:
    channel = _private(back)
    back.world.conversations.join(channel, back.world.add_user("other", **person).id)
    return channel


SAFE: dict[str, Callable[[OutgoingHarness], Channel]] = {
    "private, members only": _private,
    "public, members only": lambda back: back.world.add_channel("room", back.anna, back.world.bot_user_id),
    "with another app's bot": lambda back: _with(back, is_bot=True),
    "with a closed account": lambda back: _with(back, deleted=True),
}
UNSAFE: dict[str, tuple[Callable[[OutgoingHarness], Channel], Reason]] = {
    "shared": (lambda back: _private(back, is_ext_shared=True), Reason.PLACE_SHARED),
    "about to be shared": (lambda back: _private(back, is_pending_ext_shared=True), Reason.PLACE_SHARED),
    "shared inside the company": (lambda back: _private(back, is_org_shared=True), Reason.PLACE_SHARED),
    "with a guest": (lambda back: _with(back, is_restricted=True), Reason.PLACE_HAS_GUESTS),
    "with a one-channel guest": (lambda back: _with(back, is_ultra_restricted=True), Reason.PLACE_HAS_GUESTS),
    "with somebody from elsewhere": (lambda back: _with(back, team_id="T0ELSE"), Reason.PLACE_HAS_GUESTS),
    "with a bot from elsewhere": (lambda back: _with(back, team_id="T0ELSE", is_bot=True), Reason.PLACE_HAS_GUESTS),
    "archived": (lambda back: _private(back, is_archived=True), Reason.PLACE_ARCHIVED),
    "out of sight": (
        lambda back: back.world.add_channel("room", back.anna, kind="private"),
        Reason.PLACE_GONE,
    ),
}


async def _post(back: OutgoingHarness, place: int) -> DeliveryOutcome:
    return await back.messenger.post_to_place(back.attempt(), place, CARD)


async def _reply(back: OutgoingHarness, place: int) -> DeliveryOutcome:
    return await back.messenger.post_to_place(back.attempt(), place, CARD, thread="1.000001")


async def _update(back: OutgoingHarness, place: int) -> DeliveryOutcome:
    standing = TrackedMessage(place, "1.000001", None)
    await back.database.write(lambda uow: uow.messages.save(back.workspace_id, "alert:1", standing))
    return await back.messenger.post_to_place(back.attempt(), place, CARD, subject="alert:1")


async def _file(back: OutgoingHarness, place: int) -> DeliveryOutcome:
    return await back.messenger.share_file(back.attempt(), place, SharedFile("debrief.ics", CANARY, b"BEGIN:VCALENDAR"))


WAYS: dict[str, Callable[[OutgoingHarness, int], Awaitable[DeliveryOutcome]]] = {
    "post": _post,
    "reply": _reply,
    "update": _update,
    "file": _file,
}


def _said(back: OutgoingHarness) -> str:
    sayings = [exchange.request for method in SAYINGS for exchange in back.calls(method)]
    return json.dumps(sayings)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", SAFE)
async def test_members_are_told(back: OutgoingHarness, kind: str, way: str) -> None:
    channel = SAFE[kind](back)
    assert isinstance(await WAYS[way](back, await back.place(channel)), Delivered)
    assert len(back.posted(channel)) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", UNSAFE)
async def test_outsiders_are_told_nothing(back: OutgoingHarness, kind: str, way: str) -> None:
    make, reason = UNSAFE[kind]
    channel = make(back)
    outcome = await WAYS[way](back, await back.place(channel))
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    assert back.posted(channel) == []
    assert CANARY not in _said(back)


async def test_only_the_admins_hear_of_a_refusal_and_no_client_is_named(back: OutgoingHarness) -> None:
    admin = await back.person(back.anna, is_admin=True)
    channel = _private(back, is_ext_shared=True)
    for alert in range(1, 4):
        await back.put(AlertCard(alert))
    relay = back.relay({AlertCard: to_channel(await back.place(channel))})
    await relay.deliver_due()
    assert back.posted(channel) == back.direct(back.ben) == []
    (note,) = back.direct(back.anna)
    assert "shared with another organisation" in note.text
    assert "flagclient settings set alert_channel" in note.text
    assert CANARY not in _said(back)
    assert sorted((await back.outbox()).values()) == ["parked", "parked", "parked", "sent"]
    assert AdminTold(admin, "", "").lane == f"person:{admin}"


async def test_the_check_is_made_at_each_post_and_needs_no_event(back: OutgoingHarness) -> None:
    place = await back.place(back.alerts)
    assert isinstance(await _post(back, place), Delivered)
    back.alerts.is_ext_shared = True
    assert await _post(back, place) == Refused(Reason.PLACE_SHARED)
    back.alerts.is_ext_shared = False
    back.alerts.members.append(back.world.add_user("gust", is_restricted=True).id)
    assert await _post(back, place) == Refused(Reason.PLACE_HAS_GUESTS)


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info", "auth.test"])
@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"drop": "before"}, {"error": "internal_error"}, {"body": "<html>"}]
)
async def test_an_unanswered_question_is_no_permission(
    back: OutgoingHarness, method: str, fault: dict[str, object]
) -> None:
    back.world.faults.add(method, times=None, **fault)
    outcome = await _post(back, await back.place(back.alerts))
    assert isinstance(outcome, PlatformDown)
    assert not (await back.audience.audience(back.alerts.id)).known
    assert not await back.audience.is_safe_here(back.workspace_id, back.alerts.id)
    assert back.posted(back.alerts) == []


@pytest.mark.parametrize("kind", [*SAFE, *UNSAFE])
async def test_private_answers_name_a_client_on_safe_screens_only(back: OutgoingHarness, kind: str) -> None:
    make = SAFE[kind] if kind in SAFE else UNSAFE[kind][0]
    assert await back.audience.is_safe_here(back.workspace_id, make(back).id) is (kind in SAFE)


async def test_what_is_known_of_a_screen_is_kept_five_minutes_and_forgotten_on_an_event(back: OutgoingHarness) -> None:
    async def safe() -> bool:
        return await back.audience.is_safe_here(back.workspace_id, back.alerts.id)

    assert await safe()
    back.alerts.is_ext_shared = True
    assert await safe()
    back.clock.advance(timedelta(minutes=5))
    assert not await safe()
    back.alerts.is_ext_shared = False
    assert not await safe()
    back.audience.invalidate(back.alerts.id)
    assert await safe()


async def test_an_answer_that_was_on_its_way_when_somebody_joined_is_not_kept(
    back: OutgoingHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = back.client.conversations_info

    async def conversations_info(**arguments: Any) -> Any:
        answer = await ask(**arguments)
        back.alerts.is_ext_shared = True
        back.audience.invalidate(back.alerts.id)
        return answer

    monkeypatch.setattr(back.client, "conversations_info", conversations_info)
    await back.audience.is_safe_here(back.workspace_id, back.alerts.id)
    assert not await back.audience.is_safe_here(back.workspace_id, back.alerts.id)


async def test_a_direct_message_is_safe_when_it_is_ours(back: OutgoingHarness) -> None:
    ours, _ = back.world.conversations.direct(back.world.bot_user_id, back.ben.id)
    theirs, _ = back.world.conversations.direct(back.anna.id, back.ben.id)
    assert await back.audience.is_safe_here(back.workspace_id, ours.id)
    assert not await back.audience.is_safe_here(back.workspace_id, theirs.id)


async def test_a_direct_message_that_we_opened_is_known_to_be_ours(back: OutgoingHarness) -> None:
    await back.messenger.post_to_person(back.attempt(), await back.person(back.ben), CARD)
    channel = next(channel for channel in back.world.state.channels.values() if channel.kind == "im")
    assert await back.audience.is_safe_here(back.workspace_id, channel.id)
    assert back.calls("conversations.history") == []


async def test_a_large_channel_is_read_from_the_list_of_everybody(back: OutgoingHarness) -> None:
    for number in range(30):
        back.world.conversations.join(back.alerts, back.world.add_user(f"member{number}").id)
    assert isinstance(await _post(back, await back.place(back.alerts)), Delivered)
    assert len(back.calls("users.info")) == 0
    assert {(await back.directory.profile(user)).kind for user in back.alerts.members} == {
        PersonKind.MEMBER,
        PersonKind.BOT,
    }
