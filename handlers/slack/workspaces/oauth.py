"""Being installed over OAuth: two pages and an exchange, which Bolt's own flow does; the secrets are kept sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Annotated, TypeVar

import msgspec
from aiohttp import ClientPayloadError, web
from msgspec import Meta, Struct
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.language import Language, language
from bot.language.marks import unmarked
from bot.log import log
from bot.usecases.installations import InstallationRepeatedError, NewInstallation, install
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.ports.installations import SealBrokenError, Sealer
from handlers.slack.painting.install_page import (
    build_failed_page,
    build_install_page,
    build_installed_page,
    preferred_language,
)
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS, slack_code
from handlers.slack.sending.web_client import WebClient
from handlers.slack.workspaces.installation import Installation, OAuthConfig
from handlers.slack.workspaces.installed import InstalledWorkspaces, sealed_secrets
from handlers.slack.workspaces.members import PLATFORM
from handlers.slack.workspaces.workspace import API_TIMEOUT_SECONDS, SharedDependencies

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

STATE_LIFE = timedelta(minutes=10)
"""How long somebody may take on Slack's page."""

_STATE = "flagclient-install"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class OrganizationInstallError(Exception):
    """Slack installed us in a whole organization at once; we serve workspaces one by one."""


class AnswerUnreadableError(Exception):
    """Slack answered with something that no installation can be made of."""


_Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{1,64}$")]
_Token = Annotated[str, Meta(pattern=r"^[\x21-\x7e]{1,512}$")]


class _Team(Struct, frozen=True):
    id: _Id
    name: str = ""


class _Installer(Struct, frozen=True):
    id: _Id


class _Granted(Struct, frozen=True):
    """What Slack answers to the code, as far as it is looked at."""

    authed_user: _Installer
    app_id: str = ""
    team: _Team | None = None
    access_token: _Token | None = None
    bot_user_id: _Id | None = None
    is_enterprise_install: bool = False


class _WhoWeAre(Struct, frozen=True):
    """What Slack answers to the new token, as far as it is looked at."""

    bot_id: _Id


Answer = TypeVar("Answer")


async def _answered(call: Awaitable[AsyncSlackResponse], kind: type[Answer]) -> Answer:
    """What Slack answers, decoded; raises `AnswerUnreadableError`, and what the call does."""
    try:
        return msgspec.convert((await call).data, kind)
    except (msgspec.ValidationError, UnicodeError, ClientPayloadError) as error:
        raise AnswerUnreadableError from error


class _States(AsyncOAuthStateStore):
    """States that nobody but us can make, each good for `STATE_LIFE`; that none is used twice shows when it is used."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        return self._sealer.seal(_STATE)

    async def async_consume(self, state: str) -> bool:
        try:
            return self._sealer.open(state, STATE_LIFE) == _STATE
        except SealBrokenError:
            return False


class _Unused(AsyncInstallationStore):
    """Bolt wants a store of its own; `_Flow` keeps installations, and each workspace's app knows its own."""


class _Flow(AsyncOAuthFlow):
    """Bolt's flow with our page, and an installation that is kept together with what follows from it."""

    def __init__(
        self,
        client: AsyncWebClient,
        settings: AsyncOAuthSettings,
        keep: Callable[[SlackInstallation, str], Awaitable[None]],
    ) -> None:
        super().__init__(client=client, settings=settings)
        self._keep = keep

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        return build_install_page(_language(request), url)

    async def run_installation(self, code: str) -> SlackInstallation | None:
        """Exchange the code for a token; `None` where Slack refuses.

        Raises `AnswerUnreadableError` and `OrganizationInstallError`. Bolt's own takes every answer for a good one.
        """
        try:
            granted = await _answered(
                self.client.oauth_v2_access(
                    code=code,
                    client_id=self.settings.client_id,
                    client_secret=self.settings.client_secret,
                    redirect_uri=self.settings.redirect_uri,
                ),
                _Granted,
            )
            if granted.is_enterprise_install or granted.team is None:
                raise OrganizationInstallError
            if granted.access_token is None or granted.bot_user_id is None:
                raise AnswerUnreadableError
            who = await _answered(self.client.auth_test(token=granted.access_token), _WhoWeAre)
        except SlackApiError as error:
            if not (code := slack_code(error)):
                raise AnswerUnreadableError from error
            log.warning("installation_not_granted", code=code)
            return None
        return SlackInstallation(
            app_id=granted.app_id,
            team_id=granted.team.id,
            team_name=unmarked(granted.team.name),
            bot_token=granted.access_token,
            bot_id=who.bot_id,
            bot_user_id=granted.bot_user_id,
            user_id=granted.authed_user.id,
        )

    async def store_installation(self, request: AsyncBoltRequest, installation: SlackInstallation) -> None:
        await self._keep(installation, request.query["state"][0])


