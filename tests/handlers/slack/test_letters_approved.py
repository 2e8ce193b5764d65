"""What was approved is what goes out: a change of anything that the letter is made of asks for approval again."""

from __future__ import annotations

from bot.documents.letter.template import default_template
from bot.domain.farewell.closing_terms import Term
from bot.domain.workspace_texts import CheckedText
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import replace_text
from handlers.features import ids
from tests.handlers.slack.decision_setup import in_case
from tests.handlers.slack.test_letters import opened_from_message, parting, press, written
from tests.harness import Harness
from tests.recorded_setups import SetUp


async def approved(harness: Harness) -> None:
    """Ben writes the farewell letter and Carla approves it."""
    await parting(harness)
    await written(harness, harness.ben, thanks="Thank you for five years.")
    await press(harness, harness.ben, ids.LETTER_ASK)
    await opened_from_message(harness, harness.carla)
    await press(harness, harness.carla, ids.LETTER_APPROVE)
    await harness.ben.close()
    await harness.carla.close()


async def change_work(harness: Harness, text: str) -> None:
    (posted,) = in_case(harness, "What comes now")
    assert (await harness.ben.click(posted, ids.FAREWELL_TERMS)).ok
    block = f"{ids.FAREWELL_TERM}:{Term.WORK.value}"
    assert (await harness.ben.type(harness.ben.view, ids.FAREWELL_TERM, text, block_id=block)).ok
    await harness.ben.close()
    await harness.settle()


async def test_changed_closing_terms_ask_again(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(approved)
    (posted,) = in_case(harness, "Farewell letter")
    assert "is approved" in str(posted.blocks)
    await change_work(harness, "Nothing more than the tax return.")
    (posted,) = in_case(harness, "Farewell letter")
    assert "is being written" in str(posted.blocks)
    read = await opened_from_message(harness, harness.ben)
    assert "It was approved, and would say something else by now" in read
    assert "Nothing more than the tax return." in read
    assert ids.LETTER_SENT not in str(harness.ben.view.content)
    assert "waits for a second person" in await press(harness, harness.ben, ids.LETTER_ASK)


async def test_another_last_day_asks_again(set_up: SetUp) -> None:
    harness = await set_up(approved)
    (posted,) = in_case(harness, "What comes now")
    assert (await harness.anna.click(posted, ids.FAREWELL_TERMS)).ok
    assert (await harness.anna.submit(values={ids.FAREWELL_END: "2026-05-31"})).ok
    await harness.settle()
    (posted,) = in_case(harness, "Farewell letter")
    assert "is being written" in str(posted.blocks)
    read = await opened_from_message(harness, harness.ben)
    assert "It was approved, and would say something else by now" in read
    assert "31 May 2026" in read


async def test_a_client_with_another_name_asks_again(set_up: SetUp) -> None:
    harness = await set_up(approved)

    def rename(uow: UnitOfWork) -> None:
        workspace_id = uow.people.workspaces()[0].id
        client = uow.clients.by_name(workspace_id, "Acme")
        assert client is not None
        uow.clients.rename(workspace_id, client.id, "Acme Holding", "acme holding")

    await harness.bot.database.write(rename)
    assert "It was approved, and would say something else by now" in await opened_from_message(harness, harness.ben)
    assert ids.LETTER_SENT not in str(harness.ben.view.content)


async def test_another_template_leaves_what_was_approved_as_it_is(set_up: SetUp) -> None:
    harness = await set_up(approved)
    own = default_template("farewell", "en").replace("We wish you all the best.", "So long.")

    def change(uow: UnitOfWork) -> None:
        admin = uow.people.admins(uow.people.workspaces()[0].id)[0]
        replace_text(uow, admin, CheckedText("letter_farewell", "en", own.encode()), harness.clock.now())

    await harness.bot.database.write(change)
    read = await opened_from_message(harness, harness.ben)
    assert "is approved" in read
    assert "We wish you all the best." in read
    assert "So long." not in read


async def test_a_letter_that_was_sent_stays_as_it_went(set_up: SetUp) -> None:
    harness = await set_up(approved)
    await opened_from_message(harness, harness.ben)
    assert (await harness.ben.click(harness.ben.view, ids.LETTER_SENT)).ok
    sent = {ids.LETTER_SENT_ON: "2026-03-02", ids.LETTER_SENT_BY: "email"}
    assert (await harness.ben.submit(values=sent)).ok
    await harness.settle()
    await harness.ben.close()
    await change_work(harness, "Nothing more than the tax return.")
    read = await opened_from_message(harness, harness.ben)
    assert "The annual accounts." in read
    assert "Nothing more than the tax return." not in read
