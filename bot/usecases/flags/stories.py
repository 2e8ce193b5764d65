"""What flags do by themselves."""

from __future__ import annotations

from bot.domain.notices import CareTask, FlagReceipt, Notice
from bot.usecases.flags.waits import care_waits
from bot.usecases.ports import UnitOfWork
from bot.usecases.stories import Stories


def _receipt(uow: UnitOfWork, workspace_id: int, flag_id: int) -> Notice | None:
    flag = uow.flags.find(workspace_id, flag_id)
    return FlagReceipt(flag_id, flag.reporter_id) if flag else None


def _care(uow: UnitOfWork, workspace_id: int, task_id: int) -> Notice | None:
    task = uow.flags.task(workspace_id, task_id)
    return CareTask(task_id, task.assignee_id) if task else None


STORIES = Stories(
    "flags",
    redraws={"flag_receipt": _receipt, "care": _care},
    waits=care_waits,
)
