"""`flagclient playground`: a workspace to try everything in, on this machine."""

from __future__ import annotations

from typing import Annotated

import typer


def playground(
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over, with an empty dossier.")] = False,
) -> None:
    """Start a workspace of its own on this machine, with the bot in it: no tokens, no sign-up, no network.

    What happens in it is kept under data/playground and is there again at the next start. PORT moves the page.
    """
    # A whole Slack takes as long to load as half of the bot, and a bot in a real workspace has no use for it.
    from bot.commands.playground_world import play

    play(fresh=fresh)
