"""Telling admins what is wrong."""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery_outcome import Reason
from bot.domain.notices import AdminTold
from bot.usecases.ports import UnitOfWork


def tell_admins(uow: UnitOfWork, workspace_id: int, reason: Reason, subject: str, now: datetime) -> None:
    """Tell every admin privately what is wrong and the way out; reviewers where there is no admin.

    `subject` names what it is about, such as `alert:12`.
    """
    told = uow.people.admins(workspace_id) or uow.people.reviewers(workspace_id)
    for person in told:
        uow.outbox.put_once(workspace_id, AdminTold(person.id, reason.value, subject), now)
