"""What is told about trials: private words to whoever sees to one, and the question what came of it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.notices import RemedyOwned, RemedyToConfirm
from bot.domain.remedy_rules import is_under_way
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Tell, ToPerson, ToTell
from bot.usecases.reach import reader_by_id
from bot.usecases.remedies.remedy_view import RemedyView, read_remedy


class Asking(Struct, frozen=True):
    """A trial that has ended; `step` says how often it was asked what came of it."""

    view: RemedyView
    step: int


def tell_owned(
    uow: UnitOfWork, workspace: Workspace, notice: RemedyOwned, now: datetime, calendar: WorkingCalendar
) -> ToTell[RemedyView]:
    """A trial is somebody's to see to, unless it went to somebody else or ended in the meantime."""
    view = read_remedy(uow, workspace.id, notice.remedy_id)
    if view is None or not is_under_way(view.remedy) or view.remedy.owner_id != notice.person_id:
        return Over()
    return Tell(view, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_to_confirm(
    uow: UnitOfWork, workspace: Workspace, notice: RemedyToConfirm, now: datetime, calendar: WorkingCalendar
) -> ToTell[Asking]:
    """It is asked what came of a trial, unless that was said, or more time was given, in the meantime."""
    view = read_remedy(uow, workspace.id, notice.remedy_id)
    if view is None or not is_under_way(view.remedy) or view.remedy.judged_at is None:
        return Over()
    asking = Asking(view, notice.step)
    return Tell(asking, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))
