"""The closing terms in Slack: filled in page by page, left half-way, taken up by a colleague, and closed to others."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.farewell.closing_terms import Term
from bot.domain.model import Role
from bot.playground.people import Person
from handlers.features import ids
from tests.handlers.slack.common_setup import meet, said_in
from tests.handlers.slack.decision_setup import as_somebody_else, decidable, decide, decisions, in_case, told
from tests.harness import Harness
from tests.recorded_setups import SetUp


def block(term: Term) -> str:
    return f"{ids.FAREWELL_TERM}:{term.value}"


def typed(person: Person, term: Term) -> str:
    return str(person.view.values.get(block(term), {}).get(ids.FAREWELL_TERM, {}).get("value") or "")


async def parted(harness: Harness) -> None:
    await decidable(harness, "part")
    await decide(harness, harness.anna, "part")


async def opened(harness: Harness, person: Person) -> None:
    (posted,) = in_case(harness, "What comes now")
    assert (await person.click(posted, ids.FAREWELL_TERMS)).ok


async def write(person: Person, term: Term, text: str) -> None:
    assert (await person.type(person.view, ids.FAREWELL_TERM, text, block_id=block(term))).ok


async def pick(person: Person, term: Term, choice: str) -> None:
    assert (await person.select(person.view, ids.FAREWELL_TERM, choice, block_id=block(term))).ok


async def test_from_the_first_page_to_what_the_letter_still_needs(set_up: SetUp) -> None:
    harness = await set_up(parted)
    ben = harness.ben
    await opened(harness, ben)
    assert "the last day is to be 30 April 2026" in said_in(ben.view)
    await write(ben, Term.WORK, "The annual accounts.")
    await pick(ben, Term.WORK_BY, "2026-05-04")
    refused = await ben.submit()
    assert set(refused.errors) == {block(Term.WORK_BY)}
    assert "after the last day, 30 April 2026" in refused.errors[block(Term.WORK_BY)]
    await pick(ben, Term.WORK_BY, "2026-04-20")
    assert (await ben.submit()).ok
    await write(ben, Term.INVOICE, "none")
    refused = await ben.submit()
    assert set(refused.errors) == {block(Term.INVOICE)}
    await write(ben, Term.INVOICE, "None: all is paid.")
    assert (await ben.submit()).ok
    await pick(ben, Term.CONTACT, harness.dirk.id)
    assert (await ben.submit()).ok
    read = said_in(ben.view)
    assert "*Work we still do*: The annual accounts." in read
    assert "*That work is done by*: 20 April 2026" in read
    assert f"*Who they can reach until the end*: <@{harness.dirk.id}>" in read
    assert "The letter still needs: What we hand over" in read
    assert (await ben.click(ben.view, ids.FAREWELL_CHECK)).ok
    assert "*Final invoice*: None: all is paid." in harness.in_windows(ben)


async def test_a_form_left_half_way_is_taken_up_by_a_colleague(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await opened(harness, harness.ben)
    await write(harness.ben, Term.WORK, "The annual accounts, and")
    await harness.ben.close(everything=True)
    await opened(harness, harness.anna)
    assert typed(harness.anna, Term.WORK) == "The annual accounts, and"
    await write(harness.anna, Term.WORK, "The annual accounts and the tax return.")
    assert (await harness.anna.click(harness.anna.view, ids.FAREWELL_PAGE_HANDOVER)).ok
    assert "Wat we overdragen" in said_in(harness.anna.view)
    assert (await harness.anna.click(harness.anna.view, ids.FAREWELL_PAGE_WORK)).ok
    assert f"<@{harness.ben.id}>: The annual accounts, and" in said_in(harness.anna.view)


async def test_two_people_with_the_form_open_lose_nothing(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await opened(harness, harness.ben)
    await opened(harness, harness.anna)
    await write(harness.anna, Term.WORK, "The tax return.")
    await write(harness.ben, Term.DEADLINES, "The appeal ends on 15 May.")
    assert (await harness.ben.submit()).ok
    await opened(harness, harness.ben)
    assert typed(harness.ben, Term.WORK) == "The tax return."
    assert typed(harness.ben, Term.DEADLINES) == "The appeal ends on 15 May."


async def test_others_neither_see_nor_fill_in_anything(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await opened(harness, harness.ben)
    await write(harness.ben, Term.WORK, "The annual accounts.")
    await as_somebody_else(harness, harness.carla)
    assert "annual" not in harness.in_windows(harness.carla)
    await as_somebody_else(harness, harness.gust)
    assert "annual" not in harness.in_windows(harness.gust)


async def test_the_last_day_moves_inside_the_closing_terms_for_whoever_may_say_so(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(parted)
    await opened(harness, harness.ben)
    assert ids.FAREWELL_END not in str(harness.ben.view.content)
    await harness.ben.close(everything=True)
    anna = harness.anna
    await opened(harness, anna)
    await write(anna, Term.WORK, "The annual accounts.")
    await pick(anna, Term.WORK_BY, "2026-05-20")
    early = await anna.submit(values={ids.FAREWELL_END: "2026-03-01"})
    assert set(early.errors) == {ids.FAREWELL_END}
    assert "2 maart 2026" in early.errors[ids.FAREWELL_END]
    assert (await anna.submit(values={ids.FAREWELL_END: "2026-05-31"})).ok
    await harness.settle()
    assert "laatste dag wordt 31 mei 2026" in said_in(anna.view)
    assert len(in_case(harness, "Decided: part ways, by 31 May 2026.", harness.ben)) == 1
    (decided,) = await decisions(harness)
    assert decided.next_on.isoformat() == "2026-05-31"
    await anna.close(everything=True)
    await harness.until(datetime(2026, 5, 1, 7, tzinfo=UTC))
    assert told(anna, "zou de laatste dag met *Acme* zijn") == []
    await harness.until(datetime(2026, 6, 1, 7, tzinfo=UTC))
    assert len(told(anna, "zou de laatste dag met *Acme* zijn")) == 1


async def test_a_form_that_stood_open_moves_no_last_day_back(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await meet(harness, harness.carla, role=Role.REVIEWER)
    await opened(harness, harness.anna)
    clicked = harness.world.dispatcher.deliveries[-1].payload
    clicked["user"]["id"], clicked["trigger_id"] = (
        harness.carla.id,
        harness.world.world.triggers.issue(harness.carla.id),
    )
    await harness.world.dispatcher.redeliver(harness.world.dispatcher.deliveries[-1])
    assert (await harness.carla.submit(values={ids.FAREWELL_END: "2026-05-31"})).ok
    await write(harness.anna, Term.WORK, "The annual accounts.")
    assert (await harness.anna.submit()).ok
    (decided,) = await decisions(harness)
    assert decided.next_on.isoformat() == "2026-05-31"


async def test_leafing_keeps_another_last_day_as_well(set_up: SetUp) -> None:
    harness = await set_up(parted)
    await opened(harness, harness.anna)
    await harness.anna.fill(harness.anna.view, {ids.FAREWELL_END: "2026-05-31"})
    assert (await harness.anna.click(harness.anna.view, ids.FAREWELL_PAGE_MONEY)).ok
    assert "laatste dag wordt 31 mei 2026" in said_in(harness.anna.view)
