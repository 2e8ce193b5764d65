"""What a bot process needs of a chat platform, whichever it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.usecases.ports import OutboxItem, Workspace

Receiver = Callable[[Any], Awaitable[Any]]
"""Answers a request of the HTTP server with a response of it."""


class Finding(Struct, frozen=True):
    """One thing that `doctor` looked at; `advice` says what to do where it is not well."""

    is_well: bool
    subject: str
    advice: str = ""

    def of(self, external_id: str) -> Finding:
        """The finding, about one workspace among several."""
        return replace(self, subject=f"{external_id} {self.subject}")


class PlatformRefusedError(Exception):
    """The platform will never take what we are configured with; the message says what, and what to do."""


class PlatformSilentError(Exception):
    """The platform could not be asked, or gave no answer to go by."""


class Notifier(Protocol):
    """Turns a claimed notice into an effect on a platform."""

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt."""
        ...


class ChatPlatform(Protocol):
    """A platform as a bot process serves it: begun, listened to, and closed once.

    All methods that look something up raise `DatabaseUnavailableError` where the database cannot be reached.
    """

    @property
    def name(self) -> str:
        """How identity, place and workspace rows call it."""
        ...

    @property
    def transport(self) -> str:
        """How its requests come in, such as `http`."""
        ...

    @property
    def posts(self) -> Mapping[str, Receiver]:
        """Its requests that come over HTTP: what answers a POST, by path."""
        ...

    @property
    def pages(self) -> Mapping[str, Receiver]:
        """What people open in a browser: what answers a GET, by path."""
        ...

    @property
    def notifier(self) -> Notifier:
        """What delivers the notices of its workspaces."""
        ...

    async def begin(self) -> bool:
        """Ask what has to be known before anything is served; false while it cannot be reached.

        Raises `PlatformRefusedError`.
        """
        ...

    async def listen(self) -> bool:
        """Begin to receive; false while it cannot be reached. Raises `PlatformRefusedError`."""
        ...

    async def served(self) -> list[Workspace]:
        """Every workspace that we can act in."""
        ...

    async def owners(self) -> Mapping[int, Sequence[str]]:
        """The platform's ids, by workspace, of who may begin where nobody is admin yet.

        None where the platform has not told yet, so that it is asked again later.
        """
        ...

    async def refresh(self) -> list[Workspace]:
        """Take over what another process changed; returns the workspaces whose settings or roles did."""
        ...

    def opened(self) -> set[str]:
        """The platform's ids of the workspaces in which something has happened since the start."""
        ...

    def health(self) -> Mapping[str, bool]:
        """Each thing that serving depends on, and whether it is well."""
        ...

    async def stop_receiving(self, seconds: float) -> None:
        """Take nothing new; give what is being received up to `seconds` to end."""
        ...

    async def drain(self, seconds: float) -> None:
        """Give what was answered early and is still being worked on up to `seconds` to end."""
        ...

    async def close(self) -> None:
        """Let go of what the clients hold."""
        ...
