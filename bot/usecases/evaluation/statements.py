"""The client's side: what the client says, and what we did wrong."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError
from bot.domain.evaluation import ClientStatement
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import Client
from bot.domain.visibility import may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.evaluation.asked import people_asked
from bot.usecases.evaluation.showing import redraw
from bot.usecases.ports import UnitOfWork


def record_statement(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    content: StatementContent,
    now: datetime,
    *,
    key: str,
    content_hash: str,
) -> None:
    """Record the client's side, which an open discussion shows at once; the same submission again changes nothing.

    Open to those who see the dossier and those asked into the open discussion. Raises `NotFoundError`, or
    `SubmissionChangedError` when the key comes back with other content.
    """
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not _may_hear(uow, actor, client):
        raise NotFoundError
    if not uow.inbox.accept(actor.workspace_id, key, content_hash, now):
        return
    discussion = uow.discussions.open_for(client.id)
    statement: ClientStatement = uow.evaluations.add_statement(
        client.workspace_id,
        client.id,
        content,
        recorded_by_id=actor.person.id,
        discussion_id=discussion.id if discussion else None,
        now=now,
    )
    note(
        uow,
        actor.workspace_id,
        AuditAction.STATEMENT_RECORDED,
        now,
        actor_id=actor.person.id,
        client_id=client.id,
        subject=f"statement:{statement.id}",
    )
    if discussion is not None:
        redraw(uow, discussion, now)


def refuse_unless_heard_by(uow: UnitOfWork, actor: Actor, client_id: int) -> Client:
    """The client whose side the actor may record; raises `NotFoundError`."""
    client = uow.clients.find(actor.workspace_id, client_id)
    if client is None or not _may_hear(uow, actor, client):
        raise NotFoundError
    return client


def _may_hear(uow: UnitOfWork, actor: Actor, client: Client) -> bool:
    discussion = uow.discussions.open_for(client.id)
    is_asked = discussion is not None and actor.person.id in people_asked(uow, discussion.id)
    return is_asked or may_see_dossier(actor.person, involvement_in(uow, actor.person, client))
