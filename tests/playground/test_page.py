"""What the page serves, and that it shows a person no more than that person sees."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground import Person, Playground
from bot.playground.page import routes
from bot.playground.page.conversation import STRETCH
from bot.playground.page.routes import page_routes
from tests.playground.app_side import MANIFEST, Api

STATIC = Path(routes.__file__).parent / "static"
PLAIN = {"type": "plain_text", "text": "A"}
OPTIONS = [{"text": PLAIN, "value": "1"}, {"text": PLAIN, "value": "2"}]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A workspace with the page."""
    playground = Playground(MANIFEST, ack_timeout=0.3)
    playground.add_routes(page_routes(playground.world))
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
def anna(playground: Playground) -> Person:
    return playground.add_user("anna", real_name="Anna", is_admin=True)


@pytest.fixture
def bram(playground: Playground) -> Person:
    return playground.add_user("bram", display_name="Bram B.", is_restricted=True)


async def seen(
    playground: Playground, session: aiohttp.ClientSession, person: Person, channel: str = "", **asked: Any
) -> Any:
    query = {"channel": channel, **asked} if channel else asked
    async with session.get(f"{playground.base_url}/page/{person.id}/seen", params=query) as response:
        assert response.status == 200
        return await response.json()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page/static/app.js", "text/javascript"),
        ("/page/static/dom.js", "text/javascript"),
        ("/page/static/style.css", "text/css"),
    ],
)
async def test_the_page_comes_without_leave_to_load_from_elsewhere(
    playground: Playground, session: aiohttp.ClientSession, path: str, kind: str
) -> None:
    async with session.get(playground.base_url + path) as response:
        body = await response.text()
    assert (response.status, response.content_type) == (200, kind)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "'unsafe" not in response.headers["Content-Security-Policy"]
    assert re.search(r"\S", body)


def test_no_module_makes_nodes_from_text_or_reaches_for_other_places() -> None:
    for file in STATIC.rglob("*.js"):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        found = re.search(
            r"\binnerHTML\b|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://", text
        )
        assert found is None, (file, found)


def test_every_module_imports_what_exists() -> None:
    for file in STATIC.rglob("*.js"):
        for names, path in re.findall(r"import \{([^}]*)\} from \"([^\"]+)\"", file.read_text(encoding="utf-8")):
            target = (file.parent / path).resolve()
            assert target.is_file(), (file, path)
            exported = target.read_text(encoding="utf-8")
            for name in (part.split(" as ")[0].strip() for part in names.split(",")):
                assert not name or re.search(rf"export [^;]*\b{name}\b", exported), (file, path, name)


@pytest.mark.parametrize(
    "path",
    [
        "/page/static/routes.py",
        "/page/static/index.html",
        "/page/static/..%2froutes.py",
        "/page/UNOBODY/seen",
        "/page/UNOBODY/files/F1",
    ],
)
async def test_nothing_else_is_served(playground: Playground, session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(playground.base_url + path) as response:
        assert response.status == 404


async def test_a_name_from_elsewhere_does_not_reach_the_page(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    async with session.get(playground.base_url, headers={"Host": "evil.example"}) as response:
        assert response.status == 403


async def test_the_bot_cannot_be_played(playground: Playground, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{playground.base_url}/page/{playground.bot_user_id}/seen") as response:
        assert response.status == 404


async def test_the_cast_is_the_people_and_what_the_app_offers(
    playground: Playground, session: aiohttp.ClientSession, anna: Person, bram: Person
) -> None:
    playground.add_user("gone", deleted=True)
    outsider = playground.add_user("olga", team_id="TELSEWHERE")
    async with session.get(f"{playground.base_url}/page/cast") as response:
        cast = await response.json()
    told = [(one["id"], one["name"], one["kind"], one["roles"]) for one in cast["people"]]
    assert told == [
        (anna.id, "Anna", "member", ["admin"]),
        (bram.id, "Bram B.", "guest", []),
        (outsider.id, "olga", "foreign", []),
    ]
    assert cast["people"][0] | {"handle": "anna", "locale": "en-US", "zone": "Europe/Amsterdam"} == cast["people"][0]
    assert cast["app"] == {"name": "Echo", "user": playground.bot_user_id, "home": True, "messages": True}
    assert cast["commands"][0] == {"name": "/echo", "description": "Say it back", "hint": ""}
    assert cast["shortcuts"][0] == {
        "name": "Note",
        "type": "message",
        "callback_id": "note_message",
        "description": "Note it",
    }


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


async def test_the_page_hears_that_something_changed(
    playground: Playground, session: aiohttp.ClientSession, anna: Person
) -> None:
    channel = playground.add_channel("general", anna)
    async with session.get(f"{playground.base_url}/page/{anna.id}/live") as response:
        assert response.content_type == "text/event-stream"

        async def heard() -> int:
            line = await response.content.readline()
            assert await response.content.readline() == b"\n"
            revision: int = json.loads(line.removeprefix(b"data: "))["revision"]
            return revision

        assert await heard() == playground.world.changes.revision
        anna.say(channel, "Hello")
        assert await heard() == playground.world.changes.revision


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


async def test_a_file_is_downloaded_by_who_sees_its_channel(
    playground: Playground, session: aiohttp.ClientSession, api: Api, anna: Person, bram: Person
) -> None:
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    content = b"<script>alert(1)</script>"
    ticket = await api("files.getUploadURLExternal", filename="a.html", length=len(content))
    await session.post(ticket["upload_url"], data=content)
    files = [{"id": ticket["file_id"], "title": "A"}]
    await api("files.completeUploadExternal", files=files, channel_id=channel.id)
    async with session.get(f"{playground.base_url}/page/{anna.id}/files/{ticket['file_id']}") as response:
        assert (response.status, await response.read()) == (200, content)
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    for path in (f"{bram.id}/files/{ticket['file_id']}", f"{anna.id}/files/FNONE"):
        async with session.get(f"{playground.base_url}/page/{path}") as response:
            assert response.status == 404
