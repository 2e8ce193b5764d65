"""Files: the three steps of an upload, who sees the result, and pins and reactions on messages."""

import aiohttp

from bot.playground import Playground
from tests.playground.app_side import Api


async def upload(api: Api, session: aiohttp.ClientSession, content: bytes, name: str = "plan.ics") -> str:
    ticket = await api("files.getUploadURLExternal", filename=name, length=len(content))
    async with session.post(ticket["upload_url"], data=content) as response:
        assert response.status == 200
    key: str = ticket["file_id"]
    return key


async def test_file_is_shared_with_its_comment(
    playground: Playground, api: Api, session: aiohttp.ClientSession
) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    parent = anna.say(channel, "where is it?")
    key = await upload(api, session, b"BEGIN:VCALENDAR")
    done = await api(
        "files.completeUploadExternal",
        files=[{"id": key, "title": "The plan"}],
        channel_id=channel.id,
        initial_comment="here",
        thread_ts=parent.ts,
    )
    assert done["files"][0]["title"] == "The plan"
    assert done["files"][0]["mimetype"] == "text/calendar"
    message = anna.read(channel)[-1]
    assert (message.text, message.thread_ts, message.files) == ("here", parent.ts, [key])

    info = (await api("files.info", file=key))["file"]
    headers = {"Authorization": f"Bearer {playground.bot_token}"}
    async with session.get(info["url_private"], headers=headers) as response:
        assert await response.read() == b"BEGIN:VCALENDAR"
    async with session.get(info["url_private"]) as response:
        assert response.status == 403
    assert (await api("files.delete", file=key))["ok"]
    assert (await api("files.info", file=key))["error"] == "file_not_found"
    assert anna.read(channel)[-1].files == []


async def test_form_upload_counts_too(playground: Playground, api: Api, session: aiohttp.ClientSession) -> None:
    ticket = await api("files.getUploadURLExternal", filename="a.txt", length=3)
    form = aiohttp.FormData()
    form.add_field("file", b"abc", filename="a.txt")
    async with session.post(ticket["upload_url"], data=form) as response:
        assert response.status == 200
    assert playground.state.files[ticket["file_id"]].content == b"abc"


async def test_the_upload_itself_is_on_record_without_its_bytes(
    playground: Playground, api: Api, session: aiohttp.ClientSession
) -> None:
    await upload(api, session, b"BEGIN:VCALENDAR")
    (taken,) = playground.inspector.exchanges("from_app", "upload")
    assert (taken.request, taken.status, taken.response) == ({"bytes": 15}, 200, "OK - 15")
    assert [one.name for one in playground.inspector.exchanges("from_app")] == [
        "files.getUploadURLExternal",
        "upload",
    ]


async def test_uploads_that_cannot_be(playground: Playground, api: Api, session: aiohttp.ClientSession) -> None:
    assert (await api("files.getUploadURLExternal", filename="a.txt", length=0))["error"] == "missing_argument"
    ticket = await api("files.getUploadURLExternal", filename="a.txt", length=5)
    nothing_yet = await api("files.completeUploadExternal", files=[{"id": ticket["file_id"]}])
    assert nothing_yet["error"] == "file_not_found"
    async with session.post(ticket["upload_url"], data=b"four") as response:
        assert response.status == 400
    async with session.post(f"{playground.base_url}/upload/v1/nonsense", data=b"x") as response:
        assert response.status == 400
    key = await upload(api, session, b"abc")
    elsewhere = playground.add_channel("elsewhere", playground.add_user("anna"))
    answer = await api("files.completeUploadExternal", files=[{"id": key}], channel_id=elsewhere.id)
    assert answer["error"] == "not_in_channel"
    assert (await api("files.info", file=key))["error"] == "file_not_found"
    assert (await api("files.completeUploadExternal", files=[{"id": key}]))["ok"]
    assert (await api("files.completeUploadExternal", files=[{"id": key}]))["error"] == "file_not_found"


async def test_pins(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("general")
    ts = (await api("chat.postMessage", channel=channel.id, text="opening"))["ts"]
    assert (await api("pins.add", channel=channel.id, timestamp=ts))["ok"]
    assert (await api("pins.add", channel=channel.id, timestamp=ts))["error"] == "already_pinned"
    pinned = (await api("pins.list", channel=channel.id))["items"]
    assert [item["message"]["text"] for item in pinned] == ["opening"]
    assert (await api("pins.remove", channel=channel.id, timestamp=ts))["ok"]
    assert (await api("pins.remove", channel=channel.id, timestamp=ts))["error"] == "no_pin"
    assert (await api("pins.add", channel=channel.id, timestamp="1.000001"))["error"] == "message_not_found"
    elsewhere = playground.add_user("anna")
    other = playground.add_channel("other", elsewhere)
    said = elsewhere.say(other, "hi")
    assert (await api("pins.add", channel=other.id, timestamp=said.ts))["error"] == "not_in_channel"


async def test_deleting_a_message_takes_its_pin_away(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("general")
    ts = (await api("chat.postMessage", channel=channel.id, text="opening"))["ts"]
    await api("pins.add", channel=channel.id, timestamp=ts)
    await api("chat.delete", channel=channel.id, ts=ts)
    assert (await api("pins.list", channel=channel.id))["items"] == []
