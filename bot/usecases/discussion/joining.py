"""What comes into an open discussion: more people, and new flags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.catalogue import UNACCEPTABLE
from bot.domain.model import Discussion, DiscussionStyle, Flag
from bot.domain.notices import DiscussionFlag, DiscussionOpening, DiscussionPeople, FlagEntersDiscussion
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import ScoredFlag
from bot.domain.timetable import WorkingCalendar, post_at
from bot.usecases.discussion.steps import lane_of
from bot.usecases.ports import UnitOfWork


def join_discussion(uow: UnitOfWork, discussion: Discussion, person_ids: Iterable[int], now: datetime) -> None:
    """Ask people into an open discussion who flagged or witnessed after it had opened, and tell them so."""
    present = sorted(uow.people.present(person_ids))
    asked = uow.discussions.ask_in(discussion.id, present)
    for person_id in present:
        uow.outbox.put_once(discussion.workspace_id, FlagEntersDiscussion(discussion.id, person_id), now)
    if asked and discussion.style is DiscussionStyle.CHANNEL:
        uow.outbox.put_once(discussion.workspace_id, DiscussionPeople(discussion.id), now)


def bring_into_discussion(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    discussion: Discussion,
    new_flag: ScoredFlag | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Let an open discussion show what changed; a new flag comes in with its reporter, in quiet hours in the morning.

    What is unacceptable does not wait, and takes along whatever the discussion was to hear in the morning.
    """
    is_urgent = new_flag is not None and new_flag.severity == UNACCEPTABLE
    at = post_at(now, settings, calendar, urgent=is_urgent)
    if new_flag is not None:
        join_discussion(uow, discussion, [new_flag.reporter_id], now)
        uow.outbox.put_once(discussion.workspace_id, DiscussionFlag(discussion.id, new_flag.id), now, due_at=at)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now, due_at=at)
    if is_urgent:
        hasten_discussion(uow, discussion, now)


def follow_flag(uow: UnitOfWork, flag: Flag, now: datetime) -> None:
    """Let whatever discussions have said of a flag follow what it says now, or that it was taken back."""
    workspace_id = flag.workspace_id
    told_in = [int(subject.rpartition(":")[2]) for subject in uow.messages.subjects(workspace_id, _told_of(flag))]
    discussion = uow.discussions.open_for(flag.client_id)
    if discussion is not None and uow.outbox.is_waiting(workspace_id, DiscussionFlag(discussion.id, flag.id)):
        told_in.append(discussion.id)
    for discussion_id in dict.fromkeys(told_in):
        uow.outbox.put_once(workspace_id, DiscussionFlag(discussion_id, flag.id), now)


def _told_of(flag: Flag) -> str:
    """What the subjects of messages begin with that told of a flag in a discussion, whose id follows."""
    return f"discussion_flag:{flag.id}:"


def hasten_discussion(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """Let what a discussion was to hear in the morning go out now, with the private words to those in it."""
    uow.outbox.hasten(discussion.workspace_id, lane_of(discussion.id), now)
    for person_id in uow.discussions.people(discussion.id):
        uow.outbox.hasten(discussion.workspace_id, FlagEntersDiscussion(discussion.id, person_id).lane, now)
