"""What changed in the workspace, and in which order, so that a page can ask for just that."""

import asyncio
import time
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from bot.playground.state import Message

KEPT = 10_000


@dataclass(frozen=True)
class News:
    """What happened after a revision: `revision` is where things stand now.

    `channels` are the ids of the conversations that changed, in order of their first change. With `everything` the
    asked revision lies too far back (or in an earlier process): whoever asks must read all anew.
    """

    revision: int
    channels: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True)
class _Change:
    revision: int
    channel: str | None
    users: frozenset[str] | None
    gone: str | None = None


class Changes:
    """Counts what changes. Revisions only grow, by one a change, and go on growing from one process to the next."""

    def __init__(self, first: int | None = None, kept: int = KEPT) -> None:
        """Start at revision `first`, or at the milliseconds since 1970; remember the last `kept` changes."""
        self.revision = time.time_ns() // 1_000_000 if first is None else first
        self._kept = kept
        self._known_after = self.revision
        self._changes: deque[_Change] = deque()
        self._messages: dict[tuple[str, str], int] = {}
        self._moved = asyncio.Event()

    def touch(self, channel: str | None = None, users: Collection[str] | None = None) -> int:
        """Something changed: in a conversation, or without `channel` elsewhere; only `users` can see it where given."""
        return self._note(channel, users, None)

    def touch_message(self, message: Message) -> int:
        """A message is new, or looks different now."""
        revision = self._note(message.channel, _readers(message), None)
        self._messages[message.channel, message.ts] = revision
        return revision

    def touch_gone(self, message: Message) -> int:
        """A message is no more."""
        self._messages.pop((message.channel, message.ts), None)
        return self._note(message.channel, _readers(message), message.ts)

    def start_over(self) -> None:
        """Everything is different now: whoever asks for news reads all anew."""
        self._changes.clear()
        self._messages.clear()
        self._known_after = self.touch()

    def of_message(self, channel: str, ts: str) -> int:
        """The revision at which a message last changed; 0 when it has not since this process began."""
        return self._messages.get((channel, ts), 0)

    def since(self, after: int, user: str) -> News:
        """What changed after revision `after` that concerns `user`, who may still not see each of the channels."""
        if not self._known_after <= after <= self.revision:
            return News(self.revision, everything=True)
        found = [change.channel for change in self._after(after, user) if change.channel is not None]
        return News(self.revision, tuple(dict.fromkeys(found)))

    def gone_since(self, after: int, user: str, channel: str) -> list[str]:
        """The timestamps of the messages that disappeared from a conversation after revision `after`."""
        return [c.gone for c in self._after(after, user) if c.channel == channel and c.gone is not None]

    async def wait(self, after: int) -> int:
        """Return the revision once it is not `after` any more; at once when it is not now."""
        while self.revision == after:
            await self._moved.wait()
        return self.revision

    def _note(self, channel: str | None, users: Collection[str] | None, gone: str | None) -> int:
        self.revision += 1
        self._changes.append(_Change(self.revision, channel, None if users is None else frozenset(users), gone))
        if len(self._changes) > self._kept:
            self._known_after = self._changes.popleft().revision
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        return self.revision

    def _after(self, after: int, user: str) -> list[_Change]:
        found = []
        for change in reversed(self._changes):
            if change.revision <= after:
                break
            if change.users is None or user in change.users:
                found.append(change)
        return found[::-1]


def _readers(message: Message) -> tuple[str] | None:
    return None if message.ephemeral_to is None else (message.ephemeral_to,)
