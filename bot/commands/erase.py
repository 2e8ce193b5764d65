"""`flagclient erase`: a client, or one contact of it, out of the database for good."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.console import Exit, explained, fail, load_settings, say
from bot.commands.erased_words import FINISHED, UNFINISHED, counted_rows, name_erased, out_of_reach
from bot.commands.workspaces import ByOption, WorkspaceOption, chosen_workspace, transact
from bot.domain.privacy import ErasureReason
from bot.usecases.ports import UnitOfWork
from bot.usecases.privacy.erasing import (
    ContactErased,
    Erased,
    erase_client,
    erase_contact,
    preview_client,
    preview_contact,
)
from bot.usecases.privacy.subject import Subject, find_subject
from storage.privacy.shredding import refuse_what_cannot_shred, shred

NOTHING_YET = "Nothing was erased yet. There is no way back; run it again with --yes."


def erase(
    client: Annotated[str, typer.Argument(help="The client, by its name or an alias.")] = "",
    by: ByOption = "",
    contact: Annotated[str, typer.Option("--contact", help="Only this contact of the client.")] = "",
    because: Annotated[ErasureReason, typer.Option("--because", help="Why: it is kept in the audit trail.")] = (
        ErasureReason.REQUEST
    ),
    is_meant: Annotated[bool, typer.Option("--yes", help="Really erase it; otherwise I only say what would go.")] = (
        False
    ),
    is_to_finish: Annotated[
        bool, typer.Option("--finish", help="Clear the files of the database, where an earlier erasure could not.")
    ] = False,
    workspace: WorkspaceOption = "",
) -> None:
    """Erase everything that is held about a client, or a contact's name wherever it stands; the bot may go on running.

    The audit trail keeps that it was done, by whom and why, without a name. There is no way back.
    """
    url = load_settings().database_url
    if is_meant or is_to_finish:
        # Before anything is erased that would then stay in the files.
        with explained():
            asyncio.run(refuse_what_cannot_shred(url))
    if is_to_finish:
        _clear_files(url)
        return
    if not client or not by:
        raise fail("Say which client to erase, and with --by who has it done.", Exit.USAGE)
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> tuple[Subject, Erased | ContactErased]:
        chosen = chosen_workspace(uow, workspace)
        subject = find_subject(uow, chosen, by, client, contact)
        if contact and is_meant:
            return subject, erase_contact(uow, subject, because, name_erased(chosen), now)
        if contact:
            return subject, preview_contact(uow, subject)
        return subject, erase_client(uow, subject, because, now) if is_meant else preview_client(uow, subject)

    subject, outcome = transact(work)
    say(_told(subject, outcome, is_done=is_meant))
    if not is_meant:
        say(NOTHING_YET)
        return
    _clear_files(url)
    say(out_of_reach(url, outcome.channels, is_contact=bool(contact)))


def _clear_files(url: str) -> None:
    with explained():
        is_clear = asyncio.run(shred(url))
    say(FINISHED if is_clear else UNFINISHED)


def _told(subject: Subject, outcome: Erased | ContactErased, *, is_done: bool) -> str:
    begins = "Erased" if is_done else "This would erase"
    if isinstance(outcome, ContactErased):
        told = f"{begins}: {subject.contact_name} at {subject.client.name}, from {outcome.rows} rows."
        if not outcome.partly:
            return told
        texts = "1 text holds" if outcome.partly == 1 else f"{outcome.partly} texts hold"
        return f"{told}\n{texts} a word of the name{'' if is_done else ' now'}: look at that yourself."
    messages = "1 message" if outcome.messages == 1 else f"{outcome.messages} messages"
    later = ", to be deleted as soon as I run" if is_done else ""
    return f"{begins}: {subject.client.name}, with\n{counted_rows(outcome.rows)}\n  {messages} of mine in Slack{later}"
