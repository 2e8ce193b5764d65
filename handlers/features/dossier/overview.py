"""The first screen of a dossier: standing and why, what would change it, and what comes next."""

from __future__ import annotations

from bot.usecases.dossier.read_models import Dossier
from handlers.features import ids
from handlers.features.dossier.steps import step_button, step_sentence
from handlers.features.dossier.summary import basis_line, change_lines, resembles_lines, standing_line, summary_sentence
from handlers.surface.message import Button, Element, Heading, Measure, Message, Paragraph, button_row, small_print
from handlers.surface.reading import Reading

MAX_CHANGES = 3


def build_overview(reading: Reading, dossier: Dossier, measure: Measure) -> Message:
    """What its reader sees first, on one screen, with at most three buttons; everything else is behind them."""
    t, step = reading.language, dossier.next_step
    elements: list[Element] = [
        Heading(dossier.card.client.name),
        Paragraph(standing_line(reading, dossier)),
        small_print(basis_line(reading, dossier)),
    ]
    elements += [small_print(line) for line in resembles_lines(reading, dossier)]
    changes = change_lines(reading, dossier)[:MAX_CHANGES]
    if changes and dossier.flags:
        elements.append(Paragraph("\n".join([t.gettext("*What would change it*"), *changes])))
    words = [summary_sentence(reading, dossier)]
    if step is not None:
        elements.append(Paragraph(step_sentence(reading, step)))
        words.append(step_sentence(reading, step))
    elements.append(button_row(*_buttons(reading, dossier)))
    return Message(" ".join(words), tuple(elements))


def _buttons(reading: Reading, dossier: Dossier) -> list[Button]:
    t, value = reading.language, str(dossier.card.client.id)
    first = step_button(reading, dossier.next_step) if dossier.next_step else None
    return [
        first or Button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, value),
        Button(t.gettext("What happened"), ids.DOSSIER_TIMELINE, value),
        Button(t.gettext("More"), ids.DOSSIER_MORE, value),
    ]
