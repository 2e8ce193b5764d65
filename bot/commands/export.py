"""`flagclient export`: everything that is held about a client or contact, for them to have."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.commands.console import CommandError, explained, say
from bot.commands.workspaces import ByOption, WorkspaceOption, chosen_workspace, transact
from bot.domain.privacy import ExportReason
from bot.domain.subject_contact import EVERYTHING, Doubtful
from bot.domain.subject_file import SubjectFile
from bot.language import LANGUAGES, Language, language
from bot.platforms.known import WORDS
from bot.usecases.ports import UnitOfWork
from bot.usecases.privacy.gathering import gather
from bot.usecases.privacy.subject import find_subject

DOCUMENT, DATA = "document.html", "data.json"
FORMAT = 1
"""Of the data; a program that reads it can tell by it what to expect."""


def export(
    client: Annotated[str, typer.Argument(help="The client, by its name or an alias.")],
    folder: Annotated[Path, typer.Argument(help="Where to write; it must be new or empty.", file_okay=False)],
    by: ByOption,
    contact: Annotated[str, typer.Option("--contact", help="Only what names this contact of the client.")] = "",
    because: Annotated[ExportReason, typer.Option("--because", help="Why: it is kept in the audit trail.")] = (
        ExportReason.REQUEST
    ),
    included: Annotated[
        str,
        typer.Option("--include", help="Of what may be about the contact: its numbers, such as 1,3, or “all”."),
    ] = "",
    tongue: Annotated[str, typer.Option("--language", help="en or nl; otherwise the client’s own.")] = "",
    workspace: WorkspaceOption = "",
) -> None:
    """Gather everything that is held about a client or contact: a document to read, and the same as JSON.

    Colleagues are left out by name. What people typed stands as they typed it, so read the document before you hand
    it over: a colleague may be named there, or somebody else.
    """
    with explained():
        if tongue not in ("", *LANGUAGES):
            raise CommandError(f"There is no “{tongue}” here. Choose one of: {', '.join(LANGUAGES)}.")
        _require_room(folder)
        chosen_numbers = _numbers(included)
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> tuple[SubjectFile, tuple[Doubtful, ...], Language]:
        chosen = chosen_workspace(uow, workspace)
        subject = find_subject(uow, chosen, by, client, contact)
        spoken = tongue or subject.client.language or chosen.settings.language
        found, doubtful = gather(uow, subject, because, now, chosen_numbers)
        return found, doubtful, language(spoken, WORDS[chosen.platform])

    stored, doubtful, t = transact(work)
    with explained():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / DOCUMENT, _document(stored, t))
        _write(folder / DATA, data_of(stored))
    say(f"Written: {folder / DOCUMENT} to read, and {folder / DATA} for programs.")
    _say_what_is_doubtful(doubtful, chosen_numbers)
    say("Read the document before you hand it over: what people typed stands as they typed it.")


def _numbers(included: str) -> frozenset[int]:
    """The numbers that were typed; raises `CommandError` for anything else."""
    if included.strip().casefold() == "all":
        return EVERYTHING
    typed = [part.strip() for part in included.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in typed):
        raise CommandError("With --include give the numbers that I listed, such as 1,3, or “all”.")
    return frozenset(map(int, typed))


def _say_what_is_doubtful(doubtful: Sequence[Doubtful], included: Collection[int]) -> None:
    left = [one for one in doubtful if included != EVERYTHING and one.number not in included]
    if not left:
        return
    say("These may be about somebody else of nearly that name, so they are left out. Look at each:")
    for one in left:
        say(f"  {one.number}  {one.kind}: {one.words}")
    say("Where it is this person, run it again into a new folder with --include and the numbers.")


def _require_room(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise CommandError(f"There is something in {folder} already. Name a new folder.")


def _document(stored: SubjectFile, t: Language) -> str:
    # Templates take a while to load, and most commands need none.
    from bot.documents.page import as_html
    from bot.documents.subject_file import subject_document

    return as_html(subject_document(t, stored))


def data_of(stored: SubjectFile) -> str:
    """What is held as JSON: the fields of `SubjectFile`, instants and days in ISO form, amounts as text."""
    return json.dumps({"format": FORMAT, **msgspec.to_builtins(stored)}, indent=2, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
