"""Keeping the audit trail, and looking whether it is as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.audit import AuditAction, AuditDetail, AuditEntry, broken_seals, refuse_free_text
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork

MAX_ENTRIES = 100


def note(
    uow: UnitOfWork,
    workspace_id: int,
    action: AuditAction,
    now: datetime,
    *,
    client_id: int | None,
    subject: str,
    actor_id: int | None = None,
    **details: AuditDetail,
) -> None:
    """Add to the trail what is done in this transaction; `actor_id` is `None` for what happens by the clock.

    `details` are ids, figures, dates as text and short codes; raises `ValueError` for anything like free text.
    """
    refuse_free_text(subject, details)
    uow.audit.append(
        workspace_id, action, now, actor_id=actor_id, client_id=client_id, subject=subject, details=details
    )


def note_card_change(uow: UnitOfWork, actor: Actor, client_id: int, parts: Iterable[str], now: datetime) -> None:
    """Keep which parts of a client's card somebody changed (see `CARD_PARTS`), and never to what."""
    note(
        uow,
        actor.workspace_id,
        AuditAction.CARD_CHANGED,
        now,
        actor_id=actor.person.id,
        client_id=client_id,
        subject=f"client:{client_id}",
        **dict.fromkeys(parts, True),
    )


def trail_of(uow: UnitOfWork, client_id: int, limit: int = MAX_ENTRIES) -> list[AuditEntry]:
    """What was done about a client and about those merged into it, newest first; the caller checks who may see it."""
    return uow.audit.about(client_id, limit)


def broken_entries(uow: UnitOfWork, workspace_id: int) -> tuple[int, ...]:
    """The numbers at which a workspace's trail is not as it was written; empty when it is."""
    return broken_seals(uow.audit.entries(workspace_id), uow.audit.head(workspace_id))
