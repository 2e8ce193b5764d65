"""Shortcuts over the wire: a message is kept as it was, wherever it stands."""

from __future__ import annotations

from bot.playground.state import Message
from handlers.slack import ids
from tests.handlers.slack.flags.desk import fill_in, in_form, recorded
from tests.handlers.slack.scenes import a_client
from tests.stage import Stage

SAID = "We are *not* paying <this> & never will."


async def flag_message(stage: Stage, message: Message) -> None:
    outcome = await stage.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, message.channel, message.ts)
    assert outcome.ok


async def test_a_message_is_kept_as_evidence_as_it_was(http_stage: Stage) -> None:
    await a_client(http_stage, "Acme", flags=0)
    message = http_stage.dirk.say(http_stage.general, SAID)
    await flag_message(http_stage, message)
    assert SAID in in_form(http_stage.ben.view)
    await fill_in(http_stage.ben, what_happened="They refuse to pay.")
    assert (await http_stage.ben.submit()).ok
    (flag,) = await recorded(http_stage)
    evidence = flag.content.evidence
    assert evidence is not None
    assert (evidence.text, evidence.author) == (SAID, "dirk")
    assert message.ts.replace(".", "") in evidence.permalink
    assert abs(evidence.sent_at.timestamp() - float(message.ts)) < 0.001


async def test_a_message_longer_than_the_form_is_kept_whole(http_stage: Stage) -> None:
    await a_client(http_stage, "Acme", flags=0)
    long = "word " * 2000
    await flag_message(http_stage, http_stage.dirk.say(http_stage.general, long.strip()))
    await fill_in(http_stage.ben)
    assert (await http_stage.ben.submit()).ok
    (flag,) = await recorded(http_stage)
    assert flag.content.evidence is not None
    assert flag.content.evidence.text == long.strip()


async def test_a_message_where_outsiders_read_along_goes_on_privately(http_stage: Stage) -> None:
    await a_client(http_stage, "Acme", flags=0)
    shared = http_stage.world.add_channel("shared", http_stage.ben, http_stage.dirk, is_ext_shared=True)
    await flag_message(http_stage, http_stage.dirk.say(shared, SAID))
    await fill_in(http_stage.ben)
    assert (await http_stage.ben.submit()).ok
    await http_stage.settle()
    assert "Acme" not in http_stage.sees(http_stage.dirk, shared)
    assert "about Acme" in http_stage.sees(http_stage.ben)


async def test_without_slacks_help_the_text_is_kept_all_the_same(http_stage: Stage) -> None:
    await a_client(http_stage, "Acme", flags=0)
    http_stage.world.faults.add("chat.getPermalink", error="channel_not_found")
    http_stage.world.faults.add("users.info", error="user_not_found")
    await flag_message(http_stage, http_stage.dirk.say(http_stage.general, SAID))
    await fill_in(http_stage.ben)
    assert (await http_stage.ben.submit()).ok
    (flag,) = await recorded(http_stage)
    assert flag.content.evidence is not None
    assert (flag.content.evidence.text, flag.content.evidence.permalink) == (SAID, "")
