"""One flag in full, in a window: nothing of what was said is cut here."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.model import FlagState
from bot.language.marks import link
from bot.usecases.dossier.read_models import TimelineEntry
from handlers.features.dossier.timeline import heading, view_line, withdrawn_line
from handlers.surface.form import Form, page
from handlers.surface.message import Element, Paragraph, Verbatim, small_print
from handlers.surface.reading import Reading

MAX_VIEWS = 40
MAX_VIEW_LENGTH = 1500
MAX_PARAGRAPHS = 12
MAX_PARAGRAPH_LENGTH = 3000


def build_whole_entry(reading: Reading, entry: TimelineEntry) -> Form:
    """The whole of what was said about one event."""
    t = reading.language
    return page(t.gettext("Flag"), t.gettext("Close"), list(_elements(reading, entry)))


def _elements(reading: Reading, entry: TimelineEntry) -> Iterator[Element]:
    t, content = reading.language, entry.content
    if entry.state is not FlagState.OPEN:
        yield Paragraph(withdrawn_line(reading, entry))
        return
    yield Paragraph(heading(reading, entry))
    yield from _as_typed(content.what_happened)
    if content.my_view:
        yield Paragraph(t.gettext("*The reporter’s view*"))
        yield from _as_typed(content.my_view)
    if content.evidence is not None:
        evidence = content.evidence
        yield Paragraph(
            t.gettext(
                "*The message it was about*: {author}, {moment}",
                author=evidence.author or t.gettext("somebody"),
                moment=t.datetime(evidence.sent_at, reading.zone),
            )
        )
        yield from _as_typed(content.evidence.text)
        if content.evidence.permalink:
            yield Paragraph(link(content.evidence.permalink, t.gettext("Open the message")))
    for address in content.links:
        yield from _as_typed(address)
    for view in entry.views[:MAX_VIEWS]:
        yield small_print(view_line(reading, view, MAX_VIEW_LENGTH))


def _as_typed(text: str) -> Iterator[Element]:
    pieces = [text[start : start + MAX_PARAGRAPH_LENGTH] for start in range(0, len(text), MAX_PARAGRAPH_LENGTH)]
    for piece in pieces[:MAX_PARAGRAPHS]:
        if piece.strip():
            yield Verbatim(piece)
