"""A workspace with a few colleagues for tests about flags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace

from bot.domain.delivery_outcome import Delivered
from bot.domain.model import Client, Flag, FlagContent
from bot.domain.notices import Notice
from bot.usecases.actor import Actor
from bot.usecases.flags.recording import ClientChoice, FlagRecorded, RecordFlag, record_flag, recorded_before
from bot.usecases.once import write_once
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import make_actor, make_client, make_content, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW


class Weekdays:
    """A calendar that works from Monday to Friday."""

    def is_working_day(self, day: date) -> bool:
        return day.isoweekday() <= 5


CALENDAR = Weekdays()


@dataclass
class CaseSetup:
    """One client with an owner and somebody who deals with it, a reviewer, and two who only flag."""

    database: Database
    reviewer: Actor
    owner: Actor
    dealer: Actor
    reporter: Actor
    colleague: Actor
    client: Client

    async def record(
        self,
        by: Actor | None = None,
        *,
        key: str | None = None,
        now: datetime = NOW,
        client: ClientChoice | None = None,
        by_message: bool = False,
        evidence_key: str = "",
        **content: Any,
    ) -> FlagRecorded:
        """Record a flag about the client, as a new submission unless `key` is given."""
        actor = by or self.reporter
        said = make_content(**content)
        command = RecordFlag(
            key=key or f"{actor.person.id}:{said}:{now}",
            content_hash=str(hash(said)),
            client=client or ClientChoice(self.client.id),
            content=said,
            by_message=by_message,
            evidence_key=evidence_key,
        )
        return await write_once(
            self.database,
            partial(record_flag, actor=actor, command=command, now=now, calendar=CALENDAR),
            partial(recorded_before, actor=actor, command=command, now=now),
            lambda recorded: recorded,
        )

    async def do(self, use_case: Any, **arguments: Any) -> Any:
        """Run a use case that changes something."""
        return await self.database.write(partial(use_case, **arguments))

    async def flag(self, flag_id: int) -> Flag:
        """The flag as stored."""
        found = await self.database.read(lambda uow: uow.flags.find(self.client.workspace_id, flag_id))
        assert found is not None
        return found

    async def stored_client(self) -> Client:
        """The client as stored."""
        found = await self.database.read(lambda uow: uow.clients.find(self.client.workspace_id, self.client.id))
        assert found is not None
        return found

    async def sent(self, kind: type[Notice]) -> list[Any]:
        """Deliver everything that waits in the outbox, and return what was of one kind, in order."""

        def deliver(uow: UnitOfWork) -> list[Notice]:
            later = NOW + timedelta(days=30)
            found: list[Notice] = []
            while claimed := uow.outbox.claim(later, 100, timedelta(hours=1)):
                for item in claimed:
                    uow.outbox.finish(item, Delivered(), later, retry_at=None)
                    found.append(item.notice)
            return found

        return [notice for notice in await self.database.write(deliver) if isinstance(notice, kind)]


async def open_case(database: Database, **client: Any) -> CaseSetup:
    """A new case; `client` are columns of its client."""

    def fill(uow: UnitOfWork) -> CaseSetup:
        workspace = make_workspace(uow)
        reviewer = make_actor(uow, workspace, is_reviewer=True)
        owner, dealer = make_actor(uow, workspace), make_actor(uow, workspace)
        found = make_client(uow, workspace, "Acme B.V.", owner=owner.person, **client)
        uow.clients.set_people(found.id, [dealer.person.id])
        return CaseSetup(
            database=database,
            reviewer=reviewer,
            owner=owner,
            dealer=dealer,
            reporter=make_actor(uow, workspace),
            colleague=make_actor(uow, workspace),
            client=found,
        )

    return await database.write(fill)


def said(flag: Flag, **changes: Any) -> FlagContent:
    """What a flag says, with changes."""
    return replace(flag.content, **changes)
