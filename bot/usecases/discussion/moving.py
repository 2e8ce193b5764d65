"""A discussion goes on in another place."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.errors import DiscussionClosedError, NotFoundError
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.domain.notices import (
    DiscussionDescription,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    SpaceAbandoned,
)
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.discussion.steps import lane_of, put_opening_steps_anew
from bot.usecases.ports import UnitOfWork

_WANTED = "wanted"
_ONLY_IN_A_SPACE = tuple(
    notice.kind for notice in (DiscussionSpace, DiscussionDescription, DiscussionPeople, DiscussionHighlight)
)


def hold_as_thread(uow: UnitOfWork, discussion: Discussion, reason: str, now: datetime) -> None:
    """The platform refuses a space: hold the discussion under its alert, and say why.

    What only makes sense in a space is dropped; the opening that waits behind it goes out as the thread's start. A
    space that was opened all the same is closed: nobody else is in it.
    """
    if discussion.place_id is not None:
        uow.outbox.put(discussion.workspace_id, SpaceAbandoned(discussion.id, discussion.place_id), now)
    uow.discussions.set_style(discussion.id, DiscussionStyle.THREAD, reason)
    uow.discussions.set_place(discussion.id, None)
    uow.outbox.cancel(discussion.workspace_id, lane_of(discussion.id), _ONLY_IN_A_SPACE)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)


def turn_into_channel(uow: UnitOfWork, actor: Actor, discussion_id: int, now: datetime) -> Discussion:
    """Move a discussion held as a thread into a private channel; twice makes one channel.

    Open to reviewers and to whoever was asked in. Raises `NotFoundError` or `DiscussionClosedError`.
    """
    known = uow.discussions.find(actor.workspace_id, discussion_id)
    if known is None or uow.clients.locked(actor.workspace_id, known.client_id) is None:
        raise NotFoundError
    discussion = uow.discussions.find(actor.workspace_id, discussion_id) or known
    if not actor.person.is_reviewer and actor.person.id not in uow.discussions.people(discussion.id):
        raise NotFoundError
    if discussion.state is DiscussionState.CLOSED:
        raise DiscussionClosedError
    if discussion.style is DiscussionStyle.CHANNEL:
        return discussion
    uow.discussions.set_style(discussion.id, DiscussionStyle.CHANNEL, None)
    channel = replace(discussion, style=DiscussionStyle.CHANNEL)
    put_opening_steps_anew(uow, channel, now)
    note(
        uow,
        actor.workspace_id,
        AuditAction.DISCUSSION_MOVED,
        now,
        actor_id=actor.person.id,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
    )
    return channel


def go_on_elsewhere(uow: UnitOfWork, actor: Actor, discussion_id: int, now: datetime) -> Discussion:
    """An admin or a reviewer has a discussion go on in a new private channel, as outsiders read along in its own.

    Twice makes one channel. Raises `NotFoundError` or `DiscussionClosedError`.
    """
    known = uow.discussions.find(actor.workspace_id, discussion_id)
    if known is None or uow.clients.locked(actor.workspace_id, known.client_id) is None:
        raise NotFoundError
    discussion = uow.discussions.find(actor.workspace_id, discussion_id) or known
    if not actor.person.is_reviewer and not actor.person.is_admin:
        raise NotFoundError
    if discussion.state is DiscussionState.CLOSED:
        raise DiscussionClosedError
    place = uow.people.place(discussion.place_id) if discussion.place_id is not None else None
    if discussion.style is DiscussionStyle.CHANNEL and place is not None and place.covered_at is not None:
        move_on(uow, discussion, now)
        note(
            uow,
            actor.workspace_id,
            AuditAction.DISCUSSION_MOVED,
            now,
            actor_id=actor.person.id,
            client_id=discussion.client_id,
            subject=f"discussion:{discussion.id}",
        )
    return discussion


def move_on(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """The channel is lost to us or no longer private: go on in a new one, with everybody invited again."""
    uow.discussions.set_place(discussion.id, None)
    for person_id in uow.discussions.people(discussion.id):
        uow.discussions.set_person_state(discussion.id, person_id, _WANTED)
    put_opening_steps_anew(uow, replace(discussion, place_id=None), now)
