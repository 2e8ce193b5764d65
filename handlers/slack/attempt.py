"""One attempt at a notice: what is being delivered, and where what is needed for it can be read."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.usecases.ports import Clock, Database, OutboxItem, UnitOfWork


class Attempt(Struct, frozen=True):
    """The claimed item and the ports that its delivery reads through."""

    item: OutboxItem
    database: Database
    clock: Clock

    @property
    def intent(self) -> str:
        """The UUID of what is to happen once; the only thing of ours that Slack stores beside a message."""
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

    async def workspace_language(self) -> str:
        """The code of the language of the workspace's channels."""
        workspace_id = self.workspace_id
        return await self.database.read(lambda uow: uow.people.workspace(workspace_id).settings.language)
