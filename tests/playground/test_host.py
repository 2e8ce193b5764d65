"""Slack's own address: several workspaces with the same app behind it, and the way in which it is installed there."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Clock, Host, NotPossible, Person, Playground
from tests.harness import UNHURRIED
from tests.playground.app_side import MANIFEST, Listener

# The SDK sends the client's id and secret in the way that aiohttp would have changed.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

BACK = "http://127.0.0.1:7001/slack/oauth_redirect"
SCOPES = ("chat:write", "commands")
ALL_SCOPES: list[str] = MANIFEST["oauth_config"]["scopes"]["bot"]


@pytest.fixture
async def home(clock: Clock) -> Playground:
    """The first workspace, in which the app is installed."""
    return Playground(MANIFEST, clock, ack_timeout=UNHURRIED)


@pytest.fixture
async def away(clock: Clock, home: Playground) -> Playground:
    """A second workspace, which the app is not in yet."""
    away = Playground(MANIFEST, clock, ack_timeout=UNHURRIED, app=home.state, installed=False)
    away.state.name = "Away & Co"
    return away


@pytest.fixture
async def host(home: Playground, away: Playground) -> AsyncIterator[Host]:
    """Both behind one address."""
    host = Host([home, away])
    host.redirect_urls = [BACK]
    await host.start()
    yield host
    await host.stop()
    await home.stop()
    await away.stop()


@pytest.fixture
def anna(away: Playground) -> Person:
    """Somebody in the second workspace who may install apps."""
    return away.add_user("anna")


class Browser:
    """A person at Slack's page."""

    def __init__(self, host: Host, session: aiohttp.ClientSession) -> None:
        self.host = host
        self.session = session
        self.url = f"{host.base_url}/oauth/v2/authorize"

    def asked(self, **parameters: str) -> dict[str, str]:
        """The parameters of the app's link, with some of them otherwise; an empty one is left out."""
        asked = {"client_id": self.host.client_id, "scope": ",".join(SCOPES), "state": "s&t", **parameters}
        return {name: value for name, value in asked.items() if value}

    async def look(self, **parameters: str) -> tuple[int, str]:
        async with self.session.get(self.url, params=self.asked(**parameters), allow_redirects=False) as response:
            assert "Location" not in response.headers
            return response.status, await response.text()

    async def send(self, **fields: str) -> tuple[int, str]:
        """Send the form; returns the status, and where it leads or else what it says."""
        async with self.session.post(self.url, data=self.asked(**fields), allow_redirects=False) as response:
            return response.status, response.headers.get("Location") or await response.text()

    async def allow(self, playground: Playground, user: str = "anna", **parameters: str) -> str:
        """Allow the app; returns the code that it is told."""
        who = {"workspace": playground.team_id, "user": user}
        status, location = await self.send(**who, decision="allow", **parameters)
        assert status == 302, location
        return parse_qs(urlsplit(location).query)["code"][0]


@pytest.fixture
def browser(host: Host, session: aiohttp.ClientSession) -> Browser:
    """Somebody who was led to the page."""
    return Browser(host, session)


Call = Callable[..., Any]


