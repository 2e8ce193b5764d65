"""What becomes of a letter when its decision is reopened, or its client is merged or erased, while it is written."""

from __future__ import annotations

from bot.domain.farewell.drafting import LetterContent
from bot.usecases.actor import Actor
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from tests.factories import PLATFORM, make_client
from tests.handlers.slack.decision_setup import decide, in_case, views
from tests.handlers.slack.test_letters import (
    begin,
    clicked_for,
    confirm,
    opened_from_discussion,
    opened_from_message,
    parting,
    press,
    write,
    written,
)
from tests.handlers.slack.test_letters_approved import approved
from tests.harness import Harness, words
from tests.recorded_setups import SetUp
from tests.usecases.flags.case_setup import CALENDAR


async def reopen(harness: Harness) -> None:
    (posted,) = in_case(harness, "Decided: part ways", harness.carla)
    assert (await harness.carla.click(posted, ids.DECISION_REOPEN)).ok
    assert (await harness.carla.submit(values={ids.DECISION_REOPEN_REASON: "Ze hebben alles betaald."})).ok
    await harness.carla.close(everything=True)
    await harness.settle()


async def part_again(harness: Harness) -> None:
    await views(harness, anna="part", ben="part", dirk="part", carla="part")
    await decide(harness, harness.anna, "part")
    await confirm(harness, harness.carla)


async def test_a_letter_rests_while_its_decision_is_reopened_and_goes_on_after_another(both_harness: Harness) -> None:
    harness = both_harness
    await approved(harness)
    await reopen(harness)
    (posted,) = in_case(harness, "Farewell letter")
    assert "rests, as the decision was reopened" in words(posted)
    assert "What was written is kept." in words(posted)
    assert ids.LETTER_SENT not in str(posted.blocks)
    for action, value in ((ids.LETTER_READ, "1"), (ids.LETTER_SENT, "1"), (ids.LETTER_APPROVE, "1:1")):
        if harness.ben.views:
            await harness.ben.close(everything=True)
        seen = await clicked_for(harness, harness.ben, action, value)
        assert "so this letter rests. What was written is kept" in seen
    await harness.ben.close(everything=True)

    await part_again(harness)
    newest = in_case(harness, "What comes now")[-1]
    assert (await harness.ben.click(newest, ids.LETTER_WRITE)).ok
    assert "Thank you for five years." in str(harness.ben.view.values)
    await harness.ben.close(everything=True)
    await harness.settle()
    read = await opened_from_discussion(harness, harness.ben)
    assert "is being written" in read
    assert "Thank you for five years." in read
    assert ids.LETTER_SENT not in str(harness.ben.view.content)
    assert "waits for a second person" in await press(harness, harness.ben, ids.LETTER_ASK)


async def test_an_exception_of_an_earlier_decision_counts_no_more(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await harness.set("warning_days", "late_payment=14")
    await written(harness, harness.ben, thanks="Thank you.")
    assert (await harness.ben.click(harness.ben.view, ids.LETTER_EXCEPTION)).ok
    assert (await harness.ben.submit(values={ids.LETTER_REASON: "They threaten our people."})).ok
    await harness.settle()
    await opened_from_message(harness, harness.carla)
    await press(harness, harness.carla, ids.LETTER_GRANT)
    assert "Wachten hoeft niet: daar is akkoord op" in await opened_again(harness)
    await reopen(harness)
    await part_again(harness)
    if harness.ben.views:
        await harness.ben.close(everything=True)
    newest = in_case(harness, "What comes now")[-1]
    assert (await harness.ben.click(newest, ids.LETTER_WRITE)).ok
    await harness.ben.close(everything=True)
    await harness.settle()
    assert "a written warning about *Late payment* has to be sent" in await opened_from_discussion(harness, harness.ben)


async def opened_again(harness: Harness) -> str:
    await harness.carla.close(everything=True)
    return await opened_from_message(harness, harness.carla)


async def test_a_merged_client_asks_for_approval_under_its_name_until_that_is_undone(set_up: SetUp) -> None:
    harness = await set_up(approved)

    def merge(uow: UnitOfWork) -> tuple[int, int]:
        workspace = uow.people.workspaces()[0]
        anna = uow.people.person_by_external(workspace.id, PLATFORM, harness.anna.id)
        acme = uow.clients.by_name(workspace.id, "Acme")
        assert anna is not None
        assert acme is not None
        holding = make_client(uow, workspace, "Holding")
        actor, now = Actor(anna, workspace.settings), harness.clock.now()
        merged = merge_clients(uow, actor, acme.id, holding.id, now, CALENDAR)
        return holding.id, merged.merge_id

    holding_id, merge_id = await harness.bot.database.write(merge)
    read = await opened_from_discussion(harness, harness.ben)
    assert "*Farewell letter* to *Holding*" in read
    assert "It was approved, and would say something else by now" in read
    assert "Thank you for five years." in read
    await harness.ben.close(everything=True)
    assert "isn’t approved yet, so it can’t be marked as sent" in await sent_anyway(harness)

    def undo(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        anna = uow.people.person_by_external(workspace.id, PLATFORM, harness.anna.id)
        assert anna is not None
        actor, now = Actor(anna, workspace.settings), harness.clock.now()
        undo_merge(uow, actor, holding_id, merge_id, now, CALENDAR)

    await harness.bot.database.write(undo)
    await harness.ben.close(everything=True)
    assert "*Farewell letter* to *Acme*: is approved" in await opened_from_discussion(harness, harness.ben)


async def sent_anyway(harness: Harness) -> str:
    await clicked_for(harness, harness.ben, ids.LETTER_SENT, "1")
    refused = await harness.ben.submit(values={ids.LETTER_SENT_ON: "2026-03-02", ids.LETTER_SENT_BY: "email"})
    return refused.errors.get(ids.LETTER_SENT_ON, "")


async def test_of_a_client_that_is_erased_while_a_letter_stands_open_nothing_is_kept(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await begin(harness, harness.ben)
    await write(harness.ben, "signed_by", "Ben Bos")

    def erase(uow: UnitOfWork) -> None:
        acme = uow.clients.by_name(uow.people.workspaces()[0].id, "Acme")
        assert acme is not None
        uow.erasure.erase_client([acme.id], harness.clock.now())

    await harness.bot.database.write(erase)
    refused = await harness.ben.submit()
    assert ["I can’t find that. It may have been removed" in said for said in refused.errors.values()] == [True]
    kept: list[LetterContent] = await harness.bot.database.read(
        lambda uow: [one.content for one in (*uow.letters.versions(1), *uow.letters.copies(1))]
    )
    assert kept == []
