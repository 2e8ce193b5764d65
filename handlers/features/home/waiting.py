"""What waits for somebody, as a line with the button that leads to it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from bot.domain.message import N_
from bot.usecases.waiting import Waiting, WaitingKind
from handlers.features import ids
from handlers.surface.message import Button, Paragraph
from handlers.surface.reading import Reading


class Asked(Struct, frozen=True):
    """What is asked, in a sentence that names the client; the button's label, and what it does."""

    sentence: str
    label: str
    action: str


ASKED: Mapping[WaitingKind, Asked] = {
    WaitingKind.CHECK_IN: Asked(
        N_("*{client}*: check in with a colleague after something hard."), N_("I have checked in"), ids.CARE_DONE
    ),
    WaitingKind.VIEW: Asked(N_("*{client}*: the team asks for your view."), N_("Give your view"), ids.EVALUATION_GIVE),
    WaitingKind.TRIAL_OUTCOME: Asked(
        N_("*{client}*: a trial of yours has ended. What came of it?"), N_("Say what came of it"), ids.REMEDY_OUTCOME
    ),
    WaitingKind.PUSHBACK: Asked(
        N_("*{client}*: something they said after the letter has to be seen to."), N_("Look at it"), ids.PUSHBACK_SHOW
    ),
    WaitingKind.CHECKLIST: Asked(
        N_("*{client}*: something of the checklist is due."), N_("Open the list"), ids.CHECKLIST_SHOW
    ),
    WaitingKind.LETTER: Asked(N_("*{client}*: a letter waits for your approval."), N_("Read it"), ids.LETTER_READ),
    WaitingKind.DEBRIEF: Asked(
        N_("*{client}*: five short questions for the debrief."), N_("Answer the questions"), ids.DEBRIEF_ANSWER_START
    ),
    WaitingKind.LESSON: Asked(
        N_("*{client}*: a lesson that you are responsible for."), N_("It’s done"), ids.LESSON_DONE
    ),
    WaitingKind.LOOK_BACK: Asked(N_("*{client}*: was it right to part?"), N_("Look back"), ids.LOOK_BACK_START),
    WaitingKind.CONFIRMATION: Asked(
        N_("*{client}*: a proposal waits for you to confirm it."), N_("Look at it"), ids.DECISION_LOOK
    ),
}


def build_waiting(reading: Reading, waiting: Waiting) -> Paragraph:
    """The line."""
    t, asked = reading.language, ASKED[waiting.kind]
    said = t.gettext(asked.sentence, client=waiting.client_name)
    if waiting.by is not None:
        by = t.gettext("By {date}.", date=t.date(waiting.by))
        said = f"{said}\n{by}"
    return Paragraph(said, Button(t.gettext(asked.label), asked.action, str(waiting.id)))
