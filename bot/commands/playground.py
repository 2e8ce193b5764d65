"""`flagclient playground`: a workspace to try everything in, on this machine, with the bot in it."""

from __future__ import annotations

import asyncio
import shutil
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.app import Flagclient
from bot.commands.cast import furnish
from bot.commands.console import explained, load_settings, say
from bot.log import configure_logging
from bot.playground import Clock, Playground
from bot.playground.page.routes import page_routes
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting

FOLDER = Path("data/playground")
WORKSPACE_FILE = "workspace.json"
DATABASE_FILE = "flagclient.db"


def playground(
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over, with an empty dossier.")] = False,
) -> None:
    """Start a workspace of its own on this machine, with the bot in it: no tokens, no sign-up, no network.

    What happens in it is kept under data/playground and is there again at the next start. PORT moves the page.
    """
    settings = load_settings()
    configure_logging(settings.log_level if settings.log_level != "INFO" else "WARNING")
    if fresh and FOLDER.exists():
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with explained():
        asyncio.run(_serve(settings))


def manifest_path() -> Path:
    """The app's manifest: inside the package where it is installed, beside it in a checkout."""
    packaged = Path(str(resources.files("bot"))) / "manifest.yaml"
    return packaged if packaged.exists() else packaged.parents[1] / "manifest.yaml"


async def _serve(settings: Settings) -> None:
    workspace_file = FOLDER / WORKSPACE_FILE
    is_new = not workspace_file.exists()
    if is_new:
        (FOLDER / DATABASE_FILE).unlink(missing_ok=True)
    world = Playground(
        manifest_path(), Clock(), rate_limits=True, state=None if is_new else workspace_file.read_bytes()
    )
    world.add_routes(page_routes(world.world))
    await world.start(settings.port)
    alert_channel = furnish(world) if is_new else None
    bot = Flagclient(_settings_for(world, settings), clock=world.clock)
    try:
        running = await bot.start()
        world.connect_http(f"http://127.0.0.1:{running.port}/slack/events")
        if alert_channel is not None:
            await bot.database.write(partial(_set_up, team_id=world.team_id, alert_channel=alert_channel, bot=bot))
        say(f"Open {world.base_url} in a browser: a workspace with the bot in it, with several people to be.")
        say("Stop with Ctrl-C. Everything stays on this machine.")
        await bot.run_until_stopped()
    finally:
        await bot.stop()
        workspace_file.write_bytes(world.dump())
        await world.stop()


def _settings_for(world: Playground, settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(world.bot_token),
            "slack_app_token": SecretStr(""),
            "slack_signing_secret": SecretStr(world.signing_secret),
            "slack_api_url": world.api_url,
            "database_url": f"sqlite:///{FOLDER / DATABASE_FILE}",
            "port": 0,
            "host": "127.0.0.1",
        }
    )


def _set_up(uow: UnitOfWork, *, team_id: str, alert_channel: str, bot: Flagclient) -> None:
    now = bot.clock.now()
    workspace = uow.people.ensure_workspace("slack", team_id, now)
    change_setting(uow, workspace.id, "alert_channel", alert_channel, now)
