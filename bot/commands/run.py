"""`flagclient run`: serve a workspace, or start a playground when no tokens are set."""

from __future__ import annotations

import asyncio

from bot.app import Flagclient, stop_signals
from bot.commands.console import Exit, explained, fail, load_settings, say
from bot.commands.slack_settings import what_is_missing
from bot.log import configure_logging
from bot.settings import Settings


def run() -> None:
    """Start the bot: against Slack when SLACK_BOT_TOKEN or SLACK_CLIENT_ID is set, else in a playground here.

    The database is migrated first. With SLACK_APP_TOKEN it listens over Socket Mode, with SLACK_SIGNING_SECRET over
    HTTP on PORT, at /slack/events. With SLACK_CLIENT_ID and SLACK_CLIENT_SECRET it serves every workspace that installs
    it at /slack/install. It stops cleanly on SIGTERM and Ctrl-C.
    """
    settings = load_settings()
    if not settings.is_for_slack:
        # Its arguments are made with the parser, which the bot itself starts without.
        from bot.commands.playground.command import playground

        playground()
        return
    configure_logging(settings.log_level)
    missing = what_is_missing(settings)
    if missing is not None:
        raise fail(missing, Exit.USAGE)
    with explained():
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    bot = Flagclient(settings, scopes=_scopes(settings))
    asked = stop_signals()
    try:
        running = await bot.start()
        if running.transport == "http":
            say(f"Listening on http://{settings.host}:{running.port}/slack/events")
        else:
            say(f"Listening over Socket Mode; health on http://{settings.host}:{running.port}/healthz")
        if settings.serves_many:
            say(f"Workspaces install me at http://{settings.host}:{running.port}/slack/install")
        was_asked = await bot.run_until(asked)
    finally:
        await bot.stop()
    if not was_asked:
        raise fail(
            "Slack cannot be reached over Socket Mode any more; ending so that I am started anew.", Exit.LOST_SLACK
        )


def _scopes(settings: Settings) -> list[str]:
    """What workspaces that install us are asked for; nobody else has to read the manifest."""
    if not settings.serves_many:
        return []
    from bot.commands.manifest import wanted_scopes

    return wanted_scopes()
