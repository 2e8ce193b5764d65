"""What goes out to Slack, without the rest of the bot: a messenger, a relay and a database beside a workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.notices import FlagReceipt, Notice
from bot.language.marks import bold
from bot.playground import Clock, Playground
from bot.playground.people import Person
from bot.playground.state import Channel, Message
from bot.relay import Relay
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.ports import OutboxItem
from bot.usecases.stories import AfterDelivery
from handlers.features.people.notices import TELLINGS as PEOPLE
from handlers.slack.sending.messenger import SlackMessenger
from handlers.slack.sending.web_api import WebApi
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.directory import Directory
from handlers.surface.delivery import Delivery, Telling
from handlers.surface.message import Message as Written
from handlers.surface.message import Paragraph
from handlers.surface.messenger import Attempt
from storage.engines.sqlite import SqliteDatabase
from tests.frozen_clock import MONDAY_MORNING
from tests.harness import MANIFEST, UNHURRIED

PLATFORM = "slack"
CANARY = "Canary & Sons"
CARD = Written(f"About {CANARY}", (Paragraph(f"A card about {bold('Canary')}"),))

Deliverer = Telling | Callable[[Any, "Sending"], Awaitable[DeliveryOutcome]]
"""How a notice is told, or what a test does to Slack in its stead."""


class Sending(Attempt, frozen=True):
    """An attempt with the messenger that carries it out."""

    messenger: SlackMessenger


@dataclass
class OutgoingHarness:
    """The parts; `alerts` is a private channel of members only, `anna` owns the workspace and is its only admin."""

    world: Playground
    database: SqliteDatabase
    client: AsyncWebClient
    workspace_id: int
    anna: Person
    ben: Person
    alerts: Channel
    directory: Directory
    audience: AudienceReader
    messenger: SlackMessenger

    @property
    def clock(self) -> Clock:
        """The clock of the workspace and of us; it stands still."""
        return self.world.clock

    def monotonic(self) -> float:
        """Seconds that pass only when the clock is moved."""
        return self.clock.now().timestamp()

    async def person(self, who: Person, *, is_admin: bool = False) -> int:
        """Our id of somebody in the workspace."""
        workspace = self.workspace_id

        def ensure(uow: Any) -> int:
            person = uow.people.ensure_person(workspace, PLATFORM, who.id, language="en", zone="Europe/Amsterdam")
            if is_admin:
                uow.people.set_roles(person.id, is_reviewer=False, is_admin=True)
            return int(person.id)

        return await self.database.write(ensure)

    async def place(self, channel: Channel) -> int:
        """Our id of a channel."""
        workspace = self.workspace_id
        return await self.database.write(lambda uow: uow.people.ensure_place(workspace, PLATFORM, channel.id).id)

    def attempt(
        self,
        notice: Notice | None = None,
        *,
        intent: str | None = None,
        maybe_sent: bool = False,
        first_sent_at: datetime | None = None,
    ) -> Attempt:
        """One attempt at a notice, as if the relay had claimed it."""
        item = OutboxItem(
            intent=intent or str(uuid4()),
            workspace_id=self.workspace_id,
            notice=notice or FlagReceipt(1, 1),
            attempts=0,
            maybe_sent=maybe_sent,
            first_sent_at=first_sent_at or self.clock.now(),
            lease_token="lease",
            due_at=self.clock.now(),
        )
        return Attempt(item, self.database, self.clock)

    def posted(self, channel: Channel) -> list[Message]:
        """What the bot wrote in a channel, oldest first."""
        everything = self.world.world.messages.all(channel)
        return [message for message in everything if message.from_app]

    def direct(self, person: Person) -> list[Message]:
        """What the bot wrote to a person privately, oldest first."""
        for channel in self.world.state.channels.values():
            if channel.kind == "im" and person.id in channel.members:
                return self.posted(channel)
        return []

    def calls(self, method: str) -> list[Any]:
        """The calls of a method that arrived, oldest first."""
        return self.world.inspector.exchanges("from_app", method)

    def relay(
        self,
        deliverers: Mapping[type[Notice], Deliverer],
        after_delivery: Mapping[type[Notice], AfterDelivery] | None = None,
        **options: Any,
    ) -> Relay:
        """A relay of its own, as another process would have."""
        notifier = Sender(self, {**PEOPLE, **deliverers})
        options.setdefault("jitter", lambda: 0.0)
        return Relay(self.database, notifier, self.clock, after_delivery=after_delivery or {}, **options)

    async def put(self, notice: Notice) -> str:
        """Put a notice, due now; returns its intent."""
        workspace, now = self.workspace_id, self.clock.now()
        return await self.database.write(lambda uow: uow.outbox.put(workspace, notice, now))

    async def outbox(self) -> dict[str, str]:
        """The state of every notice, by intent."""
        rows = await self.database.transact(
            lambda connection: connection.execute(text("SELECT id, state FROM outbox")).all()
        )
        return {row.id: row.state for row in rows}

    async def empty_outbox(self) -> None:
        """Forget every notice, as if none had ever been put."""
        await self.database.transact(lambda connection: connection.execute(text("DELETE FROM outbox")))

    async def row(self, intent: str) -> Any:
        """Everything that is stored of a notice."""
        return await self.database.transact(
            lambda connection: connection.execute(
                text("SELECT * FROM outbox WHERE id = :intent"), {"intent": intent}
            ).one()
        )

    async def pass_time(self, relay: Relay, total: timedelta, step: timedelta = timedelta(seconds=1)) -> None:
        """Let time pass in steps, and the relay look at each."""
        end = self.clock.now() + total
        await relay.deliver_due()
        while self.clock.now() < end:
            self.clock.advance(step)
            await relay.deliver_due()


class Sender:
    """Delivers notices as their feature tells them, or as a test wants it."""

    def __init__(self, back: OutgoingHarness, deliverers: Mapping[type[Notice], Deliverer]) -> None:
        self._back = back
        self._deliverers = deliverers

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt."""
        back, deliverer = self._back, self._deliverers[type(item.notice)]
        if isinstance(deliverer, Telling):
            told = {type(item.notice): deliverer}
            return await Delivery(told, back.messenger, back.database, back.clock, HolidayCalendar).deliver(item)
        return await deliverer(item.notice, Sending(item, back.database, back.clock, messenger=back.messenger))


