"""`/flagclient` over the wire: records at once, opens the form, helps, and hands over."""

from __future__ import annotations

import pytest

from bot.domain.flag_rules import MAX_TEXT_LENGTH
from bot.playground.state import Message
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import in_form, recorded
from tests.harness import Harness, words

FLAG = "Acme late 3 invoice 2024-17 still open after 45 days"


async def said(harness: Harness, text: str, channel: str | None = None) -> Message:
    """The private answer to the command, for Ben."""
    outcome = await harness.ben.command(COMMAND_FLAG, text, channel)
    assert outcome.ok
    assert outcome.message is not None
    return outcome.message


async def test_a_clear_text_records_at_once_and_answers_with_a_receipt(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    receipt = words(await said(http_harness, FLAG))
    assert "Recorded: Late payment, serious, about Acme." in receipt
    assert "it was “Active”, and is “Watched” now" in receipt
    assert http_harness.ben.views == []
    assert [flag.content.what_happened for flag in await recorded(http_harness)] == [
        "invoice 2024-17 still open after 45 days"
    ]


async def test_dutch_and_quotes_work_just_as_well(http_harness: Harness) -> None:
    await a_client(http_harness, "Bakkerij De Zon", flags=0)
    outcome = await http_harness.carla.command(
        COMMAND_FLAG, '"Bakkerij De Zon" wanbetaling ernstig factuur 17 staat nog open'
    )
    assert outcome.ok
    (flag,) = await recorded(http_harness)
    assert (flag.content.category, flag.content.severity) == ("late_payment", 3)


async def test_a_new_name_that_resembles_none_is_recorded_and_said_to_be_new(http_harness: Harness) -> None:
    receipt = words(await said(http_harness, FLAG))
    assert "Acme is new here" in receipt
    again = words(await said(http_harness, "ACME good 2 thought along with us today"))
    assert "new here" not in again
    assert len({flag.client_id for flag in await recorded(http_harness)}) == 1


async def test_a_new_name_that_resembles_a_known_one_is_asked_about(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme Holding", flags=0)
    assert (await http_harness.ben.command(COMMAND_FLAG, FLAG)).ok
    assert "Did you mean one of these?" in in_form(http_harness.ben.view)
    assert await recorded(http_harness) == []


async def test_the_same_delivery_twice_records_once(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    first = await said(http_harness, FLAG)
    again = await http_harness.world.dispatcher.redeliver()
    assert again.ok
    assert len(await recorded(http_harness)) == 1
    assert again.body["text"] == first.text


async def test_without_text_the_form_opens_dated_today(http_harness: Harness) -> None:
    assert (await http_harness.ben.command(COMMAND_FLAG)).ok
    assert "2026-03-02" in str(http_harness.ben.view.blocks)


async def test_what_is_unclear_opens_the_form_with_everything_typed(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    assert (await http_harness.ben.command(COMMAND_FLAG, "acme they were shouting & <swearing> all day")).ok
    form = http_harness.ben.view
    assert "they were shouting & <swearing> all day" in str(form.blocks)
    assert "'value': 'c:" in str(form.blocks)
    assert await recorded(http_harness) == []


async def test_text_that_names_nobody_stays_in_the_form_as_it_is(http_harness: Harness) -> None:
    text = "a whole sentence in which nobody can tell who is meant or how bad it was"
    assert (await http_harness.ben.command(COMMAND_FLAG, text)).ok
    assert text in str(http_harness.ben.view.blocks)


async def test_text_at_its_limit_is_recorded_and_over_it_is_given_back(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    await said(http_harness, "Acme late 2 " + "x" * MAX_TEXT_LENGTH)
    assert len(await recorded(http_harness)) == 1
    for length in (MAX_TEXT_LENGTH + 1, 10_000):
        typed = "Acme late 2 " + "y" * length
        sentence, *pieces = [block["text"]["text"] for block in (await said(http_harness, typed)).blocks]
        assert "3,000 fit" in sentence
        assert "".join(pieces) == typed
    assert len(await recorded(http_harness)) == 1


async def test_hostile_text_is_recorded_as_typed_and_calls_nobody(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    answer = await said(http_harness, "Acme late 2 <!channel> *b* <https://evil.example|x> שלום 👩‍👩‍👧")
    (flag,) = await recorded(http_harness)
    assert flag.content.what_happened == "<!channel> *b* <https://evil.example|x> שלום 👩‍👩‍👧"
    assert "<!channel>" not in words(answer)


async def test_a_future_day_cannot_be_recorded(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    assert (await http_harness.ben.command(COMMAND_FLAG, "Acme late 2 2026-12-01 will be late")).ok
    assert http_harness.ben.views
    assert await recorded(http_harness) == []


async def test_where_a_guest_reads_along_the_answer_names_nobody(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    place = http_harness.world.add_channel(
        "with-guests", http_harness.ben, http_harness.gust, http_harness.world.bot_user_id
    )
    answer = words(await said(http_harness, FLAG, place.id))
    assert "Acme" not in answer
    assert "invoice" not in answer
    await http_harness.settle()
    assert "about Acme" in http_harness.sees(http_harness.ben)


@pytest.mark.parametrize("with_guest", [False, True])
async def test_in_a_channel_text_is_given_back_in_a_window(http_harness: Harness, with_guest: bool) -> None:
    await a_client(http_harness, "Acme", flags=0)
    people = [http_harness.ben, *([http_harness.gust] if with_guest else [])]
    place = http_harness.world.add_channel("talk", *people, http_harness.world.bot_user_id)
    typed = f"Acme late 2 *{'y' * MAX_TEXT_LENGTH}*"
    answer = words(await said(http_harness, typed, place.id))
    assert "3,000 fit" in answer
    assert "Acme" not in answer
    sentence, *pieces = [block["text"]["text"] for block in http_harness.ben.view.blocks]
    assert "3,000 fit" in sentence
    assert "".join(pieces) == typed


async def test_where_the_bot_cannot_look_the_answer_names_nobody(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    place = http_harness.world.add_channel("private-talk", http_harness.ben, kind="private")
    assert "Acme" not in words(await said(http_harness, FLAG, place.id))


async def test_a_receipt_in_a_safe_place_is_not_sent_a_second_time(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    await said(http_harness, FLAG)
    before = len(http_harness.ben.read())
    await http_harness.settle()
    assert len(http_harness.ben.read()) == before


async def test_wording_is_hinted_at_and_recorded_all_the_same(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    answer = words(await said(http_harness, "Acme disrespect 2 he is a complete idiot"))
    assert "may read as an insult" in answer
    assert len(await recorded(http_harness)) == 1


async def test_help_is_in_the_callers_language(http_harness: Harness) -> None:
    english = words(await said(http_harness, "help"))
    dutch = (await http_harness.carla.command(COMMAND_FLAG, "hulp")).message
    assert dutch is not None
    assert "Flag what happened with a client" in english
    assert "Wanbetaling" in words(dutch)


async def test_a_client_called_help_is_reached_with_quotes(http_harness: Harness) -> None:
    await a_client(http_harness, "Help", flags=0)
    assert "about Help" in words(await said(http_harness, '"help" late 2 invoice 9 is open'))


async def test_discuss_and_left_are_handed_over(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=1)
    refused = words(await said(http_harness, "discuss Acme"))
    assert "Only reviewers" in refused or "don’t know a client" in refused
    opened = await http_harness.anna.command(COMMAND_FLAG, "bespreken acme")
    assert opened.message is not None
    assert "review-0001" in words(opened.message)
    left = await http_harness.anna.command(COMMAND_FLAG, "vertrokken acme")
    assert left.message is not None
    assert "Acme" in words(left.message)


async def test_guests_get_nothing(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    http_harness.world.conversations.direct(http_harness.gust.id, http_harness.world.bot_user_id)
    outcome = await http_harness.gust.command(COMMAND_FLAG, FLAG)
    assert outcome.message is not None
    assert "isn’t available to you" in words(outcome.message)
    assert await recorded(http_harness) == []
