"""The clock that walks: it stops at every moment at which something is due, lets it happen there, and goes on."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playground.errors import NotPossible
from bot.playground.inspector import Exchange
from bot.playground.levers import Levers
from bot.playground.world import World

MAX_STOPS = 500
"""How often one walk stops. What then is still due, such as the thousandth attempt of one call, happens at its end."""

_SHOWN = ("chat.postMessage", "conversations.create", "files.completeUploadExternal")


@dataclass(frozen=True)
class Fired:
    """Something that the app did on the way. `at` is ISO time on the workspace's clock, `method` the call it made.

    `what` is the message's text, or the name of the channel or file; `channel` and `ts` say where it stands.
    """

    at: str
    what: str
    method: str
    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True)
class Walk:
    """How the clock moved, in ISO time, and what fired on the way, in order."""

    start: str
    end: str
    fired: tuple[Fired, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`{from, to, fired}`."""
        return {"from": self.start, "to": self.end, "fired": list(self.fired)}


class Walker:
    """Moves the clock of `world`, one walk at a time. Without levers the clock jumps, either way.

    `walking` is held as long as a walk takes.
    """

    def __init__(self, world: World) -> None:
        """Walk with the levers that `world` has at that moment."""
        self._world = world
        self.walking = asyncio.Lock()

    @property
    def levers(self) -> Levers:
        """The levers on the app's side; NotPossible when there are none."""
        if self._world.levers is None:
            raise NotPossible("no app is attached that could say what is due")
        return self._world.levers

    async def next_due(self) -> datetime | None:
        """The first moment after now at which something is due, on either side; None when nothing is."""
        awaited = self._world.clock.next_awaited()
        due = await self.levers.next_due()
        return min((moment for moment in (awaited, due) if moment is not None), default=None)

    async def walk(self, moment: datetime) -> Walk:
        """Go to `moment` (aware); ValueError when it lies in the past and levers are attached."""
        clock = self._world.clock
        if self._world.levers is None:
            start = clock.now()
            clock.set(moment)
            self._world.changes.touch()
            return Walk(start.isoformat(), clock.now().isoformat())
        async with self.walking:
            if moment < clock.now():
                raise ValueError("the clock goes forward only: what has happened cannot be undone by it")
            with clock.standing():
                start, seen = clock.now(), self._world.inspector.number
                await self._go(moment)
                fired = tuple(_fired(exchange) for exchange in self._shown_since(seen))
                return Walk(start.isoformat(), clock.now().isoformat(), fired)

    async def _go(self, moment: datetime) -> None:
        await self._stop_at(self._world.clock.now())
        for _ in range(MAX_STOPS):
            due = await self.next_due()
            if due is None or due >= moment:
                break
            await self._stop_at(due)
        await self._stop_at(moment)

    async def _stop_at(self, moment: datetime) -> None:
        self._world.clock.set(moment)
        self._world.changes.touch()
        await self._world.clock.caught_up()
        await self.levers.settle()

    def _shown_since(self, number: int) -> list[Exchange]:
        done = self._world.inspector.since(number)
        return [one for one in done if one.name in _SHOWN and isinstance(one.response, dict) and one.response["ok"]]


def _fired(exchange: Exchange) -> Fired:
    answer = exchange.response
    match exchange.name:
        case "chat.postMessage":
            what, place, ts = answer["message"]["text"], answer["channel"], answer["ts"]
        case "conversations.create":
            what, place, ts = answer["channel"]["name"], answer["channel"]["id"], None
        case _:
            what, place, ts = answer["files"][0]["title"], exchange.request.get("channel_id"), None
    return Fired(exchange.at, what, exchange.name, place, ts)
