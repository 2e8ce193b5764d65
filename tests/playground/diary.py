"""An app that only has things to do at moments, for the clock that walks."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from bot.playground import Playground

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Diary:
    """An app that only has things to do at moments; it writes down when it did which."""

    def __init__(self, world: Playground, *moments: datetime) -> None:
        self.world = world
        self.waiting = sorted(moments)
        self.done: list[tuple[datetime, datetime]] = []
        self.paused: list[float] = []
        self.stories: list[str] = []
        self.again: timedelta | None = None

    async def next_due(self) -> datetime | None:
        now = self.world.clock.now()
        return min((moment for moment in self.waiting if moment > now), default=None)

    async def settle(self) -> None:
        await self.world.settled()
        now = self.world.clock.now()
        for moment in [moment for moment in self.waiting if moment <= now]:
            self.waiting.remove(moment)
            self.done.append((moment, now))
            await asyncio.sleep(0)
            if self.again is not None:
                self.waiting.append(now + self.again)
        await self.world.settled()

    async def next_morning(self) -> datetime:
        return NOON + timedelta(hours=21)

    async def morning_of(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    async def pause_database(self, seconds: float) -> None:
        self.paused.append(seconds)

    async def restart(self, story: str) -> None:
        if story not in ("nl", "en", "empty"):
            raise ValueError(f"no story {story}")
        self.stories.append(story)
