"""One bot in several workspaces: people install it in a browser, and each workspace has people of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import aiohttp
from pydantic import SecretStr

from bot.app import Flagclient
from bot.playground import Clock, Host, Playground
from bot.playground.people import Person
from bot.settings import Settings
from storage.repositories.sealing import new_key
from tests.harness import MANIFEST, MONDAY_MORNING, UNHURRIED, UNHURRIED_TIMEOUTS

SCOPES: list[str] = MANIFEST.scopes


@dataclass(frozen=True)
class Page:
    """What a browser got: status, HTML, the address it was sent on to, and the cookie that was set."""

    status: int
    text: str
    location: str
    cookie: str


class Browser:
    """Somebody's browser: one visit at a time, with the cookie that the bot gave it."""

    def __init__(self, session: aiohttp.ClientSession, language: str = "en-GB,en;q=0.8") -> None:
        self._session = session
        self._language = language
        self.cookie = ""

    async def get(self, url: str) -> Page:
        """Open a page; the cookie of an earlier one goes along."""
        return await self._read(self._session.get(url, headers=self._headers(), allow_redirects=False))

    async def allow(self, url: str, workspace: Playground, person: Person, decision: str = "allow") -> Page:
        """Answer Slack's question at `url`."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        form = {**asked, "workspace": workspace.team_id, "user": person.id, "decision": decision}
        where = url.partition("?")[0]
        return await self._read(self._session.post(where, data=form, allow_redirects=False))

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self._language, **({"Cookie": self.cookie} if self.cookie else {})}

    async def _read(self, asking: aiohttp.client._RequestContextManager) -> Page:
        async with asking as response:
            cookie = response.headers.get("Set-Cookie", "").partition(";")[0]
            self.cookie = cookie or self.cookie
            return Page(response.status, await response.text(), response.headers.get("Location", ""), cookie)


@dataclass
class InstalledHarness:
    """A running bot that nobody has installed yet, and two workspaces behind one Slack.

    `lotte` owns the first workspace and reads Dutch, `sarah` owns the second and reads English; `gust` is a guest of
    the first.
    """

    host: Host
    agency: Playground
    school: Playground
    bot: Flagclient
    lotte: Person
    sarah: Person
    gust: Person
    address: str
    session: aiohttp.ClientSession

    def browser(self, language: str = "en-GB,en;q=0.8") -> Browser:
        """A browser that has not been here before."""
        return Browser(self.session, language)

    async def install(self, workspace: Playground, person: Person, browser: Browser | None = None) -> Page:
        """Install the bot as somebody would: our page, Slack's question, and back."""
        visit = browser or self.browser()
        asked = await self.authorize_url(visit)
        return await visit.get((await visit.allow(asked, workspace, person)).location)

    async def authorize_url(self, browser: Browser) -> str:
        """Where our page leads to."""
        page = await browser.get(f"{self.address}/slack/install")
        assert page.status == 200
        return link_in(page.text)

    async def settle(self) -> None:
        """Deliver everything that is on its way, in both directions."""
        for workspace in (self.agency, self.school):
            await workspace.settled()
        await self.bot.scheduler.do_what_is_due()
        await self.bot.relay.deliver_due()
        for workspace in (self.agency, self.school):
            await workspace.settled()


def link_in(page: str) -> str:
    """The address of the one button of a page."""
    return page.partition('href="')[2].partition('"')[0].replace("&amp;", "&")


def settings_for(host: Host, first: Playground, database_url: str, key: str) -> Settings:
    """The environment of a bot that workspaces install."""
    return Settings(
        _env_file=None,
        slack_client_id=host.client_id,
        slack_client_secret=SecretStr(host.client_secret),
        slack_signing_secret=SecretStr(first.signing_secret),
        slack_api_url=host.api_url,
        encryption_key=SecretStr(key),
        database_url=database_url,
        port=0,
    )


@asynccontextmanager
async def many_staged(
    database_url: str, now: datetime = MONDAY_MORNING, key: str | None = None
) -> AsyncIterator[InstalledHarness]:
    """A bot on `database_url` that serves whoever installs it, over HTTP; its ticker stands still."""
    clock = Clock(now, running=False)
    agency = Playground(MANIFEST, clock, ack_timeout=UNHURRIED, trigger_life=UNHURRIED, installed=False)
    school = Playground(
        MANIFEST, clock, ack_timeout=UNHURRIED, trigger_life=UNHURRIED, installed=False, app=agency.state
    )
    host = Host([agency, school])
    async with AsyncExitStack() as stack:
        agency.state.name, school.state.name = "Agency", "School"
        for server in (agency, school, host):
            await server.start()
            stack.push_async_callback(server.stop)
        lotte = agency.add_user("lotte", locale="nl-NL", tz="Europe/Amsterdam", is_owner=True, is_primary_owner=True)
        gust = agency.add_user("gust", is_restricted=True)
        sarah = school.add_user("sarah", locale="en-GB", tz="Europe/London", is_owner=True, is_primary_owner=True)
        settings = settings_for(host, agency, database_url, key or new_key())
        bot = Flagclient(settings, clock=clock, ticks=False, timeouts=UNHURRIED_TIMEOUTS)
        stack.push_async_callback(bot.stop)
        running = await bot.start()
        address = f"http://127.0.0.1:{running.port}"
        host.redirect_urls = [f"{address}/slack/oauth_redirect"]
        for workspace in (agency, school):
            workspace.connect_http(f"{address}/slack/events")
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        yield InstalledHarness(host, agency, school, bot, lotte, sarah, gust, address, session)
