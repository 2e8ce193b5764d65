"""`flagclient texts`: the texts and files that a workspace can replace with its own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import CommandError, explained, say
from bot.commands.workspaces import ByOption, WorkspaceOption, chosen_workspace, transact
from bot.domain.workspace_texts import TextKind, TextLanguageError, TextUnknownError, checked
from bot.language import Language
from bot.language import language as language_of
from bot.language.text_words import text_explanation
from bot.usecases.people.admins import admin_called
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text, own_texts, replace_text, reset_text

INDENT = "    "

app = typer.Typer(help="Show, try and replace the texts of letters and checks.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="One of the names that `texts list` shows.")]
LanguageOption = Annotated[str, typer.Option("--language", help="en or nl, of a text that there is one of for each.")]
ToOption = Annotated[Path | None, typer.Option("--to", help="Write it to this new file.", dir_okay=False)]


@app.command("list")
def show_all(workspace: WorkspaceOption = "") -> None:
    """List every text that can be replaced, what it is for, and which of them are the workspace’s own."""

    def work(uow: UnitOfWork) -> tuple[Language, dict[tuple[str, str], str]]:
        chosen = chosen_workspace(uow, workspace)
        own = own_texts(uow, chosen.id)
        since = {at: f"version {text.version}, since {text.saved_at:%Y-%m-%d}" for at, text in own.items()}
        return language_of(chosen.settings.language), since

    t, own = transact(work)
    for kind in _kinds().values():
        for language in kind.languages:
            name = f"{kind.name} {language}".strip()
            say(f"{name:<24} {kind.suffix:<6} {own.get((kind.name, language), 'as it comes with the bot')}")
        say(f"{INDENT}{text_explanation(t, kind.name)}")


@app.command()
def show(
    name: NameArgument,
    language: LanguageOption = "",
    to: ToOption = None,
    default: Annotated[bool, typer.Option("--default", help="The one that comes with the bot.")] = False,
    workspace: WorkspaceOption = "",
) -> None:
    """Show a text as it is in use, to change it and put it back with `texts set`."""
    with explained():
        kind, language = _kind(name), _language(_kind(name), language)

    def work(uow: UnitOfWork) -> bytes | None:
        return own_text(uow, chosen_workspace(uow, workspace).id, kind.name, language)

    own = None if default else transact(work)
    _give(own if own is not None else kind.default(language), kind, to)


@app.command()
def preview(
    name: NameArgument,
    file: Annotated[
        Path | None, typer.Argument(help="A file to try; otherwise what is in use.", dir_okay=False)
    ] = None,
    language: LanguageOption = "",
    to: ToOption = None,
    workspace: WorkspaceOption = "",
) -> None:
    """Show how a text comes out, each field with its name in brackets. A file is tried first, and nothing is stored."""
    with explained():
        kind, language = _kind(name), _language(_kind(name), language)
        if file is not None:
            content: bytes | None = checked(kind, language, file.read_bytes()).content
        else:
            content = transact(lambda uow: own_text(uow, chosen_workspace(uow, workspace).id, kind.name, language))
        shown = kind.preview(language, content if content is not None else kind.default(language))
    _give(shown, kind, to)


@app.command("set")
def change(
    name: NameArgument,
    file: Annotated[Path, typer.Argument(help="The file to use from now on.", dir_okay=False)],
    by: ByOption,
    language: LanguageOption = "",
    workspace: WorkspaceOption = "",
) -> None:
    """Put a text of the workspace’s own in use. What cannot be used is refused, and what was in use stays."""
    now = datetime.now(UTC)
    with explained():
        kind = _kind(name)
        text = checked(kind, _language(kind, language), file.read_bytes())

    def work(uow: UnitOfWork) -> int:
        admin = admin_called(uow, chosen_workspace(uow, workspace), by)
        return replace_text(uow, admin, text, now)

    version = transact(work)
    say(f"In use: {kind.name}, version {version}. Look at it with: flagclient texts preview {kind.name}")


@app.command()
def reset(name: NameArgument, by: ByOption, language: LanguageOption = "", workspace: WorkspaceOption = "") -> None:
    """Go back to the text that comes with the bot. The workspace’s own versions are kept."""
    now = datetime.now(UTC)
    with explained():
        kind, language = _kind(name), _language(_kind(name), language)

    def work(uow: UnitOfWork) -> None:
        reset_text(uow, admin_called(uow, chosen_workspace(uow, workspace), by), kind.name, language, now)

    transact(work)
    say(f"In use: {kind.name} as it comes with the bot.")


def _kinds() -> dict[str, TextKind]:
    # Templates take a while to load, and most commands need none.
    from bot.documents.letter.own_texts import LETTER_TEXTS
    from bot.usecases.checklist.definitions import CHECKLIST_TEXT
    from bot.usecases.farewell.closing_check_text import CLOSING_CHECK_TEXT
    from bot.usecases.pushback.policy_text import POLICY_TEXT

    return {kind.name: kind for kind in (*LETTER_TEXTS, CHECKLIST_TEXT, CLOSING_CHECK_TEXT, POLICY_TEXT)}


def _kind(name: str) -> TextKind:
    kinds = _kinds()
    if name not in kinds:
        raise TextUnknownError(name=name, known=list(kinds))
    return kinds[name]


def _language(kind: TextKind, language: str) -> str:
    """The language that was said, or the only one there is."""
    if language in kind.languages:
        return language
    if len(kind.languages) == 1:
        return kind.languages[0]
    raise TextLanguageError(name=kind.name, known=list(kind.languages))


def _give(content: bytes, kind: TextKind, to: Path | None) -> None:
    """Write to a new file, or to the terminal what can be read there."""
    with explained():
        if to is not None:
            with to.open("xb") as file:
                file.write(content)
            say(f"Written: {to}")
            return
        if b"\0" in content:
            raise CommandError(f"That is a {kind.suffix} file: say where to write it, with --to NAME{kind.suffix}.")
        sys.stdout.write(content.decode("utf-8-sig"))
        sys.stdout.flush()
