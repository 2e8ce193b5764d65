"""`flagclient import`: lists as spreadsheets write them, and a running bot that knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.console import Exit
from bot.domain.client_list import ListedClient
from bot.usecases.clients.importing import import_clients
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from tests.commands.conftest import Call
from tests.factories import PERSON_IDS
from tests.harness import Harness, words
from tests.processes import environment

LIST = "naam;aliassen;klantnummer\r\nCafé Übel;Übels|Café U;7\r\nAcme;;\r\n"


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t")],
)
async def test_lists_of_any_spreadsheet_are_read(
    call: Call, http_harness: Harness, tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "clients.csv"
    file.write_bytes(LIST.replace(";", separator).encode(encoding))
    ended = await call("import", str(file), DATABASE_URL=http_harness.bot.settings.database_url)
    assert ended.code == Exit.OK, ended.said
    assert ended.said == "2 new, 0 changed, 0 as they were.\n"
    named = await http_harness.bot.database.read(lambda uow: uow.clients.names(uow.people.workspaces()[0].id))
    assert {name.name for name in named} == {"Café Übel", "Übels", "Café U", "Acme"}


async def test_a_running_bot_knows_the_clients_within_seconds(
    call: Call, both_harness: Harness, tmp_path: Path
) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("name\nUmbra Consulting\n", encoding="utf-8")
    assert (await call("import", str(file), DATABASE_URL=both_harness.bot.settings.database_url)).code == Exit.OK
    await both_harness.bot.refresh()
    outcome = await both_harness.anna.command(COMMAND_DOSSIER, "Umbra Consultin")
    assert outcome.message is not None
    assert "Umbra Consulting" in words(outcome.message)


async def test_an_open_alert_names_the_owner_that_a_list_brings(both_harness: Harness) -> None:
    harness = both_harness
    for text in ("Acme late 3 invoice 17 is open", "Acme late 3 invoice 18 is open as well"):
        assert (await harness.ben.command(COMMAND_FLAG, text)).ok
    await harness.settle()
    assert "Who takes it?" in harness.sees(harness.anna, harness.alerts)
    listed = [ListedClient(2, "Acme", owner=harness.carla.id)]
    now = harness.clock.now()
    await harness.bot.database.write(
        lambda uow: import_clients(uow, uow.people.workspaces()[0].id, listed, now, PERSON_IDS),
    )
    await harness.settle()
    assert "Who takes it?" not in harness.sees(harness.anna, harness.alerts)


async def test_checking_shows_each_line_as_it_would_stand(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    lines = (
        "Relaties;;;\r\n;;;\r\nKlantnummer;Bedrijf;Contactpersoon;Plaats\r\n7;Café Übel;Piet;Breda\r\n;;Mia Bakker;\r\n"
    )
    file.write_bytes(lines.encode("cp850"))
    ended = await call("import", "--check", str(file), DATABASE_URL=http_harness.bot.settings.database_url)
    assert ended.said.splitlines() == [
        "Read as cp850, separated by “;”; the headings are on line 3.",
        "  client numbers: “Klantnummer”; names: “Bedrijf”; contacts: “Contactpersoon”",
        "  not used: “Plaats”",
        "  line   4  new        Café Übel · number 7 · contacts Piet",
        "  line   5  new        Mia Bakker",
        "The encoding cp850 is a guess: does “Café Übel” look right? If not, say which with --encoding.",
        "Look at these:",
        "  line 5: there is no other name than that of a contact, “Mia Bakker”.",
        "2 new, 0 changed, 0 as they were. Nothing was changed yet.",
    ]
    named = await call("import", "--encoding", "cp850", str(file), DATABASE_URL=http_harness.bot.settings.database_url)
    assert "guess" not in named.said
    known = await http_harness.bot.database.read(lambda uow: uow.clients.names(uow.people.workspaces()[0].id))
    assert {name.name for name in known} == {"Café Übel", "Mia Bakker"}


async def test_a_column_of_names_that_is_not_known_can_be_named(
    call: Call, http_harness: Harness, tmp_path: Path
) -> None:
    file, url = tmp_path / "clients.csv", http_harness.bot.settings.database_url
    file.write_text("Kwaliteit,Stamgast\n1,Acme\n", encoding="utf-8")
    asked = await call("import", str(file), DATABASE_URL=url)
    assert asked.code == Exit.USAGE
    assert "“Kwaliteit”, “Stamgast”. Say which one with --name-column." in asked.said
    wrong = await call("import", "--name-column", "Naam", str(file), DATABASE_URL=url)
    assert (wrong.code, "no column “Naam”" in wrong.said) == (Exit.USAGE, True)
    named = await call("import", "--name-column", "stamgast", str(file), DATABASE_URL=url)
    assert named.said == "1 new, 0 changed, 0 as they were.\n"
    odd = await call("import", "--encoding", "klingon", str(file), DATABASE_URL=url)
    assert (odd.code, "no encoding “klingon”" in odd.said) == (Exit.USAGE, True)


async def test_owners_who_are_nobody_keep_the_list_out(
    call: Call, http_harness: Harness, sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "clients.csv"
    variables = environment(http_harness.world, Path(sqlite_url.removeprefix("sqlite:///")), "http")
    file.write_text(f"naam;eigenaar\nAcme;{http_harness.ben.id}\nUmbra;U0NOBODY\n", encoding="utf-8")
    ended = await call("import", str(file), **variables)
    assert (ended.code, ended.said) == (Exit.USAGE, "Nothing was changed. U0NOBODY is nobody in this workspace.\n")
    file.write_text(f"naam;eigenaar\nAcme;{http_harness.ben.id}\n", encoding="utf-8")
    assert (await call("import", str(file), **variables)).said == "1 new, 0 changed, 0 as they were.\n"


async def test_only_checking_changes_nothing(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text(LIST, encoding="utf-8")
    ended = await call("import", "--check", str(file), DATABASE_URL=http_harness.bot.settings.database_url)
    assert ended.code == Exit.OK
    assert "2 new, 0 changed, 0 as they were. Nothing was changed yet." in ended.said
    assert not await http_harness.bot.database.read(lambda uow: uow.clients.names(uow.people.workspaces()[0].id))


async def test_wrong_lines_are_named(call: Call, http_harness: Harness, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("name,owner\nAcme,\n,U1\nUmbra,me@example.com\n" + ",U1\n" * 30, encoding="utf-8")
    ended = await call("import", str(file), DATABASE_URL=http_harness.bot.settings.database_url)
    assert ended.code == Exit.USAGE
    assert "Nothing was taken over." in ended.said
    assert "line 3: A client’s name has between 1 and 80 characters." in ended.said
    assert "line 4: “me@example.com” doesn’t fit the setting “owner”" in ended.said
    assert "and 12 more" in ended.said
    assert not await http_harness.bot.database.read(lambda uow: uow.clients.names(uow.people.workspaces()[0].id))


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        (b"", "I can’t find the names"),
        (b"Acme\nUmbra\n", "Its first row must be headings"),
        pytest.param(b"name\n" + b"x" * 140_000, "cannot be read as CSV", id="endless"),
    ],
)
async def test_what_is_no_list_is_refused(
    call: Call, http_harness: Harness, tmp_path: Path, content: bytes, sign: str
) -> None:
    file = tmp_path / "clients.csv"
    file.write_bytes(content)
    ended = await call("import", str(file), DATABASE_URL=http_harness.bot.settings.database_url)
    assert ended.code == Exit.USAGE
    assert sign in ended.said


async def test_a_file_that_is_not_there_is_named(call: Call) -> None:
    ended = await call("import", "none.csv")
    assert ended.code == Exit.USAGE
    assert "none.csv" in ended.said
