"""The page shows a person no more than that person sees, and again only what changed."""

from typing import Any

import aiohttp
import pytest

from bot.playground import Person, Playground
from bot.playground.page.conversation import STRETCH
from tests.playground.app_side import Api

PLAIN = {"type": "plain_text", "text": "A"}
OPTIONS = [{"text": PLAIN, "value": "1"}, {"text": PLAIN, "value": "2"}]


async def seen(
    playground: Playground, session: aiohttp.ClientSession, person: Person, channel: str = "", **asked: Any
) -> Any:
    """What the page shows to a person, the conversation `channel` opened."""
    query = {"channel": channel, **asked} if channel else asked
    async with session.get(f"{playground.base_url}/page/{person.id}/seen", params=query) as response:
        assert response.status == 200
        return await response.json()


async def test_a_person_sees_their_channels_and_no_others(
    playground: Playground, session: aiohttp.ClientSession, anna: Person, bram: Person
) -> None:
    general = playground.add_channel("general", anna)
    secret = playground.add_channel("secret", anna, kind="private")
    by_anna = {one["id"]: one["member"] for one in (await seen(playground, session, anna))["channels"]}
    assert by_anna == {general.id: True, secret.id: True}
    assert (await seen(playground, session, bram))["channels"] == []
    async with session.get(f"{playground.base_url}/page/{bram.id}/seen?channel={secret.id}") as response:
        assert (response.status, await response.json()) == (
            409,
            {"ok": False, "error": "You do not see this conversation."},
        )


async def test_a_direct_conversation_is_called_after_the_other(
    playground: Playground, session: aiohttp.ClientSession, anna: Person, bram: Person
) -> None:
    anna.say_to(bram, text="Hello")
    anna.read()
    shown = (await seen(playground, session, anna))["channels"]
    assert [(one["name"], one["kind"], one["with_app"]) for one in shown] == [
        ("Bram B.", "im", False),
        ("Echo", "im", True),
    ]


async def test_a_private_message_is_seen_by_one_person_only(
    playground: Playground, session: aiohttp.ClientSession, api: Api, anna: Person
) -> None:
    carla = playground.add_user("carla")
    channel = playground.add_channel("general", anna, carla, playground.bot_user_id)
    await api("chat.postEphemeral", channel=channel.id, user=anna.id, text="Between us")
    by_anna = (await seen(playground, session, anna, channel.id))["open"]["messages"]
    by_carla = (await seen(playground, session, carla, channel.id))["open"]["messages"]
    assert [one["text"] for one in by_anna if one["private"]] == ["Between us"]
    assert [one["text"] for one in by_carla if one["private"]] == []


async def test_what_was_chosen_in_a_message_is_shown_to_who_chose_it(
    playground: Playground, session: aiohttp.ClientSession, api: Api, anna: Person
) -> None:
    carla = playground.add_user("carla")
    channel = playground.add_channel("general", anna, carla, playground.bot_user_id)
    menu = {"type": "static_select", "action_id": "pick", "options": OPTIONS, "initial_option": OPTIONS[0]}
    blocks = [{"type": "actions", "block_id": "b", "elements": [menu]}]
    await api("chat.postMessage", channel=channel.id, text="Pick", blocks=blocks)
    await anna.select(anna.read(channel)[-1], "pick", "2")

    async def picked(person: Person) -> str:
        message = (await seen(playground, session, person, channel.id))["open"]["messages"][-1]
        value: str = message["values"]["b"]["pick"]["selected_option"]["value"]
        return value

    assert await picked(anna) == "2"
    assert await picked(carla) == "1"


async def test_a_home_tab_is_shown_with_its_values(
    playground: Playground, session: aiohttp.ClientSession, api: Api, anna: Person
) -> None:
    assert (await seen(playground, session, anna))["home"] is None
    field = {"type": "plain_text_input", "action_id": "typed", "initial_value": "before"}
    blocks = [{"type": "input", "block_id": "b", "label": PLAIN, "element": field}]
    await api("views.publish", user_id=anna.id, view={"type": "home", "blocks": blocks})
    shown = await seen(playground, session, anna)
    assert shown["home"]["values"]["b"]["typed"]["value"] == "before"
    assert shown["modal"] is None


