"""The state survives being written down and read back, and what is fresh is fresh."""

import aiohttp

from bot.playground import Playground
from tests.playground.app_side import MANIFEST, Api


async def test_workspace_goes_on_where_it_was_written_down(session: aiohttp.ClientSession) -> None:
    first = Playground(MANIFEST)
    await first.start()
    api = Api(first, session)
    anna = first.add_user("anna", real_name="\u202eAnna <3 🎈")
    channel = first.add_channel("general", anna, first.bot_user_id)
    ts = (await api("chat.postMessage", channel=channel.id, text="hi", blocks=[{"type": "divider"}]))["ts"]
    await api("pins.add", channel=channel.id, timestamp=ts)
    await api("chat.postEphemeral", channel=channel.id, user=anna.id, text="psst")
    await api("views.publish", user_id=anna.id, view={"type": "home", "blocks": [{"type": "divider"}]})
    ticket = await api("files.getUploadURLExternal", filename="a.bin", length=3)
    async with session.post(ticket["upload_url"], data=b"\x00\xff\x01"):
        pass
    await first.stop()

    second = Playground(MANIFEST, state=first.dump())
    await second.start()
    again = second.person("anna")
    assert (second.bot_token, second.team_id) == (first.bot_token, first.team_id)
    assert again.user.real_name == "\u202eAnna <3 🎈"
    assert [m.text for m in again.read("general")] == ["hi", "psst"]
    assert again.home is not None
    assert second.state.files[ticket["file_id"]].content == b"\x00\xff\x01"
    later = (await Api(second, session)("chat.postMessage", channel=channel.id, text="more"))["ts"]
    assert later > ts
    assert second.state.channels == second.world.state.channels
    await second.stop()


async def test_every_playground_has_its_own_secrets_and_port() -> None:
    playgrounds = [Playground(MANIFEST) for _ in range(10)]
    for playground in playgrounds:
        await playground.start()
    assert len({playground.base_url for playground in playgrounds}) == 10
    for name in ("bot_token", "app_token", "signing_secret", "team_id", "bot_user_id"):
        assert len({getattr(playground, name) for playground in playgrounds}) == 10
    assert playgrounds[0].bot_token.startswith("xoxb-")
    assert playgrounds[0].app_token.startswith("xapp-")
    for playground in playgrounds:
        await playground.stop()
        await playground.stop()
