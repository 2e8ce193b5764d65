"""A client's card and merges through the front door."""

from __future__ import annotations

from decimal import Decimal

from bot.domain.agreement import AgreementKind, NoticePeriod
from bot.domain.model import Client
from bot.playground.people import Person
from bot.playground.state import Message
from bot.usecases.clients.card import Card, read_card
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER
from tests.handlers.slack.common_setup import a_client, behind, said_in
from tests.harness import Harness, words


async def dossier(person: Person, name: str = "Acme") -> Message:
    outcome = await person.command(COMMAND_DOSSIER, name)
    assert outcome.message is not None
    return outcome.message


async def card_form(harness: Harness, person: Person, name: str = "Acme") -> None:
    """Let a person open the card's form."""
    assert (await person.click(await behind(person, name, ids.DOSSIER_MORE), ids.DOSSIER_EDIT)).ok
    assert person.view.content["callback_id"] == ids.CLIENT_FORM


async def card(harness: Harness, client_id: int) -> Card:
    def read(uow: UnitOfWork) -> Card:
        client: Client | None = uow.clients.find(uow.people.workspaces()[0].id, client_id)
        assert client is not None
        return read_card(uow, client, harness.clock.now())

    return await harness.bot.database.read(read)


async def test_a_card_is_filled_in_saved_and_shown_again(http_harness: Harness) -> None:
    client_id = await a_client(http_harness)
    anna, ben = http_harness.anna, http_harness.ben
    await card_form(http_harness, anna)
    saved = await anna.submit(
        values={
            ids.CLIENT_FORM_NAME: "Acme Works",
            ids.CLIENT_FORM_ALIASES: "Coyote\n\n Runner ",
            ids.CLIENT_FORM_OWNER: anna.id,
            ids.CLIENT_FORM_PEOPLE: [ben.id, http_harness.dirk.id],
            ids.CLIENT_FORM_CONTACTS: "Jan de Wit",
            ids.CLIENT_FORM_VALUE: "12500.5",
            ids.CLIENT_FORM_KIND: "fixed",
            ids.CLIENT_FORM_ENDS: "2026-12-31",
            ids.CLIENT_FORM_NOTICE: "30",
            ids.CLIENT_FORM_CONSUMER: "business",
            ids.CLIENT_FORM_LANGUAGE: "nl",
            ids.CLIENT_FORM_REFERENCE: "CRM-7",
        }
    )
    assert saved.ok
    # An amount that can be misread is shown back before it counts, and everything else stays as it was filled in.
    assert "12.500,50*" in said_in(anna.view)
    assert (await card(http_harness, client_id)).client.yearly_value is None
    assert (await anna.submit()).ok
    assert "Acme Works" in said_in(anna.view)
    kept = await card(http_harness, client_id)
    assert [alias.name for alias in kept.aliases] == ["Coyote", "Runner", "Acme B.V."]
    assert (kept.contacts, len(kept.people)) == (("Jan de Wit",), 2)
    client = kept.client
    assert (client.yearly_value, client.language, client.external_reference) == (Decimal("12500.50"), "nl", "CRM-7")
    assert (client.agreement.kind, client.agreement.notice) == (AgreementKind.FIXED, NoticePeriod(30))
    assert (client.agreement.payment_days, client.agreement.is_consumer) == (None, False)
    workspace = client.workspace_id
    assert http_harness.bot.index.exact(workspace, "coyote") == client_id
    assert http_harness.bot.index.search(workspace, "runner")[0].shown == "Acme Works"

    assert (await anna.click(anna.view, ids.DOSSIER_SHOW)).ok
    assert "Acme Works" in said_in(anna.view)
    assert len(anna.views) == 2
    await anna.close(everything=True)
    await card_form(http_harness, anna, "Coyote")
    dropped = await anna.submit(values={ids.CLIENT_FORM_ALIASES_DROP: ["Runner"], ids.CLIENT_FORM_OWNER: None})
    assert dropped.ok
    assert http_harness.bot.index.exact(workspace, "runner") is None
    again = await card(http_harness, client_id)
    assert (again.client.owner_id, again.client.agreement) == (None, client.agreement)
    assert (again.people, again.client.yearly_value) == (kept.people, Decimal("12500.50"))


