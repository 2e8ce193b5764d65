"""What happened with a client: the flags, one page after another, and all that somebody sees of their own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.domain.paging import Cursor
from bot.usecases.dossier.read_models import Dossier, OwnFlags, TimelinePage
from handlers.features import ids
from handlers.features.dossier.overview import build_overview
from handlers.features.dossier.summary import standing_line, standing_sentence, summary_sentence
from handlers.features.dossier.timeline import build_entry
from handlers.surface.message import (
    Button,
    Divider,
    Element,
    Heading,
    Measure,
    Message,
    Paragraph,
    button_row,
    how_many_fit,
    small_print,
)
from handlers.surface.reading import Reading


def build_dossier(reading: Reading, dossier: Dossier | OwnFlags, measure: Measure) -> Message:
    """What only its reader sees first: the overview, or their own flags where the dossier is not theirs to read."""
    if isinstance(dossier, OwnFlags):
        return build_own(reading, dossier, measure)
    return build_overview(reading, dossier, measure)


def build_own(reading: Reading, own: OwnFlags, measure: Measure) -> Message:
    """The standing, and a page of their own flags."""
    t = reading.language
    words = standing_sentence(reading, own.client_name, own.standing)
    head: list[Element] = [
        Heading(own.client_name),
        Paragraph(words),
        small_print(
            t.gettext(
                "You see your own flags on this client here. The dossier is for reviewers and those who deal with it."
            )
        ),
        button_row(Button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, str(own.client_id))),
    ]
    flags = _flags(reading, own.timeline, own.client_id, own.currency, head, measure, [])
    return Message(words, (*head, *flags))


def build_timeline(reading: Reading, dossier: Dossier, measure: Measure) -> Message:
    """A page of the flags, newest first, with what colleagues added."""
    client = dossier.card.client
    head: list[Element] = [Heading(client.name), Paragraph(standing_line(reading, dossier))]
    leave = [Button(reading.language.gettext("Back to the overview"), ids.DOSSIER_BACK, str(client.id))]
    flags = _flags(reading, dossier.timeline, client.id, dossier.currency, head, measure, leave)
    return Message(summary_sentence(reading, dossier), (*head, *flags))


def _flags(
    reading: Reading,
    page: TimelinePage,
    client_id: int,
    currency: str,
    head: Sequence[Element],
    measure: Measure,
    leave: list[Button],
) -> list[Element]:
    """As many flags as fit below `head`, and the ways to older and newer ones; the others are on the next page."""
    t = reading.language
    title: list[Element] = [Divider(), Paragraph(t.gettext("*What happened*, newest first"))]
    if not page.entries:
        return [*title, small_print(t.gettext("No flags here yet.")), *_row(leave)]
    groups = [build_entry(reading, entry, currency) for entry in page.entries]
    longest_way = replace(page, has_older=True)
    around = [*head, *title, *_row([*_ways(reading, longest_way, client_id, len(groups)), *leave])]
    fitting = max(1, how_many_fit(groups, around, measure))
    shown = [element for group in groups[:fitting] for element in group]
    cut_short = replace(page, has_older=page.has_older or fitting < len(groups))
    return [*title, *shown, *_row([*_ways(reading, cut_short, client_id, fitting), *leave])]


def _row(buttons: list[Button]) -> list[Element]:
    return [button_row(*buttons)] if buttons else []


def _ways(reading: Reading, page: TimelinePage, client_id: int, shown: int) -> list[Button]:
    t = reading.language
    buttons: list[Button] = []
    if page.trail.cursors:
        buttons.append(Button(t.gettext("Newer"), ids.DOSSIER_NEWER, f"{client_id}:{page.trail.newer().encoded()}"))
    if page.has_older:
        last = page.entries[shown - 1]
        older = page.trail.older(Cursor(last.content.happened_on, last.flag_id))
        buttons.append(Button(t.gettext("Older"), ids.DOSSIER_OLDER, f"{client_id}:{older.encoded()}"))
    return buttons
