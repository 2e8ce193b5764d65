"""The time of the workspace, which a test or a person may move."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC time that runs with the real clock, or stands still, and can be moved either way.

    `Clock()` is the real time; `Clock(start)` runs on from `start`; with `running=False` it moves only when told to.
    """

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        """Start at `start` (aware), or now; a naive moment raises ValueError."""
        self._running = running
        self._held = 0
        self._awaited: dict[asyncio.Event, datetime] = {}
        self._left = asyncio.Event()
        self._real = datetime.now(UTC)
        self._shown = self._real
        if start is not None:
            self._shown = _in_utc(start)

    def now(self) -> datetime:
        """The moment it is in the workspace, as an aware UTC datetime."""
        if not self._runs:
            return self._shown
        return self._shown + (datetime.now(UTC) - self._real)

    def advance(self, step: timedelta) -> None:
        """Move by `step`, which may be negative; whoever waits for a moment that has now come goes on."""
        self.set(self.now() + step)

    def set(self, moment: datetime) -> None:
        """Move to `moment` (aware; a naive one raises ValueError)."""
        self._shown = _in_utc(moment)
        self._real = datetime.now(UTC)
        self._tell()

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Stand still inside, so that whatever happens there happens at the moment that is set; run on afterwards.

        Where several hold it at once the clock runs on after the last of them.
        """
        self._shown = self.now()
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self._real = datetime.now(UTC)
            self._tell()

    def next_awaited(self) -> datetime | None:
        """The first moment that somebody waits for and that has not come yet."""
        now = self.now()
        return min((moment for moment in self._awaited.values() if moment > now), default=None)

    async def caught_up(self) -> None:
        """Return once everybody who waited for a moment that has come goes on."""
        while any(moment <= self.now() for moment in self._awaited.values()):
            self._left.clear()
            await self._left.wait()

    async def wait_until(self, moment: datetime) -> None:
        """Return once this clock shows `moment` or later, by running or by being moved."""
        while (remaining := (moment - self.now()).total_seconds()) > 0:
            event = asyncio.Event()
            self._awaited[event] = moment
            try:
                async with asyncio.timeout(remaining if self._runs else None):
                    await event.wait()
            except TimeoutError:
                continue
            finally:
                del self._awaited[event]
                self._left.set()

    @property
    def _runs(self) -> bool:
        return self._running and not self._held

    def _tell(self) -> None:
        for event in self._awaited:
            event.set()


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    return moment.astimezone(UTC)
