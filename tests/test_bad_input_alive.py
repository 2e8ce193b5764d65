"""Typed text passes every surface there is, and nothing of it comes to life."""

from __future__ import annotations

from collections.abc import Iterator

from bot.playground.inspector import KEPT
from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, behind, turned
from tests.handlers.slack.flags.setup import recorded
from tests.harness import Harness
from tests.hostile import ALIVE_IF_LEFT_ALONE, HOSTILE
from tests.unguarded import opened_form, said, typed_into
from tests.wire import alive, foreign, loose_markup, markup, refused_for_its_shape, sent

NAME = "Acme"
TALKED_ABOUT = ("<!channel>", "<https://evil.example/|your bank>", "&amp;lt;!here&amp;gt;")
"""Names of clients for which a channel is made; each takes its turn at Slack's rate, so they are few."""


async def through_every_field(harness: Harness, text: str) -> None:
    """Type one text wherever something can be typed, as a client's name too; some lead to a discussion."""
    severity = 4 if text in TALKED_ABOUT else 1
    await harness.ben.command(COMMAND_FLAG, text, harness.general)
    await harness.ben.close(everything=True) if harness.ben.views else None
    await harness.ben.command(
        COMMAND_FLAG, f'"{text[:60]} & co" disrespect severity {severity} {text}', harness.general
    )
    if harness.ben.views:
        await harness.ben.submit()
        await harness.ben.close(everything=True) if harness.ben.views else None
    for command in (COMMAND_DOSSIER, COMMAND_DEBRIEF):
        said(await harness.anna.command(command, text, harness.general))
    await opened_form(harness.carla, NAME)
    for block_id in (ids.FLAG_FORM_HAPPENED, ids.FLAG_FORM_VIEW, ids.FLAG_FORM_CONTACT):
        typed_into(harness.carla, block_id, text)
    typed_into(harness.carla, ids.FLAG_FORM_LINKS, "https://intra.example/" + "".join(text.split()))
    outcome = await harness.carla.submit()
    if harness.carla.views and not outcome.errors:
        outcome = await harness.carla.submit()
    assert outcome.toast is None, text
    await harness.carla.close(everything=True) if harness.carla.views else None


async def around_a_flag(harness: Harness, text: str) -> None:
    """Type one text as another view, as a reason, and on the client's card."""
    dossier = await behind(harness.anna, NAME, ids.DOSSIER_TIMELINE)
    flag_ids = [
        e["value"] for b in dossier.blocks for e in b.get("elements", ()) if e.get("action_id") == ids.FLAG_DIFFERS
    ]
    if flag_ids:
        await harness.anna.click(dossier, ids.FLAG_DIFFERS, flag_ids[0])
        typed_into(harness.anna, ids.FLAG_DIFFERS_NOTE, text)
        await harness.anna.submit()
    await harness.anna.close(everything=True) if harness.anna.views else None
    dossier = await turned(harness.anna, dossier, ids.DOSSIER_BACK, ids.DOSSIER_MORE)
    await harness.anna.click(dossier, ids.DOSSIER_EDIT)
    for block_id in (ids.CLIENT_FORM_ALIASES, ids.CLIENT_FORM_CONTACTS, ids.CLIENT_FORM_REFERENCE):
        typed_into(harness.anna, block_id, text[:60])
    said(await harness.anna.submit())
    await harness.anna.close(everything=True)
    assert said(await harness.anna.command(COMMAND_DOSSIER, NAME, harness.general))
    assert (await harness.anna.click(dossier, ids.DOSSIER_EDIT)).ok
    await harness.anna.close(everything=True)


def addresses(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if text.startswith("https://intra.example/")]


async def test_nothing_typed_comes_to_life_anywhere(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    for text in HOSTILE:
        await through_every_field(harness, text)
        await around_a_flag(harness, text)
        await harness.settle()
        ours = addresses(one for call in sent(harness) for written in markup(call) for one in alive(written))
        assert foreign(harness, ours) == [], text
        assert loose_markup(harness) == []
        assert refused_for_its_shape(harness) == [], text
        assert len(sent(harness)) < KEPT
        harness.world.inspector.clear()
    talks = [one for one in harness.world.state.channels.values() if (one.name or "").startswith("review-")]
    assert len(talks) == len(TALKED_ABOUT)
    flags = await recorded(harness)
    assert len(flags) >= len(HOSTILE)
    assert ALIVE_IF_LEFT_ALONE[0] in [flag.content.what_happened for flag in flags]
