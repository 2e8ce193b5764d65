"""Cases behind the scenes: flags straight into the use cases, and a relay that delivers what follows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.model import Client, Debrief, Discussion, Role
from bot.domain.notices import Notice
from bot.playground.people import Person
from bot.playground.state import Channel, Message
from bot.relay import Relay
from bot.usecases.actor import Actor
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.flags.recording import ClientChoice, RecordFlag, record_flag
from bot.usecases.ports import Database, OutboxItem, UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.settings import change_setting
from handlers.features.alerts.notices import TELLINGS as ALERTS
from handlers.features.debrief.notices import TELLINGS as DEBRIEFS
from handlers.features.discussion.notices import TELLINGS as DISCUSSIONS
from handlers.features.flags.notices import TELLINGS as FLAGS
from handlers.features.people.notices import TELLINGS as PEOPLE
from handlers.features.privacy.notices import TELLINGS as PRIVACY
from tests.factories import PLATFORM, make_client, make_content
from tests.handlers.slack.outgoing_harness import CANARY, Deliverer, OutgoingHarness, Sender
from tests.harness import words

DELIVERERS: Mapping[type[Notice], Deliverer] = {
    **FLAGS,
    **ALERTS,
    **DEBRIEFS,
    **DISCUSSIONS,
    **PEOPLE,
    **PRIVACY,
}


@dataclass
class Case:
    """A client called `CANARY`, whom Carla looks after; Anna reviews, Ben and Dirk flag."""

    back: OutgoingHarness
    client: Client
    people: dict[str, Person]
    actors: dict[str, Actor]
    relay: Relay = field(init=False)

    def __post_init__(self) -> None:
        self.relay = self.new_relay()

    def new_relay(self) -> Relay:
        """A relay that delivers everything, as a process that has just started would have."""
        return self.back.relay(DELIVERERS, AFTER_DELIVERY)

    async def flag(self, by: str = "ben", severity: int = 3, **content: Any) -> int:
        """Record a flag; returns its id."""
        actor, now = self.actors[by], self.back.clock.now()
        said = make_content(severity=severity, **{"happened_on": now.date(), **content})
        command = RecordFlag(f"{by}:{said}:{now}", "", ClientChoice(self.client.id), said)
        calendar = HolidayCalendar(actor.settings)
        recorded = await self.back.database.write(
            partial(record_flag, actor=actor, command=command, now=now, calendar=calendar)
        )
        return recorded.receipt.flag.id

    async def do(self, use_case: Any, by: str = "anna", **arguments: Any) -> Any:
        """Run a use case that changes something."""
        actor = self.actors[by]
        if "calendar" in use_case.__code__.co_varnames:
            arguments["calendar"] = HolidayCalendar(actor.settings)
        return await self.back.database.write(partial(use_case, actor=actor, now=self.back.clock.now(), **arguments))

    async def set(self, key: str, value: str) -> None:
        """Change a setting of the workspace."""
        workspace_id, now = self.back.workspace_id, self.back.clock.now()
        await self.back.database.write(lambda uow: change_setting(uow, workspace_id, key, value, now))
        settings = await self.back.database.read(lambda uow: uow.people.workspace(workspace_id).settings)
        self.actors = {name: Actor(actor.person, settings) for name, actor in self.actors.items()}

    async def deliver(self) -> None:
        """Deliver everything that is due now."""
        await self.relay.deliver_due()

    def wrote(self, channel: Channel | None = None) -> list[str]:
        """What the bot wrote in a channel, in the alert channel by default, each message as one text."""
        return [words(message) for message in self.posted(channel or self.back.alerts)]

    def posted(self, channel: Channel) -> list[Message]:
        return self.back.posted(channel)

    def told(self, name: str) -> list[str]:
        """What the bot wrote to a person privately."""
        return [words(message) for message in self.back.direct(self.people[name])]

    def case_channels(self) -> list[Channel]:
        """The channels that the bot has made, oldest first."""
        bot = self.back.world.bot_user_id
        return [one for one in self.back.world.state.channels.values() if one.creator == bot and one.kind == "private"]

    async def discussion(self, discussion_id: int = 1) -> Discussion:
        workspace_id = self.back.workspace_id
        found = await self.back.database.read(lambda uow: uow.discussions.find(workspace_id, discussion_id))
        assert found is not None
        return found

    async def debrief(self, debrief_id: int = 1) -> Debrief:
        workspace_id = self.back.workspace_id
        found = await self.back.database.read(lambda uow: uow.debriefs.find(workspace_id, debrief_id))
        assert found is not None
        return found

    def invited(self) -> list[str]:
        """The users that the bot invited anywhere, as often as it did; refused calls are left out."""
        calls = [one for one in self.back.calls("conversations.invite") if (one.response or {"ok": True})["ok"]]
        return [user for one in calls for user in one.request["users"].split(",")]


async def open_case(back: OutgoingHarness, **client: Any) -> Case:
    """A case in the workspace of `back`, which is told of its alert channel; `client` are columns of the client."""
    people = {"anna": back.anna, "ben": back.ben}
    for name in ("carla", "dirk"):
        people[name] = back.world.add_user(name)
        back.world.conversations.join(back.alerts, people[name].id)

    def fill(uow: UnitOfWork) -> tuple[Client, dict[str, Actor]]:
        change_setting(uow, back.workspace_id, "alert_channel", back.alerts.id, back.clock.now())
        workspace = uow.people.workspace(back.workspace_id)
        found = {}
        for name, person in people.items():
            known = uow.people.ensure_person(workspace.id, PLATFORM, person.id, language="en", zone="Europe/Amsterdam")
            if name == "anna":
                uow.people.set_roles(known.id, is_reviewer=True, is_admin=True)
            found[name] = Actor(uow.people.person(known.id) or known, workspace.settings)
        assert Role.REVIEWER in found["anna"].person.roles
        return make_client(uow, workspace, CANARY, owner=found["carla"].person, **client), found

    opened, actors = await back.database.write(fill)
    return Case(back, opened, people, actors)


class Mortal:
    """A process that dies at one notice: before its effect, or after it and before anything is stored about that.

    From then on it reaches the database no more, and whatever it still does leaves no trace there.
    """

    def __init__(self, case: Case, kind: type[Notice], *, after_effect: bool) -> None:
        back = case.back
        self._real: Database = back.database
        self._kind = kind
        self._after_effect = after_effect
        self._notifier = Sender(back, DELIVERERS)
        self.is_dead = False
        self.relay = Relay(self, self, back.clock, after_delivery=AFTER_DELIVERY, jitter=lambda: 0.0)

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """The notifier's part."""
        if not isinstance(item.notice, self._kind):
            return await self._notifier.deliver(item)
        if self._after_effect:
            await self._notifier.deliver(item)
        self.is_dead = True
        raise DatabaseUnavailableError

    async def write(self, work: Any) -> Any:
        """The database's part."""
        if self.is_dead:
            raise DatabaseUnavailableError
        return await self._real.write(work)

    async def read(self, work: Any) -> Any:
        """The database's part."""
        if self.is_dead:
            raise DatabaseUnavailableError
        return await self._real.read(work)

    async def run_until_dead(self) -> None:
        """Deliver what is due, and die on the way; what had left for Slack by then arrives there."""
        with suppress(DatabaseUnavailableError):
            await self.relay.deliver_due()
        await self.relay.drain()
        assert self.is_dead


async def restarted(case: Case) -> None:
    """A new process takes over once the leases of the dead one have run out."""
    case.relay = case.new_relay()
    await case.back.pass_time(case.relay, timedelta(minutes=3), timedelta(seconds=10))
