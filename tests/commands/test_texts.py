"""`flagclient texts`: a workspace replaces a text, and what cannot be used leaves the old one in use."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.commands.console import Exit
from bot.documents.letter.word_check import words_of
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text
from tests.commands.conftest import Call, Ended
from tests.harness import Harness

CHECK = """version: 2
looked_up: 2027-01-01
points:
  - id: our-own
    jurisdiction: any
    severity: look
    en: "Ask Roos about the keys."
    nl: "Vraag Roos naar de sleutels."
"""


async def texts(call: Call, harness: Harness, *arguments: str) -> Ended:
    """What the command says in the harness's workspace."""
    return await call("texts", *arguments, DATABASE_URL=harness.bot.settings.database_url)


async def in_use(harness: Harness, kind: str, language: str) -> bytes | None:
    def work(uow: UnitOfWork) -> bytes | None:
        return own_text(uow, uow.people.workspaces()[0].id, kind, language)

    return await harness.bot.database.read(work)


async def test_a_template_is_taken_changed_looked_at_used_and_let_go(
    call: Call, both_harness: Harness, tmp_path: Path
) -> None:
    run = partial(texts, call, both_harness)
    farewell, by = ("letter_farewell", "--language", "nl"), ("--by", both_harness.anna.id)
    assert "letter_farewell nl       .txt   as it comes with the bot" in (await run("list")).said
    assert (await run("show", *farewell, "--to", "own.txt")).code == Exit.OK
    file = tmp_path / "own.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Nogmaals dank.", "Dag hoor."), encoding="utf-8")
    seen = await run("preview", "letter_farewell", "own.txt", "--language", "nl")
    assert (seen.code, "[own_words]" in seen.said) == (Exit.OK, True)
    assert await in_use(both_harness, "letter_farewell", "nl") is None
    assert "version 1" in (await run("set", "letter_farewell", "own.txt", "--language", "nl", *by)).said
    assert "version 1" in (await run("set", "letter_farewell", "own.txt", "--language", "nl", *by)).said
    assert await in_use(both_harness, "letter_farewell", "nl") == file.read_bytes()
    assert await in_use(both_harness, "letter_farewell", "en") is None
    assert "letter_farewell nl       .txt   version 1, since" in (await run("list")).said
    assert "Dag hoor." in (await run("show", *farewell)).said
    assert "Dag hoor." not in (await run("show", *farewell, "--default")).said

    file.write_text("Einde\n\n{{ score }}\n", encoding="utf-8")
    refused = await run("set", "letter_farewell", "own.txt", "--language", "nl", *by)
    assert refused.code == Exit.USAGE
    assert "Line 3 of the template names “score”" in refused.said
    assert "Dag hoor." in (await run("show", *farewell)).said

    assert (await run("reset", *farewell, *by)).code == Exit.OK
    assert await in_use(both_harness, "letter_farewell", "nl") is None
    trail = (await call("audit", DATABASE_URL=both_harness.bot.settings.database_url)).said
    assert trail.count("text_replaced") == 1
    assert trail.count("text_reset") == 1


async def test_a_word_template_is_written_to_a_file(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    run = partial(texts, call, http_harness)
    assert "with --to" in (await run("show", "letter_word")).said
    assert (await run("show", "letter_word", "--to", "own.docx")).code == Exit.OK
    assert (await run("set", "letter_word", "own.docx", "--by", http_harness.anna.id)).code == Exit.OK
    assert (await run("preview", "letter_word", "--to", "seen.docx")).code == Exit.OK
    assert "[client]" in list(words_of((tmp_path / "seen.docx").read_bytes()))
    assert (await run("show", "letter_word", "--to", "own.docx")).code == Exit.USAGE


async def test_what_cannot_be_done_is_said(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "check.yaml").write_text(CHECK, encoding="utf-8")
    for arguments, sign in (
        (("show", "poem"), "letter_farewell, letter_warning"),
        (("show", "letter_farewell"), "en and nl"),
        (("preview", "letter_farewell", "--language", "fr"), "en and nl"),
        (("set", "closing_check", "nowhere.yaml", "--by", "U0"), "No such file"),
        (("set", "closing_check", "check.yaml", "--by", "U0STRANGER"), "isn’t an admin"),
        (("set", "closing_check", "check.yaml", "--by", http_harness.ben.id), "isn’t an admin"),
        (("reset", "closing_check", "--by", "U0STRANGER"), "isn’t an admin"),
    ):
        ended = await texts(call, http_harness, *arguments)
        assert ended.code == Exit.USAGE
        assert sign in ended.said
