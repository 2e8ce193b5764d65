"""The Slack front door: both transports, the workspaces behind them, and the notifier for what goes out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import ClientSession, ClientTimeout
from msgspec import Struct
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.language import DEFAULT, Language, language
from bot.log import log
from bot.usecases.ports import Workspace
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.privacy.covering import check_places, guests_since
from handlers.slack.receiving.ack_deadline import AckDeadline
from handlers.slack.receiving.dispatch import Dispatch
from handlers.slack.receiving.http import HttpTransport
from handlers.slack.receiving.payloads import Payload
from handlers.slack.receiving.unserved import answer_not_installed, answer_unavailable
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS, slack_code
from handlers.slack.sending.web_client import WebClient
from handlers.slack.workspaces.installation import REFUSALS, SKEW_SECONDS, OAuthConfig, TokenRefusedError
from handlers.slack.workspaces.members import PLATFORM
from handlers.slack.workspaces.registry import SingleWorkspace, WorkspaceNotifier, WorkspaceRegistry
from handlers.slack.workspaces.workspace import API_TIMEOUT_SECONDS, SharedDependencies
from handlers.surface.platform import Receiver

if TYPE_CHECKING:
    from handlers.slack.receiving.socket_mode import SocketTransport

HEARD_WITHIN = timedelta(minutes=1)
"""How far we look back for what other processes have heard: clocks differ, and a transaction takes a while."""

EVENTS_PATH = "/slack/events"
"""Where Slack sends commands, interactions and events over HTTP."""


class SlackConfig(Struct, frozen=True):
    """What this front door is configured with; an empty app token means HTTP.

    With `oauth` it serves every workspace that it is installed in, otherwise the one of `bot_token`.
    `answer_seconds` is how long an answer may take before Slack gets a word in its stead.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    answer_seconds: float
    oauth: OAuthConfig | None = None