async def test_what_cannot_be_saved_is_said_at_its_field_and_the_form_stays(http_harness: Harness) -> None:
    await a_client(http_harness)
    await a_client(http_harness, "Coyote")
    await card_form(http_harness, http_harness.anna)
    for field, value in (
        (ids.CLIENT_FORM_NAME, "coyote"),
        (ids.CLIENT_FORM_ALIASES, "COYOTE ltd"),
        (ids.CLIENT_FORM_ALIASES, "x" * 100),
        (ids.CLIENT_FORM_OWNER, http_harness.gust.id),
        (ids.CLIENT_FORM_PEOPLE, [http_harness.gust.id]),
        (ids.CLIENT_FORM_PEOPLE, [http_harness.world.bot_user_id]),
    ):
        refused = await http_harness.anna.submit(values={field: value})
        assert set(refused.errors) == {field}
        good = {ids.CLIENT_FORM_NAME: "Acme", ids.CLIENT_FORM_ALIASES: "", ids.CLIENT_FORM_OWNER: None}
        await http_harness.anna.fill(http_harness.anna.view, {**good, ids.CLIENT_FORM_PEOPLE: []})
    assert (await http_harness.anna.submit()).ok


async def test_a_member_cannot_open_the_card(http_harness: Harness) -> None:
    await a_client(http_harness)
    shown = await dossier(http_harness.ben)
    assert ids.DOSSIER_EDIT not in str(shown.blocks)
    assert ids.CLIENT_MERGE not in str(shown.blocks)


async def test_two_clients_are_merged_after_a_look_and_unmerged(http_harness: Harness) -> None:
    acme = await a_client(http_harness, "Acme", flags=2)
    works = await a_client(http_harness, "Acme Works", flags=1)
    anna = http_harness.anna
    assert (await anna.click(await behind(anna, "Acme", ids.DOSSIER_MORE), ids.CLIENT_MERGE)).ok
    offered = await anna.suggest(anna.view, ids.CLIENT_MERGE_INTO, "acme")
    assert [option["value"] for option in offered.options] == [str(works)]
    assert (await anna.submit(values={ids.CLIENT_MERGE_INTO: str(works)})).ok
    assert anna.view.content["callback_id"] == ids.CLIENT_MERGE_CONFIRM
    assert len((await dossier(anna, "Acme")).blocks) > 3

    assert (await anna.submit()).ok
    index, workspace = http_harness.bot.index, (await card(http_harness, works)).client.workspace_id
    assert index.exact(workspace, "acme") == works
    assert (await card(http_harness, works)).client.id == (await card(http_harness, acme)).client.id == works
    assert "Event number 1." in words(await behind(anna, "Acme", ids.DOSSIER_TIMELINE))

    assert (await anna.click(anna.view, ids.CLIENT_UNMERGE)).ok
    assert ids.CLIENT_UNMERGE not in str(anna.view.blocks)
    assert index.exact(workspace, "acme") == acme
    assert index.exact(workspace, "acme works") == works
    assert "Event number 1." not in words(await behind(anna, "Acme Works", ids.DOSSIER_TIMELINE))


async def test_a_merge_is_undone_from_the_dossier_too(http_harness: Harness) -> None:
    acme = await a_client(http_harness, "Acme")
    await a_client(http_harness, "Coyote")
    anna = http_harness.anna
    await anna.click(await behind(anna, "Acme", ids.DOSSIER_MORE), ids.CLIENT_MERGE)
    await anna.submit(
        values={
            ids.CLIENT_MERGE_INTO: (await anna.suggest(anna.view, ids.CLIENT_MERGE_INTO, "coy")).options[0]["value"]
        }
    )
    await anna.submit()
    await anna.close(everything=True)
    shown = await behind(anna, "Coyote", ids.DOSSIER_MORE, ids.DOSSIER_CARD)
    assert (await anna.click(shown, ids.CLIENT_UNMERGE)).ok
    assert (await card(http_harness, acme)).client.name == "Acme"
