"""The levers over HTTP: for this machine, with plain answers to bad arguments."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.playground.app_side import Api, Listener


@pytest.fixture
def control(playground: Playground, session: aiohttp.ClientSession) -> Any:
    """Pulls a lever; returns the status and the answer."""

    async def pull(action: str, **arguments: Any) -> tuple[int, Any]:
        async with session.post(f"{playground.base_url}/control/{action}", json=arguments) as response:
            answer = await response.json()
            return response.status, answer.get("result", answer.get("error"))

    return pull


async def test_workspace_is_built_and_changed(playground: Playground, control: Any) -> None:
    _, anna = await control("users/add", name="anna", is_admin=True)
    _, guest = await control("users/add", name="guest", is_restricted=True)
    _, channel = await control("channels/add", name="general", creator=anna["id"], kind="private")
    for action, arguments in (
        ("channels/join", {"user": guest["id"]}),
        ("channels/offer", {}),
        ("channels/share", {"team_id": "T0OTHER"}),
        ("channels/rename", {"name": "renamed", "user": anna["id"]}),
        ("channels/remove", {"user": guest["id"], "by": anna["id"]}),
        ("channels/archive", {"user": anna["id"]}),
    ):
        assert (await control(action, channel=channel["id"], **arguments))[0] == 200, action
    stored = playground.channel("renamed")
    assert (stored.is_ext_shared, stored.is_archived, stored.members) == (True, True, [anna["id"]])
    await control("users/change", user=anna["id"], deleted=True)
    assert playground.state.users[anna["id"]].deleted is True
    assert (await control("channels/delete", channel=channel["id"], user=anna["id"]))[0] == 200
    assert channel["id"] not in playground.state.channels


async def test_bad_levers_and_arguments(control: Any) -> None:
    assert (await control("nothing/here"))[0] == 404
    assert (await control("channels/archive", channel="C404", user="U1")) == (400, "channel_not_found")
    assert (await control("channels/archive", channel="C404"))[0] == 400
    assert (await control("users/add", name="anna", no_such_field=1))[0] == 400
    assert (await control("clock/set", moment="2026-03-02"))[0] == 400
    assert (await control("app/revoke_scope", scope="unknown"))[0] == 400


async def test_clock_faults_scopes_and_limits(playground: Playground, control: Any, api: Api) -> None:
    await control("clock/set", moment="2026-03-02T09:00:00+01:00")
    assert playground.clock.now().isoformat().startswith("2026-03-02T08:00:0")
    await control("clock/advance", seconds=3600)
    assert playground.clock.now().isoformat().startswith("2026-03-02T09:00:0")
    await control("faults/add", method="auth.test", error="internal_error")
    assert len((await control("faults/list"))[1]) == 1
    assert (await api("auth.test"))["error"] == "internal_error"
    await control("app/revoke_scope", scope="users:read")
    assert (await api("users.list"))["error"] == "missing_scope"
    await control("limits/set", enabled=True, restricted_history=True)
    assert (playground.rate_limits.enabled, playground.rate_limits.restricted_history) == (True, True)


async def test_people_act_and_look(playground: Playground, control: Any, api: Api, listener: Listener) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    label = {"type": "plain_text", "text": "Go"}
    blocks = [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": label}]}]
    listener.react = lambda payload: {"text": "hello"} if "command" in payload else None

    _, outcome = await control("people/command", user=anna.id, name="/echo", text="hi", channel="general")
    assert (outcome["ok"], outcome["status"], outcome["toast"]) == (True, 200, None)
    await api("chat.postMessage", channel=channel.id, text="look", blocks=blocks)
    _, seen = await control("people/read", user=anna.id, channel="general", system=False)
    assert [(m["text"], m["is_ephemeral"]) for m in seen] == [("hello", True), ("look", False)]
    target = {"channel": channel.id, "ts": seen[-1]["ts"]}
    assert (await control("people/click", user=anna.id, target=target, action_id="go"))[1]["ok"] is True
    status, error = await control("people/click", user=anna.id, target=target, action_id="stop")
    assert (status, "stop" in error) == (409, True)
    _, look = await control("people/look", user=anna.id)
    assert [one["name"] for one in look["channels"]] == ["general"]
    await control("people/say", user=anna.id, channel="general", text="me too")
    assert anna.read(channel)[-1].text == "me too"


async def test_modals_by_control(playground: Playground, control: Any, api: Api, listener: Listener) -> None:
    anna = playground.add_user("anna")
    text = {"type": "plain_text", "text": "Note"}
    element = {"type": "plain_text_input", "action_id": "typed"}
    field = {"type": "input", "block_id": "what", "label": text, "element": element}
    view = {"type": "modal", "title": text, "submit": text, "blocks": [field]}
    await api("views.open", trigger_id=playground.world.triggers.issue(anna.id), view=view)
    _, look = await control("people/look", user=anna.id)
    target = {"view": look["views"][0]["id"]}
    assert (await control("people/submit", user=anna.id))[1]["errors"] == {
        "what": "Please complete this required field."
    }
    await control("people/select", user=anna.id, target=target, action_id="typed", choice="done")
    assert (await control("people/submit", user=anna.id))[1]["ok"] is True
    assert (await control("people/submit", user=anna.id))[0] == 409


async def test_line_is_logged_in_both_directions(
    playground: Playground, session: aiohttp.ClientSession, api: Api, listener: Listener
) -> None:
    anna = playground.add_user("anna")
    await playground.settled()
    await api("users.info", user=anna.id)
    await anna.command("/echo", "hi")
    async with session.get(f"{playground.base_url}/control/log") as response:
        log = (await response.json())["result"]
    assert [(entry["direction"], entry["name"]) for entry in log] == [
        ("to_app", "event team_join"),
        ("from_app", "users.info"),
        ("to_app", "command /echo"),
    ]
    assert log[1]["request"] == {"user": anna.id}
    assert all(entry["status"] == 200 and entry["seconds"] >= 0 for entry in log)
    async with session.get(f"{playground.base_url}/control/log?after={log[1]['number']}") as response:
        assert len((await response.json())["result"]) == 1
    assert playground.bot_token not in str(log)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Content-Type": "application/json"},
        {"Content-Type": "text/plain"},
        {"Origin": "null", "Content-Type": "application/json"},
    ],
)
async def test_pages_from_elsewhere_may_not_steer(
    playground: Playground, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    url = f"{playground.base_url}/control/app/uninstall"
    async with session.post(url, data="{}", headers=headers) as response:
        assert response.status == 403
    assert playground.state.installed


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        ("rate_limited", {"status": 429, "retry_after": "5"}),
        ("timeout", {"hang": True}),
        ("drop_after", {"drop": "after"}),
        ("server_error", {"status": 503}),
    ],
)
async def test_failures_go_by_their_names(
    playground: Playground, session: aiohttp.ClientSession, control: Any, kind: str, met: dict[str, Any]
) -> None:
    assert (await control("faults/add", method=None, kind=kind, times=2))[0] == 200
    async with session.get(f"{playground.base_url}/control/faults") as response:
        (fault,) = (await response.json())["result"]
    assert (fault["method"], fault["times"]) == ("*", 2)
    assert met.items() <= fault.items()
    assert (await control("faults/clear"))[0] == 200
    assert playground.faults.lined_up() == []
    assert (await control("faults/add", method=None, kind="earthquake"))[0] == 400


async def test_a_channel_is_shared_and_the_app_sent_away(playground: Playground, control: Any) -> None:
    place = playground.add_channel("place", playground.bot_user_id)
    assert (await control("channels/share", channel=place.id))[0] == 200
    assert place.is_ext_shared
    assert place.connected_team_ids[0] != playground.team_id
    partner = playground.add_user("pat", team_id="T0PARTNER")
    other = playground.add_channel("other")
    await control("channels/share", channel=other.id)
    assert other.connected_team_ids == [partner.user.team_id]
    assert (await control("channels/kick_app", channel=place.id))[0] == 200
    assert playground.bot_user_id not in place.members


async def test_each_exchange_has_a_number_a_moment_and_the_time_to_acknowledge(
    playground: Playground, session: aiohttp.ClientSession, control: Any, listener: Listener
) -> None:
    anna = playground.add_user("anna")
    await anna.command("/echo", "hi")
    await playground.settled()
    async with session.get(f"{playground.base_url}/control/log") as response:
        log = (await response.json())["result"]
    assert [entry["number"] for entry in log] == [1, 2]
    for entry in log:
        assert {"direction", "name", "transport", "request", "response", "status", "seconds", "at"} <= entry.keys()
        assert 0 < entry["seconds"] < 3
    await control("log/clear")
    await anna.command("/echo", "again")
    assert [exchange.number for exchange in playground.inspector.since(2)] == [3]


async def test_whoever_acts_waits_while_the_workspace_is_furnished(
    playground: Playground, session: aiohttp.ClientSession, control: Any
) -> None:
    anna = playground.add_user("anna")
    playground.add_channel("general", anna)
    with playground.closed():
        saying = asyncio.create_task(control("people/say", user=anna.id, channel="general", text="knock"))
        for _ in range(3):
            async with session.get(f"{playground.base_url}/control/clock") as response:
                assert response.status == 200
        assert anna.read("general") == []
        assert not saying.done()
    assert (await saying)[0] == 200
    assert [message.text for message in anna.read("general")] == ["knock"]
