"""What came in, what must go out, what is due, and which messages stand where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.notices import Notice


class OutboxItem(Struct, frozen=True):
    """A claimed notice: `intent` is its UUID, `lease_token` proves that the claim is still ours.

    `due_at` is since when it waits, `reason` why the last attempt did not succeed; empty where none was made.
    """

    intent: str
    workspace_id: int
    notice: Notice
    attempts: int
    maybe_sent: bool
    first_sent_at: datetime | None
    lease_token: str
    due_at: datetime
    reason: str = ""


class StuckNotice(Struct, frozen=True):
    """A notice that goes nowhere by itself; `reason` and `code` say why, `lane` what it was about.

    With `ended_at` it was given up on at that instant, and a person decides; without, it waits for something to be put
    right, and is tried again now and then.
    """

    intent: str
    kind: str
    lane: str
    put_at: datetime
    ended_at: datetime | None
    attempts: int
    reason: str
    code: str


class DueItem(Struct, frozen=True):
    """A claimed due row."""

    id: int
    workspace_id: int
    kind: str
    subject: str
    due_at: datetime
    attempts: int


class TrackedMessage(Struct, frozen=True):
    """A message of ours that lives on."""

    place_id: int
    external_id: str
    thread_external_id: str | None


class Inbox(Protocol):
    """Repeated deliveries find their first one here."""

    def accept(
        self, workspace_id: int, key: str, content_hash: str, now: datetime, answer: dict[str, Any] | None = None
    ) -> bool:
        """True the first time, which keeps `answer`; false for a repeat with the same content.

        Raises `SubmissionChangedError` when the key comes back with other content.
        """
        ...

    def answer(self, workspace_id: int, key: str, content_hash: str) -> dict[str, Any] | None:
        """What was kept as the answer the first time; `None` where nothing was.

        Raises `SubmissionChangedError` when the key was accepted with other content.
        """
        ...

    def keys_since(self, workspace_id: int, beginning: str, since: datetime) -> list[str]:
        """The keys that begin with something and were accepted since an instant."""
        ...

    def prune(self, before: datetime) -> int: ...


class Outbox(Protocol):
    """Notices on their way; putting one is part of the transaction that makes it true."""

    def put(self, workspace_id: int, notice: Notice, now: datetime, *, due_at: datetime | None = None) -> str:
        """Put a notice, due now or later; returns its intent id."""
        ...

    def put_once(self, workspace_id: int, notice: Notice, now: datetime, *, due_at: datetime | None = None) -> None:
        """Put a notice unless an equal one is still pending: the pending one will show the newest state anyway."""
        ...

    def hasten(self, workspace_id: int, lane: str, due_at: datetime) -> None:
        """Bring forward what waits in a lane."""
        ...

    def cancel(self, workspace_id: int, lane: str, kinds: tuple[str, ...]) -> int:
        """Drop what waits in a lane and was surely not sent yet; returns how many."""
        ...

    def recall(self, workspace_id: int, lane: str, now: datetime) -> list[Notice]:
        """End all that waits or is stuck in a lane and return it in order; what is still to be said is put again.

        What is on its way at this moment is not touched.
        """
        ...

    def is_waiting(self, workspace_id: int, notice: Notice) -> bool:
        """Whether an equal notice waits, is on its way at this moment, or is stuck."""
        ...

    def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        *,
        but: Collection[int] = (),
        unreadable: Callable[[int, str], object] | None = None,
    ) -> list[OutboxItem]:
        """Lease due notices, at most the first of each lane; rows whose lease ran out come back as `maybe_sent`.

        Those of the workspaces `but` are left where they are.

        A step of a discussion that is parked or dead holds up its lane; anything else that is lets the next one pass.
        A notice with other fields than this version knows becomes a dead letter: `unreadable` is called with its
        workspace and kind.
        """
        ...

    def finish(self, item: OutboxItem, outcome: DeliveryOutcome, now: datetime, *, retry_at: datetime | None) -> bool:
        """Write what came of an attempt; false when the lease is no longer ours. `retry_at` is for another attempt.

        Without it, anything but `Delivered`, `Obsolete` and `Postponed` makes the notice a dead letter.
        """
        ...

    def kill(self, item: OutboxItem, now: datetime, reason: str, code: str) -> bool:
        """Give up on a notice: it is kept as a dead letter."""
        ...

    def park(self, item: OutboxItem, now: datetime, reason: str, code: str) -> bool:
        """Keep a notice until a person has mended what stops it."""
        ...

    def unpark(self, workspace_id: int, now: datetime) -> int:
        """Make everything parked pending again; returns how many."""
        ...

    def stuck(self, workspace_id: int) -> list[StuckNotice]:
        """What was given up on or waits for something to be put right, in the order it was put."""
        ...

    def revive(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        """Give everything that is stuck another chance, or the one of an intent; returns how many."""
        ...

    def discard(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        """Let everything that is stuck go, or the one of an intent, and what waits behind goes on; returns how many."""
        ...

    def oldest_due(self, now: datetime, but: Collection[int] = ()) -> datetime | None:
        """Since when the oldest due notice waits; those of the workspaces `but` aside."""
        ...

    def next_due(self, after: datetime) -> datetime | None:
        """When the first notice on its way is due that is due later than `after`."""
        ...

    def counts(self) -> dict[str, int]:
        """How many notices are `pending`, `sending`, `parked` and `dead`."""
        ...

    def prune(self, before: datetime) -> int:
        """Forget what was delivered before an instant; returns how many."""
        ...


class Due(Protocol):
    """Things to do at a moment."""

    def put(
        self,
        workspace_id: int,
        kind: str,
        subject: str,
        due_at: datetime,
        *,
        local_at: datetime | None = None,
        zone: str | None = None,
    ) -> None:
        """Set the moment of (kind, subject), again or for the first time."""
        ...

    def drop(self, workspace_id: int, kind: str, subject: str) -> None: ...
    def claim(self, now: datetime, limit: int) -> list[DueItem]:
        """Take due rows, earliest first; taking and what follows from it commit together."""
        ...

    def retry(self, item: DueItem, at: datetime) -> None:
        """Make a claimed row due again; its attempts go on counting."""
        ...

    def recompute(self, instant: Callable[[datetime, str], datetime], zones: Mapping[int, str]) -> int:
        """Compute the moments again that follow from a wall time, now in the zone of each workspace.

        `instant` makes an aware UTC instant of a naive wall time and a zone, `zones` has the zone by workspace id.
        Returns how many moments changed.
        """
        ...

    def next_at(self) -> datetime | None: ...
    def prune(self, before: datetime) -> int:
        """Forget what was done before an instant; returns how many."""
        ...


class Messages(Protocol):
    """Which message shows which subject, such as `alert:12`."""

    def subjects(self, workspace_id: int, beginning: str) -> list[str]:
        """The subjects that begin with something, in their order."""
        ...

    def in_place(self, place_id: int) -> list[tuple[str, TrackedMessage]]:
        """All messages in a place with their subjects, the newest first."""
        ...

    def places(self, workspace_id: int) -> list[int]:
        """The places in which messages stand."""
        ...

    def find(self, workspace_id: int, subject: str) -> TrackedMessage | None: ...
    def save(self, workspace_id: int, subject: str, message: TrackedMessage) -> None: ...
    def forget(self, workspace_id: int, subject: str) -> None: ...
