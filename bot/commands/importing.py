"""`flagclient import`: the clients that a team keeps in a bookkeeping program, a customer program or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import CommandError, Exit, explained, fail, say, sentence
from bot.commands.import_words import doubt_lines, guess_lines, line_as_it_stands, reading_lines
from bot.commands.typed_ids import refuse_who_is_not_there
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, rehearse, transact
from bot.domain.client_list import NameColumnMissingError
from bot.platforms import TypedIds
from bot.platforms.known import PERSON_IDS
from bot.usecases.clients.importing import Imported, ListRefusedError, import_clients
from bot.usecases.clients.list_file import ListUnreadableError, ReadList, read_list_file
from bot.usecases.ports import UnitOfWork

MAX_SHOWN = 20
MAX_HEADINGS = 40


def import_list(
    file: Annotated[Path, typer.Argument(help="A list as CSV, .xlsx, .xls or .ods.", dir_okay=False)],
    check: Annotated[
        bool, typer.Option("--check", help="Show each line as it would stand, and change nothing.")
    ] = False,
    name_column: Annotated[str, typer.Option("--name-column", help="The heading above the names of the clients.")] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="What a CSV was written in, such as cp850.")] = "",
    workspace: WorkspaceOption = "",
) -> None:
    """Take over a list of clients; a running bot knows them within seconds.

    Lists of Exact, Moneybird, Twinfield, SnelStart, e-Boekhouden, HubSpot, Salesforce, Outlook and of your own: the
    headings of names, client numbers, other names, contacts and owners (user ids) are known in Dutch and English.
    Several in one cell with a semicolon between them. What the list leaves empty stays as it is. All of the list is
    taken over, or none of it. Look at it with --check first.
    """
    with explained():
        read = _read(file, name_column, encoding)
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> Imported:
        chosen = chosen_workspace(uow, workspace)
        return import_clients(uow, chosen.id, read.listed.clients, now, PERSON_IDS[chosen.platform])

    try:
        imported = rehearse(work)
        refuse_who_is_not_there(
            workspace, TypedIds(people=sorted({line.owner for line in imported.lines if line.owner}))
        )
        if check:
            rows = map(line_as_it_stands, imported.lines)
            told = f"{_told(imported)}. Nothing was changed yet."
            _say_all([*reading_lines(read), *rows, *guess_lines(read), *_doubts(read, imported), told])
        else:
            imported = transact(work)
            _say_all([*guess_lines(read, rare_only=True), *_doubts(read, imported), f"{_told(imported)}."])
    except ListRefusedError as refused:
        lines = [f"  line {line}: {sentence(error)}" for line, error in refused.problems[:MAX_SHOWN]]
        more = len(refused.problems) - MAX_SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
        raise fail("Nothing was taken over. Mend these lines first:\n" + "\n".join(lines), Exit.USAGE) from None


def _say_all(lines: list[str]) -> None:
    for line in lines:
        say(line)


def _doubts(read: ReadList, imported: Imported) -> Iterator[str]:
    return doubt_lines(sorted((*read.listed.doubts, *imported.doubts), key=lambda doubt: doubt.line))


def _told(imported: Imported) -> str:
    return f"{imported.added} new, {imported.changed} changed, {imported.unchanged} as they were"


def _read(file: Path, name_column: str, encoding: str) -> ReadList:
    try:
        return read_list_file(file.read_bytes(), name_column=name_column, encoding=encoding)
    except NameColumnMissingError as missing:
        raise CommandError(_names_not_found(file, name_column, missing.headings)) from None
    except ListUnreadableError as error:
        raise CommandError(f"{file} cannot be read: {error}.") from None
    except LookupError:
        raise CommandError(f"There is no encoding “{encoding}”. Usual ones are utf-8, cp1252 and cp850.") from None


def _names_not_found(file: Path, name_column: str, headings: tuple[str, ...]) -> str:
    seen = ", ".join(f"“{heading}”" for heading in headings[:MAX_HEADINGS])
    if name_column:
        return f"{file} has no column “{name_column}”. What looks like its headings: {seen or 'nothing'}."
    asked = f" What looks like them: {seen}. Say which one with --name-column." if seen else ""
    return (
        f"I can’t find the names in {file}. Its first row must be headings, one of them such as name, naam, company or "
        f"bedrijfsnaam.{asked}"
    )
