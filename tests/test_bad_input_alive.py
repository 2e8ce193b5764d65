"""Typed text passes every surface there is, and nothing of it comes to life."""

from __future__ import annotations

from collections.abc import Iterator

from bot.playground.inspector import KEPT
from handlers.slack import ids
from tests.handlers.slack.flags.desk import recorded
from tests.handlers.slack.scenes import a_client
from tests.hostile import ALIVE_IF_LEFT_ALONE, HOSTILE
from tests.stage import Stage
from tests.unguarded import opened_form, said, typed_into
from tests.wire import alive, foreign, loose_markup, markup, refused_for_its_shape, sent

NAME = "Acme"
TALKED_ABOUT = ("<!channel>", "<https://evil.example/|your bank>", "&amp;lt;!here&amp;gt;")
"""Names of clients for which a channel is made; each takes its turn at Slack's rate, so they are few."""


async def through_every_field(stage: Stage, text: str) -> None:
    """Type one text wherever something can be typed, as a client's name too; some lead to a discussion."""
    severity = 4 if text in TALKED_ABOUT else 1
    await stage.ben.command(ids.COMMAND_FLAG, text, stage.general)
    await stage.ben.close(everything=True) if stage.ben.views else None
    await stage.ben.command(ids.COMMAND_FLAG, f'"{text[:60]} & co" disrespect {severity} {text}', stage.general)
    if stage.ben.views:
        await stage.ben.submit()
        await stage.ben.close(everything=True) if stage.ben.views else None
    for command in (ids.COMMAND_DOSSIER, ids.COMMAND_DEBRIEF):
        said(await stage.anna.command(command, text, stage.general))
    await opened_form(stage.carla, NAME)
    for block_id in (ids.FLAG_FORM_HAPPENED, ids.FLAG_FORM_VIEW, ids.FLAG_FORM_CONTACT):
        typed_into(stage.carla, block_id, text)
    typed_into(stage.carla, ids.FLAG_FORM_LINKS, "https://intra.example/" + "".join(text.split()))
    outcome = await stage.carla.submit()
    if stage.carla.views and not outcome.errors:
        outcome = await stage.carla.submit()
    assert outcome.toast is None, text
    await stage.carla.close(everything=True) if stage.carla.views else None


async def around_a_flag(stage: Stage, text: str) -> None:
    """Type one text as another view, as a reason, and on the client's card."""
    dossier = (await stage.anna.command(ids.COMMAND_DOSSIER, NAME, stage.general)).message
    assert dossier is not None
    flag_ids = [
        e["value"] for b in dossier.blocks for e in b.get("elements", ()) if e.get("action_id") == ids.FLAG_DIFFERS
    ]
    if flag_ids:
        await stage.anna.click(dossier, ids.FLAG_DIFFERS, flag_ids[0])
        typed_into(stage.anna, ids.FLAG_DIFFERS_NOTE, text)
        await stage.anna.submit()
    await stage.anna.close(everything=True) if stage.anna.views else None
    await stage.anna.click(dossier, ids.DOSSIER_EDIT)
    for block_id in (ids.CLIENT_FORM_ALIASES, ids.CLIENT_FORM_CONTACTS, ids.CLIENT_FORM_REFERENCE):
        typed_into(stage.anna, block_id, text[:60])
    said(await stage.anna.submit())
    await stage.anna.close(everything=True)
    assert said(await stage.anna.command(ids.COMMAND_DOSSIER, NAME, stage.general))
    assert (await stage.anna.click(dossier, ids.DOSSIER_EDIT)).ok
    await stage.anna.close(everything=True)


def addresses(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if text.startswith("https://intra.example/")]


async def test_nothing_typed_comes_to_life_anywhere(http_stage: Stage) -> None:
    stage = http_stage
    await a_client(stage, NAME, flags=0)
    for text in HOSTILE:
        await through_every_field(stage, text)
        await around_a_flag(stage, text)
        await stage.settle()
        ours = addresses(one for call in sent(stage) for written in markup(call) for one in alive(written))
        assert foreign(stage, ours) == [], text
        assert loose_markup(stage) == []
        assert refused_for_its_shape(stage) == [], text
        assert len(sent(stage)) < KEPT
        stage.world.inspector.clear()
    assert len([channel for channel in stage.anna.channels() if channel.name.startswith("review-")]) == len(
        TALKED_ABOUT
    )
    flags = await recorded(stage)
    assert len(flags) >= len(HOSTILE)
    assert ALIVE_IF_LEFT_ALONE[0] in [flag.content.what_happened for flag in flags]
