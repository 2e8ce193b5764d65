"""What the playground may ask of the bot in it: what is due, to settle, its working days, its database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta

from bot.app import Flagclient
from bot.commands.console import CommandError
from bot.commands.playground.lock import DatabaseLock
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import local_instant, next_working_morning
from bot.playground import NotPossible, Playground
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError

SETTLE_SECONDS = 10.0
"""How long settling waits in real time: a call to Slack that hangs may not hold the clock any longer."""

MAX_ROUNDS = 50
_MORNING = time(9, 0)
_INSTANT = timedelta(microseconds=1)


class BotLevers:
    """`Levers` of a bot that runs in `world` and whose database `lock` can hold; `begin_again` starts a story over."""

    def __init__(
        self, bot: Flagclient, world: Playground, lock: DatabaseLock, begin_again: Callable[[str], Awaitable[None]]
    ) -> None:
        self._bot = bot
        self._world = world
        self._lock = lock
        self._begin_again = begin_again

    async def next_due(self) -> datetime | None:
        """The first moment after now at which a due row or a notice waits for its time."""
        now = self._world.clock.now()
        try:
            due, notice = await self._bot.database.read(lambda uow: (uow.due.next_at(), uow.outbox.next_due(now)))
        except DatabaseUnavailableError:
            return None
        moments = [moment for moment in (due, notice) if moment is not None and moment > now]
        return min(moments, default=None)

    async def settle(self) -> None:
        """Do what is due and deliver what follows, until nothing more follows; gives up on what hangs."""
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                for _ in range(MAX_ROUNDS):
                    if not await self._round():
                        return
        except (TimeoutError, DatabaseUnavailableError):
            return

    async def _round(self) -> bool:
        """Do what is due now and hear the answers; whether anything came of it."""
        before = self._world.inspector.number
        await self._world.settled()
        await self._bot.scheduler.do_what_is_due()
        attempts = await self._bot.relay.deliver_due()
        await self._world.settled()
        return bool(attempts) or self._world.inspector.number > before

    async def next_morning(self) -> datetime:
        """The next moment at which a working day begins, by the workspace's settings."""
        settings = await self._settings()
        return next_working_morning(self._world.clock.now() + _INSTANT, settings, HolidayCalendar(settings))

    async def morning_of(self, day: date) -> datetime:
        """Nine in the morning of `day` in the workspace's zone."""
        return local_instant(datetime.combine(day, _MORNING), (await self._settings()).zone)

    async def pause_database(self, seconds: float) -> None:
        """Lock the bot's database file for that many real seconds."""
        try:
            await self._lock.hold(seconds)
        except sqlite3.OperationalError as error:
            raise NotPossible(f"the database cannot be locked now: {error}") from error

    async def restart(self, story: str) -> None:
        """Stop the bot, forget everything, and begin again with a story.

        Raises ValueError when there is no such story, NotPossible when it cannot be played to its end.
        """
        try:
            await self._begin_again(story)
        except CommandError as error:
            raise NotPossible(str(error)) from error

    async def _settings(self) -> WorkspaceSettings:
        return await self._bot.database.read(_settings_of_the_only_workspace)


def _settings_of_the_only_workspace(uow: UnitOfWork) -> WorkspaceSettings:
    return uow.people.workspaces()[0].settings
