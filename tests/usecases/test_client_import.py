"""Taking over a list of clients: what it says counts, what it leaves empty stays, and all of it or nothing."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace

from bot.domain.client_list import ListedClient
from bot.domain.errors import (
    ClientListedTwiceError,
    ClientNameInvalidError,
    ClientNameTakenError,
    SettingInvalidError,
)
from bot.domain.list_doubts import Doubt, DoubtKind
from bot.domain.model import Client
from bot.domain.names import normalized
from bot.usecases.clients.importing import Imported, ImportedLine, ListRefusedError, Outcome, import_clients
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import PERSON_IDS, make_client, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

ACME = ListedClient(2, "Acme B.V.", ("Acme Amsterdam",), ("Piet Jansen",), "U1OWNER", "10042")
UMBRA = ListedClient(3, "Umbra")


async def imported(database: Database, *listed: ListedClient) -> Imported:
    """What a list brought to the one workspace."""

    def work(uow: UnitOfWork) -> Imported:
        return import_clients(uow, make_workspace(uow).id, listed, NOW, PERSON_IDS)

    return replace(await database.write(work), lines=())


async def known(database: Database, name: str) -> Client | None:
    """The client that a name finds."""
    return await database.read(lambda uow: uow.clients.by_name(uow.people.workspaces()[0].id, normalized(name)))


async def names(database: Database) -> set[str]:
    """Every name and alias of the workspace."""
    return await database.read(lambda uow: {name.name for name in uow.clients.names(uow.people.workspaces()[0].id)})


async def test_a_list_is_taken_over_once(database: Database) -> None:
    assert await imported(database, ACME, UMBRA) == Imported(added=2)
    assert await imported(database, ACME, UMBRA) == Imported(unchanged=2)
    assert await names(database) == {"Acme B.V.", "Acme Amsterdam", "Umbra"}
    client = await known(database, "acme amsterdam")
    assert client is not None
    assert (client.name, client.external_reference) == ("Acme B.V.", "10042")

    def read(uow: UnitOfWork) -> tuple[list[str], dict[int, str]]:
        contacts = [contact.name for contact in uow.clients.contacts(client.id)]
        return contacts, uow.people.external_ids([client.owner_id or 0], "slack")

    assert await database.read(read) == (["Piet Jansen"], {client.owner_id: "U1OWNER"})


async def test_what_the_list_leaves_empty_stays(database: Database) -> None:
    await imported(database, ACME)
    assert await imported(database, ListedClient(2, "acme", contacts=("Mia",))) == Imported(changed=1)
    before = await known(database, "Acme")
    assert before is not None
    assert before.external_reference == "10042"
    assert await imported(database, ListedClient(2, "acme", reference="7")) == Imported(changed=1)
    client = await known(database, "Acme")
    assert client is not None
    assert client.owner_id is not None
    assert client.external_reference == "7"
    assert "Acme Amsterdam" in await names(database)


async def test_a_client_is_found_by_an_alias_and_keeps_its_name(database: Database) -> None:
    await imported(database, ACME)
    assert await imported(database, ListedClient(2, "Acme Amsterdam", ("The Acmes",))) == Imported(changed=1)
    client = await known(database, "the acmes")
    assert client is not None
    assert client.name == "Acme B.V."


async def test_one_name_with_two_legal_forms_is_two_clients(database: Database) -> None:
    lines = ListedClient(2, "Huber GmbH", reference="1001"), ListedClient(3, "Huber AG", reference="1002")
    assert await imported(database, *lines) == Imported(added=2)
    assert await imported(database, *lines) == Imported(unchanged=2)
    found = [await database.read(lambda uow, line=line: uow.clients.by_name(1, line.name)) for line in lines]
    assert [client and client.external_reference for client in found] == ["1001", "1002"]


async def test_two_lines_that_disagree_about_one_client_are_named(database: Database) -> None:
    with pytest.raises(ListRefusedError) as refused:
        await imported(
            database, ListedClient(2, "Jansen", reference="1001"), ListedClient(3, "JANSEN", reference="1002")
        )
    ((line, error),) = refused.value.problems
    assert (line, type(error), error.values["other"]) == (3, ClientListedTwiceError, 2)


async def test_a_client_that_was_merged_gives_way_to_the_one_it_is_now(database: Database) -> None:
    await imported(database, ListedClient(2, "Umbra", ("Acme",), reference="7"))
    lines = ListedClient(2, "Acme", reference="1001"), ListedClient(3, "Umbra", reference="1002")
    doubts = (Doubt(2, DoubtKind.SECOND_NAME, "Acme", "Umbra"),)
    assert await imported(database, *lines) == Imported(unchanged=1, changed=1, doubts=doubts)
    assert await imported(database, *lines) == Imported(unchanged=2, doubts=doubts)
    client = await known(database, "Acme")
    assert client is not None
    assert (client.name, client.external_reference) == ("Umbra", "1002")


async def test_lines_about_people_of_one_client_are_one_client(database: Database) -> None:
    lines = [ListedClient(2 + at, "Umbra", contacts=(contact,)) for at, contact in enumerate(("Piet", "Mia"))]
    assert await imported(database, *lines) == Imported(added=1, changed=1)
    assert await imported(database, *lines) == Imported(unchanged=2)


async def test_an_alias_that_stayed_with_another_client_stays_there(database: Database) -> None:
    await imported(database, ListedClient(2, "Umbra", ("Shade",)))
    acme = ListedClient(2, "Acme", ("Shade",))
    taken = Doubt(2, DoubtKind.ALIAS_TAKEN, "Shade", "Umbra")
    assert await imported(database, acme) == Imported(added=1, doubts=(taken,))
    assert await imported(database, acme) == Imported(unchanged=1, doubts=(taken,))


async def test_a_new_client_that_may_be_another_is_doubtful(database: Database) -> None:
    await imported(database, ListedClient(2, "Gemeente Utrecht"))
    listed = (
        "Utrecht, Gemeente",
        "Umbra Works",
        "UmbraWorks",
        "Gemeente Utrehct",
        "Bor 1",
        "Bor 2",
        "Huber AG",
        "Huber KG",
    )
    lines = [ListedClient(2 + at, name) for at, name in enumerate(listed)]
    brought = await imported(database, *lines)
    assert brought.doubts == (
        Doubt(2, DoubtKind.ALIKE, "Utrecht, Gemeente", "Gemeente Utrecht"),
        Doubt(4, DoubtKind.ALIKE, "UmbraWorks", "Umbra Works"),
        Doubt(5, DoubtKind.ALIKE, "Gemeente Utrehct", "Gemeente Utrecht"),
    )
    assert (await imported(database, *lines)).doubts == ()


async def test_each_line_is_told_as_it_stands(database: Database) -> None:
    await imported(database, ListedClient(2, "Acme", ("Acmes",), reference="7"))

    def work(uow: UnitOfWork) -> Imported:
        listed = [ListedClient(2, "acmes", contacts=("Mia",), reference="8"), ListedClient(3, "Umbra")]
        return import_clients(uow, make_workspace(uow).id, listed, NOW, PERSON_IDS)

    assert (await database.write(work)).lines == (
        ImportedLine(2, Outcome.CHANGED, "Acme", ("Acmes",), ("Mia",), reference="8", before="7"),
        ImportedLine(3, Outcome.ADDED, "Umbra"),
    )


async def test_two_lines_about_one_client_are_one_client(database: Database) -> None:
    assert await imported(database, UMBRA, ListedClient(4, "UMBRA", ("Shade",))) == Imported(added=1, changed=1)
    assert await names(database) == {"Umbra", "Shade"}


async def test_a_wrong_line_keeps_everything_out(database: Database) -> None:
    await database.write(lambda uow: make_client(uow, make_workspace(uow), "Borealis"))
    with pytest.raises(ListRefusedError) as refused:
        await imported(
            database,
            UMBRA,
            ListedClient(4, " "),
            ListedClient(5, "x" * 81),
            ListedClient(6, "Calla", ("Borealis",)),
            ListedClient(7, "Delta", owner="somebody@example.com"),
            ListedClient(8, "Echo", contacts=("y" * 81,)),
        )
    assert [(line, type(error)) for line, error in refused.value.problems] == [
        (4, ClientNameInvalidError),
        (5, ClientNameInvalidError),
        (6, ClientNameTakenError),
        (7, SettingInvalidError),
        (8, ClientNameInvalidError),
    ]
    assert await names(database) == {"Borealis"}


async def test_another_workspace_keeps_its_own_clients(database: Database) -> None:
    await imported(database, ACME)
    other = await database.write(partial(make_workspace, external_id="T2"))
    await database.write(lambda uow: import_clients(uow, other.id, [ACME], NOW, PERSON_IDS))
    assert await database.read(lambda uow: len(uow.clients.names(other.id))) == 2
