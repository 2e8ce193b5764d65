"""The command line: `flagclient`, or `python -m bot`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.loading import loading


def main() -> None:
    """Run the command that the arguments name."""
    command = _loaded(sys.argv[1:])
    command()


def _loaded(arguments: list[str]) -> Callable[[], object]:
    """The command, with its modules in memory."""
    with loading():
        if arguments == ["run"]:
            # The bot starts without a parser, and without the other commands: a tenth of what there is to load.
            # pydantic would look through everything that is installed for plugins of its own.
            os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
            with _absent("rich"):
                from bot.commands.run import run as command
        else:
            from bot.commands.command_line import app as command
    return command


@contextmanager
def _absent(module: str) -> Iterator[None]:
    """Make `module` look as if it were not installed, for libraries that take it where they find it.

    structlog would load rich for tracebacks in colour, which our lines of JSON never have.
    """
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


if __name__ == "__main__":
    main()
