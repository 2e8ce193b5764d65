"""A client that left comes back under a name: who may know hears of it, and nobody else notices anything."""

from __future__ import annotations

from bot.playground.people import Person
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, behind, meet, said_in
from tests.handlers.slack.flags.setup import fill_in
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

SEEN = "Iets over een klant die vertrokken is."
TERMS = "Half in advance, please."


async def parted(harness: Harness) -> None:
    """Acme, which Ben flagged, has left, and Anna says on what terms it could come back."""
    await a_client(harness, "Acme B.V.", flags=2, contact_name="Piet Jansen")
    await meet(harness, harness.ben)
    left = await harness.anna.command(COMMAND_FLAG, "left Acme")
    assert left.message is not None
    assert (await harness.anna.click(left.message, ids.RETURN_START)).ok
    missing = await harness.anna.submit(values={ids.RETURN_STANCE: "on_terms"})
    assert set(missing.errors) == {ids.RETURN_TEXT}
    assert (await harness.anna.submit(values={ids.RETURN_STANCE: "on_terms", ids.RETURN_TEXT: TERMS})).ok
    assert TERMS in said_in(harness.anna.view)
    await harness.anna.close(everything=True)
    await harness.settle()


async def flagged(harness: Harness, person: Person, client: str, contact: str) -> str:
    """Somebody flags a new client by the form; what they read in the end, the client's name left out."""
    assert (await person.global_shortcut(ids.SHORTCUT_FLAG)).ok
    await fill_in(person, client, value_starts="n:")
    await person.type(person.view, ids.FLAG_FORM_CONTACT, contact)
    sent = await person.submit()
    assert sent.ok, sent.errors
    await harness.settle()
    return words(person.read()[-1]).replace(client, "…").replace(contact, "…")


async def test_a_reviewer_who_flags_it_reads_how_it_left_once(set_up: SetUp) -> None:
    harness = await set_up(parted)
    for _ in range(2):
        assert (await harness.anna.command(COMMAND_FLAG, "Acme late 2 again an open invoice")).ok
        await harness.settle()
    read = [words(message) for message in harness.anna.read() if SEEN in words(message)]
    assert len(read) == 1
    assert "Je schreef iets over *Acme B.V.*" in read[0]
    assert f"Ze kunnen terugkomen op deze voorwaarden: “{TERMS}”" in read[0]
    assert "Er staat geen besluit om afscheid te nemen" in read[0]


async def test_who_may_not_see_the_dossier_notices_nothing(set_up: SetUp) -> None:
    harness = await set_up(parted)
    of_former = await flagged(harness, harness.ben, "Zebra Projects", "Piet Jansen")
    of_nobody = await flagged(harness, harness.ben, "Yonder Works", "Klaas de Boer")
    assert of_former == of_nobody
    everything = harness.sees(harness.ben)
    assert TERMS not in everything
    assert "a client that left" not in everything
    assert SEEN not in harness.sees(harness.anna)


async def test_the_dossier_says_it_to_who_may_see_both(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await a_client(harness, "Acme Holding", by=harness.ben)
    shown = await behind(harness.anna, "Acme Holding")
    assert "Lijkt op Acme B.V., een klant die op" in words(shown)
    case = await behind(harness.anna, "Acme B.V.", ids.DOSSIER_MORE, ids.DOSSIER_CASE)
    assert TERMS in words(case)
    asked = await harness.ben.command(COMMAND_DOSSIER, "Acme Holding")
    assert asked.message is not None
    assert "Acme B.V." not in words(asked.message)


async def test_a_client_that_somebody_else_added_is_noticed_by_whoever_may_see_the_former(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await a_client(harness, "Acme Holding", by=harness.ben)
    assert (await harness.anna.command(COMMAND_FLAG, "Acme Holding late 2 an open invoice")).ok
    await harness.settle()
    assert "*Acme Holding* lijkt op *Acme B.V.*" in harness.sees(harness.anna)


async def test_a_card_with_a_contact_of_a_former_client_is_noticed(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await a_client(harness, "Zebra Projects", by=harness.ben)
    shown = await behind(harness.anna, "Zebra Projects", ids.DOSSIER_MORE)
    assert (await harness.anna.click(shown, ids.DOSSIER_EDIT)).ok
    assert (await harness.anna.submit(values={ids.CLIENT_FORM_CONTACTS: "piet jansen"})).ok
    await harness.settle()
    assert "*Zebra Projects* lijkt op *Acme B.V.*" in harness.sees(harness.anna)
    assert "vertrokken" not in harness.sees(harness.carla)


async def test_a_client_that_is_one_again_is_told_of_no_more(set_up: SetUp) -> None:
    harness = await set_up(parted)
    (left,) = [message for message in harness.anna.read() if ids.LEFT_UNDO in str(message.blocks)][-1:]
    assert (await harness.anna.click(left, ids.LEFT_UNDO)).ok
    await harness.settle()
    assert (await harness.anna.command(COMMAND_FLAG, "Acme late 2 again an open invoice")).ok
    await harness.settle()
    assert SEEN not in harness.sees(harness.anna)


async def test_terms_are_asked_of_a_client_that_leaves_and_of_no_other(set_up: SetUp) -> None:
    harness = await set_up(parted)
    shown = await behind(harness.anna, "Acme B.V.", ids.DOSSIER_MORE)
    assert "Voorwaarden voor terugkeer" in words(shown)
    await a_client(harness, "Zebra Projects", by=harness.ben)
    staying = await behind(harness.anna, "Zebra Projects", ids.DOSSIER_MORE)
    assert "Voorwaarden voor terugkeer" not in words(staying)
