"""What a flag said follows the flag: edited, withdrawn or undone, in every place where the bot said it."""

from __future__ import annotations

from datetime import timedelta

from bot.playground.state import Message
from handlers.features import ids
from tests.handlers.slack.common_setup import a_client, meet
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

NEW = "“Nova Care”"


async def talked_about(harness: Harness) -> None:
    """Ben reports something unacceptable about a client that nobody knew, and it is talked about."""
    await meet(harness, harness.anna, harness.ben, harness.dirk)
    assert (await harness.ben.command("/flagclient", f"{NEW} disrespect (4) threatened us")).ok
    if harness.ben.views:
        await harness.ben.submit()
    await harness.settle()


async def flag(harness: Harness, text: str) -> Message:
    """Dirk flags the client; what he is answered."""
    outcome = await harness.dirk.command("/flagclient", f"{NEW} late 2 {text}")
    assert outcome.message is not None
    await harness.settle()
    return outcome.message


def everything(harness: Harness) -> str:
    """All that anybody reads anywhere."""
    people = (harness.anna, harness.ben, harness.carla, harness.dirk)
    return "\n".join(
        harness.sees(person, channel) for person in people for channel in (*person.channels(), *person.directs())
    )


async def test_an_edited_flag_says_in_the_discussion_what_it_says_now(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    receipt = await flag(harness, "he has cancer")
    assert "he has cancer" in harness.sees(harness.anna, harness.channel_of_case())
    await harness.dirk.click(receipt, ids.FLAG_EDIT)
    await harness.dirk.type(harness.dirk.view, ids.FLAG_FORM_HAPPENED, "Invoice 77 is open.")
    assert (await harness.dirk.submit()).ok
    await harness.settle()
    assert "cancer" not in everything(harness)
    told = harness.sees(harness.anna, harness.channel_of_case())
    assert told.count("Invoice 77 is open.") == 1
    assert "Edited since it came in." in told


async def test_a_withdrawn_flag_leaves_its_day_and_no_buttons(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    receipt = await flag(harness, "she is pregnant")
    await harness.dirk.click(receipt, ids.FLAG_WITHDRAW)
    assert (await harness.dirk.submit(values={ids.FLAG_WITHDRAW_REASON: "Not ours to note."})).ok
    await harness.settle()
    assert "pregnant" not in everything(harness)
    told = [one for one in harness.anna.read(harness.channel_of_case()) if "was withdrawn" in words(one)]
    assert len(told) == 1
    assert ids.FLAG_WITNESS not in str(told[0].blocks)


async def test_an_undone_flag_is_gone_from_the_discussion(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    before = len(harness.anna.read(harness.channel_of_case()))
    receipt = await flag(harness, "she is pregnant")
    assert (await harness.dirk.click(receipt, ids.FLAG_UNDO)).ok
    await harness.settle()
    assert "pregnant" not in everything(harness)
    assert len(harness.anna.read(harness.channel_of_case())) == before


async def test_a_flag_changed_while_it_waits_is_told_once_as_it_is(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    outcome = await harness.dirk.command("/flagclient", f"{NEW} late 2 he has cancer")
    assert outcome.message is not None
    await harness.dirk.click(outcome.message, ids.FLAG_EDIT)
    await harness.dirk.type(harness.dirk.view, ids.FLAG_FORM_HAPPENED, "Invoice 77 is open.")
    assert (await harness.dirk.submit()).ok
    await harness.settle()
    assert "cancer" not in everything(harness)
    assert harness.sees(harness.anna, harness.channel_of_case()).count("Invoice 77 is open.") == 1


async def test_undoing_the_only_flag_takes_all_that_it_had_started_with_it(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    case = harness.channel_of_case()
    receipt = next(one for one in harness.ben.read() if "Recorded" in words(one))
    assert "is being talked about now" in harness.sees(harness.ben)
    assert (await harness.ben.click(receipt, ids.FLAG_UNDO)).ok
    await harness.settle()
    assert "talked about" not in harness.sees(harness.ben)
    assert "Nova" not in "".join(words(one) for one in harness.anna.read(harness.alerts))
    assert "threatened" not in everything(harness)
    assert "review-0001 is closed" in harness.sees(harness.anna, case)
    assert "Nova" not in harness.sees(harness.anna, case)
    assert harness.world.state.channels[case.id].is_archived
    assert harness.bot.index.search(1, "Nova Care") == []
    before = len(harness.anna.read()), len(harness.ben.read())
    await harness.later(timedelta(days=14))
    assert (len(harness.anna.read()), len(harness.ben.read())) == before
    assert "Nova" not in harness.sees(harness.anna)


async def test_the_answer_to_a_typed_flag_holds_nothing_that_was_typed(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    outcome = await harness.dirk.command("/flagclient", "Acme late 2 invoice 77 is open", harness.general)
    assert outcome.message is not None
    assert "invoice 77" not in words(outcome.message)
    assert (await harness.dirk.click(outcome.message, ids.FLAG_SHOW)).ok
    assert "invoice 77 is open" in harness.in_windows(harness.dirk)
