"""The composition root: the only place that knows every concrete class, and the order of starting and stopping."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import ChainMap
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from msgspec import Struct

from bot.log import log
from bot.platforms import Foundation, built
from bot.platforms.by_workspace import NotifierByWorkspace
from bot.relay import Relay
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.capabilities import AFTER_DELIVERY, DUE, HELD_UP
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import refresh_index
from bot.usecases.debrief.wall_times import recompute_wall_times
from bot.usecases.evaluation.rounds import wake_rounds
from bot.usecases.outbox_delivery import reconnect
from bot.usecases.ports import Clock, UnitOfWork, Workspace
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.settings import ensure_first_admin
from handlers.features.faces import FACES
from handlers.http import Doors, HttpServer, build_http, is_loopback
from handlers.surface.platform import ChatPlatform, PlatformRefusedError
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.process_lock import ProcessLock, acquire
from storage.engines.revision import HEAD, is_current
from storage.engines.schema import migrate

INTAKE_SECONDS = 5.0
RELAY_SECONDS = 8.0
OUTBOX_LATE_SECONDS = 300.0
READINESS_SECONDS = 2.0
NAMES_AGAIN_SECONDS = 30.0
FOLLOW_AGAIN_SECONDS = 30.0


class SystemClock:
    """The time of this machine, until it follows another clock."""

    def __init__(self) -> None:
        self._followed: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The present instant, in UTC."""
        if self._followed is None:
            return datetime.now(UTC)
        instant, since = self._followed
        return instant + timedelta(seconds=time.monotonic() - since)

    def follow(self, instant: datetime) -> None:
        """Go on from an aware instant that another clock showed just now."""
        self._followed = (instant, time.monotonic())


class Timeouts(Struct, frozen=True):
    """How long things are waited for, in seconds: an answer to a platform, and a platform that was away at the start.

    The most impatient platform gives up on an answer after three; what is left is for the network between us.
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


def _give_admins(uow: UnitOfWork, *, owners: Mapping[int, Sequence[str]]) -> None:
    for workspace_id, found in owners.items():
        ensure_first_admin(uow, workspace_id, found)


def _refresh_names(uow: UnitOfWork, *, index: ClientIndex, of: Container[tuple[str, str]] | None) -> None:
    """Know the clients' names of workspaces, by platform and its id; of every workspace where `of` names none."""
    for workspace in uow.people.workspaces():
        if of is None or (workspace.platform, workspace.external_id) in of:
            refresh_index(uow, index, workspace.id)


class Running(Struct, frozen=True):
    """A bot that has started: where it listens."""

    port: int
    transport: str


