"""Evidence that waits for its flag: a message as it was when somebody began to flag it.

A message can be longer than what a form carries along, so it waits in the inbox beside the delivery that brought
it, and goes when the inbox forgets that delivery.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.flag_rules import MAX_EVIDENCE_LENGTH, without_unstorable
from bot.domain.model import Evidence
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork

_PREFIX = "evidence"
_ANY_CONTENT = ""
"""The first delivery counts, whatever a later one with its key says."""


def keep_evidence(uow: UnitOfWork, actor: Actor, key: str, evidence: Evidence, now: datetime) -> str:
    """Keep `evidence` for a flag of the actor's; returns the key by which `kept_evidence` finds it."""
    kept_as = f"{_PREFIX}:{actor.person.id}:{key}"
    kept = {
        "text": without_unstorable(evidence.text)[:MAX_EVIDENCE_LENGTH],
        "author": without_unstorable(evidence.author),
        "sent_at": evidence.sent_at.isoformat(),
        "permalink": evidence.permalink,
    }
    uow.inbox.accept(actor.workspace_id, kept_as, _ANY_CONTENT, now, kept)
    return kept_as


def kept_evidence(uow: UnitOfWork, actor: Actor, kept_as: str) -> Evidence | None:
    """The evidence that was kept; `None` when it was kept by somebody else, or so long ago that it was forgotten."""
    if not kept_as.startswith(f"{_PREFIX}:{actor.person.id}:"):
        return None
    kept = uow.inbox.answer(actor.workspace_id, kept_as, _ANY_CONTENT)
    if kept is None:
        return None
    return Evidence(kept["text"], kept["author"], datetime.fromisoformat(kept["sent_at"]), kept["permalink"])
