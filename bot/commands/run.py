"""`flagclient run`: serve a workspace, or start a playground when no tokens are set."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Sequence

from bot.app import Flagclient, stop_signals
from bot.commands.console import Exit, explained, fail, load_settings, say
from bot.log import configure_logging
from bot.platforms import PlatformKit, configured
from bot.settings import Settings


def run() -> None:
    """Start the bot: against Slack when SLACK_BOT_TOKEN or SLACK_CLIENT_ID is set, else in a playground here.

    The database is migrated first. With SLACK_APP_TOKEN it listens over Socket Mode, with SLACK_SIGNING_SECRET over
    HTTP on PORT, at /slack/events. With SLACK_CLIENT_ID and SLACK_CLIENT_SECRET it serves every workspace that installs
    it at /slack/install. It stops cleanly on SIGTERM and Ctrl-C.
    """
    settings = load_settings()
    kits = configured(settings)
    if not kits:
        # Its arguments are made with the parser, which the bot itself starts without.
        from bot.commands.playground.command import playground

        playground()
        return
    configure_logging(settings.log_level)
    _allow_many_connections()
    for kit in kits:
        missing = kit.what_is_missing(settings)
        if missing is not None:
            raise fail(missing, Exit.USAGE)
    with explained():
        asyncio.run(_serve(settings, kits))


def _allow_many_connections() -> None:
    """Raise the number of files that may be open to what the system allows: each connection is one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _serve(settings: Settings, kits: Sequence[PlatformKit]) -> None:
    bot = Flagclient(settings)
    asked = stop_signals()
    try:
        running = await bot.start()
        for kit in kits:
            say("\n".join(kit.listening_at(settings, running.port)))
        await asked.wait()
    finally:
        await bot.stop()
