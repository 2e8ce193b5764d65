"""The Web API's door: tokens, encodings, arguments, scopes; and what is told of the app, the team and its users."""

import json
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.playground.app_side import MANIFEST, Api


async def test_auth_test_says_who_the_app_is(playground: Playground, api: Api) -> None:
    answer = await api("auth.test")
    assert answer["ok"] is True
    assert answer["url"] == f"{playground.base_url}/"
    assert (answer["team_id"], answer["user_id"]) == (playground.team_id, playground.bot_user_id)
    assert answer["bot_id"] == playground.state.bot_id
    assert "chat:write" in api.headers["X-OAuth-Scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"), [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")]
)
async def test_wrong_tokens_are_refused(playground: Playground, api: Api, token: str | None, error: str) -> None:
    api.token = playground.app_token if token == "app" else token
    assert await api("auth.test") == {"ok": False, "error": error}


async def test_token_may_come_as_an_argument(playground: Playground, session: aiohttp.ClientSession) -> None:
    url = f"{playground.api_url}auth.test"
    async with session.post(url, data={"token": playground.bot_token}) as response:
        assert (await response.json())["ok"] is True


async def test_socket_url_is_given_to_the_app_token_only(playground: Playground, api: Api) -> None:
    assert (await api("apps.connections.open"))["error"] == "not_allowed_token_type"
    api.token = playground.app_token
    answer = await api("apps.connections.open")
    assert answer["url"].startswith("ws://127.0.0.1:")


async def test_unknown_methods_and_arguments_are_refused(api: Api) -> None:
    assert (await api("chat.postMessages"))["error"] == "unknown_method"
    answer = await api("users.info", user="U1", locale=True)
    assert answer["error"] == "invalid_arguments"
    assert "locale" in answer["response_metadata"]["messages"][0]
    assert (await api("users.info"))["error"] == "invalid_arguments"


async def test_forms_queries_and_json_are_the_same_to_it(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    channel = playground.add_channel("general")
    blocks = [{"type": "divider"}]
    headers = {"Authorization": f"Bearer {playground.bot_token}"}
    url = f"{playground.api_url}chat.postMessage"
    arguments: dict[str, Any] = {"channel": channel.id, "text": "hi", "blocks": blocks}
    encoded = {**arguments, "blocks": json.dumps(blocks)}
    bodies: list[dict[str, Any]] = [{"json": arguments}, {"json": encoded}, {"data": encoded}, {"params": encoded}]
    for body in bodies:
        async with session.post(url, headers=headers, **body) as response:
            answer = await response.json()
        assert answer["message"]["blocks"][0]["type"] == "divider", answer


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        ("{", "application/json", "invalid_json"),
        ("[]", "application/json", "json_not_object"),
        ("hello", "text/csv", "invalid_post_type"),
        ('{"channel": "C1", "blocks": "["}', "application/json", "invalid_blocks_format"),
        ('{"channel": "C1", "metadata": "["}', "application/json", "invalid_metadata_format"),
    ],
)
async def test_bodies_that_cannot_be_read(
    playground: Playground, session: aiohttp.ClientSession, body: str, content_type: str, error: str
) -> None:
    headers = {"Authorization": f"Bearer {playground.bot_token}", "Content-Type": content_type}
    async with session.post(f"{playground.api_url}chat.postMessage", data=body, headers=headers) as response:
        assert (await response.json())["error"] == error


async def test_missing_scope_names_what_is_needed(playground: Playground, api: Api) -> None:
    private = playground.add_channel("secret", playground.bot_user_id, kind="private")
    playground.installation.revoke_scope("groups:read")
    answer = await api("conversations.info", channel=private.id)
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "groups:read"
    assert "chat:write" in answer["provided"].split(",")
    assert (await api("users.conversations", types="public_channel"))["ok"]
    assert (await api("users.conversations", types="public_channel,private_channel"))["error"] == "missing_scope"
    playground.installation.grant_scope("groups:read")
    assert (await api("conversations.info", channel=private.id))["ok"]


async def test_scopes_are_those_of_the_manifest(session: aiohttp.ClientSession) -> None:
    manifest = {**MANIFEST, "oauth_config": {"scopes": {"bot": ["commands"]}}}
    playground = Playground(manifest)
    await playground.start()
    answer = await Api(playground, session)("users.list")
    await playground.stop()
    assert answer["error"] == "missing_scope"


async def test_removed_app_gets_nothing(playground: Playground, api: Api) -> None:
    playground.installation.uninstall()
    assert (await api("auth.test"))["error"] == "account_inactive"
    playground.installation.install()
    assert (await api("auth.test"))["ok"]


async def test_host_names_of_elsewhere_are_refused(playground: Playground, session: aiohttp.ClientSession) -> None:
    for path in ("/api/api.test", "/control/state"):
        async with session.get(playground.base_url + path, headers={"Host": "evil.example"}) as response:
            assert response.status == 403
    async with session.get(f"{playground.base_url}/api/api.test", headers={"Host": "localhost:1"}) as response:
        assert response.status == 200


async def test_users_are_shown_as_slack_shows_them(playground: Playground, api: Api) -> None:
    name = "<!channel> \u202eanna 🎈"
    anna = playground.add_user("anna", real_name=name, locale="nl-NL", is_admin=True, tz="Asia/Kolkata")
    guest = playground.add_user("guest", is_restricted=True, is_ultra_restricted=True)
    gone = playground.add_user("gone", deleted=True)
    stranger = playground.add_user("stranger", team_id="T0OTHER")

    shown = (await api("users.info", user=anna.id, include_locale=True))["user"]
    assert (shown["real_name"], shown["profile"]["real_name"], shown["locale"]) == (name, name, "nl-NL")
    assert (shown["tz"], shown["tz_offset"], shown["is_admin"]) == ("Asia/Kolkata", 19800, True)
    assert "email" not in shown["profile"]
    assert "locale" not in (await api("users.info", user=anna.id))["user"]
    assert (await api("users.info", user=guest.id))["user"]["is_ultra_restricted"] is True
    left = (await api("users.info", user=gone.id))["user"]
    assert left["deleted"] is True
    assert "is_restricted" not in left
    assert (await api("users.info", user=stranger.id))["user"]["is_stranger"] is True
    playground.add_channel("shared", playground.bot_user_id, stranger)
    assert (await api("users.info", user=stranger.id))["user"]["is_stranger"] is False
    assert (await api("users.info", user="U404"))["error"] == "user_not_found"


async def test_users_are_listed_page_by_page_without_those_of_elsewhere(playground: Playground, api: Api) -> None:
    names = {playground.add_user(f"user{number}").id for number in range(5)}
    playground.add_user("stranger", team_id="T0OTHER")
    listed, cursor, pages = [], "", 0
    while True:
        answer = await api("users.list", limit=2, cursor=cursor)
        listed += [member["id"] for member in answer["members"]]
        cursor, pages = answer["response_metadata"]["next_cursor"], pages + 1
        if not cursor:
            break
    assert set(listed) == names | {playground.bot_user_id}
    assert (len(listed), pages) == (6, 3)
    assert (await api("users.list", cursor="nonsense"))["error"] == "invalid_cursor"


async def test_an_echo(playground: Playground, api: Api) -> None:
    assert (await api("api.test", foo="bar"))["args"] == {"foo": "bar"}
