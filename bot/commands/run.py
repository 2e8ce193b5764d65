"""`flagclient run`: serve a workspace, or start a playground when no tokens are set."""

from __future__ import annotations

import asyncio

from bot.app import Flagclient, stop_signals
from bot.commands.console import Exit, explained, fail, load_settings, say
from bot.log import configure_logging
from bot.settings import Settings


def run() -> None:
    """Start the bot: against Slack when SLACK_BOT_TOKEN is set, else in a playground on this machine.

    The database is migrated first. With SLACK_APP_TOKEN it listens over Socket Mode, with SLACK_SIGNING_SECRET over
    HTTP on PORT, at /slack/events. It stops cleanly on SIGTERM and Ctrl-C.
    """
    settings = load_settings()
    if not settings.has_tokens:
        # Its arguments are made with the parser, which the bot itself starts without.
        from bot.commands.playground import playground

        playground()
        return
    configure_logging(settings.log_level)
    if not settings.uses_socket_mode and not settings.slack_signing_secret.get_secret_value():
        raise fail(
            "SLACK_BOT_TOKEN is set, but nothing to listen with. Set SLACK_APP_TOKEN for Socket Mode, "
            "or SLACK_SIGNING_SECRET to receive requests over HTTP.",
            Exit.USAGE,
        )
    with explained():
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    bot = Flagclient(settings)
    asked = stop_signals()
    try:
        running = await bot.start()
        if running.transport == "http":
            say(f"Listening on http://{settings.host}:{running.port}/slack/events")
        else:
            say(f"Listening over Socket Mode; health on http://{settings.host}:{running.port}/healthz")
        was_asked = await bot.run_until(asked)
    finally:
        await bot.stop()
    if not was_asked:
        raise fail(
            "Slack cannot be reached over Socket Mode any more; ending so that I am started anew.", Exit.LOST_SLACK
        )
