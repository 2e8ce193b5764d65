"""The private task to check in with a colleague after something hard."""

from __future__ import annotations

from bot.language.vocabulary import severity_label
from bot.usecases.flags.care import CareView
from handlers.features import ids
from handlers.surface.message import Button, Element, Message, Paragraph, Question, Weight, button_row, small_print
from handlers.surface.reading import Reading


def build_care_task(reading: Reading, view: CareView) -> Message:
    """The task as it stands, for the colleague who was asked."""
    t = reading.language
    client = view.client_name
    if not view.is_needed:
        text = t.gettext(
            "The flag about {client} was taken back or changed, so nobody needs to check in.", client=client
        )
        return Message(text, (Paragraph(text),))
    text = t.gettext(
        "{person} reported disrespect by {client} ({severity}). Please check in with them today: ask how they are, "
        "and what they need.",
        person=reading.person(view.reporter_id),
        client=client,
        severity=severity_label(t, view.content.category, view.content.severity).lower(),
    )
    elements: list[Element] = [Paragraph(text)]
    if view.is_off:
        elements.append(small_print(_off(reading, view)))
    if view.task.done_at is not None:
        elements.append(small_print(t.gettext("Done. Thank you for checking in.")))
    else:
        elements.append(button_row(*_buttons(reading, view)))
    return Message(text, tuple(elements))


def _off(reading: Reading, view: CareView) -> str:
    return reading.language.gettext(
        "{person} does not deal with {client}.",
        person=reading.person(view.reporter_id),
        client=view.client_name,
    )


def _buttons(reading: Reading, view: CareView) -> list[Button]:
    t, task_id = reading.language, str(view.task.id)
    buttons = [Button(t.gettext("I have checked in"), ids.CARE_DONE, task_id, Weight.MAIN)]
    if not view.is_off:
        asked = Question(
            t.gettext("Take them off this client?"),
            t.gettext("They will no longer stand among the people who deal with this client. Talk to them first."),
            t.gettext("Take them off"),
            t.gettext("Not now"),
        )
        label = t.gettext("Take them off this client")
        buttons.append(Button(label, ids.CARE_TAKE_OFF, task_id, question=asked))
    return buttons
