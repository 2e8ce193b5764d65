"""What is told about flags: a receipt to whoever reported one, and the task to check in with them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import FlagState
from bot.domain.notices import CareTask, FlagReceipt
from bot.domain.timetable import WorkingCalendar
from bot.usecases.flags.care import CareView, read_care
from bot.usecases.flags.editing import receipt_subject
from bot.usecases.flags.receipt_view import FlagReceiptView, read_receipt
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, TakeBack, Tell, ToPerson, ToTell
from bot.usecases.reach import reader_by_id


def tell_receipt(
    uow: UnitOfWork, workspace: Workspace, notice: FlagReceipt, now: datetime, calendar: WorkingCalendar
) -> ToTell[FlagReceiptView]:
    """The receipt as it stands; one that was undone before it was ever sent is not sent any more."""
    view, subject = read_receipt(uow, workspace.id, notice.flag_id, now), receipt_subject(notice.flag_id)
    stands = uow.messages.find(workspace.id, subject) is not None
    if view is None or (view.flag.state is FlagState.UNDONE and not stands):
        return Over()
    return Tell(view, ToPerson(notice.person_id, subject), reader_by_id(uow, workspace, notice.person_id))


def tell_care_task(
    uow: UnitOfWork, workspace: Workspace, notice: CareTask, now: datetime, calendar: WorkingCalendar
) -> ToTell[CareView]:
    """The task as it stands; one that was over before it was sent is not sent any more, one of an undone flag goes."""
    view, subject = read_care(uow, workspace.id, notice.task_id), f"care:{notice.task_id}"
    standing = uow.messages.find(workspace.id, subject)
    if view is not None and view.is_undone and standing is not None:
        return TakeBack(standing.place_id, standing.external_id, subject)
    if view is None or (standing is None and (view.task.done_at is not None or not view.is_needed)):
        return Over()
    return Tell(view, ToPerson(notice.person_id, subject), reader_by_id(uow, workspace, notice.person_id))
