"""Writing down on what terms a client that leaves could come back."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError
from bot.domain.model import GOING_OR_GONE, Client
from bot.domain.returning import ReturnStance, ReturnTerms, checked_terms
from bot.domain.visibility import may_edit_client
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork
from bot.usecases.returning.former import newest_terms


class TermsToEdit(Struct, frozen=True):
    """A client, and what was written down about its return."""

    client: Client
    terms: ReturnTerms | None


def read_terms_to_edit(uow: UnitOfWork, actor: Actor, client_id: int) -> TermsToEdit:
    """The terms, for reviewers and the client's owner; raises `NotFoundError`, also where nobody is leaving."""
    client = _editable(uow, actor, uow.clients.find(actor.workspace_id, client_id))
    return TermsToEdit(client, newest_terms(uow, client.id))


def save_terms(
    uow: UnitOfWork, actor: Actor, client_id: int, stance: ReturnStance, typed: str, now: datetime
) -> TermsToEdit:
    """Keep the terms; what was said before stays as history.

    Raises `NotFoundError`, or at the field `text` `TextMissingError` and `TextTooLongError`.
    """
    client = _editable(uow, actor, uow.clients.locked(actor.workspace_id, client_id))
    said = ReturnTerms(client.id, stance, checked_terms(stance, typed), actor.person.id, now)
    before = newest_terms(uow, client.id)
    if before is None or (before.stance, before.text) != (said.stance, said.text):
        uow.returning.add_terms(said)
        note(
            uow,
            actor.workspace_id,
            AuditAction.RETURN_TERMS_SAVED,
            now,
            actor_id=actor.person.id,
            client_id=client.id,
            subject=f"client:{client.id}",
            stance=stance.value,
        )
    return TermsToEdit(client, said)


def _editable(uow: UnitOfWork, actor: Actor, client: Client | None) -> Client:
    if client is None or client.stage not in GOING_OR_GONE:
        raise NotFoundError
    if not may_edit_client(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return client