class Flagclient:
    """One bot process, from its settings; start it, and stop it once.

    With `ticks` off nothing happens by the clock or after a commit: whoever started it drives scheduler and relay.
    `build` makes the platforms that it serves, which are those of the environment unless somebody else's are wanted.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        ticks: bool = True,
        timeouts: Timeouts = TIMEOUTS,
        build: Callable[[Settings, Foundation], Sequence[ChatPlatform]] = built,
    ) -> None:
        self.settings = settings
        self._timeouts = timeouts
        self.clock = clock or SystemClock()
        self.database = open_database(settings.database_url)
        self.index = ClientIndex()
        foundation = Foundation(
            self.database,
            self.clock,
            HolidayCalendar,
            self.index,
            FACES,
            monotonic=time.monotonic if clock is None else lambda: clock.now().timestamp(),
            ack_seconds=timeouts.ack,
        )
        self.platforms = {platform.name: platform for platform in build(settings, foundation)}
        self.relay = Relay(
            self.database,
            NotifierByWorkspace({name: platform.notifier for name, platform in self.platforms.items()}, self.database),
            self.clock,
            after_delivery=AFTER_DELIVERY,
            held_up=HELD_UP,
        )
        self.scheduler = Scheduler(self.database, self.clock, self.relay, DUE, HolidayCalendar, refresh=self.refresh)
        self._ticks = ticks
        self._lock: ProcessLock | None = None
        self._server: HttpServer | None = None
        self._beginning: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._names_read_at = time.monotonic()
        self._followed_at = float("-inf")
        self._lacks_admin = False

    async def start(self) -> Running:
        """Migrate, listen, and let the clock run; raises with a clear sentence when it cannot.

        A platform may be away at this moment: its requests are then refused until it has told us who we are.
        """
        self._lock = acquire(self.settings.database_url)
        await migrate(self.settings.database_url)
        transport = ",".join(platform.transport for platform in self.platforms.values())
        doors = Doors(
            ready=self.readiness,
            posts=ChainMap(*(dict(platform.posts) for platform in self.platforms.values())),
            pages=ChainMap(*(dict(platform.pages) for platform in self.platforms.values())),
            metrics_token=self.settings.metrics_token.get_secret_value(),
            is_local=is_loopback(self.settings.host),
        )
        has_begun = await self._begin()
        self._server = HttpServer(build_http(doors), self.settings.host, self.settings.port)
        port = await self._server.start()
        if not has_begun:
            self._beginning = asyncio.create_task(self._begin_later(), name="begin")
        log.info("bot_started", transport=transport, port=port, revision=HEAD)
        return Running(port, transport)

    async def _begin(self) -> bool:
        """Begin on every platform in earnest once all of them answer; may be tried again."""
        for platform in self.platforms.values():
            if not await platform.begin():
                return False
        await self._follow_the_database()
        served = [workspace.id for platform in self.platforms.values() for workspace in await platform.served()]
        owners = await self._owners()
        await self.database.write(partial(_prepare, served=served, owners=owners, now=self.clock.now()))
        # What changes from here on is noticed.
        await self._changed()
        await self._read_names()
        for platform in self.platforms.values():
            if not await platform.listen():
                return False
        if self._ticks:
            self.database.on_due_notice = self.relay.wake
            self.scheduler.start()
        return True

    async def _owners(self) -> Mapping[int, Sequence[str]]:
        """Who may begin, by workspace without an admin, and notes where that is not known yet."""
        owners = ChainMap(*[dict(await platform.owners()) for platform in self.platforms.values()])
        self._lacks_admin = not all(owners.values())
        return owners

    async def _find_admins(self) -> None:
        """Where nobody is admin yet, since the platform did not say at the start who leads a workspace, ask again."""
        await self.database.write(partial(_give_admins, owners=await self._owners()))

    async def _begin_later(self) -> None:
        has_begun = False
        while not has_begun:
            await asyncio.sleep(self._timeouts.reconnect)
            try:
                has_begun = await self._begin()
            except (DatabaseUnavailableError, PlatformRefusedError) as error:
                log.error("not_begun", error=type(error).__name__)

    async def refresh(self) -> None:
        """Take over what another process changed: settings and roles at once, clients' names now and then."""
        await self._follow_the_database()
        if self._lacks_admin:
            await self._find_admins()
        changed = await self._changed()
        if changed:
            now = self.clock.now()
            await self.database.write(partial(recompute_wall_times, now=now, calendar_for=HolidayCalendar))
            await self._read_names({(workspace.platform, workspace.external_id) for workspace in changed})
        if isinstance(self.database, PostgresDatabase) and time.monotonic() - self._names_read_at > NAMES_AGAIN_SECONDS:
            self._names_read_at = time.monotonic()
            await self._read_names(
                {(name, opened) for name, platform in self.platforms.items() for opened in platform.opened()}
            )

    async def _follow_the_database(self) -> None:
        """Go by the clock of a database that several processes share: by two clocks a lease would run out twice."""
        is_due = time.monotonic() - self._followed_at > FOLLOW_AGAIN_SECONDS
        if is_due and isinstance(self.database, PostgresDatabase) and isinstance(self.clock, SystemClock):
            self._followed_at = time.monotonic()
            self.clock.follow(await self.database.present())

    async def _changed(self) -> list[Workspace]:
        """The workspaces whose settings or roles another process changed, which are taken over."""
        return [workspace for platform in self.platforms.values() for workspace in await platform.refresh()]

    async def _read_names(self, of: Container[tuple[str, str]] | None = None) -> None:
        await self.database.read(partial(_refresh_names, index=self.index, of=of))

    async def readiness(self) -> dict[str, bool]:
        """Each thing that serving depends on, and whether it is well; names and versions stay out of it."""
        return {
            "running": not self._stopping.is_set(),
            "database": await self._is_database_well(),
            "schema": await self._is_schema_current(),
            **{check: is_well for platform in self.platforms.values() for check, is_well in platform.health().items()},
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
                self.database.read(lambda uow: uow.outbox.oldest_due(now, self.relay.resting())), READINESS_SECONDS
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
        for platform in self.platforms.values():
            await platform.drain(INTAKE_SECONDS)
        await self.relay.drain(RELAY_SECONDS)
        for platform in self.platforms.values():
            await platform.close()
        await self.database.close()
        if self._lock is not None:
            self._lock.release()
        log.info("bot_stopped")

    async def _stop_receiving(self) -> None:
        for platform in self.platforms.values():
            await platform.stop_receiving(INTAKE_SECONDS)
        if self._server is not None:
            await self._server.stop()


def stop_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set, instead of ending the process where it stands."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked.set)
    return asked
