"""What a discussion wants of its platform, and what is told in it: its opening, and what comes in while it is open."""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery_outcome import Reason
from bot.domain.model import AlertState, Discussion, DiscussionState, DiscussionStyle, Flag, FlagState
from bot.domain.notices import (
    AlertCard,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionVacated,
    FlagEntersDiscussion,
    SpaceAbandoned,
)
from bot.domain.timetable import WorkingCalendar
from bot.usecases.discussion.discussion_view import DiscussionView, read_discussion
from bot.usecases.discussion.steps import lane_of
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import (
    CloseSpace,
    DescribeSpace,
    Highlight,
    InvitePeople,
    OpenSpace,
    Over,
    Stuck,
    TakeBack,
    Tell,
    ToPerson,
    ToPlace,
    ToTell,
)
from bot.usecases.reach import everyone_in, reader_by_id


def tell_space(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionSpace, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """A private space, unless the discussion has one or needs none any more."""
    view = read_discussion(uow, workspace.id, notice.discussion_id, now)
    if view is None or not _is_open(view) or view.discussion.place_id is not None:
        return Over()
    if view.discussion.style is not DiscussionStyle.CHANNEL:
        return Over()
    return OpenSpace(view.discussion.code, view.waiting, view, everyone_in(workspace))


def tell_description(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionDescription, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """What the space is for."""
    view = read_discussion(uow, workspace.id, notice.discussion_id, now)
    if view is None or view.discussion.place_id is None:
        return Over()
    return DescribeSpace(view.discussion.place_id, view, everyone_in(workspace))


def tell_people(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionPeople, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """Whoever was asked and is not in yet."""
    view = read_discussion(uow, workspace.id, notice.discussion_id, now)
    if view is None or view.discussion.place_id is None or not _is_open(view) or not view.waiting:
        return Over()
    return InvitePeople(view.discussion.place_id, view.waiting)


def tell_opening(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionOpening, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """The opening in the space, or in the thread of the alert.

    A thread waits for its alert: once that stands, the opening is asked for again.
    """
    view = read_discussion(uow, workspace.id, notice.discussion_id, now)
    if view is None:
        return Over()
    opening = _opening(uow, view.discussion)
    if opening is None and (not _is_open(view) or _waits_for_alert(uow, view)):
        return Over()
    to = _where(uow, workspace, view.discussion, _alert_message(uow, view.discussion), subject=notice.lane)
    return to if isinstance(to, Stuck) else Tell(view, to, everyone_in(workspace))


def tell_highlight(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionHighlight, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """The opening is kept in sight where it stands in the space."""
    discussion = uow.discussions.find(workspace.id, notice.discussion_id)
    opening = _opening(uow, discussion) if discussion else None
    if discussion is None or opening is None or discussion.place_id != opening.place_id:
        return Over()
    return Highlight(opening.place_id, opening.external_id)


def tell_abandoned(
    uow: UnitOfWork, workspace: Workspace, notice: SpaceAbandoned, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """A space that the discussion is not held in is closed."""
    discussion = uow.discussions.find(workspace.id, notice.discussion_id)
    if discussion is None or discussion.place_id == notice.place_id:
        return Over()
    return CloseSpace(notice.place_id)


def tell_vacated(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionVacated, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """The space of a discussion that was called off is closed, unless the discussion goes on after all."""
    discussion = uow.discussions.find(workspace.id, notice.discussion_id)
    if discussion is None or discussion.place_id is None or discussion.state is DiscussionState.OPEN:
        return Over()
    return CloseSpace(discussion.place_id)


def tell_flag(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionFlag, now: datetime, calendar: WorkingCalendar
) -> ToTell[Flag]:
    """A new flag, unless it was taken back or the discussion ended in the meantime.

    Before a thread has begun there is nothing to bring it into: its opening counts the flag. What was said of a flag
    follows it where it stands, also when the discussion is over: a flag that was undone goes, and one that was
    withdrawn leaves a trace without its text.
    """
    flag = uow.flags.find(workspace.id, notice.flag_id)
    subject = flag_subject(notice.flag_id, notice.discussion_id)
    standing = uow.messages.find(workspace.id, subject)
    if standing is not None:
        if flag is None or flag.state is FlagState.UNDONE:
            return TakeBack(standing.place_id, standing.external_id, subject)
        there = ToPlace(standing.place_id, subject, standing.thread_external_id)
        return Tell(flag, there, everyone_in(workspace))
    view = read_discussion(uow, workspace.id, notice.discussion_id, now)
    if view is None or not _is_open(view) or flag is None or flag.state is not FlagState.OPEN:
        return Over()
    opening = _opening(uow, view.discussion)
    if view.discussion.style is DiscussionStyle.THREAD and opening is None:
        return Over()
    to = _where(uow, workspace, view.discussion, _alert_message(uow, view.discussion) or opening, subject)
    return to if isinstance(to, Stuck) else Tell(flag, to, everyone_in(workspace))


def flag_subject(flag_id: int, discussion_id: int) -> str:
    """The name under which the message is remembered that told a discussion of a flag."""
    return f"discussion_flag:{flag_id}:{discussion_id}"


def tell_flag_enters(
    uow: UnitOfWork, workspace: Workspace, notice: FlagEntersDiscussion, now: datetime, calendar: WorkingCalendar
) -> ToTell[DiscussionView]:
    """Somebody who flagged or witnessed hears that it is talked about now, once, unless they took it back."""
    subject = f"flag_enters:{notice.discussion_id}:{notice.person_id}"
    if uow.messages.find(workspace.id, subject) is not None:
        return Over()
    view = read_discussion(uow, workspace.id, notice.discussion_id, now)
    if view is None or not _is_open(view) or notice.person_id not in view.reporters:
        return Over()
    return Tell(view, ToPerson(notice.person_id, subject), reader_by_id(uow, workspace, notice.person_id))


def _where(
    uow: UnitOfWork,
    workspace: Workspace,
    discussion: Discussion,
    thread: TrackedMessage | None,
    subject: str | None = None,
) -> ToPlace | Stuck:
    """Where a discussion is held: in its space, under the message `thread`, or by itself in the place for alerts."""
    if discussion.style is DiscussionStyle.CHANNEL:
        return Stuck(Reason.PLACE_GONE) if discussion.place_id is None else ToPlace(discussion.place_id, subject)
    if thread is not None:
        return ToPlace(thread.place_id, subject, thread.external_id)
    place_id = workspace.settings.alert_place
    return Stuck(Reason.PLACE_UNSET) if place_id is None else ToPlace(place_id, subject)


def _opening(uow: UnitOfWork, discussion: Discussion) -> TrackedMessage | None:
    return uow.messages.find(discussion.workspace_id, lane_of(discussion.id))


def _alert_message(uow: UnitOfWork, discussion: Discussion) -> TrackedMessage | None:
    alert_id = discussion.alert_id
    return None if alert_id is None else uow.messages.find(discussion.workspace_id, AlertCard(alert_id).lane)


def _waits_for_alert(uow: UnitOfWork, view: DiscussionView) -> bool:
    """Whether the alert that a thread is to hang under is still to be posted."""
    is_thread = view.discussion.style is DiscussionStyle.THREAD
    is_to_come = view.alert is not None and view.alert.state is AlertState.OPEN
    return is_thread and is_to_come and _alert_message(uow, view.discussion) is None


def _is_open(view: DiscussionView) -> bool:
    return view.discussion.state is DiscussionState.OPEN