@pytest.fixture
def call(host: Host, session: aiohttp.ClientSession) -> Call:
    """The Web API of the host, called with a token."""

    async def call(method: str, token: str | None = None, **arguments: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with session.post(f"{host.api_url}{method}", json=arguments, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    return call


@pytest.fixture
def redeem(host: Host) -> Call:
    """Exchange a code as the SDK does; returns the answer, refused or not."""
    client = AsyncWebClient(base_url=host.api_url)

    async def redeem(code: str, **others: Any) -> dict[str, Any]:
        client_id = others.pop("client_id", host.client_id)
        secret = others.pop("client_secret", host.client_secret)
        try:
            answer = await client.oauth_v2_access(client_id=client_id, client_secret=secret, code=code, **others)
        except SlackApiError as error:
            answer = error.response
        assert isinstance(answer.data, dict)
        return answer.data

    return redeem


async def test_same_app_is_another_bot_in_every_workspace(home: Playground, away: Playground) -> None:
    for shared in ("app_id", "app_token", "signing_secret", "verification_token", "app_name"):
        assert getattr(home.state, shared) == getattr(away.state, shared), shared
    for own in ("team_id", "bot_id", "bot_user_id", "bot_token"):
        assert getattr(home.state, own) != getattr(away.state, own), own
    assert list(away.state.users) == [away.bot_user_id]


async def test_host_is_for_one_app(home: Playground) -> None:
    again = Playground(MANIFEST, state=home.dump())
    for wrong in ([], [home, Playground(MANIFEST)], [home, again]):
        with pytest.raises(ValueError, match=r"one app|same id"):
            Host(wrong)


async def test_client_id_and_secret_look_like_those_of_slack(home: Playground) -> None:
    first, second = Host([home]), Host([home])
    assert re.fullmatch(r"\d{12}\.\d{13}", first.client_id)
    assert re.fullmatch(r"[0-9a-f]{32}", first.client_secret)
    assert (first.client_id, first.client_secret) != (second.client_id, second.client_secret)
    given = Host([home], client_id="1.2", client_secret="s")
    assert (given.client_id, given.client_secret) == ("1.2", "s")


async def test_call_is_made_in_the_workspace_of_its_token(host: Host, home: Playground, clock: Clock) -> None:
    third = Playground(MANIFEST, clock, app=home.state)
    both = Host([home, third])
    await both.start()
    for playground in (home, third):
        client = AsyncWebClient(token=playground.bot_token, base_url=both.api_url)
        assert (await client.auth_test())["team_id"] == playground.team_id
        channel = playground.add_channel("general")
        await client.chat_postMessage(channel=channel.id, text=playground.team_id)
        assert [m.text for m in playground.world.messages.all(channel)][-1] == playground.team_id
        assert [one.name for one in playground.inspector.exchanges("from_app")] == ["auth.test", "chat.postMessage"]
    await both.stop()
    await third.stop()


async def test_calls_that_belong_nowhere_are_refused(call: Call, home: Playground, away: Playground) -> None:
    assert (await call("auth.test"))["error"] == "not_authed"
    assert (await call("auth.test", "xoxb-nobody"))["error"] == "invalid_auth"
    assert (await call("auth.test", token=["no", "text"]))["error"] == "invalid_auth"
    assert (await call("auth.test", away.bot_token))["error"] == "account_inactive"
    assert (await call("api.test", foo="bar"))["args"] == {"foo": "bar"}


async def test_app_token_opens_the_first_workspace(call: Call, host: Host, home: Playground) -> None:
    await home.start()
    answer = await call("apps.connections.open", home.app_token)
    assert answer["url"].startswith(home.base_url.replace("http", "ws"))


async def test_faults_and_rate_limits_are_those_of_the_workspace(
    call: Call, home: Playground, away: Playground
) -> None:
    away.installation.install()
    away.faults.add("auth.test", error="internal_error")
    home.rate_limits.enabled = True
    assert (await call("auth.test", home.bot_token))["ok"]
    assert (await call("auth.test", away.bot_token))["error"] == "internal_error"
    answers = [await call("pins.list", home.bot_token, channel="C404") for _ in range(21)]
    assert [answer["error"] for answer in answers[-2:]] == ["channel_not_found", "ratelimited"]
    away_answers = [await call("pins.list", away.bot_token, channel="C404") for _ in range(21)]
    assert {answer["error"] for answer in away_answers} == {"channel_not_found"}


async def test_host_names_of_elsewhere_are_refused(host: Host, session: aiohttp.ClientSession) -> None:
    for path in ("/api/api.test", "/oauth/v2/authorize"):
        async with session.get(host.base_url + path, headers={"Host": "evil.example"}) as response:
            assert response.status == 403


async def test_stopped_host_can_be_started_again(host: Host, call: Call) -> None:
    await host.stop()
    await host.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await call("api.test")
    port = urlsplit(host.base_url).port
    assert port is not None
    await host.start(port)
    assert host.api_url == f"http://127.0.0.1:{port}/api/"
    assert (await call("api.test"))["ok"]


async def test_nothing_reaches_an_app_that_is_not_installed(away: Playground, anna: Person, listener: Listener) -> None:
    away.connect_http(listener.url)
    channel = away.add_channel("closed", anna, away.bot_user_id, kind="private")
    anna.say(channel, "hello?")
    anna.say_to(away.bot_user_id, text="hello?")
    away.add_user("bert")
    away.installation.announce_rate_limit()
    away.installation.uninstall()
    assert await anna.open_home() is None
    with pytest.raises(NotPossible, match="not installed"):
        await anna.command("/echo")
    with pytest.raises(NotPossible, match="not installed"):
        await anna.global_shortcut("new_note")
    await away.settled()
    assert listener.received == []


async def test_installing_gives_what_slack_gives(
    browser: Browser, redeem: Call, call: Call, away: Playground, home: Playground, anna: Person
) -> None:
    unused, users = away.bot_token, dict(away.state.users)
    answer = await redeem(await browser.allow(away, anna.id))
    token = answer["access_token"]
    assert answer == {
        "ok": True,
        "access_token": token,
        "token_type": "bot",
        "scope": "chat:write,commands",
        "bot_user_id": away.bot_user_id,
        "app_id": home.state.app_id,
        "team": {"id": away.team_id, "name": "Away & Co"},
        "enterprise": None,
        "authed_user": {"id": anna.id},
        "is_enterprise_install": False,
    }
    assert token.startswith("xoxb-")
    assert token not in (unused, home.bot_token)
    assert (away.bot_token, away.state.scopes, away.state.installed) == (token, list(SCOPES), True)
    assert away.state.users == users
    assert (await call("auth.test", token))["team_id"] == away.team_id
    assert (await call("auth.test", unused))["error"] == "account_inactive"
    assert (await call("users.list", token))["error"] == "missing_scope"
    assert home.state.scopes == ALL_SCOPES


async def test_client_may_be_named_among_the_arguments(
    browser: Browser, call: Call, host: Host, away: Playground, anna: Person
) -> None:
    code = await browser.allow(away)
    client = {"client_id": host.client_id, "client_secret": host.client_secret}
    assert (await call("oauth.v2.access", code=code, **client))["access_token"] == away.bot_token


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_id": ""}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"code": "1.2.3"}, "invalid_code"),
        ({"redirect_uri": BACK}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token", "refresh_token": "xoxe-1"}, "invalid_refresh_token"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"scope": "commands"}, "invalid_arguments"),
    ],
)
async def test_wrong_exchange_is_refused_and_uses_nothing_up(
    browser: Browser, redeem: Call, away: Playground, anna: Person, how: dict[str, str], error: str
) -> None:
    code = await browser.allow(away)
    assert (await redeem(**{"code": code, **how}))["error"] == error
    assert not away.state.installed
    assert (await redeem(code, grant_type="authorization_code"))["ok"]


async def test_token_of_a_workspace_does_not_stand_in_for_the_client(
    browser: Browser, call: Call, home: Playground, away: Playground, anna: Person
) -> None:
    code = await browser.allow(away)
    assert (await call("oauth.v2.access", home.bot_token, code=code))["error"] == "invalid_client_id"
    assert not away.state.installed


@pytest.mark.parametrize("header", ["Basic", "Basic ?", "Basic é", "Basic /w==", "Bearer MTIzOng="])
async def test_header_that_names_no_client_is_as_good_as_none(
    host: Host, session: aiohttp.ClientSession, header: str
) -> None:
    async with session.get(f"{host.api_url}oauth.v2.access", headers={"Authorization": header}) as response:
        assert await response.json() == {"ok": False, "error": "invalid_client_id"}


async def test_code_serves_once_even_when_the_answer_was_lost(
    browser: Browser, redeem: Call, away: Playground, anna: Person
) -> None:
    code = await browser.allow(away)
    away.faults.add("oauth.v2.access", error="internal_error", accepted=True)
    assert (await redeem(code))["error"] == "internal_error"
    assert away.state.installed
    assert (await redeem(code))["error"] == "code_already_used"


async def test_code_serves_for_ten_minutes(
    browser: Browser, redeem: Call, away: Playground, clock: Clock, anna: Person
) -> None:
    early, late = await browser.allow(away), await browser.allow(away)
    clock.advance(timedelta(minutes=9))
    assert (await redeem(early))["ok"]
    clock.advance(timedelta(minutes=2))
    assert (await redeem(late))["error"] == "invalid_code"


async def test_redirect_uri_that_was_given_must_be_given_again(
    browser: Browser, redeem: Call, away: Playground, anna: Person
) -> None:
    code = await browser.allow(away, redirect_uri=f"{BACK}/here")
    for wrong in ({}, {"redirect_uri": BACK}):
        assert (await redeem(code, **wrong))["error"] == "bad_redirect_uri"
    assert (await redeem(code, redirect_uri=f"{BACK}/here"))["ok"]


async def test_installed_app_keeps_its_token_and_gains_scopes(
    browser: Browser, redeem: Call, away: Playground, anna: Person
) -> None:
    token = (await redeem(await browser.allow(away)))["access_token"]
    again = await redeem(await browser.allow(away, scope="users:read,commands"))
    assert (again["access_token"], again["scope"]) == (token, "chat:write,commands,users:read")
    assert away.state.revoked_tokens == [away.state.revoked_tokens[0]]


async def test_token_from_before_a_removal_never_works_again(
    browser: Browser, redeem: Call, call: Call, away: Playground, anna: Person, session: aiohttp.ClientSession
) -> None:
    old = (await redeem(await browser.allow(away)))["access_token"]
    away.installation.uninstall()
    assert (await call("auth.test", old))["error"] == "account_inactive"
    answer = await redeem(await browser.allow(away, scope="commands"))
    assert answer["access_token"] != old
    assert answer["scope"] == "commands"
    assert (await call("auth.test", old))["error"] == "account_inactive"
    assert (await call("auth.test", answer["access_token"]))["ok"]

    brought_back = Playground(MANIFEST, state=away.dump())
    await brought_back.start()
    for token, ok in ((old, False), (answer["access_token"], True)):
        headers = {"Authorization": f"Bearer {token}"}
        async with session.post(f"{brought_back.api_url}auth.test", headers=headers) as response:
            assert (await response.json())["ok"] is ok
    await brought_back.stop()

    await away.world.start_over()
    assert (await call("auth.test", old))["error"] == "account_inactive"


async def test_removed_app_cannot_fetch_files(
    home: Playground, call: Call, session: aiohttp.ClientSession, host: Host
) -> None:
    await home.start()
    channel = home.add_channel("general")
    ticket = await call("files.getUploadURLExternal", home.bot_token, filename="a.txt", length=2)
    async with session.post(ticket["upload_url"], data=b"hi"):
        pass
    files = [{"id": ticket["file_id"]}]
    done = await call("files.completeUploadExternal", home.bot_token, files=files, channel_id=channel.id)
    headers = {"Authorization": f"Bearer {home.bot_token}"}
    statuses = []
    for _ in range(2):
        async with session.get(done["files"][0]["url_private_download"], headers=headers) as response:
            statuses.append(response.status)
        home.installation.uninstall()
    assert statuses == [200, 403]


async def test_exchange_is_recorded_in_its_workspace_without_its_secrets(
    browser: Browser, call: Call, host: Host, home: Playground, away: Playground, anna: Person
) -> None:
    client = {"client_id": host.client_id, "client_secret": host.client_secret}
    await call("oauth.v2.access", code=await browser.allow(away), **client)
    recorded = away.inspector.exchanges("from_app", "oauth.v2.access")
    assert len(recorded) == 1
    assert recorded[0].response["team"]["id"] == away.team_id
    for secret in (host.client_secret, away.bot_token):
        assert secret not in str(recorded)
    assert home.inspector.exchanges() == []


async def test_workspace_on_its_own_knows_no_oauth(
    browser: Browser, host: Host, away: Playground, session: aiohttp.ClientSession, anna: Person
) -> None:
    await away.start()
    arguments = {"client_id": host.client_id, "client_secret": host.client_secret, "code": await browser.allow(away)}
    async with session.post(f"{away.api_url}oauth.v2.access", data=arguments) as response:
        answer = await response.json()
    assert answer == {"ok": False, "error": "unknown_method", "req_method": "oauth.v2.access"}


async def test_person_is_asked_on_a_plain_page(
    browser: Browser, home: Playground, away: Playground, anna: Person
) -> None:
    nasty = '"><script>alert(1)</script>'
    away.state.name = nasty
    away.add_user("gone", deleted=True)
    status, page = await browser.look(state=nasty, team=away.team_id)
    assert status == 200
    assert '<html lang="en">' in page
    assert "<script" not in page
    assert f'name="state" value="{nasty}"' not in page
    shown = unescape(page)
    assert f'<option value="{away.team_id}" selected>{nasty} ({away.team_id})</option>' in shown
    assert f'<option value="{home.team_id}">Playground ({home.team_id})</option>' in page
    assert f'name="state" value="{nasty}"' in shown
    for scope in SCOPES:
        assert f"<code>{scope}</code>" in page
    for field in ("workspace", "user"):
        assert f'<label for="{field}">' in page
        assert f'id="{field}" name="{field}"' in page
    assert re.findall(r'<button name="decision" value="(\w+)"', page) == ["allow", "cancel"]
    assert re.findall(r'<option value="(\w+)"></option>', page) == ["anna"]


async def test_form_of_the_page_leads_to_a_code(browser: Browser, redeem: Call, away: Playground, anna: Person) -> None:
    _, page = await browser.look(redirect_uri=BACK, state="s'&\"t")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    form = {name: unescape(value) for name, value in hidden.items()}
    assert re.search(r'<form method="post" action="([^"]+)">', page)[1] == urlsplit(browser.url).path  # type: ignore[index]
    chosen = {"workspace": away.team_id, "user": "anna", "decision": "allow"}
    async with browser.session.post(browser.url, data={**form, **chosen}, allow_redirects=False) as response:
        location = response.headers["Location"]
    assert location.startswith(f"{BACK}?code=")
    answer = dict(parse_qsl(urlsplit(location).query))
    assert answer["state"] == "s'&\"t"
    assert (await redeem(answer["code"], redirect_uri=BACK))["ok"]


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_id": ""}, "invalid_client_id"),
        ({"scope": "commands,no:such"}, "invalid_scope"),
        ({"scope": "commands,users:read.email"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"user_scope": "search:read"}, "invalid_scope"),
        ({"redirect_uri": "https://evil.example/"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://127.0.0.1:7001/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}ed"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}@evil.example/"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/../../other"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/%2e%2e/other"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/\\evil"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/\r\nSet-Cookie:a=b"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/é"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/#part"}, "bad_redirect_uri"),
    ],
)
async def test_wrong_link_is_refused_and_leads_nowhere(
    browser: Browser, away: Playground, anna: Person, parameters: dict[str, str], error: str
) -> None:
    status, page = await browser.look(**parameters)
    assert (status, f"<code>{error}</code>" in page) == (400, True)
    for decision in ("allow", "cancel"):
        sent = await browser.send(workspace=away.team_id, user="anna", decision=decision, **parameters)
        assert sent == (400, page)


async def test_app_without_redirect_urls_cannot_be_installed(browser: Browser, host: Host) -> None:
    host.redirect_urls = []
    status, page = await browser.look()
    assert (status, "no redirect URL configured" in page) == (400, True)


async def test_redirect_goes_below_what_is_configured(browser: Browser, host: Host, anna: Person) -> None:
    host.redirect_urls = ["http://localhost:7000", BACK]
    for given, there in [
        ("", "http://localhost:7000?"),
        ("http://localhost:7000/deep/er", "http://localhost:7000/deep/er?"),
        (f"{BACK}?mine=1", f"{BACK}?mine=1&"),
    ]:
        status, location = await browser.send(redirect_uri=given, decision="cancel")
        assert (status, location) == (302, f"{there}error=access_denied&state=s%26t")
    for wrong in (
        "http://localhost:70001/",
        "http://localhost:7000@evil.example/",
        "http://localhost:7000.evil.example",
    ):
        assert (await browser.send(redirect_uri=wrong, decision="cancel"))[0] == 400


async def test_who_cancels_installs_nothing(browser: Browser, away: Playground, anna: Person) -> None:
    status, location = await browser.send(workspace=away.team_id, user="anna", decision="cancel")
    assert (status, location) == (302, f"{BACK}?error=access_denied&state=s%26t")
    assert not away.state.installed


@pytest.mark.parametrize(
    "kind",
    [
        {"is_restricted": True},
        {"is_restricted": True, "is_ultra_restricted": True},
        {"is_bot": True},
        {"deleted": True},
        {"team_id": "T0OTHER"},
    ],
)
async def test_some_may_not_install(browser: Browser, away: Playground, kind: dict[str, Any]) -> None:
    away.add_user("some<b>one", **kind)
    status, page = await browser.send(workspace=away.team_id, user="some<b>one", decision="allow")
    assert (status, "some&lt;b&gt;one may not install" in page) == (403, True)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"workspace": "T404"}, "team_not_found"),
        ({"user": "nobody"}, "user_not_found"),
        ({"user": ""}, "user_not_found"),
        ({"decision": ""}, "invalid_decision"),
        ({"decision": "perhaps"}, "invalid_decision"),
    ],
)
async def test_incomplete_form_is_refused(
    browser: Browser, away: Playground, anna: Person, fields: dict[str, str], error: str
) -> None:
    complete = {"workspace": away.team_id, "user": "anna", "decision": "allow"}
    status, page = await browser.send(**{**complete, **fields})
    assert (status, f"<code>{error}</code>" in page) == (400, True)


