"""The composition root: the only place that knows every concrete class, and the order of starting and stopping."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Container, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from msgspec import Struct

from bot.log import log
from bot.relay import Relay
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.usecases.alerts import DUE as ALERT_DUE
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.client_index import ClientIndex
from bot.usecases.clients import refresh_index
from bot.usecases.debrief import DUE as DEBRIEF_DUE
from bot.usecases.debrief import recompute_wall_times
from bot.usecases.decision import DUE as DECISION_DUE
from bot.usecases.discussion import AFTER_DELIVERY as DISCUSSION_AFTER_DELIVERY
from bot.usecases.erased_messages import AFTER_DELIVERY as ERASURE_AFTER_DELIVERY
from bot.usecases.evaluation import DUE as EVALUATION_DUE
from bot.usecases.evaluation import wake_rounds
from bot.usecases.outbox_delivery import reconnect
from bot.usecases.ports import Clock, UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.remedies import DUE as REMEDY_DUE
from bot.usecases.settings import ensure_first_admin
from handlers.http import Doors, HttpServer, build_http
from handlers.slack.app import SlackConfig, SlackFrontDoor
from handlers.slack.installation import OAuthConfig, TokenRefusedError
from storage.database import open_database
from storage.postgres import PostgresDatabase
from storage.process_lock import ProcessLock, acquire
from storage.revision import HEAD, is_current
from storage.schema import migrate

DUE = {**ALERT_DUE, **EVALUATION_DUE, **REMEDY_DUE, **DECISION_DUE, **DEBRIEF_DUE}
"""Everything that is done when a moment comes, over all capabilities."""

INTAKE_SECONDS = 5.0
RELAY_SECONDS = 8.0
OUTBOX_LATE_SECONDS = 300.0
READINESS_SECONDS = 2.0
NAMES_AGAIN_SECONDS = 30.0


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


class Timeouts(Struct, frozen=True):
    """How long things are waited for, in seconds: an answer for Slack, and Slack itself when it was away at the start.

    Slack gives up on an answer after three; what is left is for the network between us.
    """

    ack: float = 2.3
    reconnect: float = 5.0


TIMEOUTS = Timeouts()


def _prepare(uow: UnitOfWork, *, served: Sequence[int], owners: Mapping[int, Sequence[str]], now: datetime) -> None:
    """What must be true before workspaces are served.

    Each has an admin, what waited for its token goes out, and due moments stand where the zones' rules of today put
    them, those of evaluations that began before there was a clock for them included.
    """
    for workspace_id in served:
        ensure_first_admin(uow, workspace_id, owners.get(workspace_id, ()))
        reconnect(uow, workspace_id, now)
        wake_rounds(uow, workspace_id, now)
    recompute_wall_times(uow, now, HolidayCalendar)


def _refresh_names(uow: UnitOfWork, *, index: ClientIndex, of: Container[str] | None) -> None:
    """Know the clients' names of workspaces, by the platform's ids; of every workspace where `of` names none."""
    for workspace in uow.people.workspaces():
        if of is None or workspace.external_id in of:
            refresh_index(uow, index, workspace.id)


def _oauth(settings: Settings, scopes: Sequence[str]) -> OAuthConfig | None:
    if not settings.serves_many:
        return None
    # A bot on a token of its own has no secrets to keep, and starts without what seals them.
    from storage.sealing import FernetSealer

    secret, sealer = settings.slack_client_secret.get_secret_value(), FernetSealer(settings.encryption_keys)
    return OAuthConfig(settings.slack_client_id, secret, scopes, settings.slack_site, sealer)


class Running(Struct, frozen=True):
    """A bot that has started: where it listens."""

    port: int
    transport: str


class Flagclient:
    """One bot process, from its settings; start it, and stop it once.

    With `ticks` off nothing happens by the clock or after a commit: whoever started it drives scheduler and relay.
    `scopes` are asked for where the app is installed over OAuth.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        scopes: Sequence[str] = (),
        ticks: bool = True,
        timeouts: Timeouts = TIMEOUTS,
    ) -> None:
        self.settings = settings
        self._timeouts = timeouts
        self.clock = clock or SystemClock()
        self.database = open_database(settings.database_url)
        self.index = ClientIndex()
        config = SlackConfig(
            bot_token=settings.slack_bot_token.get_secret_value(),
            app_token=settings.slack_app_token.get_secret_value(),
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            api_url=settings.slack_api_url,
            answer_seconds=timeouts.ack,
            oauth=_oauth(settings, scopes),
        )
        self.slack = SlackFrontDoor(
            config,
            self.database,
            self.clock,
            HolidayCalendar,
            self.index,
            monotonic=time.monotonic if clock is None else lambda: clock.now().timestamp(),
        )
        self.relay = Relay(
            self.database,
            self.slack.notifier,
            self.clock,
            after_delivery={**DISCUSSION_AFTER_DELIVERY, **ERASURE_AFTER_DELIVERY},
        )
        self.scheduler = Scheduler(self.database, self.clock, self.relay, DUE, HolidayCalendar, refresh=self._refresh)
        self._ticks = ticks
        self._lock: ProcessLock | None = None
        self._server: HttpServer | None = None
        self._beginning: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._names_read_at = time.monotonic()

    async def start(self) -> Running:
        """Migrate, listen, and let the clock run; raises with a clear sentence when it cannot.

        Slack may be away at this moment: requests are then refused until it has told us who we are.
        """
        self._lock = acquire(self.settings.database_url)
        await migrate(self.settings.database_url)
        transport = "socket" if self.slack.socket else "http"
        doors = Doors(
            slack=None if self.slack.socket else self.slack.http.receive,
            ready=self.readiness,
            pages=self.slack.pages,
            metrics_token=self.settings.metrics_token.get_secret_value(),
        )
        has_begun = await self._begin()
        self._server = HttpServer(build_http(doors), self.settings.host, self.settings.port)
        port = await self._server.start()
        if not has_begun:
            self._beginning = asyncio.create_task(self._begin_later(), name="begin")
        log.info("bot_started", transport=transport, port=port, revision=HEAD)
        return Running(port, transport)

    async def _begin(self) -> bool:
        """Ask Slack who we are, and begin in earnest once it answers; may be tried again."""
        if not await self.slack.learn():
            return False
        served = [workspace.id for workspace in await self.slack.workspaces.served()]
        owners = await self.slack.workspaces.owners()
        await self.database.write(partial(_prepare, served=served, owners=owners, now=self.clock.now()))
        # What changes from here on is noticed.
        await self.slack.workspaces.refresh()
        await self._read_names()
        if not await self.slack.listen():
            return False
        if self._ticks:
            self.database.on_due_notice = self.relay.wake
            self.scheduler.start()
        return True

    async def _begin_later(self) -> None:
        has_begun = False
        while not has_begun:
            await asyncio.sleep(self._timeouts.reconnect)
            try:
                has_begun = await self._begin()
            except (DatabaseUnavailableError, TokenRefusedError) as error:
                log.error("not_begun", error=type(error).__name__)

    async def _refresh(self) -> None:
        """Take over what another process changed: settings and roles at once, clients' names now and then."""
        changed = await self.slack.workspaces.refresh()
        if changed:
            now = self.clock.now()
            await self.database.write(partial(recompute_wall_times, now=now, calendar_for=HolidayCalendar))
            await self._read_names({workspace.external_id for workspace in changed})
        if isinstance(self.database, PostgresDatabase) and time.monotonic() - self._names_read_at > NAMES_AGAIN_SECONDS:
            self._names_read_at = time.monotonic()
            await self._read_names({workspace.installation.known.team_id for workspace in self.slack.workspaces.opened})

    async def _read_names(self, of: Container[str] | None = None) -> None:
        await self.database.read(partial(_refresh_names, index=self.index, of=of))

    async def readiness(self) -> dict[str, bool]:
        """Each thing that serving depends on, and whether it is well; names and versions stay out of it."""
        return {
            "running": not self._stopping.is_set(),
            "database": await self._is_database_well(),
            "schema": await self._is_schema_current(),
            "slack": self.slack.is_connected,
            "clock": self.slack.is_clock_right,
            "outbox": await self._is_outbox_timely(),
        }

    async def _is_database_well(self) -> bool:
        try:
            await asyncio.wait_for(self.database.ping(), READINESS_SECONDS)
        except (DatabaseUnavailableError, TimeoutError):
            return False
        return True

    async def _is_schema_current(self) -> bool:
        try:
            revision = await asyncio.wait_for(self.database.schema_revision(), READINESS_SECONDS)
        except (DatabaseUnavailableError, TimeoutError):
            return False
        return is_current(revision)

    async def _is_outbox_timely(self) -> bool:
        now = self.clock.now()
        try:
            oldest = await asyncio.wait_for(
                self.database.read(lambda uow: uow.outbox.oldest_due(now)), READINESS_SECONDS
            )
        except (DatabaseUnavailableError, TimeoutError):
            return False
        return oldest is None or (now - oldest).total_seconds() < OUTBOX_LATE_SECONDS

    async def stop(self) -> None:
        """Take nothing new, finish or hand back what is under way within twenty seconds, and close everything."""
        self._stopping.set()
        if self._beginning is not None:
            self._beginning.cancel()
            await asyncio.gather(self._beginning, return_exceptions=True)
        await asyncio.gather(self._stop_receiving(), self.scheduler.stop())
        await self.slack.dispatch.drain(INTAKE_SECONDS)
        await self.relay.drain(RELAY_SECONDS)
        await self.slack.close()
        await self.database.close()
        if self._lock is not None:
            self._lock.release()
        log.info("bot_stopped")

    async def _stop_receiving(self) -> None:
        if self.slack.socket is not None:
            await self.slack.socket.stop(INTAKE_SECONDS)
        if self._server is not None:
            await self._server.stop()

    async def run_until(self, asked: asyncio.Event) -> bool:
        """Wait until `asked` is set, or every connection to Slack is lost for good; true when it was asked."""
        waits: list[asyncio.Task[bool]] = [asyncio.create_task(asked.wait())]
        if self.slack.socket is not None:
            waits.append(asyncio.create_task(self.slack.socket.gave_up.wait()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return asked.is_set()


def stop_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set, instead of ending the process where it stands."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked.set)
    return asked
