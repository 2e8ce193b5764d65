"""One flag in full, in a window: nothing of what was said is cut here."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.domain.model import FlagState
from bot.usecases.dossier import TimelineEntry
from handlers.features.dossier.timeline import heading, view_line, withdrawn_line
from handlers.slack.render.fragments import MAX_SECTION_LENGTH, context, link, section
from handlers.slack.render.reading import Reading

MAX_VIEWS = 40
MAX_PARAGRAPHS = 12


def build_entry_view(reading: Reading, entry: TimelineEntry) -> View:
    """The whole of what was said about one event."""
    t = reading.language
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Flag")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=list(_blocks(reading, entry)),
    )


def _blocks(reading: Reading, entry: TimelineEntry) -> Iterator[Block]:
    t, content = reading.language, entry.content
    if entry.state is not FlagState.OPEN:
        yield section(withdrawn_line(reading, entry))
        return
    yield section(heading(reading, entry))
    yield from _plain(content.what_happened)
    if content.my_view:
        yield section(t.gettext("*The reporter’s view*"))
        yield from _plain(content.my_view)
    if content.evidence is not None:
        yield section(t.gettext("*The message it was about*"))
        yield from _plain(content.evidence.text)
        if content.evidence.permalink:
            yield section(link(content.evidence.permalink, t.gettext("Open the message")))
    for address in content.links:
        yield from _plain(address)
    for view in entry.views[:MAX_VIEWS]:
        yield context(view_line(reading, view, MAX_SECTION_LENGTH // 2))


def _plain(text: str) -> Iterator[Block]:
    """Typed text as it is, in paragraphs that Slack takes; plain text needs no escaping."""
    pieces = [text[start : start + MAX_SECTION_LENGTH] for start in range(0, len(text), MAX_SECTION_LENGTH)]
    for piece in pieces[:MAX_PARAGRAPHS]:
        if piece.strip():
            yield SectionBlock(text=PlainTextObject(text=piece, emoji=False))
