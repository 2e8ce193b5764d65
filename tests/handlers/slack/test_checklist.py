"""The checklist in Slack: begun by a letter, gone through, reminded of, handed over, shown before a client leaves."""

from __future__ import annotations

from asyncio import gather
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.checklist import ItemState
from bot.playground.people import Person
from bot.playground.state import Message
from handlers.features import ids
from tests.handlers.slack.common_setup import said_in, turned
from tests.handlers.slack.decision_setup import in_case
from tests.handlers.slack.test_dossier import dossier
from tests.handlers.slack.test_letters import opened_from_message, parting, press, written
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


async def sent(harness: Harness) -> None:
    """Ben's letter is approved by Carla, and sent on Monday 2 March."""
    await parting(harness)
    await written(harness, harness.ben, thanks="Thank you.")
    await press(harness, harness.ben, ids.LETTER_ASK)
    await opened_from_message(harness, harness.carla)
    await press(harness, harness.carla, ids.LETTER_APPROVE)
    await harness.carla.close()
    await harness.ben.close()
    await mark_sent(harness, harness.ben, "2026-03-02")


async def mark_sent(harness: Harness, person: Person, day: str) -> None:
    await opened_from_message(harness, person)
    assert (await person.click(person.view, ids.LETTER_SENT)).ok
    assert (await person.submit(values={ids.LETTER_SENT_ON: day, ids.LETTER_SENT_BY: "post"})).ok
    await harness.settle()
    await person.close()


async def states(harness: Harness) -> dict[str, ItemState]:
    items = await harness.bot.database.read(lambda uow: uow.checklists.of_decision(1))
    return {item.key: item.state for item in items}


async def due(harness: Harness, key: str) -> str:
    items = await harness.bot.database.read(lambda uow: uow.checklists.of_decision(1))
    return next(item.due_on.isoformat() for item in items if item.key == key)


async def number(harness: Harness, key: str) -> str:
    items = await harness.bot.database.read(lambda uow: uow.checklists.of_decision(1))
    return next(str(item.id) for item in items if item.key == key)


async def shown(harness: Harness, key: str, was_sent: int = 0) -> str:
    """What the button carries by which an item is sent or done; `was_sent` once it was sent."""
    return f"{await number(harness, key)}:{was_sent}"


def progress(harness: Harness) -> Message:
    (posted,) = in_case(harness, "After the letter to Acme")
    return posted


async def go_through(harness: Harness, person: Person) -> str:
    assert (await person.click(progress(harness), ids.CHECKLIST_SHOW)).ok
    return said_in(person.view)


def reminders(person: Person) -> list[Message]:
    return [one for one in person.read() if "checklist after a letter" in words(one)]