class Installing:
    """The two pages; see `pages` for where they are."""

    def __init__(self, config: OAuthConfig, registry: InstalledWorkspaces, shared: SharedDependencies) -> None:
        self._site = config.site
        self._sealer = config.sealer
        self._registry = registry
        self._shared = shared
        self._flow = _Flow(
            WebClient(base_url=shared.api_url, retry_handlers=[], timeout=API_TIMEOUT_SECONDS),
            AsyncOAuthSettings(
                client_id=config.client_id,
                client_secret=config.client_secret,
                scopes=list(config.scopes),
                user_scopes=[],
                install_path=INSTALL_PATH,
                redirect_uri_path=REDIRECT_PATH,
                authorization_url=f"{config.site}oauth/v2/authorize",
                callback_options=AsyncCallbackOptions(success=self._succeeded, failure=self._refused),
                installation_store=_Unused(),
                state_store=_States(config.sealer),
                state_expiration_seconds=int(STATE_LIFE.total_seconds()),
            ),
            self._keep,
        )

    def pages(self) -> Mapping[str, Callable[[web.Request], Awaitable[web.Response]]]:
        """What answers a GET, by its path."""
        return {INSTALL_PATH: self._begin, REDIRECT_PATH: self._come_back}

    async def _begin(self, request: web.Request) -> web.Response:
        return await _sent(await self._flow.handle_installation(await to_bolt_request(request)))

    async def _come_back(self, request: web.Request) -> web.Response:
        asked = await to_bolt_request(request)
        t = _language(asked)
        try:
            answer = await self._flow.handle_callback(asked)
        except InstallationRepeatedError:
            answer = _failed(t, 401, _used_up(t))
        except OrganizationInstallError:
            sentence = t.gettext("I can’t be installed in a whole organization at once. Choose one workspace on Slack.")
            answer = _failed(t, 400, sentence)
        except DatabaseUnavailableError:
            log.error("installation_not_stored")
            answer = _failed(t, 503, t.gettext("I can’t reach my database right now. Please try again in a minute."))
        except AnswerUnreadableError:
            log.error("installation_unreadable")
            answer = _failed(t, 502, t.gettext("I couldn’t read Slack’s answer. Please try again in a minute."))
        except CONNECTION_ERRORS as error:
            log.error("slack_unreachable", error=type(error).__name__)
            answer = _failed(t, 502, t.gettext("Slack did not answer. Please try again in a minute."))
        return await _sent(answer)

    async def _keep(self, slack: SlackInstallation, state: str) -> None:
        who = Installation(slack.team_id or "", slack.bot_user_id or "", slack.bot_id or "")
        new = NewInstallation(
            PLATFORM,
            who.team_id,
            slack.user_id,
            sealed_secrets(self._sealer, slack.bot_token or "", who),
            hashlib.sha256(state.encode()).hexdigest(),
        )
        workspace = await self._shared.database.write(partial(install, new=new, now=self._shared.clock.now()))
        self._registry.forget(who.team_id)
        log.info("workspace_installed", workspace_id=workspace.id)
        opened = await self._registry.by_external_id(who.team_id)
        if opened is not None:
            # Whoever installed us is spoken to in their own language from the first word.
            await opened.members.meet(who.team_id, [slack.user_id])

    async def _succeeded(self, args: AsyncSuccessArgs) -> BoltResponse:
        installed = args.installation
        open_url = f"{self._site}app_redirect?app={installed.app_id}&team={installed.team_id}"
        return _shown(200, build_installed_page(_language(args.request), installed.team_name or "Slack", open_url))

    async def _refused(self, args: AsyncFailureArgs) -> BoltResponse:
        log.warning("installation_refused", status=args.suggested_status_code)
        t = _language(args.request)
        if args.reason == "access_denied":
            return _failed(t, 200, t.gettext("You chose not to install me, so nothing has changed."))
        return _failed(t, args.suggested_status_code, _used_up(t))


def _language(request: AsyncBoltRequest) -> Language:
    return language(preferred_language(",".join(request.headers.get("accept-language", ()))))


def _used_up(t: Language) -> str:
    return t.gettext(
        "This attempt was used before, took longer than ten minutes, or began in another browser. Please start again."
    )


def _failed(t: Language, status: int, sentence: str) -> BoltResponse:
    return _shown(status, build_failed_page(t, sentence, INSTALL_PATH))


def _shown(status: int, page: str) -> BoltResponse:
    return BoltResponse(status=status, body=page, headers={"content-type": "text/html; charset=utf-8"})


async def _sent(answer: BoltResponse) -> web.Response:
    response = await to_aiohttp_response(answer)
    response.headers.update(_HEADERS)
    for cookie in response.cookies.values():
        # Slack sends people back by a link, with which the cookie comes along; with anything else it does not.
        cookie["samesite"] = "Lax"
    return response
