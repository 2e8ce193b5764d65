"""`flagclient import`: the clients that a team keeps in a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import CommandError, Exit, explained, fail, say, sentence
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, transact
from bot.domain.client_list import ListedClient, NameColumnMissingError, read_client_list
from bot.platforms.known import PERSON_IDS
from bot.usecases.clients.importing import Imported, ListRefusedError, import_clients
from bot.usecases.ports import UnitOfWork

SEPARATORS = (",", ";", "\t")
MAX_SHOWN = 20


class _OnlyCheckedError(Exception):
    """The list can be taken over, and was not, because only that was asked."""

    def __init__(self, imported: Imported) -> None:
        super().__init__()
        self.imported = imported


def import_list(
    file: Annotated[Path, typer.Argument(help="A list as CSV, its first row the headings.", dir_okay=False)],
    check: Annotated[bool, typer.Option("--check", help="Say what would happen, and change nothing.")] = False,
    workspace: WorkspaceOption = "",
) -> None:
    """Take over a list of clients; a running bot knows them within seconds.

    The column with the names is headed name, client, naam or klant. Others may be headed aliases, contacts, owner (a
    user id) and reference, or aliassen, contactpersonen, eigenaar and klantnummer; several in one cell with a semicolon
    between them. What the list leaves empty stays as it is. All of the list is taken over, or none of it.
    """
    with explained():
        listed = _read(file)
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> Imported:
        chosen = chosen_workspace(uow, workspace)
        imported = import_clients(uow, chosen.id, listed, now, PERSON_IDS[chosen.platform])
        if check:
            raise _OnlyCheckedError(imported)
        return imported

    try:
        say(f"{_told(transact(work))}.")
    except _OnlyCheckedError as checked:
        say(f"{_told(checked.imported)}. Nothing was changed yet.")
    except ListRefusedError as refused:
        lines = [f"  line {line}: {sentence(error)}" for line, error in refused.problems[:MAX_SHOWN]]
        more = len(refused.problems) - MAX_SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
        raise fail("Nothing was taken over. Mend these lines first:\n" + "\n".join(lines), Exit.USAGE) from None


def _told(imported: Imported) -> str:
    return f"{imported.added} new, {imported.changed} changed, {imported.unchanged} as they were"


def _read(file: Path) -> list[ListedClient]:
    text = _decoded(file.read_bytes())
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    try:
        return read_client_list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except NameColumnMissingError:
        raise CommandError(
            f"I can’t find the names in {file}. Its first row must be headings, one of them name or naam."
        ) from None
    except csv.Error as error:
        raise CommandError(f"{file} cannot be read as CSV: {error}.") from None


def _decoded(content: bytes) -> str:
    """The text of a list, as spreadsheets on any machine write it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
