"""The chat platforms that there are, and which of them the environment configures.

Each is imported only where it is configured: what the others need takes time to load.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.loading import loading
from bot.settings import Settings
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.ports import Clock, Database
from handlers.surface.face import Face
from handlers.surface.platform import ChatPlatform, Finding


class Foundation(Struct, frozen=True):
    """What every platform is built on; `monotonic` counts seconds, `ack_seconds` is how long an answer may take."""

    database: Database
    clock: Clock
    calendar: Callable[[WorkspaceSettings], WorkingCalendar]
    index: ClientIndex
    faces: Sequence[Face]
    monotonic: Callable[[], float]
    ack_seconds: float


class StoredWorkspace(Struct, frozen=True):
    """What the database says of a workspace: the platform's ids of it, of its place for alerts and of who has a role.

    `people` are those ids by role, such as `reviewers`. `sealed` are its secrets where it installed us, and `option` is
    what makes a command be about it among several.
    """

    external_id: str
    alert_place: str
    sealed: str | None
    option: str = ""
    people: Mapping[str, Sequence[str]] = {}


class TypedIds(Struct, frozen=True):
    """Ids that an administrator typed: of people, or of a place."""

    people: Sequence[str] = ()
    place: str = ""


class PlatformKit(Protocol):
    """What the command line and the composition root ask of a platform before it is built: a module of this package."""

    def what_is_missing(self, settings: Settings, /) -> str | None:
        """Why the bot cannot start with these settings, and what to do; `None` when it can."""
        ...

    def build(self, settings: Settings, foundation: Foundation, /) -> ChatPlatform:
        """The platform, from settings of which nothing is missing."""
        ...

    def listening_at(self, settings: Settings, port: int, /) -> list[str]:
        """Where it is to be reached, in sentences for the person at the terminal."""
        ...

    def examine(self, settings: Settings, stored: Sequence[StoredWorkspace], /) -> AsyncIterator[Finding]:
        """Look at what stands between us and the platform."""
        ...

    async def refusals(self, settings: Settings, workspace: StoredWorkspace, typed: TypedIds, /) -> list[str]:
        """Why ids are nobody who can have a role, or no place to post in, in sentences.

        Raises `PlatformSilentError`.
        """
        ...


def configured(settings: Settings) -> list[PlatformKit]:
    """The kits of the platforms that the environment configures."""
    kits: list[PlatformKit] = []
    if settings.is_for_slack:
        with loading():
            from bot.platforms import slack
        kits.append(slack)
    return kits


def built(settings: Settings, foundation: Foundation) -> list[ChatPlatform]:
    """The platforms that the environment configures."""
    return [kit.build(settings, foundation) for kit in configured(settings)]
