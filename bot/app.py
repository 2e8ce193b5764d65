"""The composition root: the only place that knows every concrete class, and the order of starting and stopping."""

from __future__ import annotations

import asyncio
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.log import log
from bot.relay import Relay
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.usecases.alerts import DUE as ALERT_DUE
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.client_index import ClientIndex
from bot.usecases.clients import refresh_index
from bot.usecases.debrief import DUE as DEBRIEF_DUE
from bot.usecases.discussion import AFTER_DELIVERY
from bot.usecases.ports import Clock
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.settings import ensure_first_admin
from handlers.http import Doors, HttpServer, build_http
from handlers.slack.app import SlackConfig, SlackFrontDoor
from storage.database import open_database
from storage.postgres import PostgresDatabase
from storage.process_lock import ProcessLock, acquire
from storage.revision import HEAD, is_current
from storage.schema import migrate

DUE = {**ALERT_DUE, **DEBRIEF_DUE}
"""Everything that is done when a moment comes, over all capabilities."""

STOP_SECONDS = 20.0
OUTBOX_LATE_SECONDS = 300.0
LEARN_AGAIN_SECONDS = 5.0
READINESS_SECONDS = 2.0
NAMES_AGAIN_SECONDS = 30.0


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that has started: where it listens."""

    port: int
    transport: str


class Flagclient:
    """One bot process, from its settings; start it, and stop it once.

    With `ticks` off nothing happens by the clock: whoever started it drives scheduler and relay.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None, *, ticks: bool = True) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.database = open_database(settings.database_url)
        self.index = ClientIndex()
        config = SlackConfig(
            bot_token=settings.slack_bot_token.get_secret_value(),
            app_token=settings.slack_app_token.get_secret_value(),
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            api_url=settings.slack_api_url,
        )
        self.slack = SlackFrontDoor(config, self.database, self.clock, HolidayCalendar, self.index)
        self.relay = Relay(self.database, self.slack.notifier, self.clock, after_delivery=AFTER_DELIVERY)
        self.scheduler = Scheduler(self.database, self.clock, self.relay, DUE, HolidayCalendar, refresh=self._refresh)
        self._ticks = ticks
        self._lock: ProcessLock | None = None
        self._server: HttpServer | None = None
        self._learning: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._names_read_at = 0.0

    async def start(self) -> Running:
        """Migrate, listen, and let the clock run; raises with a clear sentence when it cannot.

        Slack may be away at this moment: requests are then refused until it has told us who we are.
        """
        self._lock = acquire(self.settings.database_url)
        await migrate(self.settings.database_url)
        transport = "socket" if self.slack.socket else "http"
        doors = Doors(
            slack=None if self.slack.socket else self.slack.receive,
            ready=self.readiness,
            metrics_token=self.settings.metrics_token.get_secret_value(),
        )
        self._server = HttpServer(build_http(doors), self.settings.host, self.settings.port)
        port = await self._server.start()
        if not await self._learn():
            self._learning = asyncio.create_task(self._learn_until_known(), name="learn-installation")
        log.info("bot_started", transport=transport, port=port, revision=HEAD)
        return Running(port, transport)

    async def _learn(self) -> bool:
        """Ask Slack who we are, and begin in earnest once it answers."""
        if not await self.slack.learn():
            return False
        workspace = await self.slack.members.workspace(self.slack.installation.known.team_id)
        owners = await self.slack.directory.primary_admins()
        await self.database.write(partial(ensure_first_admin, workspace_id=workspace.id, external_ids=owners))
        await self._read_names()
        if self.slack.socket:
            await self.slack.socket.start()
        if self._ticks:
            self.scheduler.start()
        return True

    async def _learn_until_known(self) -> None:
        while True:
            await asyncio.sleep(LEARN_AGAIN_SECONDS)
            if await self._learn():
                return

    async def _refresh(self) -> None:
        """Take over what another process changed: settings and roles at once, clients' names now and then."""
        await self.slack.members.refresh()
        if isinstance(self.database, PostgresDatabase) and time.monotonic() - self._names_read_at > NAMES_AGAIN_SECONDS:
            await self._read_names()

    async def _read_names(self) -> None:
        workspace = await self.slack.members.workspace(self.slack.installation.known.team_id)
        await self.database.read(partial(refresh_index, index=self.index, workspace_id=workspace.id))
        self._names_read_at = time.monotonic()

    async def readiness(self) -> dict[str, bool]:
        """Each thing that serving depends on, and whether it is well; names and versions stay out of it."""
        return {
            "running": not self._stopping.is_set(),
            "database": await self._is_database_well(),
            "schema": await self._is_schema_current(),
            "slack": self.slack.is_connected,
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
        if self._learning is not None:
            self._learning.cancel()
            await asyncio.gather(self._learning, return_exceptions=True)
        if self.slack.socket is not None:
            await self.slack.socket.stop(STOP_SECONDS / 4)
        if self._server is not None:
            await self._server.stop()
        await self.scheduler.stop()
        await self.relay.drain(STOP_SECONDS / 2)
        await self.slack.close()
        await self.database.close()
        if self._lock is not None:
            self._lock.release()
        log.info("bot_stopped")

    async def run_until_stopped(self) -> bool:
        """Wait for SIGTERM, SIGINT or the loss of every connection; true when it was asked to stop."""
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, asked.set)
        waits: list[asyncio.Task[bool]] = [asyncio.create_task(asked.wait())]
        if self.slack.socket is not None:
            waits.append(asyncio.create_task(self.slack.socket.gave_up.wait()))
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        return asked.is_set()