def to_channel(place_id: int, *, subject: bool = False, message: Written = CARD) -> Deliverer:
    """A deliverer that posts the card in a place, as a living message where wanted."""

    async def deliver(notice: Any, delivery: Sending) -> Any:
        return await delivery.messenger.post_to_place(
            delivery, place_id, message, subject=notice.lane if subject else None
        )

    return deliver


def to_person(person_id: int, message: Written = CARD) -> Deliverer:
    """A deliverer that posts the card to a person."""

    async def deliver(notice: Any, delivery: Sending) -> Any:
        return await delivery.messenger.post_to_person(delivery, person_id, message)

    return deliver


@asynccontextmanager
async def outgoing_harness(database: SqliteDatabase, *, rate_limits: bool = False) -> AsyncIterator[OutgoingHarness]:
    """The parts in a new workspace whose clock stands still."""
    world = Playground(MANIFEST, Clock(MONDAY_MORNING, running=False), rate_limits=rate_limits)
    await world.start()
    try:
        async with ClientSession() as session:
            yield await _furnished(world, database, session)
    finally:
        await world.stop()


async def _furnished(world: Playground, database: SqliteDatabase, session: ClientSession) -> OutgoingHarness:
    anna = world.add_user("anna", is_owner=True, is_primary_owner=True)
    ben = world.add_user("ben", locale="nl-NL")
    alerts = world.add_channel("client-care", anna, ben, world.bot_user_id, kind="private")
    now = world.clock.now()
    workspace = await database.write(lambda uow: uow.people.ensure_workspace(PLATFORM, world.team_id, now))
    client = AsyncWebClient(token=world.bot_token, base_url=world.api_url, session=session, retry_handlers=[])
    seconds = lambda: world.clock.now().timestamp()  # noqa: E731 (one clock for all parts)
    calls = WebApi(seconds)
    directory = Directory(client, calls)
    audience = AudienceReader(client, calls, directory, patience_seconds=UNHURRIED)
    messenger = SlackMessenger(client, calls, audience, directory)
    return OutgoingHarness(world, database, client, workspace.id, anna, ben, alerts, directory, audience, messenger)
