"""`flagclient export`: what is held about a client, in two files that only their owner can read."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from bot.commands.console import Exit
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.commands.conftest import Call, Ended
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in
from tests.harness import Harness


async def exported(call: Call, harness: Harness, *arguments: str) -> Ended:
    """What the command says in the harness's workspace, done by Anna."""
    return await call("export", *arguments, "--by", harness.anna.id, DATABASE_URL=harness.bot.settings.database_url)


async def test_a_client_gets_a_document_and_data(call: Call, both_harness: Harness, tmp_path: Path) -> None:
    harness = both_harness
    assert (await harness.ben.command(COMMAND_FLAG, "Acme late 3 <b>invoice 17</b> is open")).ok
    ended = await exported(call, harness, "acme", "held")
    assert ended.code == Exit.OK, ended.said
    assert "Read the document before you hand it over" in ended.said
    document, data = tmp_path / "held" / "document.html", tmp_path / "held" / "data.json"
    assert "&lt;b&gt;invoice 17&lt;/b&gt; is open" in document.read_text(encoding="utf-8")
    assert '<html lang="en">' in document.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8"))["flags"][0]["content"]["category"] == "late_payment"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (document, data)} == {0o600}
    assert stat.S_IMODE(document.parent.stat().st_mode) == 0o700
    trail = await call("audit", DATABASE_URL=harness.bot.settings.database_url)
    assert f"{harness.anna.id}  client_exported" in trail.said
    assert "because=request" in trail.said


async def test_it_speaks_the_language_that_is_asked_for(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    assert (await http_harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice 17 is open")).ok
    ended = await exported(call, http_harness, "Acme", "gegevens", "--language", "nl", "--because", "legal")
    assert ended.code == Exit.OK, ended.said
    assert "Wat wij over Acme bewaren" in (tmp_path / "gegevens" / "document.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "sign"),
    [
        (("Nobody", "new"), "I don’t know a client called “Nobody”"),
        (("Acme", "new", "--contact", "Piet"), "I don’t know “Piet” at Acme"),
        (("Acme", "new", "--language", "fr"), "There is no “fr” here. Choose one of: en, nl."),
        (("Acme", "full"), "There is something in full already"),
        (("Acme", "new", "--because", "curiosity"), "is not one of"),
        (("Acme", "full/note.txt/new"), "The operating system says"),
    ],
)
async def test_what_cannot_be_done_is_said_and_leaves_nothing(
    call: Call, http_harness: Harness, tmp_path: Path, arguments: tuple[str, ...], sign: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("mine", encoding="utf-8")
    assert (await http_harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice 17 is open")).ok
    ended = await exported(call, http_harness, *arguments)
    assert ended.code == Exit.USAGE
    assert sign in ended.said
    assert sorted(path.name for path in (tmp_path / "full").iterdir()) == ["note.txt"]
    assert not (tmp_path / "new").exists()


async def test_who_may_be_somebody_else_is_left_out_and_listed(
    call: Call, http_harness: Harness, tmp_path: Path
) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    for contact, text in (("Piet Jansen", "Is late."), ("Piet Jansen jr.", "Threw a cup.")):
        await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
        await fill_in(harness.ben, what_happened=text, FLAG_FORM_CONTACT=contact)
        assert (await harness.ben.submit()).ok
    ended = await exported(call, harness, "Acme", "first", "--contact", "Piet Jansen")
    assert ended.code == Exit.OK, ended.said
    assert "jr." not in (tmp_path / "first" / "data.json").read_text(encoding="utf-8")
    assert "1  flag: Piet Jansen jr." in ended.said
    both = await exported(call, harness, "Acme", "second", "--contact", "Piet Jansen", "--include", "1")
    assert "left out" not in both.said
    assert "Threw a cup." in (tmp_path / "second" / "data.json").read_text(encoding="utf-8")
    wrong = await exported(call, harness, "Acme", "third", "--contact", "Piet Jansen", "--include", "first")
    assert (wrong.code, (tmp_path / "third").exists()) == (Exit.USAGE, False)


async def test_only_an_admin_has_it_done(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    assert (await http_harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice 17 is open")).ok
    url = http_harness.bot.settings.database_url
    ended = await call("export", "Acme", "new", "--by", http_harness.ben.id, DATABASE_URL=url)
    assert ended.code == Exit.USAGE
    assert f"“{http_harness.ben.id}” isn’t an admin of this workspace." in ended.said
    assert not (tmp_path / "new").exists()
