"""Shortcuts over the wire: a message is kept as it was, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.model import Evidence
from bot.playground.state import Message
from handlers.features import ids
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in, in_form, recorded
from tests.harness import Harness

SAID = "We are *not* paying <this> & never will."


async def flag_message(harness: Harness, message: Message) -> None:
    outcome = await harness.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, message.channel, message.ts)
    assert outcome.ok


async def test_a_message_is_kept_as_evidence_as_it_was(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    message = http_harness.dirk.say(http_harness.general, SAID)
    await flag_message(http_harness, message)
    assert SAID in in_form(http_harness.ben.view)
    await fill_in(http_harness.ben, what_happened="They refuse to pay.")
    assert (await http_harness.ben.submit()).ok
    (flag,) = await recorded(http_harness)
    evidence = flag.content.evidence
    assert evidence is not None
    assert (evidence.text, evidence.author) == (SAID, "dirk")
    assert message.ts.replace(".", "") in evidence.permalink
    assert abs(evidence.sent_at.timestamp() - float(message.ts)) < 0.001


async def test_a_message_longer_than_the_form_is_kept_whole(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    long = "word " * 2000
    await flag_message(http_harness, http_harness.dirk.say(http_harness.general, long.strip()))
    await fill_in(http_harness.ben)
    assert (await http_harness.ben.submit()).ok
    (flag,) = await recorded(http_harness)
    assert flag.content.evidence is not None
    assert flag.content.evidence.text == long.strip()


async def test_a_message_where_outsiders_read_along_goes_on_privately(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    shared = http_harness.world.add_channel("shared", http_harness.ben, http_harness.dirk, is_ext_shared=True)
    await flag_message(http_harness, http_harness.dirk.say(shared, SAID))
    await fill_in(http_harness.ben)
    assert (await http_harness.ben.submit()).ok
    await http_harness.settle()
    assert "Acme" not in http_harness.sees(http_harness.dirk, shared)
    assert "about Acme" in http_harness.sees(http_harness.ben)


async def test_without_slacks_help_the_text_is_kept_all_the_same(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    http_harness.world.faults.add("chat.getPermalink", error="channel_not_found")
    http_harness.world.faults.add("users.info", error="user_not_found")
    await flag_message(http_harness, http_harness.dirk.say(http_harness.general, SAID))
    await fill_in(http_harness.ben)
    assert (await http_harness.ben.submit()).ok
    (flag,) = await recorded(http_harness)
    assert flag.content.evidence is not None
    assert (flag.content.evidence.text, flag.content.evidence.permalink) == (SAID, "")


async def evidence_of(harness: Harness, **parts: Any) -> Evidence:
    """What is kept of a message with those parts, flagged by Ben, and what he is shown of it."""
    await a_client(harness, "Acme", flags=0)
    message = harness.dirk.say(harness.general, "x")
    for name, part in {"text": "", **parts}.items():
        setattr(message, name, part)
    await flag_message(harness, message)
    await fill_in(harness.ben, what_happened="They threatened us.")
    assert (await harness.ben.submit()).ok
    (flag,) = await recorded(harness)
    assert flag.content.evidence is not None
    return flag.content.evidence


FORWARDED = {
    "is_share": True,
    "author_name": "Piet Client",
    "text": "I will make sure nobody hires you again",
    "ts": "1772441000.000100",
    "from_url": "https://x.slack.com/archives/C1/p1772441000000100",
}


async def test_a_forwarded_message_is_kept_as_that_of_who_wrote_it(http_harness: Harness) -> None:
    kept = await evidence_of(http_harness, attachments=[FORWARDED])
    assert (kept.text, kept.author) == (FORWARDED["text"], "Piet Client")
    assert kept.permalink == FORWARDED["from_url"]
    assert kept.sent_at.timestamp() == pytest.approx(1772441000.0001, abs=0.001)
    await http_harness.settle()
    assert "of Piet Client" in http_harness.sees(http_harness.ben)
    assert "nobody hires you again" in http_harness.sees(http_harness.ben)


async def test_a_word_of_who_forwards_stands_above_the_name_of_who_wrote(http_harness: Harness) -> None:
    kept = await evidence_of(http_harness, text="Look at this", attachments=[FORWARDED])
    assert kept.text == "Look at this\n\nPiet Client: I will make sure nobody hires you again"
    assert kept.author == "dirk"


async def test_where_a_message_has_no_words_that_is_said(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    message = http_harness.dirk.say(http_harness.general, "x")
    message.text = ""
    await flag_message(http_harness, message)
    assert "I could not read any words in that message" in http_harness.in_windows(http_harness.ben)
    await fill_in(http_harness.ben, what_happened="They threatened us.")
    assert (await http_harness.ben.submit()).ok
    await http_harness.settle()
    assert "Kept with it, without any words" in http_harness.sees(http_harness.ben)
