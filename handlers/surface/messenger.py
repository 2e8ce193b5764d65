"""What a platform's messenger does, one lasting effect an attempt, and what an attempt is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.language.platform_words import PlatformWords
from bot.usecases.ports import Clock, Database, OutboxItem, UnitOfWork
from handlers.surface.message import Message


class Attempt(Struct, frozen=True):
    """One attempt at a notice: the claimed item, and the ports that its delivery reads through."""

    item: OutboxItem
    database: Database
    clock: Clock

    @property
    def intent(self) -> str:
        """The UUID of what is to happen once; the only thing of ours that a platform stores beside a message."""
        return self.item.intent

    @property
    def workspace_id(self) -> int:
        """The workspace that the notice belongs to."""
        return self.item.workspace_id

    @property
    def maybe_sent(self) -> bool:
        """Whether an earlier attempt ended without an answer."""
        return self.item.maybe_sent

    @property
    def first_sent_at(self) -> datetime | None:
        """When the first attempt began; aware UTC."""
        return self.item.first_sent_at

    async def language_of(self, person_id: int) -> str:
        """The code of the language that a person reads; the workspace's where the person is not known."""
        workspace_id = self.workspace_id

        def read(uow: UnitOfWork) -> str:
            person = uow.people.person(person_id)
            return person.language if person is not None else uow.people.workspace(workspace_id).settings.language

        return await self.database.read(read)


class SpaceText(Struct, frozen=True):
    """What a space is for, in plain text: in a few words, and in a sentence."""

    topic: str
    purpose: str


class SharedFile(Struct, frozen=True):
    """A file to share."""

    name: str
    title: str
    content: bytes


class Messenger(Protocol):
    """Carries out what has a lasting effect on a platform.

    An attempt makes one lasting effect: with two, an attempt that breaks off between them could not be told from one
    that did neither. Places and people are our own ids, messages and threads the platform's. Whether outsiders can read
    along in a place is asked at the moment of posting; people are full members at that moment, or hear nothing.
    """

    @property
    def words(self) -> PlatformWords:
        """What the platform calls things."""
        ...

    async def post_to_place(
        self, attempt: Attempt, place_id: int, message: Message, subject: str | None = None, thread: str | None = None
    ) -> DeliveryOutcome:
        """Post in a place, in the thread of the message `thread` where given.

        With `subject` the message lives on: where it stands in that place already, it is updated instead.
        """
        ...

    async def post_to_person(
        self, attempt: Attempt, person_id: int, message: Message, subject: str | None = None
    ) -> DeliveryOutcome:
        """Post privately to a person; `subject` as for a place."""
        ...

    async def take_back(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        """Delete our message `message`; once it is gone there is nothing to do."""
        ...

    async def cover(self, attempt: Attempt, place_id: int, message: str, words: Message) -> DeliveryOutcome:
        """Put `words`, which anybody may read, where our message `message` stands; delete it where it is a file."""
        ...

    async def look(self, attempt: Attempt, place_id: int) -> DeliveryOutcome:
        """Whether messages about clients may stand in a place now: `Delivered`, or `Refused` with the reason."""
        ...

    async def open_space(
        self, attempt: Attempt, code: str, text: SpaceText, person_ids: Iterable[int]
    ) -> DeliveryOutcome:
        """Make a private space named `code`, or `code-2` and so on where the name is taken.

        The receipt's place is the platform's id of it, its detail `name` the name it got. A platform that describes it
        or lets people in with the same call says so: detail `described`, and what became of each of our person ids.
        """
        ...

    async def describe_space(self, attempt: Attempt, place_id: int, text: SpaceText) -> DeliveryOutcome:
        """Say at a space what it is for."""
        ...

    async def invite(self, attempt: Attempt, place_id: int, person_ids: Iterable[int]) -> DeliveryOutcome:
        """Bring people into a space, full members only.

        The receipt's details say for each of our person ids what became of it: `invited`, `refused` or `left`.
        """
        ...

    async def highlight(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        """Keep the message `message` in sight."""
        ...

    async def close_space(self, attempt: Attempt, place_id: int) -> DeliveryOutcome:
        """Close a space to anything new; closed already is fine."""
        ...

    async def share_file(
        self, attempt: Attempt, place_id: int, file: SharedFile, thread: str | None = None
    ) -> DeliveryOutcome:
        """Share a file in a place, or in the thread of the message `thread`."""
        ...
