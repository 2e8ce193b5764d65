"""The Slack front door: one Bolt app behind both transports, and the list of capabilities it listens for."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notices import Notice
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.log import log
from bot.metrics import ACK_SECONDS
from bot.usecases.client_index import ClientIndex
from bot.usecases.ports import Clock, Database
from handlers.slack import (
    admin_notices,
    alerts,
    alerts_notices,
    clients,
    debrief,
    debrief_notices,
    discussion,
    discussion_notices,
    dossier,
    events,
    fallback,
    flags,
    flags_notices,
)
from handlers.slack.audience import AudienceReader
from handlers.slack.courier import Courier
from handlers.slack.delivery import Deliverer
from handlers.slack.directory import Directory
from handlers.slack.failures import Failures
from handlers.slack.front_door import FrontDoor
from handlers.slack.gatekeeper import Gatekeeper, surface_of
from handlers.slack.installation import SingleInstallation
from handlers.slack.members import Members
from handlers.slack.notifier import SlackNotifier
from handlers.slack.socket_mode import CONNECTION_ERRORS, SocketTransport

# Bolt asks its listeners one after another, so what people use most comes first and the fallbacks come last.
CAPABILITIES: tuple[ModuleType, ...] = (flags, dossier, clients, alerts, discussion, debrief, events, fallback)

DELIVERERS: Mapping[type[Notice], Deliverer] = {
    **flags_notices.DELIVERERS,
    **alerts_notices.DELIVERERS,
    **discussion_notices.DELIVERERS,
    **debrief_notices.DELIVERERS,
    **admin_notices.DELIVERERS,
}
"""Who delivers which notice."""

API_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """What this front door is configured with; an empty app token means HTTP."""

    bot_token: str
    app_token: str
    signing_secret: str
    api_url: str


class SlackFrontDoor:
    """Everything of Slack in one place: receiving, recognising, listening, and the notifier for what goes out."""

    def __init__(
        self,
        config: SlackConfig,
        database: Database,
        clock: Clock,
        calendar: Callable[[WorkspaceSettings], WorkingCalendar],
        index: ClientIndex,
    ) -> None:
        # The SDK repeats a call whose connection dropped, which posts a message twice: our outbox decides instead.
        self.client = AsyncWebClient(
            token=config.bot_token, base_url=config.api_url, retry_handlers=[], timeout=API_TIMEOUT_SECONDS
        )
        self.installation = SingleInstallation(self.client, config.bot_token)
        self.directory = Directory(self.client)
        self.members = Members(database, self.directory, clock)
        self.audience = AudienceReader(self.client, self.directory)
        self.app = AsyncApp(
            client=AsyncWebClient(base_url=config.api_url, retry_handlers=[]),
            signing_secret=config.signing_secret,
            process_before_response=True,
            authorize=self._authorize(),
            request_verification_enabled=True,
        )
        self.app.use(Gatekeeper(self.members, self.client, lambda: self.installation.known.team_id))
        self.app.error(Failures(self.client).handle)
        door = FrontDoor(
            database=database,
            clock=clock,
            calendar=calendar,
            index=index,
            directory=self.directory,
            audience=self.audience,
            client=self.client,
            members=self.members,
        )
        for capability in CAPABILITIES:
            capability.register(self.app, door)
        self.notifier = SlackNotifier(
            Courier(self.client, self.audience, self.directory), DELIVERERS, database, clock, calendar
        )
        self.socket = SocketTransport(self.app, config.app_token, config.api_url) if config.app_token else None

    def _authorize(self) -> Callable[[], Awaitable[AuthorizeResult]]:
        # Bolt fills a callable's arguments by name and takes the `self` of a bound method for one of them.
        async def authorize() -> AuthorizeResult:
            return await self.installation.authorize()

        return authorize

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one HTTP request of Slack's."""
        started = time.perf_counter()
        bolt_request = await to_bolt_request(request)
        response = await self.app.async_dispatch(bolt_request)
        ACK_SECONDS.labels(surface=surface_of(bolt_request.body)).observe(time.perf_counter() - started)
        return await to_aiohttp_response(response)

    async def learn(self) -> bool:
        """Ask Slack who we are; false when it cannot be reached or refuses the token, which is logged by its code."""
        if self.client.session is None:
            # One session for all calls: the SDK would otherwise open a connection for each.
            self.client.session = ClientSession(timeout=ClientTimeout(total=API_TIMEOUT_SECONDS))
        try:
            await self.installation.learn()
        except SlackApiError as error:
            log.error("slack_refused", code=str(error.response.get("error", "")))
            return False
        except CONNECTION_ERRORS as error:
            log.error("slack_unreachable", error=type(error).__name__)
            return False
        return True

    @property
    def is_connected(self) -> bool:
        """Whether requests of Slack reach us, as far as we can tell."""
        if not self.installation.is_known:
            return False
        return self.socket is None or self.socket.is_alive

    async def close(self) -> None:
        """Let go of what the clients hold."""
        if self.client.session is not None:
            await self.client.session.close()
