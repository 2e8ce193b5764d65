"""`flagclient playground`: a workspace to try everything in, on this machine."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Story(StrEnum):
    """What a playground can begin with."""

    NL = "nl"
    EN = "en"
    EMPTY = "empty"


def playground(
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over.")] = False,
    story: Annotated[
        Story | None,
        typer.Option(
            "--story", help="Start over with three months at an agency in this language, or with no flags yet."
        ),
    ] = None,
) -> None:
    """Start a workspace of its own on this machine, with the bot in it: no tokens, no sign-up, no network.

    What happens in it is kept under data/playground and is there again at the next start. PORT moves the page.
    A new one begins with the story of a small agency, in the language of this machine.
    """
    # A whole Slack takes as long to load as half of the bot, and a bot in a real workspace has no use for it.
    from bot.commands.playground.world import play

    play(fresh=fresh, story=story.value if story is not None else None)
