"""What is refused with a client's name in the sentence says so without it wherever others may read along."""

from __future__ import annotations

import pytest

from bot.playground.people import Person
from bot.playground.state import Channel
from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, meet, said_in
from tests.harness import Harness, words
from tests.test_discretion import Unsafe, about_to_be_shared, between_two, shared, unseen, with_a_guest

NAME = "Zonnebloem"
WITHHELD = {
    "en": "Others may look on here, so I won’t name clients. Ask me again in a direct message.",
    "nl": "Hier kunnen anderen meekijken, dus ik noem geen klanten. Vraag het me nog eens in een privébericht.",
}
UNKNOWN = "I don’t know a client called “{}”. Check the spelling, or flag it with /flagclient to add it."
BY_NAME = (
    (COMMAND_DOSSIER, "{}"),
    (COMMAND_DEBRIEF, "{}"),
    (COMMAND_DEBRIEF, "{} 2026-04-01"),
    (COMMAND_FLAG, "left {}"),
)
NO_DATE = "I can’t read “{}” as a date. Please write it like 2026-03-02 14:00."


async def answer(person: Person, command: str, text: str, channel: Channel | None) -> str:
    """What a command is answered with, in the direct message with the bot where no channel is given."""
    outcome = await person.command(command, text, channel)
    assert outcome.message is not None
    return words(outcome.message).strip()


@pytest.mark.parametrize("place", [shared, about_to_be_shared, with_a_guest, unseen, between_two])
async def test_no_refusal_repeats_what_was_typed_for_a_client_where_others_read_along(
    http_harness: Harness, place: Unsafe
) -> None:
    harness = http_harness
    await a_client(harness, NAME)
    channel = await place(harness)
    for command, text in BY_NAME:
        for name in (NAME, "Wolkenveld"):
            # Dirk may not know of the one, and nobody knows the other.
            assert await answer(harness.dirk, command, text.format(name), channel) == WITHHELD["en"], (command, text)
            assert await answer(harness.dirk, command, text.format(name), None) == UNKNOWN.format(name), (command, text)
            assert await answer(harness.dirk, command, text.format(name), harness.general) == UNKNOWN.format(name)
    quoted = f'"Wolken" {NAME}'
    assert await answer(harness.dirk, COMMAND_DEBRIEF, quoted, channel) == WITHHELD["en"]
    assert await answer(harness.dirk, COMMAND_DEBRIEF, quoted, None) == NO_DATE.format(NAME)
    day = await answer(harness.dirk, COMMAND_DEBRIEF, f"{NAME} 2026-02-31", channel)
    assert "2026-02-31" in day


@pytest.mark.parametrize("place", [shared, about_to_be_shared, with_a_guest, unseen, between_two])
async def test_no_refusal_names_clients_that_are_there_where_others_read_along(
    http_harness: Harness, place: Unsafe
) -> None:
    harness = http_harness
    await a_client(harness, f"{NAME} Noord")
    await a_client(harness, f"{NAME} Zuid")
    await meet(harness, harness.anna)
    channel = await place(harness)
    assert await answer(harness.anna, COMMAND_FLAG, f"left {NAME}", channel) == WITHHELD["nl"]
    assert f"{NAME} Noord" in await answer(harness.anna, COMMAND_FLAG, f"left {NAME}", None)
    assert (await harness.anna.command(COMMAND_FLAG, f"left {NAME} Zuid", None)).ok
    assert await answer(harness.anna, COMMAND_FLAG, f"left {NAME} Zuid", channel) == WITHHELD["nl"]
    assert f"{NAME} Zuid" in await answer(harness.anna, COMMAND_FLAG, f"left {NAME} Zuid", None)


async def test_a_window_which_only_its_reader_sees_names_the_client(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME)
    channel = await with_a_guest(harness)
    await harness.anna.command(COMMAND_DOSSIER, NAME, channel)
    await harness.anna.click(harness.anna.view, ids.DOSSIER_MORE)
    assert (await harness.anna.command(COMMAND_FLAG, f"left {NAME}")).ok
    assert (await harness.anna.click(harness.anna.view, ids.DOSSIER_LEFT)).ok
    assert f"Van {NAME} stond al vast" in said_in(harness.anna.view)
