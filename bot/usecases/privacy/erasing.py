"""Erasing a client or a contact, and keeping a nameless record that it was done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.erasure_rules import typed_in, without_person
from bot.domain.names import normalized
from bot.domain.privacy import ErasureReason, MentionOf
from bot.usecases.audit import note
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.privacy.erased_messages import take_back
from bot.usecases.privacy.redrawing import draw_anew
from bot.usecases.privacy.subject import Subject
from bot.usecases.settings import bump_settings_version


class Erased(Struct, frozen=True):
    """What went, or would go: rows by table, our own messages, and the channels in which people talked."""

    rows: dict[str, int]
    messages: int
    channels: tuple[str, ...]


class ContactErased(Struct, frozen=True):
    """How many rows lost the name or their quotation, in how many `partly` a word of it is left, and the channels."""

    rows: int
    partly: int
    channels: tuple[str, ...]


def preview_client(uow: UnitOfWork, subject: Subject) -> Erased:
    """What `erase_client` would take away."""
    messages = uow.erasure.subjects_about(subject.client_ids)
    return Erased(uow.erasure.preview(subject.client_ids), len(messages), _channels(uow, subject.client_ids))


def erase_client(uow: UnitOfWork, subject: Subject, because: ErasureReason, now: datetime) -> Erased:
    """Erase a client with everything that belongs to it, and take our messages about it back."""
    workspace = uow.people.workspace(subject.client.workspace_id)
    return erase_clients(uow, workspace, subject.client_ids, because, now, actor_id=subject.admin.id)


def erase_clients(
    uow: UnitOfWork,
    workspace: Workspace,
    client_ids: Collection[int],
    because: ErasureReason,
    now: datetime,
    *,
    actor_id: int | None,
    is_again: bool = False,
) -> Erased:
    """Erase clients of a workspace; the audit trail has an entry for each. `is_again` is for a restored backup."""
    channels = _channels(uow, client_ids)
    messages = take_back(uow, workspace.id, client_ids, now)
    rows = uow.erasure.erase_client(client_ids, now)
    for client_id in client_ids:
        note(
            uow,
            workspace.id,
            AuditAction.CLIENT_ERASED,
            now,
            client_id=client_id,
            subject=f"client:{client_id}",
            actor_id=actor_id,
            because=because.value,
            rows=sum(rows.values()),
            **_again(is_again),
        )
    bump_settings_version(uow, workspace)
    return Erased(rows, messages, channels)


def preview_contact(uow: UnitOfWork, subject: Subject) -> ContactErased:
    """What `erase_contact` would change, and how many texts hold a word of the name."""
    texts = list(uow.erasure.texts(subject.client_ids))
    changed = sum(without_person(dict(row), subject.contact_name, "") != row for row in texts)
    listed = uow.erasure.contact_ids(subject.client_ids, normalized(subject.contact_name))
    partly = _partly(uow, subject.client_ids, subject.mention)
    return ContactErased(changed + len(listed), partly, _channels(uow, subject.client_ids))


def erase_contact(
    uow: UnitOfWork, subject: Subject, because: ErasureReason, instead: str, now: datetime
) -> ContactErased:
    """Erase a person from everything that is held about a client; `instead` stands where the full name stood."""
    workspace = uow.people.workspace(subject.client.workspace_id)
    return erase_person(
        uow,
        workspace,
        subject.client.id,
        subject.client_ids,
        subject.contact_name,
        because,
        instead,
        now,
        actor_id=subject.admin.id,
    )


def erase_person(
    uow: UnitOfWork,
    workspace: Workspace,
    client_id: int,
    client_ids: Collection[int],
    name: str,
    because: ErasureReason,
    instead: str,
    now: datetime,
    *,
    actor_id: int | None,
    is_again: bool = False,
) -> ContactErased:
    """Erase the person called `name` from what is held about clients; the audit trail names the contact's rows.

    A person whom only an earlier text of a flag named has no row: their entry is about `contact:0`.
    """
    others = [other for other in uow.privacy.contact_names(client_ids) if normalized(other) != normalized(name)]
    contact_ids = uow.erasure.erase_contact(client_ids, normalized(name))
    changed = uow.erasure.rewrite_texts(client_ids, lambda row: without_person(dict(row), name, instead, others))
    draw_anew(uow, workspace.id, client_ids, now)
    rows = changed + len(contact_ids)
    for contact_id in contact_ids or [0]:
        note(
            uow,
            workspace.id,
            AuditAction.CONTACT_ERASED,
            now,
            client_id=client_id,
            subject=f"contact:{contact_id}",
            actor_id=actor_id,
            because=because.value,
            rows=rows,
            **_again(is_again),
        )
    bump_settings_version(uow, workspace)
    return ContactErased(rows, _partly(uow, client_ids, MentionOf(name)), _channels(uow, client_ids))


def _again(is_again: bool) -> dict[str, bool]:
    return {"again": True} if is_again else {}


def _partly(uow: UnitOfWork, client_ids: Collection[int], mention: MentionOf) -> int:
    return sum(mention.is_partly_in(text) for row in uow.erasure.texts(client_ids) for text in typed_in(dict(row)))


def _channels(uow: UnitOfWork, client_ids: Collection[int]) -> tuple[str, ...]:
    """The names of the channels in which people talked about clients; threads hang under messages of ours."""
    found = [discussion for discussion, _ in uow.privacy.discussions(client_ids) if discussion.place_id is not None]
    return tuple(discussion.channel_name or discussion.code for discussion in found)
