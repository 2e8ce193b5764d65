"""The playground with the bot in it: started with a story, kept from one start to the next, and started over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from bot.app import Flagclient, stop_signals
from bot.commands.console import explained, load_settings, say
from bot.commands.playground.cast import Agency, furnish
from bot.commands.playground.files import PlaygroundFiles, SavedWorkspace
from bot.commands.playground.levers import BotLevers
from bot.commands.playground.lock import DatabaseLock
from bot.commands.playground.story import EMPTY, Storyteller, Told, first_moment, opening_moment, told, usual_story
from bot.log import configure_logging
from bot.platforms.known import PERSON_IDS
from bot.platforms.slack_manifest import manifest_path
from bot.playground import Clock, Playground
from bot.playground.page.routes import page_routes
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_role, change_setting
from handlers.http import ListeningError

FOLDER = Path("data/playground")
SAVE_SECONDS = 1.0


def play(*, fresh: bool, story: str | None) -> None:
    """Serve the workspace as it was left, or a new one, until asked to stop.

    With `story` it starts over with that story, with `fresh` with the usual one.
    """
    settings = load_settings()
    configure_logging(settings.log_level if settings.log_level != "INFO" else "WARNING")
    files = PlaygroundFiles(FOLDER)
    with explained():
        saved = files.open(fresh=fresh or story is not None)
        asyncio.run(_serve(settings, files, saved, story or usual_story()))


async def _serve(settings: Settings, files: PlaygroundFiles, saved: SavedWorkspace | None, story: str) -> None:
    asked = stop_signals()
    if saved is None and story != EMPTY:
        say("One moment: a story to begin with is being played.")
    async with opened(settings, files, saved, story) as living:
        say(f"Open {living.world.base_url} in a browser: a workspace with the bot in it, with several people to be.")
        say("Stop with Ctrl-C. Everything stays on this machine.")
        await living.save_until(asked)


@asynccontextmanager
async def opened(
    settings: Settings, files: PlaygroundFiles, saved: SavedWorkspace | None, story: str
) -> AsyncIterator[LivingWorkspace]:
    """A playground that listens, with the bot at work in it; it is saved at the end.

    Raises `ListeningError` when the port is taken, and whatever starting the bot raises.
    """
    clock = Clock()
    if saved is not None:
        clock.advance(saved.ahead)
    state = saved.state if saved is not None else None
    world = Playground(manifest_path(), clock, rate_limits=True, delayed_events=True, state=state)
    world.add_routes(page_routes(world.world))
    try:
        await world.start(settings.port)
    except OSError as error:
        raise ListeningError("127.0.0.1", settings.port, error) from error
    try:
        living = LivingWorkspace(world, settings, files)
        try:
            with world.closed():
                await (living.go_on() if saved is not None else living.begin(told(story), is_empty=story == EMPTY))
            yield living
        finally:
            await living.stop()
        living.save()
    finally:
        await world.stop()


class LivingWorkspace:
    """A workspace that is served, and the bot in it, which is another one after starting over."""

    def __init__(self, world: Playground, settings: Settings, files: PlaygroundFiles) -> None:
        self.world = world
        self._settings = settings
        self._files = files
        self._lock = DatabaseLock(files.database)
        self._changing = asyncio.Lock()
        self.bot = self._new_bot()
        self.levers = BotLevers(self.bot, self.world, self._lock, self.start_over)

    async def go_on(self) -> None:
        """Start the bot in a workspace in which it has been before."""
        await self._start_bot()

    async def begin(self, words: Told, *, is_empty: bool) -> None:
        """Furnish a new workspace, start the bot in it, and play the story that leads up to its first moment."""
        started, clock = datetime.now(UTC), self.world.clock
        now = opening_moment(started)
        with clock.standing():
            clock.set(now if is_empty else first_moment(now))
            agency = furnish(self.world, words.cast)
            await self._start_bot()
            await self.bot.database.write(partial(_set_up, agency=agency, words=words, now=clock.now()))
            await self.bot.refresh()
            self.world.state.example = "" if is_empty else words.clients["kitchens"]
            if not is_empty:
                await Storyteller(self.world, words, agency).play(now)
            # Telling the story took time that has passed outside as well.
            clock.set(now + (datetime.now(UTC) - started))
        self.world.inspector.clear()
        self.world.world.changes.start_over()

    async def start_over(self, story: str) -> None:
        """Forget everything and begin anew; ValueError when there is no such story."""
        words = told(story)
        async with self._changing:
            with self.world.closed():
                await self.stop()
                await self.world.world.start_over()
                self._files.clear()
                self.bot = self._new_bot()
                await self.begin(words, is_empty=story == EMPTY)
            self.save()

    async def save_until(self, asked: asyncio.Event) -> None:
        """Keep the workspace in its file, every second in which something happened: a killed process loses little."""
        saved = None
        while not asked.is_set():
            async with self._changing:
                happened = (self.world.world.changes.revision, self.world.inspector.number)
                if happened != saved:
                    self.save()
                    saved = happened
            try:
                async with asyncio.timeout(SAVE_SECONDS):
                    await asked.wait()
            except TimeoutError:
                continue

    def save(self) -> None:
        """Keep the workspace as it is now."""
        self._files.save(self.world)

    async def stop(self) -> None:
        """Stop the bot; may be called again."""
        self.world.world.levers = None
        await self._lock.release()
        await self.bot.stop()

    async def _start_bot(self) -> None:
        running = await self.bot.start()
        self.world.connect_http(f"http://127.0.0.1:{running.port}/slack/events")
        self.levers = BotLevers(self.bot, self.world, self._lock, self.start_over)
        self.world.take_levers(self.levers)

    def _new_bot(self) -> Flagclient:
        settings = self._settings.model_copy(
            update={
                "slack_bot_token": SecretStr(self.world.bot_token),
                "slack_app_token": SecretStr(""),
                "slack_signing_secret": SecretStr(self.world.signing_secret),
                "slack_api_url": self.world.api_url,
                "database_url": f"sqlite:///{self._files.database}",
                "port": 0,
                "host": "127.0.0.1",
            }
        )
        return Flagclient(settings, clock=self.world.clock)


def _set_up(uow: UnitOfWork, *, agency: Agency, words: Told, now: datetime) -> None:
    workspace = uow.people.workspaces()[0]
    for key, value in {"alert_channel": agency.channels["alerts"].id, "language": words.cast.language}.items():
        change_setting(uow, workspace.id, key, value, now)
    change_role(uow, workspace.id, "reviewers", agency.reviewers, now, PERSON_IDS[workspace.platform])
