"""The command line: `flagclient`, or `python -m bot`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable


def main() -> None:
    """Run the command that the arguments name."""
    command = _loaded(sys.argv[1:])
    command()


def _loaded(arguments: list[str]) -> Callable[[], object]:
    """The command, with all that it needs in memory.

    What is loaded stays for good, so nothing is searched for garbage meanwhile, which would take a fifth of the time,
    and nothing of it is ever searched again.
    """
    gc.disable()
    if arguments == ["run"]:
        # The bot starts without a parser, and without the other commands: a tenth of what there is to load.
        from bot.commands.run import run as command
    else:
        from bot.commands.command_line import app as command
    gc.freeze()
    gc.enable()
    return command


if __name__ == "__main__":
    main()
