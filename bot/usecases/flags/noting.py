"""What the audit trail keeps of flags: that one was changed or taken back, and never what it said."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.model import Flag
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.ports import UnitOfWork


def note_change(uow: UnitOfWork, actor: Actor, action: AuditAction, flag: Flag, now: datetime) -> None:
    """Keep in the trail what somebody did to a flag, or took back of what they had added to it."""
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=flag.client_id,
        subject=f"flag:{flag.id}",
    )
