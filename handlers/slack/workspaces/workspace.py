"""Everything of one Slack workspace: our token there, its people, what is listened for, and what goes out.

Workspaces share the database and nothing else, so what one of them knows cannot turn up in another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import ClientSession
from msgspec import Struct
from slack_bolt.async_app import AsyncApp

from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.ports import Clock, Database
from handlers.slack.receiving import fallback
from handlers.slack.receiving.binding import Binding
from handlers.slack.receiving.failures import Failures
from handlers.slack.receiving.gatekeeper import Gatekeeper
from handlers.slack.receiving.listener_context import ListenerContext
from handlers.slack.receiving.lost_answers import LostAnswers
from handlers.slack.receiving.routes import Routes
from handlers.slack.sending.messenger import SlackMessenger
from handlers.slack.sending.web_api import WebApi
from handlers.slack.sending.web_client import WebClient
from handlers.slack.workspaces import events
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.homes import Homes
from handlers.slack.workspaces.installation import Installation, WorkspaceInstallation
from handlers.slack.workspaces.members import Members
from handlers.surface.delivery import Delivery
from handlers.surface.face import Face

API_TIMEOUT_SECONDS = 10


class SharedDependencies(Struct, frozen=True):
    """What the workspaces share: where Slack is, and the ports. `monotonic` counts seconds for rates and caches.

    `look_seconds` is how long an answer may wait until it is known who can look on.
    """

    api_url: str
    database: Database
    clock: Clock
    calendar: Callable[[WorkspaceSettings], WorkingCalendar]
    index: ClientIndex
    faces: Sequence[Face]
    monotonic: Callable[[], float]
    look_seconds: float


class SlackWorkspace:
    """One workspace, from its token; `known` says who we are there where that need not be asked of Slack."""

    def __init__(self, shared: SharedDependencies, bot_token: str, known: Installation | None = None) -> None:
        # The SDK repeats a call whose connection dropped, which posts a message twice: our outbox decides instead.
        self.client = WebClient(
            token=bot_token, base_url=shared.api_url, retry_handlers=[], timeout=API_TIMEOUT_SECONDS
        )
        self.installation = WorkspaceInstallation(self.client, bot_token, known)
        # Slack's rates are for a workspace: all of its parts keep to them together.
        calls = WebApi(shared.monotonic)
        self.directory = Directory(self.client, calls, self.installation.found)
        self.members = Members(shared.database, self.directory, shared.clock)
        self.audience = AudienceReader(self.client, calls, self.directory, patience_seconds=shared.look_seconds)
        self.homes = Homes(self.client, calls, self.members, lambda: self.installation.known.team_id)
        self.app = AsyncApp(
            # Without a name Bolt reads the source of everything on the call stack to make one up.
            name="flagclient",
            client=WebClient(base_url=shared.api_url, retry_handlers=[]),
            process_before_response=True,
            authorize=self.installation,
            # The transports see to it themselves, before Bolt reads anything.
            request_verification_enabled=False,
        )
        self.app.use(Gatekeeper(self.members, self.client, lambda: self.installation.known.team_id))
        self.routes = Routes()
        self.app.use(self.routes)
        lost = LostAnswers(self.members, shared.database, shared.clock)
        self.app.error(Failures(self.client, self.members, self.audience, lost).handle)
        door = ListenerContext(
            database=shared.database,
            clock=shared.clock,
            calendar=shared.calendar,
            index=shared.index,
            directory=self.directory,
            audience=self.audience,
            client=self.client,
            members=self.members,
            homes=self.homes,
            lost=lost,
        )
        events.register(self.routes, door)
        fallback.register(self.routes, door)
        binding = Binding(self.routes, door)
        for face in shared.faces:
            binding.bind(face.interactions)
        self.notifier = Delivery(
            {notice: telling for face in shared.faces for notice, telling in face.tellings.items()},
            SlackMessenger(self.client, calls, self.audience, self.directory),
            shared.database,
            shared.clock,
            shared.calendar,
        )

    async def owners(self) -> list[str]:
        """The user ids of the workspace's owners, met so that they are spoken to in their own language."""
        owners = await self.directory.primary_admins()
        await self.members.meet(self.installation.known.team_id, owners)
        return owners

    def use(self, session: ClientSession) -> None:
        """Make all calls over the connections of `session`: the SDK would otherwise open one for each."""
        self.client.session = session
