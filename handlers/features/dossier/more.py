"""Behind "More" in a dossier: where to read on, and what else can be done."""

from __future__ import annotations

from bot.usecases.dossier.read_models import Dossier, Interaction
from handlers.features import ids
from handlers.features.dossier.leaving import left_button
from handlers.features.dossier.summary import summary_sentence
from handlers.surface.message import Button, Element, Heading, Measure, Message, Paragraph, Weight, button_row
from handlers.surface.reading import Reading


def build_more(reading: Reading, dossier: Dossier, measure: Measure) -> Message:
    """Every part of the dossier, and everything that its reader may do about the client."""
    t = reading.language
    elements: list[Element] = [
        Heading(dossier.card.client.name),
        Paragraph(t.gettext("*Read on*")),
        button_row(*_parts(reading, dossier)),
        Paragraph(t.gettext("*Do something*")),
        button_row(*_actions(reading, dossier)),
        back(reading, dossier),
    ]
    return Message(summary_sentence(reading, dossier), tuple(elements))


def back(reading: Reading, dossier: Dossier) -> Element:
    """The way back to the first screen."""
    return button_row(
        Button(reading.language.gettext("Back to the overview"), ids.DOSSIER_BACK, str(dossier.card.client.id))
    )


def _parts(reading: Reading, dossier: Dossier) -> list[Button]:
    t, value = reading.language, str(dossier.card.client.id)
    parts = [
        Button(t.gettext("What happened"), ids.DOSSIER_TIMELINE, value),
        Button(t.gettext("Figures"), ids.DOSSIER_FIGURES, value),
        Button(t.gettext("What we did"), ids.DOSSIER_CASE, value),
        Button(t.gettext("Card"), ids.DOSSIER_CARD, value),
    ]
    if Interaction.HISTORY in dossier.interactions:
        parts.append(Button(t.gettext("Who did what"), ids.DOSSIER_TRAIL, value))
    return parts


def _actions(reading: Reading, dossier: Dossier) -> list[Button]:
    t, value = reading.language, str(dossier.card.client.id)
    offered = [
        (Interaction.FLAG, Button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, value)),
        (Interaction.DISCUSS, Button(t.gettext("Talk about it"), ids.DOSSIER_DISCUSS, value)),
        (Interaction.REMEDY, Button(t.gettext("The client’s side"), ids.STATEMENT_START, value)),
        (Interaction.REMEDY, Button(t.gettext("Try something"), ids.REMEDY_START, value)),
        (Interaction.EDIT, Button(t.gettext("Edit the card"), ids.DOSSIER_EDIT, value)),
        (Interaction.MERGE, Button(t.gettext("Merge with another"), ids.CLIENT_MERGE, value)),
        (Interaction.RETURN_TERMS, Button(t.gettext("Terms of return"), ids.RETURN_START, value)),
        (Interaction.MARK_LEFT, left_button(t, dossier.card.client.id, Weight.PLAIN)),
    ]
    if dossier.discussion is not None:
        decide = Button(t.gettext("Decide"), ids.DECISION_START, str(dossier.discussion.id))
        offered.insert(2, (Interaction.DECIDE, decide))
    for newest in dossier.case.decisions[:1]:
        reopen = Button(t.gettext("Reopen the decision"), ids.DECISION_REOPEN, str(newest.id))
        offered.insert(3, (Interaction.REOPEN, reopen))
    return [button for interaction, button in offered if interaction in dossier.interactions]
