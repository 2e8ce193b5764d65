"""The clock and the app's own levers over HTTP."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bot.playground.state import JSON
from bot.playground.walking import Walker
from bot.playground.world import World


class ClockControl:
    """The actions under `clock/`, `database/` and `world/`.

    Every action on the clock answers `{from, to, fired: [{at, what, method, channel, ts}]}`. What asks the app (when
    it is due, when a morning comes, its database, starting over) is refused where none is attached.
    """

    def __init__(self, world: World) -> None:
        """Move the clock of `world`."""
        self._world = world
        self._walker = Walker(world)

    def actions(self) -> dict[str, Callable[..., Any]]:
        """Each action by its name."""
        return {
            "clock/advance": self._advance,
            "clock/set": self._set,
            "clock/next_due": self._next_due,
            "clock/next_morning": self._next_morning,
            "clock/to_date": self._to_date,
            "database/pause": self._pause_database,
            "world/restart": self._restart,
        }

    async def reading(self) -> JSON:
        """What the clock shows, `{now, next_due}` in ISO form; `next_due` is None when nothing is, or nobody knows."""
        due = await self._walker.next_due() if self._world.levers is not None else None
        return {"now": self._world.clock.now().isoformat(), "next_due": due.isoformat() if due else None}

    async def _advance(self, seconds: float) -> JSON:
        return (await self._walker.walk(self._world.clock.now() + timedelta(seconds=seconds))).as_json()

    async def _set(self, moment: str) -> JSON:
        return (await self._walker.walk(datetime.fromisoformat(moment))).as_json()

    async def _next_due(self) -> JSON:
        due = await self._walker.next_due()
        return (await self._walker.walk(due or self._world.clock.now())).as_json()

    async def _next_morning(self) -> JSON:
        return (await self._walker.walk(await self._walker.levers.next_morning())).as_json()

    async def _to_date(self, date: str) -> JSON:
        return (await self._walker.walk(await self._walker.levers.morning_of(_day(date)))).as_json()

    async def _pause_database(self, seconds: float) -> None:
        if not 0 <= seconds <= timedelta(hours=1).total_seconds():
            raise ValueError("a pause takes from no seconds to an hour")
        await self._walker.levers.pause_database(seconds)

    async def _restart(self, story: str) -> None:
        async with self._walker.walking:
            await self._walker.levers.restart(story)


def _day(text: str) -> date:
    return date.fromisoformat(text)
