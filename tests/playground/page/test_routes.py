"""What the page serves: its own files, who can be played, that something changed, and files to those who see them."""

import json
import re
from pathlib import Path

import aiohttp
import pytest

from bot.playground import Person, Playground
from bot.playground.page import routes
from tests.playground.app_side import Api

STATIC = Path(routes.__file__).parent / "static"


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


async def test_browsers_keep_the_parts_that_the_page_names_and_nothing_else(
    playground: Playground, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def got(path: str) -> tuple[str, str]:
        async with session.get(playground.base_url + path) as response:
            assert response.status == 200
            return response.headers["Cache-Control"], await response.text()

    kept, frame = await got("/")
    assert kept == "no-store"
    named = re.findall(r'"(/page/static/[^"]+)"', frame)
    assert named
    for path in named:
        assert "immutable" in (await got(path))[0]
    assert (await got("/page/static/app.js"))[0] == "no-store"

    changed = routes.Parts()
    monkeypatch.setitem(changed._files, "app.js", STATIC / "dom.js")
    assert named[0] not in changed.frame()


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
