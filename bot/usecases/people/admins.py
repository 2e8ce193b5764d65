"""Who is admin, and telling admins what is wrong."""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery_outcome import Reason
from bot.domain.errors import AdminNeededError
from bot.domain.model import Person
from bot.domain.notices import AdminTold
from bot.usecases.ports import UnitOfWork, Workspace


def admin_called(uow: UnitOfWork, workspace: Workspace, external_id: str) -> Person:
    """The admin whom the platform knows by an id; raises `AdminNeededError` for anybody else."""
    person = uow.people.person_by_external(workspace.id, workspace.platform, external_id)
    if person is None or not person.is_admin:
        raise AdminNeededError(name=external_id)
    return person


def tell_admins(uow: UnitOfWork, workspace_id: int, reason: Reason, subject: str, now: datetime) -> None:
    """Tell every admin privately what is wrong and the way out; reviewers where there is no admin.

    `subject` names what it is about, such as `alert:12`.
    """
    told = uow.people.admins(workspace_id) or uow.people.reviewers(workspace_id)
    for person in told:
        uow.outbox.put_once(workspace_id, AdminTold(person.id, reason.value, subject), now)
