"""Response URLs: five answers within half an hour, to the person or the channel."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.playground.app_side import Api, Listener


@pytest.fixture
def post(session: aiohttp.ClientSession) -> Any:
    """Posts to a URL; returns status and text."""

    async def send(url: str, **body: Any) -> tuple[int, str]:
        async with session.post(url, json=body) as response:
            return response.status, await response.text()

    return send


async def test_five_answers_within_half_an_hour(playground: Playground, listener: Listener, post: Any) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    playground.add_channel("general", anna, bert)
    await anna.command("/echo", channel="general")
    url = listener.asked[-1]["response_url"]
    for number in range(5):
        assert await post(url, text=str(number)) == (200, "ok")
    assert (await post(url, text="6"))[0] == 404
    assert [m.text for m in anna.read("general")] == list("01234")
    assert bert.read("general") == []

    await anna.command("/echo", channel="general")
    url = listener.asked[-1]["response_url"]
    playground.clock.advance(timedelta(minutes=29))
    assert await post(url, text="hi all", response_type="in_channel") == (200, "ok")
    playground.clock.advance(timedelta(minutes=2))
    status, text = await post(url, text="late")
    assert (status, "expired_url" in text) == (404, True)
    assert [m.text for m in bert.read("general")] == ["hi all"]


async def test_answer_replaces_or_deletes_the_message_it_came_from(
    playground: Playground, listener: Listener, api: Api, post: Any
) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    label = {"type": "plain_text", "text": "Go"}
    blocks = [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": label}]}]
    await api("chat.postEphemeral", channel=channel.id, user=anna.id, text="pick", blocks=blocks)
    await anna.click(anna.read(channel)[-1], "go")
    url = listener.asked[-1]["response_url"]
    await post(url, text="picked", replace_original=True)
    assert [(m.text, m.blocks) for m in anna.read(channel)] == [("picked", [])]
    await post(url, text="beside it")
    assert [m.text for m in anna.read(channel)] == ["picked", "beside it"]
    await post(url, delete_original=True)
    assert [m.text for m in anna.read(channel)] == ["beside it"]


async def test_bad_answers_are_refused_and_not_counted(playground: Playground, listener: Listener, post: Any) -> None:
    anna = playground.add_user("anna")
    await anna.command("/echo")
    url = listener.asked[-1]["response_url"]
    for _ in range(6):
        assert (await post(url))[0] == 400
        assert (await post(url, text="x", blocks=[{"type": "nonsense"}]))[0] == 400
    assert (await post(url, text="good"))[0] == 200
    assert (await post(url + "x", text="good"))[0] == 404
    assert [m.text for m in anna.read()] == ["good"]


async def test_answers_follow_a_channel_to_its_new_id(playground: Playground, listener: Listener, post: Any) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna)
    listener.react = lambda payload: {"text": "before"}
    await anna.command("/echo", channel=channel)
    playground.conversations.change_id(channel)
    assert (await post(listener.asked[-1]["response_url"], text="after"))[0] == 200
    assert [m.text for m in anna.read("general")] == ["before", "after"]
