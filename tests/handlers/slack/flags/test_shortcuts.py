"""Shortcuts over the wire: a message is kept as it was, wherever it stands."""

from __future__ import annotations

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
