"""Which events the app hears of, in which words, and which it does not."""

from typing import Any

import pytest

from bot.playground import Playground
from bot.playground.people import Person
from tests.playground.app_side import MANIFEST, Listener


@pytest.fixture
def anna(playground: Playground) -> Person:
    """Someone who was there before the app listened."""
    return playground.add_user("anna")


async def heard(playground: Playground, listener: Listener) -> list[dict[str, Any]]:
    """The events since the last time, without their moments."""
    await playground.settled()
    events = listener.events()
    listener.received.clear()
    return [{key: value for key, value in event.items() if key != "event_ts"} for event in events]


@pytest.mark.parametrize(("kind", "prefix", "letter"), [("public", "channel", "C"), ("private", "group", "G")])
async def test_life_of_a_channel_with_the_app_in_it(
    playground: Playground, anna: Person, listener: Listener, kind: Any, prefix: str, letter: str
) -> None:
    do, bert = playground.conversations, playground.add_user("bert")
    channel = playground.add_channel("case", playground.bot_user_id, kind=kind)
    about = {"channel": channel.id, "channel_type": letter, "team": playground.team_id}
    bot = playground.bot_user_id
    await heard(playground, listener)

    def only(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [event for event in events if event["type"] != "message"]

    do.join(channel, bert.id, inviter=bot)
    joined = {"type": "member_joined_channel", "user": bert.id, "inviter": bot, **about}
    assert only(await heard(playground, listener)) == [joined]
    do.remove(channel, bert.id)
    left = {"type": "member_left_channel", "user": bert.id, **about}
    assert only(await heard(playground, listener)) == [left]
    do.rename(channel, "case-2", anna.id)
    renamed = only(await heard(playground, listener))
    assert (renamed[0]["type"], renamed[0]["channel"]["name"]) == (f"{prefix}_rename", "case-2")
    do.archive(channel, anna.id)
    assert only(await heard(playground, listener)) == [
        {"type": f"{prefix}_archive", "channel": channel.id, "user": anna.id}
    ]
    do.unarchive(channel, anna.id)
    assert only(await heard(playground, listener))[0]["type"] == f"{prefix}_unarchive"
    do.share(channel, "T0OTHER")
    shared = {"type": "channel_shared", "connected_team_id": "T0OTHER", "channel": channel.id}
    assert only(await heard(playground, listener)) == [shared]
    old = channel.id
    do.change_id(channel)
    changed = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": channel.id}
    assert only(await heard(playground, listener)) == [changed]
    do.delete(channel, anna.id)
    assert only(await heard(playground, listener))[0]["type"] == f"{prefix}_deleted"


@pytest.mark.parametrize(("kind", "event"), [("public", "channel_left"), ("private", "group_left")])
async def test_app_hears_of_its_own_removal_by_one_event_only(
    playground: Playground, anna: Person, listener: Listener, kind: Any, event: str
) -> None:
    channel = playground.add_channel("case", anna, playground.bot_user_id, kind=kind)
    await heard(playground, listener)
    playground.conversations.remove(channel, playground.bot_user_id, by=anna.id)
    assert await heard(playground, listener) == [{"type": event, "channel": channel.id, "actor_id": anna.id}]


async def test_app_hears_nothing_of_private_channels_it_is_not_in(
    playground: Playground, anna: Person, listener: Listener
) -> None:
    channel = playground.add_channel("secret", anna, kind="private")
    playground.conversations.rename(channel, "secret-2", anna.id)
    playground.conversations.share(channel, "T0OTHER")
    playground.conversations.archive(channel, anna.id)
    anna.say_to(playground.add_user("bert", team_id="T0OTHER"), text="just us")
    assert await heard(playground, listener) == []


async def test_app_hears_of_public_channels_but_not_who_is_in_them(
    playground: Playground, anna: Person, listener: Listener
) -> None:
    channel = playground.add_channel("open", anna)
    playground.conversations.archive(channel, anna.id)
    assert [event["type"] for event in await heard(playground, listener)] == ["channel_archive"]


async def test_messages_are_heard_only_where_subscribed(
    playground: Playground, anna: Person, listener: Listener
) -> None:
    public = playground.add_channel("open", anna, playground.bot_user_id)
    private = playground.add_channel("closed", anna, playground.bot_user_id, kind="private")
    await heard(playground, listener)
    anna.say(public, "not heard")
    anna.say(private, "heard & escaped")
    events = await heard(playground, listener)
    assert [(event["type"], event["text"]) for event in events] == [("message", "heard &amp; escaped")]
    assert (events[0]["channel"], events[0]["channel_type"]) == (private.id, "group")


async def test_missing_scope_silences_an_event(playground: Playground, listener: Listener) -> None:
    playground.installation.revoke_scope("users:read")
    playground.add_user("anna")
    assert await heard(playground, listener) == []


async def test_event_that_is_not_in_the_manifest_is_not_sent(listener: Listener) -> None:
    settings = {**MANIFEST["settings"], "event_subscriptions": {"bot_events": ["user_change"]}}
    playground = Playground({**MANIFEST, "settings": settings})
    playground.connect_http(listener.url)
    anna = playground.add_user("anna")
    playground.world.users.change(anna.id, deleted=True)
    await playground.settled()
    await playground.stop()
    assert [event["type"] for event in listener.events()] == ["user_change"]
    assert listener.events()[0]["user"]["deleted"] is True


async def test_shared_channels_are_marked_in_the_envelope(
    playground: Playground, anna: Person, listener: Listener
) -> None:
    channel = playground.add_channel("shared", anna, playground.bot_user_id)
    playground.conversations.share(channel, "T0OTHER")
    await playground.settled()
    listener.received.clear()
    playground.conversations.join(channel, playground.add_user("stranger", team_id="T0OTHER").id)
    await playground.settled()
    assert [received.payload["is_ext_shared_channel"] for received in listener.received] == [True]


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
async def test_removal_is_told_in_either_order_and_nothing_after_it(
    playground: Playground, anna: Person, listener: Listener, first: Any
) -> None:
    await heard(playground, listener)
    playground.dispatcher.hold()
    playground.installation.uninstall(first)
    playground.add_user("bert")
    playground.dispatcher.release()
    await listener.count(2)
    events = await heard(playground, listener)
    assert {event["type"] for event in events} == {"app_uninstalled", "tokens_revoked"}
    sent = [delivery.payload["event"]["type"] for delivery in playground.dispatcher.deliveries][-2:]
    assert sent[0] == first


async def test_rate_limit_notice_is_an_envelope_of_its_own(playground: Playground, listener: Listener) -> None:
    playground.installation.announce_rate_limit()
    await playground.settled()
    assert listener.received[0].payload["type"] == "app_rate_limited"
    assert listener.received[0].payload["minute_rate_limited"] % 60 == 0
