"""The playground with the bot in it: started, furnished, and kept from one start to the next."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from bot.app import Flagclient, stop_signals
from bot.commands.cast import furnish
from bot.commands.console import explained, load_settings, say
from bot.commands.manifest import manifest_path
from bot.commands.playground_files import PlaygroundFiles, SavedWorkspace
from bot.log import configure_logging
from bot.playground import Clock, Playground
from bot.playground.page.routes import page_routes
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from handlers.http import ListeningError

FOLDER = Path("data/playground")
SAVE_SECONDS = 5.0


def play(*, fresh: bool) -> None:
    """Serve the workspace as it was left, or a new one, until asked to stop."""
    settings = load_settings()
    configure_logging(settings.log_level if settings.log_level != "INFO" else "WARNING")
    files = PlaygroundFiles(FOLDER)
    with explained():
        saved = files.open(fresh=fresh)
        asyncio.run(_serve(settings, files, saved))


async def _serve(settings: Settings, files: PlaygroundFiles, saved: SavedWorkspace | None) -> None:
    asked = stop_signals()
    clock = Clock()
    if saved is not None:
        clock.advance(saved.ahead)
    world = Playground(manifest_path(), clock, rate_limits=True, state=saved.state if saved is not None else None)
    world.add_routes(page_routes(world.world))
    try:
        await world.start(settings.port)
    except OSError as error:
        raise ListeningError("127.0.0.1", settings.port, error) from error
    try:
        bot = Flagclient(_settings_for(world, files, settings), clock=clock)
        try:
            await _begin(bot, world, is_new=saved is None)
            await _save_until_stopped(bot, world, files, asked)
        finally:
            await bot.stop()
        files.save(world)
    finally:
        await world.stop()


async def _begin(bot: Flagclient, world: Playground, *, is_new: bool) -> None:
    alert_channel = furnish(world) if is_new else None
    running = await bot.start()
    world.connect_http(f"http://127.0.0.1:{running.port}/slack/events")
    if alert_channel is not None:
        await bot.database.write(partial(_set_up, team_id=world.team_id, alert_channel=alert_channel, bot=bot))
    say(f"Open {world.base_url} in a browser: a workspace with the bot in it, with several people to be.")
    say("Stop with Ctrl-C. Everything stays on this machine.")


async def _save_until_stopped(bot: Flagclient, world: Playground, files: PlaygroundFiles, asked: asyncio.Event) -> None:
    """Keep the workspace in its file every few seconds, so that even a killed process loses little."""
    files.save(world)
    while not asked.is_set():
        try:
            async with asyncio.timeout(SAVE_SECONDS):
                await bot.run_until(asked)
        except TimeoutError:
            files.save(world)


def _settings_for(world: Playground, files: PlaygroundFiles, settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(world.bot_token),
            "slack_app_token": SecretStr(""),
            "slack_signing_secret": SecretStr(world.signing_secret),
            "slack_api_url": world.api_url,
            "database_url": f"sqlite:///{files.database}",
            "port": 0,
            "host": "127.0.0.1",
        }
    )


def _set_up(uow: UnitOfWork, *, team_id: str, alert_channel: str, bot: Flagclient) -> None:
    now = bot.clock.now()
    workspace = uow.people.ensure_workspace("slack", team_id, now)
    change_setting(uow, workspace.id, "alert_channel", alert_channel, now)
