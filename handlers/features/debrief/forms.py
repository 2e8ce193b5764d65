"""The form in which a debrief gets another day and time."""

from __future__ import annotations

from datetime import datetime

from bot.language import Language
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Form, TimeOfDay


def build_move_form(t: Language, debrief_id: int, local_at: datetime) -> Form:
    """The form; `local_at` is wall time of the workspace."""
    return Form(
        id=ids.DEBRIEF_MOVE_FORM,
        carried=str(debrief_id),
        title=t.gettext("Move the debrief"),
        submit=t.gettext("Move"),
        close=t.gettext("Keep as it is"),
        elements=(
            Day(id=ids.DEBRIEF_MOVE_DATE, label=t.gettext("Day"), chosen=local_at.date()),
            TimeOfDay(id=ids.DEBRIEF_MOVE_TIME, label=t.gettext("Time"), chosen=local_at.time()),
        ),
    )


def read_moved(answers: Answers) -> datetime:
    """The wall time in the form; raises `DateUnreadableError` at its field."""
    return datetime.combine(answers.day(ids.DEBRIEF_MOVE_DATE), answers.time(ids.DEBRIEF_MOVE_TIME))