def morning(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T11:00").replace(tzinfo=AMSTERDAM)


async def test_sending_the_letter_begins_the_list(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(sent)
    assert "0 of 5 done" in words(progress(harness))
    read = await go_through(harness, harness.ben)
    assert "☐ What we still promised is delivered" in read
    assert "☐ The client's data and property are back with the client" in read
    assert await due(harness, "team") == "2026-03-03"
    assert await due(harness, "data_back") == "2026-05-04"


async def test_something_is_sent_first_and_verified_then_with_a_proof(set_up: SetUp) -> None:
    harness = await set_up(sent)
    ben = harness.ben
    await go_through(harness, ben)
    work = await number(harness, "work")
    assert (await ben.click(ben.view, ids.CHECKLIST_STEP, await shown(harness, "work"))).ok
    assert "Sent; still to be verified." in said_in(ben.view)
    assert (await ben.click(ben.view, ids.CHECKLIST_PROVE, work)).ok
    refused = await ben.submit(values={ids.CHECKLIST_PROOF: " "})
    assert not refused.ok or ids.CHECKLIST_PROOF in refused.errors
    assert (await ben.submit(values={ids.CHECKLIST_PROOF: "Signed on 20 March."})).ok
    await harness.settle()
    assert "Signed on 20 March." in said_in(ben.view)
    assert (await states(harness))["work"] is ItemState.DONE
    assert "1 of 5 done" in words(progress(harness))


async def test_a_second_click_on_sent_does_not_say_that_it_was_verified(set_up: SetUp) -> None:
    harness = await set_up(sent)
    ben, work = harness.ben, int(await number(harness, "work"))
    await harness.bot.database.write(lambda uow: uow.checklists.change(work, needs_proof=False))
    await go_through(harness, ben)
    button = await shown(harness, "work")
    both = await gather(*(ben.click(ben.view, ids.CHECKLIST_STEP, button) for _ in range(2)))
    assert all(one.ok for one in both)
    assert (await states(harness))["work"] is ItemState.SENT
    assert (await ben.click(ben.view, ids.CHECKLIST_STEP, await shown(harness, "work", 1))).ok
    assert (await states(harness))["work"] is ItemState.DONE


async def test_what_has_to_come_first_is_asked_for_first(set_up: SetUp) -> None:
    harness = await set_up(sent)
    read = await go_through(harness, harness.ben)
    assert "First comes: The client's data and property are back with the client" in read


async def test_a_corrected_day_moves_everything_that_counts_from_it(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await harness.later(timedelta(days=1))
    await mark_sent(harness, harness.ben, "2026-03-03")
    assert await due(harness, "team") == "2026-03-04"
    assert await due(harness, "data_back") == "2026-05-04"


async def test_what_is_due_is_said_once_a_day_and_three_times_at_most(set_up: SetUp) -> None:
    harness = await set_up(sent)
    before = len(reminders(harness.ben))
    for day, heard in (("2026-03-03", 1), ("2026-03-04", 2), ("2026-03-05", 3), ("2026-03-06", 3), ("2026-03-09", 3)):
        await harness.until(morning(day))
        await harness.settle()
        assert len(reminders(harness.ben)) - before == heard, day
    assert "al gedaan moeten zijn" in harness.sees(harness.carla)


async def test_reviewers_are_asked_once_where_nobody_else_is_left_to_ask(set_up: SetUp) -> None:
    harness = await set_up(sent)
    asked = []
    for day in ("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10"):
        await harness.until(morning(day))
        await harness.settle()
        asked.append(len([one for one in harness.carla.read() if "al gedaan moeten zijn" in words(one)]))
    assert asked == [0, 0, 0, 1, 1, 1]


async def test_own_points_and_those_of_others_come_in_one_message(set_up: SetUp) -> None:
    harness = await set_up(sent)
    ben = harness.ben
    await go_through(harness, ben)
    assert (await ben.click(ben.view, ids.CHECKLIST_CHANGE, await number(harness, "work"))).ok
    to_carla = {ids.CHECKLIST_OWNER: harness.carla.id, ids.CHECKLIST_DUE: "2026-03-06", ids.CHECKLIST_REASON: "Hers."}
    assert (await ben.submit(values=to_carla)).ok
    await harness.settle()
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        await harness.until(morning(day))
    before = len(harness.carla.read())
    await harness.until(morning("2026-03-06"))
    (heard,) = harness.carla.read()[before:]
    assert "1 punt van je checklist" in words(heard)
    assert "al gedaan moeten zijn" in words(heard)
    await harness.until(morning("2026-03-09"))
    assert "al gedaan moeten zijn" not in words(harness.carla.read()[-1])


async def test_what_is_moved_to_today_is_not_reminded_of_at_once(set_up: SetUp) -> None:
    harness = await set_up(sent)
    ben, work = harness.ben, await number(harness, "work")
    await harness.until(morning("2026-03-03"))
    before = len(reminders(ben))
    await go_through(harness, ben)
    assert (await ben.click(ben.view, ids.CHECKLIST_CHANGE, work)).ok
    today = {ids.CHECKLIST_OWNER: ben.id, ids.CHECKLIST_DUE: "2026-03-03", ids.CHECKLIST_REASON: "It is ready."}
    assert (await ben.submit(values=today)).ok
    await harness.later(timedelta(minutes=5))
    assert len(reminders(ben)) == before
    await harness.until(morning("2026-03-04"))
    assert len(reminders(ben)) == before + 1
    assert "2 things on your checklist" in words(reminders(ben)[-1])


async def test_what_has_to_wait_for_something_else_is_not_reminded_of(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await harness.until(morning("2026-06-05"))
    heard = [words(one) for one in reminders(harness.ben) if "due" in words(one)]
    assert any("What we still promised" in one for one in heard)
    assert not any("What we need not keep is deleted" in one for one in heard)


async def test_the_dossier_shows_the_letter_its_checklist_and_what_is_open(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await go_through(harness, harness.ben)
    assert (await harness.ben.click(harness.ben.view, ids.CHECKLIST_STEP, await shown(harness, "team"))).ok
    await harness.ben.close()
    overview = await dossier(harness.carla, "Acme")
    assert "doen wat de brief belooft" in words(overview)
    case = words(await turned(harness.carla, overview, ids.DOSSIER_MORE, ids.DOSSIER_CASE))
    assert "De brief is verstuurd op 2 maart 2026. 1 van 5 gedaan." in case
    assert "Wat we nog beloofden is opgeleverd: <@" in case
    assert "Het team weet het, en iedereen houdt zich tot de laatste dag aan de afspraken" in case


async def test_nobody_is_reminded_of_what_is_done(set_up: SetUp) -> None:
    harness = await set_up(sent)
    before = len(reminders(harness.ben))
    await go_through(harness, harness.ben)
    assert (await harness.ben.click(harness.ben.view, ids.CHECKLIST_STEP, await shown(harness, "team"))).ok
    await harness.until(morning("2026-03-04"))
    assert len(reminders(harness.ben)) == before


async def test_it_goes_to_somebody_who_hears_of_it_and_moves_with_a_reason(set_up: SetUp) -> None:
    harness = await set_up(sent)
    ben, team = harness.ben, await number(harness, "team")
    await go_through(harness, ben)
    assert (await ben.click(ben.view, ids.CHECKLIST_CHANGE, team)).ok
    moved = {ids.CHECKLIST_OWNER: harness.dirk.id, ids.CHECKLIST_DUE: "2026-03-10"}
    refused = await ben.submit(values=moved)
    assert ids.CHECKLIST_REASON in refused.errors
    assert (await ben.submit(values={**moved, ids.CHECKLIST_REASON: "Half the team is away."})).ok
    await harness.settle()
    assert "You are responsible for 1 thing" in harness.sees(harness.dirk)
    assert await due(harness, "team") == "2026-03-10"
    assert "Moved: Half the team is away." in said_in(ben.view)


@pytest.mark.parametrize("becomes", ["deleted", "is_restricted"])
async def test_what_a_leaver_or_a_guest_had_to_do_goes_to_a_reviewer(set_up: SetUp, becomes: str) -> None:
    harness = await set_up(sent)
    harness.world.world.users.change(harness.ben.id, **{becomes: True})
    await harness.world.settled()
    await harness.settle()
    items = await harness.bot.database.read(lambda uow: uow.checklists.of_decision(1))
    assert len({item.owner_id for item in items}) == 1
    heard = harness.sees(harness.anna) + harness.sees(harness.carla)
    assert "Jij bent nu verantwoordelijk voor 5 punten" in heard


async def test_what_matters_and_is_open_is_shown_when_the_last_day_is_over(set_up: SetUp) -> None:
    harness = await set_up(sent)
    await harness.until(morning("2026-05-01"))
    await harness.settle()
    asked = "".join(harness.sees(one) for one in (harness.anna, harness.carla))
    assert "Nog te doen, en het is belangrijk" in asked
    assert "Wat we nog beloofden is opgeleverd" in asked
