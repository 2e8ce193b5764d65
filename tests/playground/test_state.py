"""The state survives being written down and read back, and what is fresh is fresh."""

import aiohttp

from bot.playground import Playground
from tests.playground.app_side import MANIFEST, Api, Listener


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


async def test_starting_over_empties_the_workspace_and_keeps_the_app(session: aiohttp.ClientSession) -> None:
    playground = Playground(MANIFEST, rate_limits=True)
    await playground.start()
    api = Api(playground, session)
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    await api("chat.postMessage", channel=channel.id, text="hi")
    await api("views.publish", user_id=anna.id, view={"type": "home", "blocks": [{"type": "divider"}]})
    anna.mark_read(channel)
    trigger = playground.world.triggers.issue(anna.id)
    playground.faults.add("auth.test", error="internal_error", times=None)
    playground.installation.revoke_scope("pins:read")
    revision, identity = playground.world.changes.revision, (playground.base_url, playground.bot_token)
    playground.connect_http("http://127.0.0.1:9/slack/events")

    await playground.world.start_over()

    assert (playground.base_url, playground.bot_token) == identity
    assert playground.world.changes.since(revision, "U1").everything
    assert playground.world.http.url is None
    assert list(playground.state.users) == [playground.bot_user_id]
    fresh = Playground(MANIFEST).state
    for emptied in ("channels", "messages", "ephemerals", "files", "views", "homes", "last_read", "response_urls"):
        assert getattr(playground.state, emptied) == getattr(fresh, emptied) == {}, emptied
    assert playground.state.scopes == fresh.scopes
    assert (await api("auth.test"))["ok"]
    answer = await api("views.open", trigger_id=trigger, view={"type": "modal", "blocks": []})
    assert not answer["ok"]
    assert playground.add_channel("general").name == "general"
    await playground.stop()


async def test_starting_over_gives_up_what_was_still_to_be_brought(playground: Playground, listener: Listener) -> None:
    listener.react = lambda payload: aiohttp.web.Response(status=500)
    playground.add_user("anna")
    await playground.settled()
    heard = len(listener.received)
    assert playground.clock.next_awaited() is not None
    await playground.world.start_over()
    assert playground.clock.next_awaited() is None
    playground.connect_http(listener.url)
    listener.react = lambda payload: None
    playground.add_user("bert")
    await playground.settled()
    assert [event["user"]["name"] for event in listener.events("team_join")[heard:]] == ["bert"]
