"""What all commands share: settings that fail with a sentence, and the exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from pydantic import ValidationError

from bot.domain.errors import FlagclientError
from bot.language import language
from bot.settings import ENVIRONMENT_FILE, Settings
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.http import ListeningError
from handlers.slack.words import WORDS as SLACK_WORDS
from handlers.surface.platform import PlatformRefusedError
from storage.backup.manifest import BackupError
from storage.engines.locations import DatabaseUrlError
from storage.engines.postgres_connection import PoolerError
from storage.engines.process_lock import DatabaseInUseError
from storage.engines.schema import MigrationError

NULL = "\0"


class Exit(IntEnum):
    """How a command ends; anything else is an error nobody foresaw."""

    OK = 0
    PROBLEMS_FOUND = 1
    USAGE = 2
    UNAVAILABLE = 3


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fail(text: str, code: Exit) -> SystemExit:
    """Print why to standard error; raise what comes back."""
    sys.stderr.write(f"{text}\n")
    return SystemExit(int(code))


def load_settings(**overrides: object) -> Settings:
    """The settings of the environment; ends the command with the name of what is wrong."""
    _refuse_unreadable(ENVIRONMENT_FILE)
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"  {'.'.join(str(part) for part in one['loc']).upper()}: {one['msg']}" for one in error.errors()]
        raise fail("Something in the environment is not right:\n" + "\n".join(lines), Exit.USAGE) from None


def _refuse_unreadable(file: Path) -> None:
    """End the command where an environment file is not UTF-8.

    Windows PowerShell’s `>` writes UTF-16, and older editors the encoding of their country. Without a byte order mark,
    UTF-16 is valid UTF-8 full of null characters, of which no variable would be found.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return
    except UnicodeDecodeError:
        text = NULL
    if NULL in text:
        raise fail(
            f"{file} is not saved as UTF-8, so its settings can’t be read. Save it again as UTF-8: in an editor under "
            "“Save as”, in PowerShell with “Set-Content -Encoding utf8”.",
            Exit.USAGE,
        )


def sentence(error: FlagclientError) -> str:
    """What to say at the terminal about a known refusal, in the words of Slack."""
    return language("en", SLACK_WORDS).sentence(error)


class CommandError(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


WITH_A_SENTENCE = (
    BackupError,
    CommandError,
    DatabaseInUseError,
    DatabaseUrlError,
    ListeningError,
    MigrationError,
    PlatformRefusedError,
    PoolerError,
)
"""Errors whose message is meant for the person at the terminal."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn the errors that are known into their sentence and an exit code."""
    try:
        yield
    except FlagclientError as error:
        raise fail(sentence(error), Exit.USAGE) from None
    except WITH_A_SENTENCE as error:
        raise fail(str(error), Exit.USAGE) from None
    except DatabaseUnavailableError as error:
        raise fail(
            "The database cannot be reached, or something else keeps it locked. Check DATABASE_URL and try again. "
            f"({error})",
            Exit.UNAVAILABLE,
        ) from None
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise fail(f"The operating system says: {error.strerror or error}{place}.", Exit.USAGE) from None
