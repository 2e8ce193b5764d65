"""What comes next about a client: the sentence, and the button of whoever can do something."""

from __future__ import annotations

from bot.domain.message import N_
from bot.usecases.dossier.read_models import NextStep, StepKind
from handlers.features import ids
from handlers.features.dossier.leaving import left_button
from handlers.surface.message import Button, Weight
from handlers.surface.reading import Reading

_SENTENCES: dict[StepKind, str] = {
    StepKind.CONFIRM: N_("*Next*: another reviewer says whether the proposal to part stands, in {code}."),
    StepKind.JUDGE: N_("*Next*: somebody says what came of what we tried until {date}."),
    StepKind.GIVE_VIEW: N_("*Next*: your view, by {date}. The discussion is {code}."),
    StepKind.AWAIT_VIEWS: N_("*Next*: colleagues give their views in {code}, by {date}."),
    StepKind.DECIDE: N_("*Next*: a reviewer decides, in {code}."),
    StepKind.TRYING: N_("*Next*: see what comes of what we try, until {date}."),
    StepKind.TRY: N_("*Next*: try something before it grows."),
    StepKind.TALK: N_("*Next*: talk about it; a reviewer opens a discussion."),
    StepKind.PREPARE: N_("*Next*: see what to check and speak with them, before you write. The last day is {date}."),
    StepKind.FOLLOW_THROUGH: N_("*Next*: see to what the letter promises. The last day is {date}."),
    StepKind.LEAVING: N_("*Next*: say whether they have left; {date} was to be the last day."),
    StepKind.DEBRIEF: N_("*Next*: the debrief, {moment}."),
    StepKind.CLOSE_DEBRIEF: N_("*Next*: say what you change, and close the debrief."),
}

_BUTTONS: dict[StepKind, tuple[str, str]] = {
    StepKind.CONFIRM: (N_("Look at it"), ids.DECISION_LOOK),
    StepKind.JUDGE: (N_("Say what came of it"), ids.REMEDY_OUTCOME),
    StepKind.GIVE_VIEW: (N_("Give your view"), ids.EVALUATION_GIVE),
    StepKind.DECIDE: (N_("Decide"), ids.DECISION_START),
    StepKind.TRY: (N_("Try something"), ids.REMEDY_START),
    StepKind.TALK: (N_("Talk about it"), ids.DOSSIER_DISCUSS),
    StepKind.DEBRIEF: (N_("The agenda"), ids.DEBRIEF_READ),
    StepKind.CLOSE_DEBRIEF: (N_("Read the answers"), ids.DEBRIEF_READ),
    StepKind.PREPARE: (N_("Before you write"), ids.FAREWELL_CHECK),
    StepKind.FOLLOW_THROUGH: (N_("Open the list"), ids.CHECKLIST_SHOW),
}


def step_sentence(reading: Reading, step: NextStep) -> str:
    """What comes next, by when or since when."""
    t = reading.language
    return t.gettext(
        _SENTENCES[step.kind],
        code=step.code,
        date=t.date(step.on) if step.on else "",
        moment=t.moment(step.at, reading.zone, step.zone) if step.at else "",
    )


def step_button(reading: Reading, step: NextStep) -> Button | None:
    """What this reader can do about it, if anything."""
    t = reading.language
    if step.target is None or step.kind not in (*_BUTTONS, StepKind.LEAVING):
        return None
    if step.kind is StepKind.LEAVING:
        return left_button(t, step.target)
    label, action = _BUTTONS[step.kind]
    return Button(t.gettext(label), action, str(step.target), Weight.MAIN)