async def test_bolt_installs_itself_and_serves_every_workspace(
    host: Host, home: Playground, away: Playground, anna: Person, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    client = AsyncWebClient(base_url=host.api_url)
    flow = AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=host.client_id,
            client_secret=host.client_secret,
            scopes=ALL_SCOPES,
            authorization_url=f"{host.base_url}/oauth/v2/authorize",
            installation_store=FileInstallationStore(base_dir=str(tmp_path), client_id=host.client_id),
            state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(tmp_path)),
        ),
    )
    # Answers once all is done, so that what it says is there when the answer is.
    app = AsyncApp(client=client, signing_secret=home.signing_secret, oauth_flow=flow, process_before_response=True)

    @app.command("/echo")
    async def echo(ack: AsyncAck, say: AsyncSay, command: dict[str, Any]) -> None:
        await ack()
        await say(f"{command['text']} in {command['team_id']}")

    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there = f"http://127.0.0.1:{runner.addresses[0][1]}"
    host.redirect_urls = [f"{there}/slack/oauth_redirect"]
    home.add_user("anna")
    await away.start()

    for playground in (home, away):
        async with session.get(f"{there}/slack/install") as response:
            link = re.search(r'href="([^"]+oauth/v2/authorize[^"]+)"', await response.text())
            cookie = response.headers["Set-Cookie"].partition(";")[0]
        assert link is not None
        asked = dict(parse_qsl(urlsplit(unescape(link[1])).query))
        chosen = {"workspace": playground.team_id, "user": "anna", "decision": "allow"}
        authorize = f"{host.base_url}/oauth/v2/authorize"
        async with session.post(authorize, data={**asked, **chosen}, allow_redirects=False) as response:
            location = response.headers["Location"]
        async with session.get(location, headers={"Cookie": cookie}) as response:
            assert response.status == 200, await response.text()

        playground.connect_http(f"{there}/slack/events")
        person = playground.person("anna")
        channel = playground.add_channel("general", person, playground.bot_user_id)
        assert (await person.command("/echo", "hi", channel)).ok
        assert [message.text for message in person.read(channel)] == [f"hi in {playground.team_id}"]
    await runner.cleanup()
