"""The whole bot in a workspace of its own: people act through the front door, and nothing waits for time to pass."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from bot.app import Flagclient, Timeouts
from bot.language.marks import MARKS
from bot.playground import Clock, Playground
from bot.playground.manifest import Manifest
from bot.playground.people import Person
from bot.playground.state import Channel, Message
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from handlers.slack.app import SlackPlatform
from handlers.slack.workspaces.workspace import SlackWorkspace

ROOT = Path(__file__).parents[1]
MANIFEST = Manifest.read(ROOT / "manifest.yaml")

MOMENT = timedelta(seconds=10)
"""What settling may take of the workspace's time: messages to one conversation go out a second apart."""

MAX_ROUNDS = 200
"""How often settling looks for what has become due, so that what can never be sent does not hold a test up."""

UNHURRIED = 60.0
"""Seconds that Slack and the bot wait for each other, so that a busy machine makes no test fail."""

UNHURRIED_TIMEOUTS = Timeouts(ack=UNHURRIED)

PEOPLE = ("anna", "ben", "carla", "dirk", "gust")

MONDAY_MORNING = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
"""An ordinary working day at ten in Amsterdam: no holiday, no change of summer time near it."""


@dataclass
class Harness:
    """A running bot and the workspace it is in.

    `anna` owns the workspace, so she is admin and reviewer; `ben`, `carla` and `dirk` are members; `gust` is a guest.
    Anna and Carla read Dutch, the others English. Alerts go to the private channel `client-care`.
    """

    world: Playground
    bot: Flagclient
    anna: Person
    ben: Person
    carla: Person
    dirk: Person
    gust: Person
    alerts: Channel
    general: Channel

    @property
    def clock(self) -> Clock:
        """The clock that the bot and the workspace live by; it stands still."""
        return self.world.clock

    @property
    def workspace(self) -> SlackWorkspace:
        """The bot's side of the workspace."""
        (only,) = slack_of(self.bot).workspaces.opened
        return only

    async def settle(self) -> None:
        """Do everything that is due now, and deliver everything that follows from it."""
        for _ in range(MAX_ROUNDS):
            await self.world.settled()
            await self.bot.scheduler.do_what_is_due()
            await self.bot.relay.deliver_due()
            await self.world.settled()
            paced, now = await self._next_delivery(), self.clock.now()
            if paced is None:
                return
            # What is due already waits behind another of its lane, which is not.
            self.clock.set(paced if paced > now else now + timedelta(seconds=1))

    async def _next_delivery(self) -> datetime | None:
        """When the next notice is due that only waits its turn in a conversation."""
        soon = self.clock.now() + MOMENT
        return await self.bot.database.read(lambda uow: uow.outbox.oldest_due(soon))

    async def later(self, step: timedelta) -> None:
        """Move the clock, and settle."""
        self.clock.advance(step)
        await self.settle()

    async def until(self, moment: datetime) -> None:
        """Move the clock to a moment, and settle."""
        self.clock.set(moment)
        await self.settle()

    async def set(self, key: str, value: str) -> None:
        """Change a setting as an admin would on the command line, and let the bot take it over."""
        now = self.clock.now()

        def change(uow: UnitOfWork) -> None:
            change_setting(uow, uow.people.workspaces()[0].id, key, value, now)

        await self.bot.database.write(change)
        await slack_of(self.bot).workspaces.refresh()

    def sees(self, person: Person, channel: Channel | str | None = None) -> str:
        """Everything that a person reads, as one text: a channel, and the windows that stand open before it.

        The channel is their direct message with the bot by default.
        """
        return "\n".join([*(words(message) for message in person.read(channel)), self.in_windows(person)])

    def in_windows(self, person: Person) -> str:
        """Everything that a person reads in the windows that stand open, as one text."""
        return "\n".join(text for view in person.views for text in _texts(view.content))

    def channel_of_case(self, code: str = "review-0001") -> Channel:
        """The private channel of a discussion."""
        return self.world.channel(code)


def slack_of(bot: Flagclient) -> SlackPlatform:
    """Slack, as a bot serves it."""
    platform = bot.platforms["slack"]
    assert isinstance(platform, SlackPlatform)
    return platform


def refuse_marks(world: Playground) -> None:
    """Nothing that we sent holds a mark of `bot.language.marks`: what is painted or answered has none left."""
    for exchange in world.inspector.exchanges():
        said = exchange.request if exchange.direction == "from_app" else exchange.response
        assert not MARKS.search(repr(said)), exchange.name
        assert "\\ufdd" not in repr(said), exchange.name


def words(message: Message) -> str:
    """The text of a message and of everything in its blocks."""
    return "\n".join([message.text, *_texts(message.blocks)])


def _texts(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for key, value in part.items() if key != "value" for text in _texts(value)]
    if isinstance(part, list):
        return [text for one in part for text in _texts(one)]
    return []


def _furnish(world: Playground) -> None:
    """Let the people in, and open their channels."""
    dutch = {"locale": "nl-NL", "tz": "Europe/Amsterdam"}
    english = {"locale": "en-GB", "tz": "Europe/London"}
    anna = world.add_user("anna", is_owner=True, is_primary_owner=True, **dutch)
    ben = world.add_user("ben", **english)
    carla = world.add_user("carla", **dutch)
    dirk = world.add_user("dirk", **english)
    world.add_user("gust", is_restricted=True, **english)
    world.add_channel("general", anna, ben, carla, dirk)
    world.add_channel("client-care", anna, ben, carla, dirk, world.bot_user_id, kind="private")


def _set_up(uow: UnitOfWork, *, alert_channel: str, now: datetime) -> None:
    change_setting(uow, uow.people.workspaces()[0].id, "alert_channel", alert_channel, now)


@asynccontextmanager
async def running_harness(
    database_url: str,
    transport: str,
    now: datetime = MONDAY_MORNING,
    timeouts: Timeouts = UNHURRIED_TIMEOUTS,
    *,
    workspace: bytes | None = None,
    ticks: bool = False,
) -> AsyncIterator[Harness]:
    """A bot on `database_url` in a new workspace, over `http` or `socket`; its ticker stands still, tests drive it.

    With `ticks` it goes by itself. With `workspace`, what the world of an earlier harness was when it had ended,
    things go on there: `database_url` then has what that harness left.
    """
    clock = Clock(now, running=False)
    world = Playground(MANIFEST, clock, ack_timeout=UNHURRIED, trigger_life=UNHURRIED, state=workspace)
    await world.start()
    if workspace is None:
        _furnish(world)
    people = [world.person(name) for name in PEOPLE]
    alerts, general = world.channel("client-care"), world.channel("general")
    # As it is, and nothing of whoever runs this: it takes a while to look for each field in the environment.
    settings = Settings.model_construct(
        slack_bot_token=SecretStr(world.bot_token),
        slack_app_token=SecretStr(world.app_token if transport == "socket" else ""),
        slack_signing_secret=SecretStr(world.signing_secret),
        slack_api_url=world.api_url,
        database_url=database_url,
        port=0,
    )
    bot = Flagclient(settings, clock=world.clock, ticks=ticks, timeouts=timeouts)
    try:
        running = await bot.start()
        if transport == "http":
            world.connect_http(f"http://127.0.0.1:{running.port}/slack/events")
        if workspace is None:
            await bot.database.write(partial(_set_up, alert_channel=alerts.id, now=now))
            await slack_of(bot).workspaces.refresh()
        yield Harness(world, bot, *people, alerts, general)
        refuse_marks(world)
    finally:
        await bot.stop()
        await world.stop()