async def test_only_what_changed_comes_again(
    playground: Playground, session: aiohttp.ClientSession, api: Api, anna: Person
) -> None:
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    first = (await api("chat.postMessage", channel=channel.id, text="First"))["ts"]
    second = anna.say(channel, "Second").ts
    before = await seen(playground, session, anna, channel.id)
    assert before["whole"]
    await api("chat.update", channel=channel.id, ts=first, text="First, again")
    after = await seen(playground, session, anna, channel.id, since=before["revision"])
    assert not after["whole"]
    assert [one["text"] for one in after["open"]["messages"]] == ["First, again"]
    assert after["open"]["order"] == before["open"]["order"]
    await api("chat.delete", channel=channel.id, ts=first)
    gone = await seen(playground, session, anna, channel.id, since=after["revision"])
    assert (gone["open"]["order"][-1], gone["open"]["messages"]) == (second, [])
    assert first not in gone["open"]["order"]
    assert (await seen(playground, session, anna, channel.id, since=1))["whole"]


async def test_a_thread_stands_beside_the_channel(
    playground: Playground, session: aiohttp.ClientSession, anna: Person
) -> None:
    channel = playground.add_channel("general", anna)
    root = anna.say(channel, "Root")
    reply = anna.say(channel, "Reply", thread_ts=root.ts)
    shown = await seen(playground, session, anna, channel.id, thread=root.ts)
    assert reply.ts not in shown["open"]["order"]
    assert next(one for one in shown["open"]["messages"] if one["ts"] == root.ts)["reply_count"] == 1
    assert [one["text"] for one in shown["thread"]["messages"]] == ["Root", "Reply"]
    known = {"thread": root.ts, "since": shown["revision"], "thread_since": shown["revision"]}
    again = await seen(playground, session, anna, channel.id, **known)
    assert (again["thread"]["order"], again["thread"]["messages"]) == ([root.ts, reply.ts], [])


async def test_a_long_channel_comes_in_stretches(
    playground: Playground, session: aiohttp.ClientSession, anna: Person
) -> None:
    channel = playground.add_channel("general", anna)
    said = [anna.say(channel, f"Number {number}").ts for number in range(2 * STRETCH)]
    shown = (await seen(playground, session, anna, channel.id))["open"]
    assert (shown["order"], shown["start"], shown["older"]) == (said[-STRETCH:], said[-STRETCH], True)
    url = f"{playground.base_url}/page/{anna.id}/before"
    async with session.get(url, params={"channel": channel.id, "ts": shown["start"]}) as response:
        earlier = await response.json()
    assert [one["ts"] for one in earlier["messages"]] == said[:STRETCH]
    assert (await seen(playground, session, anna, channel.id, start=earlier["start"]))["open"]["order"][-1] == said[-1]
    async with session.get(url, params={"channel": channel.id, "ts": earlier["start"]}) as response:
        assert (await response.json())["start"] == ""


async def test_what_is_unread_comes_with_its_newest_message(
    playground: Playground, session: aiohttp.ClientSession, anna: Person
) -> None:
    carla = playground.add_user("carla")
    channel = playground.add_channel("general", anna, carla)
    message = carla.say(channel, "Are you there?")
    (shown,) = (await seen(playground, session, anna))["channels"]
    assert (shown["unread"], shown["latest"]) == (
        1,
        {"ts": message.ts, "user": carla.id, "text": "Are you there?"},
    )
    anna.mark_read(channel)
    (shown,) = (await seen(playground, session, anna))["channels"]
    assert shown["unread"] == 0
    assert "latest" not in shown


async def test_a_guest_is_told_of_no_one_they_do_not_meet(
    playground: Playground, session: aiohttp.ClientSession, anna: Person, bram: Person
) -> None:
    carla = playground.add_user("carla")
    playground.add_channel("project", anna, bram, kind="private")
    assert carla.id in (await seen(playground, session, anna))["people"]
    assert set((await seen(playground, session, bram))["people"]) == {anna.id, bram.id, playground.bot_user_id}


@pytest.mark.parametrize("name", ["since", "thread_since"])
async def test_nonsense_is_no_revision(
    playground: Playground, session: aiohttp.ClientSession, anna: Person, name: str
) -> None:
    async with session.get(f"{playground.base_url}/page/{anna.id}/seen", params={name: "x"}) as response:
        assert response.status == 400


async def test_the_time_of_the_workspace_is_shown(
    playground: Playground, session: aiohttp.ClientSession, anna: Person
) -> None:
    before = playground.clock.now().isoformat()
    now = (await seen(playground, session, anna))["now"]
    assert before <= now <= playground.clock.now().isoformat()
