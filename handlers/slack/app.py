"""The Slack front door: one Bolt app behind both transports, and the list of capabilities it listens for."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from aiohttp import ClientSession, ClientTimeout
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notices import Notice
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.log import log
from bot.usecases.client_index import ClientIndex
from bot.usecases.ports import Clock, Database
from handlers.slack import (
    admin_notices,
    alerts,
    alerts_notices,
    clients,
    debrief,
    debrief_notices,
    decision,
    decision_notices,
    discussion,
    discussion_notices,
    dossier,
    evaluation,
    evaluation_notices,
    events,
    fallback,
    flags,
    flags_notices,
    lost_answers_notices,
    remedies,
    remedies_notices,
)
from handlers.slack.ack_deadline import AckDeadline
from handlers.slack.audience import AudienceReader
from handlers.slack.connection_errors import CONNECTION_ERRORS
from handlers.slack.courier import Courier
from handlers.slack.delivery import Deliverer
from handlers.slack.directory import Directory
from handlers.slack.dispatch import Dispatch
from handlers.slack.failures import Failures
from handlers.slack.front_door import FrontDoor
from handlers.slack.gatekeeper import Gatekeeper
from handlers.slack.gesture import sender_of
from handlers.slack.http_transport import HttpTransport
from handlers.slack.installation import REFUSALS, SKEW_SECONDS, SingleInstallation, TokenRefusedError
from handlers.slack.lost_answers import LostAnswers
from handlers.slack.members import Members
from handlers.slack.notifier import SlackNotifier
from handlers.slack.windows import WindowClient

if TYPE_CHECKING:
    from handlers.slack.socket_mode import SocketTransport

# Bolt asks its listeners one after another, so what people use most comes first and the fallbacks come last.
CAPABILITIES: tuple[ModuleType, ...] = (
    flags,
    dossier,
    clients,
    alerts,
    discussion,
    evaluation,
    remedies,
    decision,
    debrief,
    events,
    fallback,
)

DELIVERERS: Mapping[type[Notice], Deliverer] = {
    **flags_notices.DELIVERERS,
    **alerts_notices.DELIVERERS,
    **discussion_notices.DELIVERERS,
    **evaluation_notices.DELIVERERS,
    **remedies_notices.DELIVERERS,
    **decision_notices.DELIVERERS,
    **debrief_notices.DELIVERERS,
    **lost_answers_notices.DELIVERERS,
    **admin_notices.DELIVERERS,
}
"""Who delivers which notice."""

API_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """What this front door is configured with; an empty app token means HTTP.

    `answer_seconds` is how long an answer may take before Slack gets a word in its stead.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    api_url: str
    answer_seconds: float


class SlackFrontDoor:
    """Everything of Slack in one place: receiving, recognising, listening, and the notifier for what goes out."""

    def __init__(
        self,
        config: SlackConfig,
        database: Database,
        clock: Clock,
        calendar: Callable[[WorkspaceSettings], WorkingCalendar],
        index: ClientIndex,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        # The SDK repeats a call whose connection dropped, which posts a message twice: our outbox decides instead.
        self.client = WindowClient(
            token=config.bot_token, base_url=config.api_url, retry_handlers=[], timeout=API_TIMEOUT_SECONDS
        )
        self.installation = SingleInstallation(self.client, config.bot_token)
        self.directory = Directory(self.client, monotonic=monotonic)
        self.members = Members(database, self.directory, clock)
        self.audience = AudienceReader(self.client, self.directory, monotonic=monotonic)
        self.app = AsyncApp(
            # Without a name Bolt reads the source of everything on the call stack to make one up.
            name="flagclient",
            client=AsyncWebClient(base_url=config.api_url, retry_handlers=[]),
            process_before_response=True,
            authorize=self._authorize(),
            # The transports see to it themselves, before Bolt reads anything.
            request_verification_enabled=False,
        )
        self.app.use(Gatekeeper(self.members, self.client, lambda: self.installation.known.team_id))
        lost = LostAnswers(self.members, database, clock)
        self.app.error(Failures(self.client, self.members, self.audience, lost).handle)
        door = FrontDoor(
            database=database,
            clock=clock,
            calendar=calendar,
            index=index,
            directory=self.directory,
            audience=self.audience,
            client=self.client,
            members=self.members,
            lost=lost,
        )
        for capability in CAPABILITIES:
            capability.register(self.app, door)
        self.notifier = SlackNotifier(
            Courier(self.client, self.audience, self.directory, monotonic=monotonic),
            DELIVERERS,
            database,
            clock,
            calendar,
        )
        deadline = AckDeadline(lambda body: self.members.speech(sender_of(body).user_id), config.answer_seconds)
        self.dispatch = Dispatch(self.app, deadline)
        self.http = HttpTransport(self.dispatch, config.signing_secret)
        self.socket = _socket(self.dispatch, config) if config.app_token else None

    def _authorize(self) -> Callable[[], Awaitable[AuthorizeResult]]:
        # Bolt fills a callable's arguments by name and takes the `self` of a bound method for one of them.
        async def authorize() -> AuthorizeResult:
            return await self.installation.authorize()

        return authorize

    async def learn(self) -> bool:
        """Ask Slack who we are; false when it cannot be reached. Raises `TokenRefusedError`."""
        if self.client.session is None:
            # One session for all calls: the SDK would otherwise open a connection for each.
            self.client.session = ClientSession(timeout=ClientTimeout(total=API_TIMEOUT_SECONDS))
        return await _reached(self.installation.learn(), "SLACK_BOT_TOKEN")

    async def listen(self) -> bool:
        """Over Socket Mode, begin to receive; false when Slack cannot be reached. Raises `TokenRefusedError`."""
        return self.socket is None or await _reached(self.socket.start(), "SLACK_APP_TOKEN")

    @property
    def is_connected(self) -> bool:
        """Whether requests of Slack reach us, as far as we can tell."""
        if not self.installation.is_known:
            return False
        return self.socket is None or self.socket.is_alive

    @property
    def is_clock_right(self) -> bool:
        """Whether this machine's clock was within a minute of Slack's: beyond five, every request looks forged."""
        return self.installation.skew_seconds < SKEW_SECONDS

    async def close(self) -> None:
        """Let go of what the clients hold."""
        if self.client.session is not None:
            await self.client.session.close()


def _socket(dispatch: Dispatch, config: SlackConfig) -> SocketTransport:
    # The SDK's client for WebSockets has no use where Slack's requests come over HTTP.
    from handlers.slack.socket_mode import SocketTransport

    return SocketTransport(dispatch, config.app_token, config.api_url)


async def _reached(asking: Awaitable[object], variable: str) -> bool:
    """Whether Slack answered; raises `TokenRefusedError` when it does not take the token of that variable."""
    try:
        await asking
    except SlackApiError as error:
        code = str(error.response.get("error", ""))
        if code in REFUSALS:
            raise TokenRefusedError(variable, code) from None
        log.error("slack_refused", code=code)
        return False
    except CONNECTION_ERRORS as error:
        log.error("slack_unreachable", error=type(error).__name__)
        return False
    return True
