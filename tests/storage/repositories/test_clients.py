"""Clients, on both databases alike."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from bot.domain.agreement import Agreement, AgreementKind, NoticeForm, NoticePeriod, NoticeTo, NoticeUnit, Renewal
from bot.domain.errors import ClientNameInvalidError, ClientNameTakenError, NotFoundError
from bot.domain.model import Client, ClientStage, Level
from bot.usecases.ports.clients import ClientName
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from storage.repositories.clients import CHANGEABLE
from tests.factories import TODAY, make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AGREED = Agreement(
    AgreementKind.FIXED,
    date(2027, 1, 31),
    NoticePeriod(2, NoticeUnit.MONTHS, NoticeTo.QUARTER_END),
    14,
    is_consumer=False,
    notice_form=NoticeForm.REGISTERED,
    renewal=Renewal.TACIT,
    renewed_months=12,
    governing_law="BE",
)
AGREEMENTS = [Agreement(**{name: getattr(AGREED, name)}) for name in Agreement.__struct_fields__]
"""Each fact of it alone."""

AnyDatabase = SqliteDatabase | PostgresDatabase


async def test_a_new_client_is_found_by_id_and_name_in_its_workspace(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        here, there = make_workspace(uow, "T1"), make_workspace(uow, "T2")
        owner = make_person(uow, here)
        made = uow.clients.add(here.id, "Acme B.V.", "acme", MONDAY_MORNING, owner.id)

        assert made == Client(made.id, here.id, "Acme B.V.", owner_id=owner.id)
        assert uow.clients.find(here.id, made.id) == made
        assert uow.clients.locked(here.id, made.id) == made
        assert uow.clients.by_name(here.id, "acme") == made
        assert uow.clients.names_of(made.id) == [ClientName(made.id, "Acme B.V.", "acme", is_alias=False)]
        assert uow.clients.find(there.id, made.id) is None
        assert uow.clients.locked(there.id, made.id) is None
        assert uow.clients.by_name(there.id, "acme") is None
        assert uow.clients.find(here.id, made.id + 1) is None

    await database.write(story)


async def test_a_taken_name_is_refused_and_leaves_nothing(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        here, there = make_workspace(uow, "T1"), make_workspace(uow, "T2")
        make_client(uow, here, "Acme")
        with pytest.raises(ClientNameTakenError):
            uow.clients.add(here.id, "ACME", "acme", MONDAY_MORNING)
        assert len(uow.clients.standing_out(here.id, 9)) == 1
        make_client(uow, there, "Acme")

    await database.write(story)


async def test_of_many_that_add_one_name_at_once_one_succeeds(database: AnyDatabase) -> None:
    workspace = await database.write(make_workspace)
    outcomes = await asyncio.gather(
        *(database.write(partial(make_client, workspace=workspace, name="Acme")) for _ in range(12)),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, Client) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ClientNameTakenError) for outcome in outcomes) == 11
    assert len(await database.read(lambda uow: uow.clients.standing_out(workspace.id, 99))) == 1


async def test_everything_that_is_known_of_a_client_can_change(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        owner = make_person(uow, workspace)
        client, other = make_client(uow, workspace), make_client(uow, workspace)
        uow.clients.change(
            client.id,
            stage=ClientStage.REMEDY,
            alerted=Level.DISCUSS,
            owner_id=owner.id,
            language="nl",
            yearly_value=Decimal("123456789012.34"),
            external_reference="CRM-7",
            agreement=AGREED,
            left_on=date(2026, 3, 1),
            rank=2.5,
        )
        assert uow.clients.find(workspace.id, client.id) == Client(
            client.id,
            workspace.id,
            client.name,
            stage=ClientStage.REMEDY,
            alerted=Level.DISCUSS,
            owner_id=owner.id,
            language="nl",
            yearly_value=Decimal("123456789012.34"),
            external_reference="CRM-7",
            agreement=AGREED,
            left_on=date(2026, 3, 1),
        )
        assert uow.clients.find(workspace.id, other.id) == other

    await database.write(story)


async def test_what_a_client_does_not_have_cannot_change(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        client = make_client(uow, make_workspace(uow))
        with pytest.raises(TypeError, match="name, shoe_size"):
            uow.clients.change(client.id, name="X", shoe_size=43)
        with pytest.raises(NotFoundError):
            uow.clients.change(client.id + 1, language="nl")

    await database.write(story)


async def test_aliases_find_a_client_and_rename_keeps_to_its_own(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        acme, beta = make_client(uow, workspace, "Acme"), make_client(uow, workspace, "Beta")
        uow.clients.add_alias(workspace.id, acme.id, "The Acme People", "the acme people")
        uow.clients.add_alias(workspace.id, acme.id, "The ACME people", "the acme people")
        with pytest.raises(ClientNameTakenError):
            uow.clients.add_alias(workspace.id, beta.id, "the acme people", "the acme people")
        assert uow.clients.by_name(workspace.id, "the acme people") == acme

        uow.clients.rename(workspace.id, acme.id, "Acme Group", "acme group")
        renamed = uow.clients.by_name(workspace.id, "acme group")
        assert renamed is not None
        assert (renamed.id, renamed.name) == (acme.id, "Acme Group")
        assert uow.clients.by_name(workspace.id, "acme") is None
        with pytest.raises(ClientNameTakenError):
            uow.clients.rename(workspace.id, acme.id, "BETA", "beta")
        assert uow.clients.by_name(workspace.id, "beta") == beta

        # An alias can become the name.
        uow.clients.rename(workspace.id, acme.id, "The Acme People", "the acme people")
        assert uow.clients.names_of(acme.id) == [
            ClientName(acme.id, "The Acme People", "the acme people", is_alias=False)
        ]
        assert [name.name for name in uow.clients.names(workspace.id)] == ["The Acme People", "Beta"]

        # A client is never left without a name of its own.
        uow.clients.remove_alias(acme.id, "the acme people")
        assert uow.clients.by_name(workspace.id, "the acme people") is not None
        uow.clients.add_alias(workspace.id, acme.id, "Acme", "acme")
        uow.clients.remove_alias(beta.id, "acme")
        assert uow.clients.by_name(workspace.id, "acme") is not None
        uow.clients.remove_alias(acme.id, "acme")
        assert uow.clients.by_name(workspace.id, "acme") is None

    await database.write(story)


async def test_clients_that_stand_out_come_first_by_rank(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        ranked = [make_client(uow, workspace, rank=rank) for rank in (1.0, 3.0, 2.0)]
        make_client(uow, make_workspace(uow, "T2"), rank=9.0)
        assert uow.clients.standing_out(workspace.id, 2) == [ranked[1], ranked[2]]

    await database.write(story)


async def test_people_who_deal_with_a_client_are_listed_without_its_owner(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        one, two, owner = (make_person(uow, workspace).id for _ in range(3))
        client, other = make_client(uow, workspace), make_client(uow, workspace)
        uow.clients.set_people(client.id, [two, one, two, owner])
        uow.clients.set_people(other.id, [two])
        assert uow.clients.people_of(client.id) == [one, two, owner]
        uow.clients.change(client.id, owner_id=owner)
        assert uow.clients.people_of(client.id) == [one, two]
        uow.clients.set_people(client.id, [])
        assert uow.clients.people_of(client.id) == []
        assert uow.clients.people_of(other.id) == [two]

    await database.write(story)


async def test_a_contact_is_one_however_the_name_is_spelled(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        client, other = make_client(uow, workspace), make_client(uow, workspace)
        jan = uow.clients.ensure_contact(client.id, " Jan  de Vries ")
        assert jan.name == "Jan de Vries"
        assert uow.clients.ensure_contact(client.id, "JAN DE VRIES") == jan
        assert uow.clients.ensure_contact(other.id, "Jan de Vries") != jan
        an = uow.clients.ensure_contact(client.id, "An")
        assert uow.clients.contacts(client.id) == [an, jan]
        with pytest.raises(ClientNameInvalidError):
            uow.clients.ensure_contact(client.id, " ")

    await database.write(story)


async def test_a_locked_client_holds_other_writers_until_the_end(database: AnyDatabase) -> None:
    """Each reads, then writes what it read plus one: a lock taken too late would lose some."""
    made = await database.write(lambda uow: make_client(uow, make_workspace(uow), agreement=Agreement(payment_days=0)))

    def add_one(uow: UnitOfWork) -> None:
        client = uow.clients.locked(made.workspace_id, made.id)
        assert client is not None
        uow.clients.change(made.id, agreement=Agreement(payment_days=(client.agreement.payment_days or 0) + 1))

    await asyncio.gather(*(database.write(add_one) for _ in range(30)))

    client = await database.read(lambda uow: uow.clients.find(made.workspace_id, made.id))
    assert client is not None
    assert client.agreement.payment_days == 30


async def test_a_client_of_which_anything_is_said_is_not_let_go(database: AnyDatabase) -> None:
    said = {
        "stage": "in_review",
        "language": "nl",
        "yearly_value": Decimal(100),
        "yearly_currency": "EUR",
        "external_reference": "A-1",
        "agreement": Agreement(payment_days=0),
        "left_on": TODAY,
    }
    follows = {"alerted": 1, "rank": 2.0}
    assert CHANGEABLE - said.keys() - follows.keys() == {"owner_id", "merged_into_id"}

    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        remove = partial(uow.clients.remove_unless_used, added_at=MONDAY_MORNING, contact_name="", now=MONDAY_MORNING)
        for name, value in said.items():
            assert not remove(make_client(uow, workspace, **{name: value}).id), name
        for agreement in AGREEMENTS:
            assert not remove(make_client(uow, workspace, agreement=agreement).id), agreement
        owned = make_client(uow, workspace, owner=make_person(uow, workspace))
        assert not remove(owned.id)
        merged, unknown = make_client(uow, workspace), make_client(uow, workspace, **follows)
        uow.clients.change(merged.id, merged_into_id=owned.id)
        assert not remove(merged.id)
        assert remove(unknown.id)

    await database.write(story)
