"""Where a playground is kept between one start and the next."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot.commands.console import CommandError
from bot.playground import Playground
from bot.playground.state import load
from storage.backup.manifest import new_private_file
from storage.engines.process_lock import acquire


class SavedWorkspace(Struct, frozen=True):
    """A workspace as it was left, and how far its clock was ahead of the real one."""

    state: str
    ahead: timedelta


class PlaygroundFiles:
    """The folder that holds a workspace beside the bot's database of it."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "flagclient.db"
        self._workspace = folder / "workspace.json"
        self._kept = ""

    def open(self, *, fresh: bool) -> SavedWorkspace | None:
        """What was left there; `None` after clearing away what is no whole workspace, or everything with `fresh`.

        Raises `DatabaseInUseError` while another playground runs there, and `CommandError`.
        """
        with acquire(f"sqlite:///{self.database}"):
            if not fresh and self._workspace.exists() and self.database.exists():
                return self._read()
            self._forget()
        return None

    def clear(self) -> None:
        """Forget the workspace and its database; raises `DatabaseInUseError` while a bot runs there."""
        with acquire(f"sqlite:///{self.database}"):
            self._forget()

    def _forget(self) -> None:
        self._kept = ""
        # The workspace goes first: without it the next start begins anew, whatever is left of the database.
        for path in (self._workspace, self.database, *self.database.parent.glob("flagclient.db-*")):
            path.unlink(missing_ok=True)

    def _read(self) -> SavedWorkspace:
        try:
            kept = json.loads(self._workspace.read_text(encoding="utf-8"))
            state = json.dumps(kept["workspace"])
            load(state)
            return SavedWorkspace(state, timedelta(seconds=float(kept["ahead_seconds"])))
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(
                f"{self._workspace} cannot be read. Start over with: flagclient playground --fresh"
            ) from error

    def save(self, world: Playground) -> None:
        """Keep the workspace as it is now; the file is never half written."""
        ahead = round((world.clock.now() - datetime.now(UTC)).total_seconds())
        kept = f'{{"ahead_seconds": {ahead}, "workspace": {world.dump().decode()}}}'
        if kept == self._kept:
            return
        # What people say in it is in it, as it is in the database, which others on the machine cannot read either.
        fresh = new_private_file(self._workspace.with_suffix(".new"))
        fresh.write_text(kept, encoding="utf-8")
        fresh.replace(self._workspace)
        self._kept = kept
