"""Whose platform is out of reach, as far as the attempts of this process have shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

FIRST_REST = timedelta(seconds=5)
MAX_REST = timedelta(minutes=1)
"""How long a workspace rests after failing attempts: at first until what is still on its way can be looked for, then
twice as long each time, and never so long that the end of an outage goes unnoticed for more than a minute.
"""


class Rest(Struct, frozen=True):
    """Nothing is sent to a workspace before `until`; it was for `pause`."""

    until: datetime
    pause: timedelta


class Reachability:
    """While a platform is down, what waits for it keeps its place: a few are tried now and then, and when one gets
    through everything goes out in the order in which it was due.
    """

    def __init__(self) -> None:
        self._rests: dict[int, Rest] = {}
        self._reached: dict[int, datetime] = {}

    def resting(self, now: datetime) -> list[int]:
        """The workspaces to which nothing is sent at this moment."""
        return [workspace_id for workspace_id, rest in self._rests.items() if rest.until > now]

    def reached(self, workspace_id: int, now: datetime) -> None:
        """An attempt got through."""
        self._rests.pop(workspace_id, None)
        self._reached[workspace_id] = now

    def lost(self, workspace_id: int, began_at: datetime, now: datetime, after: timedelta | None) -> bool:
        """An attempt that began at `began_at` found the platform out of reach, which asked to wait for `after`.

        False where another attempt got through since: then it is this notice's trouble, and must not hold up others.
        """
        if self._reached.get(workspace_id, datetime.min.replace(tzinfo=began_at.tzinfo)) >= began_at:
            return False
        last = self._rests.get(workspace_id)
        if last is None or last.until <= now:
            pause = min(last.pause * 2, MAX_REST) if last else FIRST_REST
            self._rests[workspace_id] = Rest(now + max(pause, after or pause), pause)
        return True
