"""What a client says after the letter: noted, answered with the letter's own words, and seen to where needed."""

from __future__ import annotations

import pytest

from bot.domain.pushback import HAS_REPLY, SETTLED_LATER, PushbackKind
from bot.playground.people import Person
from handlers.features import ids
from tests.handlers.slack.common_setup import said_in
from tests.handlers.slack.decision_setup import in_case
from tests.handlers.slack.test_checklist import morning, sent
from tests.harness import Harness
from tests.recorded_setups import SetUp


async def noted(harness: Harness, person: Person, kind: PushbackKind, said: str = "You cannot do this.") -> str:
    """Somebody notes what the client said, and reads what they get."""
    (posted,) = in_case(harness, "Farewell letter")
    assert (await person.click(posted, ids.PUSHBACK_START)).ok
    values = {ids.PUSHBACK_KIND: kind.value, ids.PUSHBACK_SAID: said, ids.PUSHBACK_ON: "2026-03-02"}
    answered = await person.submit(values=values)
    assert answered.ok, answered.errors
    await harness.settle()
    return said_in(person.view)


@pytest.mark.parametrize("kind", list(PushbackKind))
async def test_each_kind_gets_what_helps(set_up: SetUp, kind: PushbackKind) -> None:
    harness = await set_up(sent)
    read = await noted(harness, harness.ben, kind)
    assert "You cannot do this." in read
    assert ("A reply to copy" in read) == (kind in HAS_REPLY)
    assert ("This is settled" in read) == (kind in SETTLED_LATER)
    assert ("What we agreed for this" in read) == (kind in {PushbackKind.ABUSE, PushbackKind.THREAT})


async def test_a_reply_repeats_the_letters_terms_and_nothing_of_what_was_noted(set_up: SetUp) -> None:
    harness = await set_up(sent)
    read = await noted(harness, harness.ben, PushbackKind.RENEGOTIATE, "We will pay at once, zwaluw.")
    reply = read.partition("A reply to copy")[2].partition("What they said")[0]
    assert "30 April 2026" in reply
    assert "zwaluw" not in reply
    assert "shouted" not in reply


async def test_a_request_for_data_starts_its_clock(set_up: SetUp) -> None:
    harness = await set_up(sent)
    read = await noted(harness, harness.ben, PushbackKind.DATA_REQUEST, "What do you hold about us?")
    assert "2 April 2026" in read
    assert "2 april 2026" in harness.sees(harness.carla)
    before = harness.sees(harness.carla).count("2 april 2026")
    await harness.until(morning("2026-03-26"))
    assert harness.sees(harness.carla).count("2 april 2026") == before + 1
    assert "Het is nog niet afgehandeld." in harness.sees(harness.carla)


async def test_what_is_settled_is_not_asked_again(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await noted(harness, harness.ben, PushbackKind.DATA_REQUEST)
    assert (await harness.ben.click(harness.ben.view, ids.PUSHBACK_SETTLE)).ok
    assert "Settled by" in said_in(harness.ben.view)
    before = len(harness.carla.read())
    await harness.until(morning("2026-03-26"))
    assert "nog niet afgehandeld" not in harness.sees(harness.carla)
    assert len(harness.carla.read()) >= before


async def test_a_threat_reaches_those_who_lead_at_once(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await noted(harness, harness.ben, PushbackKind.THREAT, "I know where you live.")
    for person in (harness.anna, harness.carla):
        assert "Veiligheid gaat voor alle afspraken" in harness.sees(person)
        assert "I know where you live" not in harness.sees(person)


async def test_a_day_to_come_is_asked_about_and_nothing_is_lost(set_up: SetUp) -> None:
    harness = await set_up(sent)
    (posted,) = in_case(harness, "Farewell letter")
    assert (await harness.ben.click(posted, ids.PUSHBACK_START)).ok
    values = {ids.PUSHBACK_KIND: "dispute", ids.PUSHBACK_SAID: "No.", ids.PUSHBACK_ON: "2026-03-20"}
    refused = await harness.ben.submit(values=values)
    assert "still to come" in refused.errors[ids.PUSHBACK_ON]


async def test_it_stands_in_the_dossier(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await noted(harness, harness.ben, PushbackKind.DISPUTE, "That is not how it went.")
    said = await harness.bot.database.read(lambda uow: uow.pushbacks.of_client(1))
    assert [(one.kind, one.said) for one in said] == [(PushbackKind.DISPUTE, "That is not how it went.")]
