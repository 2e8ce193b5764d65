"""The texts that a workspace replaces: what is in use, and putting another in its place."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError
from bot.domain.model import Person
from bot.domain.workspace_texts import CheckedText, WorkspaceText
from bot.usecases.audit import note
from bot.usecases.ports import UnitOfWork


def own_text(uow: UnitOfWork, workspace_id: int, kind: str, language: str) -> bytes | None:
    """A workspace's own text; `None` where what comes with the bot is in use."""
    newest = uow.texts.newest(workspace_id, kind, language)
    return newest.content if newest else None


def own_texts(uow: UnitOfWork, workspace_id: int) -> dict[tuple[str, str], WorkspaceText]:
    """Every text of a workspace's own that is in use, by kind and language."""
    return {(one.kind, one.language): one for one in uow.texts.all_newest(workspace_id) if one.content is not None}


def replace_text(uow: UnitOfWork, admin: Person, text: CheckedText, now: datetime) -> int:
    """Put a text in use, for an admin; returns its version. The same text again is no new version.

    Raises `NotFoundError` for anybody else.
    """
    return _put(uow, admin, text.kind, text.language, text.content, now)


def reset_text(uow: UnitOfWork, admin: Person, kind: str, language: str, now: datetime) -> None:
    """Go back to the text that comes with the bot, for an admin; raises `NotFoundError` for anybody else."""
    _put(uow, admin, kind, language, None, now)


def _put(uow: UnitOfWork, admin: Person, kind: str, language: str, content: bytes | None, now: datetime) -> int:
    if not admin.is_admin:
        raise NotFoundError
    newest = uow.texts.newest(admin.workspace_id, kind, language)
    if content == (newest.content if newest else None):
        return newest.version if newest else 0
    version = uow.texts.add(admin.workspace_id, kind, language, content, admin.id, now).version
    note(
        uow,
        admin.workspace_id,
        AuditAction.TEXT_RESET if content is None else AuditAction.TEXT_REPLACED,
        now,
        actor_id=admin.id,
        client_id=None,
        subject=f"text:{kind}",
        language=language or "all",
        version=version,
    )
    return version
