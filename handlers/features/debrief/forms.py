"""The form in which a debrief gets another day and time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.errors import DebriefUnusualError
from bot.domain.model import Debrief
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Form, TimeOfDay
from handlers.surface.message import Element, Paragraph
from handlers.surface.reading import Reading
from handlers.surface.values import id_in

_ASKED = "@"


def build_move_form(reading: Reading, debrief: Debrief) -> Form:
    """The form as it opens, by the reader's own clock."""
    starts_at = debrief.starts_at.astimezone(ZoneInfo(reading.zone))
    is_elsewhere = starts_at.utcoffset() != debrief.starts_at.astimezone(ZoneInfo(debrief.zone)).utcoffset()
    return _form(reading, str(debrief.id), starts_at.replace(tzinfo=None, fold=0), is_elsewhere=is_elsewhere)


def build_move_anyway_form(reading: Reading, carried: str, local_at: datetime, unusual: DebriefUnusualError) -> Form:
    """The form once a moment was chosen that is asked about: sent again as it is, it means that moment."""
    debrief_id, _, _ = carried.partition(_ASKED)
    asked = Paragraph(reading.language.sentence(unusual))
    is_elsewhere = local_at != unusual.values["local_at"]
    return _form(reading, f"{debrief_id}{_ASKED}{local_at}", local_at, asked, is_elsewhere=is_elsewhere)


def _form(reading: Reading, carried: str, local_at: datetime, *asked: Element, is_elsewhere: bool) -> Form:
    t = reading.language
    hint = t.gettext("By your own clock, in {city}.", city=t.city(reading.zone)) if is_elsewhere else None
    return Form(
        id=ids.DEBRIEF_MOVE_FORM,
        carried=carried,
        title=t.gettext("Move the debrief"),
        submit=t.gettext("Move"),
        close=t.gettext("Keep as it is"),
        elements=(
            *asked,
            Day(id=ids.DEBRIEF_MOVE_DATE, label=t.gettext("Day"), chosen=local_at.date()),
            TimeOfDay(id=ids.DEBRIEF_MOVE_TIME, label=t.gettext("Time"), chosen=local_at.time(), hint=hint),
        ),
    )


class Moved(Struct, frozen=True):
    """What was filled in: `local_at` is a moment on the person's own clock, `is_meant` says they were asked."""

    debrief_id: int
    local_at: datetime
    is_meant: bool


def read_moved(answers: Answers) -> Moved:
    """The moment in the form; raises `DateUnreadableError` at its field, `NotFoundError` for a form of no debrief."""
    debrief_id, _, asked = answers.carried.partition(_ASKED)
    local_at = datetime.combine(answers.day(ids.DEBRIEF_MOVE_DATE), answers.time(ids.DEBRIEF_MOVE_TIME))
    return Moved(id_in(debrief_id), local_at, asked == str(local_at))