class SlackPlatform:
    """Slack as a `ChatPlatform`: receiving, finding the workspace, listening there, and what goes out."""

    name = PLATFORM

    def __init__(
        self,
        config: SlackConfig,
        shared: SharedDependencies,
    ) -> None:
        self._shared = shared
        self.pages: Mapping[str, Receiver] = {}
        self.workspaces: WorkspaceRegistry
        if config.oauth is not None:
            self.workspaces, self.pages = _many(config.oauth, shared)
        else:
            self.workspaces = SingleWorkspace(shared, config.bot_token)
        self.notifier = WorkspaceNotifier(self.workspaces)
        self.dispatch = Dispatch(self._answer, AckDeadline(self._speech, config.answer_seconds), self._missed_events)
        self.http = HttpTransport(self.dispatch, config.signing_secret)
        self.socket = _socket(self.dispatch, self._missed_events, config, shared) if config.app_token else None
        # Without a token: it opens no window where we are not installed, but answers where Slack gives an address.
        self._client = WebClient(base_url=shared.api_url, retry_handlers=[])
        self._session: ClientSession | None = None
        self._has_begun = False
        self._missed: set[str] = set()

    async def _answer(self, request: AsyncBoltRequest, payload: Payload) -> BoltResponse:
        try:
            workspace = await self.workspaces.by_external_id(request.context.team_id or "")
        except DatabaseUnavailableError:
            return await answer_unavailable(self._client, payload, self._speech(payload))
        if workspace is None:
            return await answer_not_installed(self._client, payload, self._speech(payload))
        return await workspace.app.async_dispatch(request)

    def _missed_events(self, team_id: str = "") -> None:
        """Slack did not tell of everything, in one workspace or in all: what it would have told of is asked anew."""
        for workspace in self.workspaces.opened:
            if team_id in ("", workspace.installation.known.team_id):
                workspace.audience.missed_events()
                self._missed.add(workspace.installation.known.team_id)

    def _speech(self, payload: Payload) -> Language:
        """The language of whoever is behind an interaction, as far as it is known without asking anybody."""
        user_id = payload.sender.user_id
        known = (workspace.members.spoken_by(user_id) for workspace in self.workspaces.opened)
        return language(next(filter(None, known), DEFAULT))

    async def begin(self) -> bool:
        """Ask Slack who we are; false when it cannot be reached. Raises `TokenRefusedError`."""
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=API_TIMEOUT_SECONDS))
            self.workspaces.use(self._session)
        if not await _reached(self.workspaces.learn(), "SLACK_BOT_TOKEN"):
            return False
        self._has_begun = True
        return True

    async def listen(self) -> bool:
        """Over Socket Mode, begin to receive; false when Slack cannot be reached. Raises `TokenRefusedError`."""
        return self.socket is None or await _reached(self.socket.start(), "SLACK_APP_TOKEN")

    @property
    def transport(self) -> str:
        """`socket` or `http`."""
        return "socket" if self.socket is not None else "http"

    @property
    def posts(self) -> Mapping[str, Receiver]:
        """Over HTTP, where Slack's requests come in."""
        return {} if self.socket is not None else {EVENTS_PATH: self.http.receive}

    async def served(self) -> list[Workspace]:
        """The workspaces that we have a token for."""
        return await self.workspaces.served()

    async def owners(self) -> Mapping[int, Sequence[str]]:
        """The user ids of each workspace's owners; none where Slack cannot be asked."""
        return await self.workspaces.owners()

    async def refresh(self) -> list[Workspace]:
        """Take over what another process changed; returns the workspaces whose settings or roles did."""
        missed, self._missed = self._missed, set()
        for team_id in missed:
            await self._check_places(team_id)
        await self._hear_of_guests()
        changed = await self.workspaces.refresh()
        for workspace in self.workspaces.opened:
            await workspace.homes.refresh()
        return changed

    async def _hear_of_guests(self) -> None:
        """Know whom another process that shares our database has heard to be only a guest now."""
        since = self._shared.clock.now() - HEARD_WITHIN
        for workspace in self.workspaces.opened:
            team_id = workspace.installation.known.team_id
            known = await workspace.members.workspace(team_id)
            guests = await self._shared.database.read(partial(guests_since, workspace_id=known.id, since=since))
            for user_id in guests:
                workspace.members.forget(team_id, user_id)

    async def _check_places(self, team_id: str) -> None:
        workspace = await self.workspaces.by_external_id(team_id)
        if workspace is not None:
            known = await workspace.members.workspace(team_id)
            await self._shared.database.write(
                partial(check_places, workspace_id=known.id, now=self._shared.clock.now())
            )

    def opened(self) -> set[str]:
        """Slack's ids of the workspaces in which something has happened since the start."""
        return {workspace.installation.known.team_id for workspace in self.workspaces.opened}

    def health(self) -> Mapping[str, bool]:
        """Whether Slack's requests reach us, and whether our clock is right for their signatures."""
        return {"slack": self.is_connected, "clock": self.is_clock_right}

    async def stop_receiving(self, seconds: float) -> None:
        """Close the connections of Socket Mode, which are given up to `seconds` to end."""
        if self.socket is not None:
            await self.socket.stop(seconds)

    async def drain(self, seconds: float) -> None:
        """Give what was answered early and is still being worked on up to `seconds` to end."""
        await self.dispatch.drain(seconds)

    @property
    def is_connected(self) -> bool:
        """Whether requests of Slack reach us, as far as we can tell."""
        return self._has_begun and (self.socket is None or self.socket.is_alive)

    @property
    def is_clock_right(self) -> bool:
        """Whether this machine's clock was within a minute of Slack's: beyond five, every request looks forged."""
        return self.workspaces.skew_seconds < SKEW_SECONDS

    async def close(self) -> None:
        """Let go of what the clients hold."""
        if self._session is not None:
            await self._session.close()


def _many(oauth: OAuthConfig, shared: SharedDependencies) -> tuple[WorkspaceRegistry, Mapping[str, Receiver]]:
    # A bot on a token of its own starts without what it takes to be installed.
    from handlers.slack.workspaces.installed import InstalledWorkspaces
    from handlers.slack.workspaces.oauth import Installing

    registry = InstalledWorkspaces(shared, oauth.sealer)
    return registry, Installing(oauth, registry, shared).pages()


def _socket(
    dispatch: Dispatch, reconnected: Callable[[], None], config: SlackConfig, shared: SharedDependencies
) -> SocketTransport:
    # The SDK's client for WebSockets has no use where Slack's requests come over HTTP.
    from handlers.slack.receiving.socket_mode import SocketTransport

    return SocketTransport(dispatch, config.app_token, shared.api_url, reconnected=reconnected)


async def _reached(asking: Awaitable[object], variable: str) -> bool:
    """Whether Slack answered; raises `TokenRefusedError` when it does not take the token of that variable."""
    try:
        await asking
    except CONNECTION_ERRORS as error:
        code = slack_code(error)
        if code in REFUSALS:
            raise TokenRefusedError(variable, code) from None
        log.error("slack_refused" if code else "slack_unreachable", code=code, error=type(error).__name__)
        return False
    return True
