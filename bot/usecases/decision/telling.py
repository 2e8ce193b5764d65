"""What is told about decisions: in the discussion, and privately to those whom they concern."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.checklist import Item
from bot.domain.decision import DecisionState
from bot.domain.delivery_outcome import Reason
from bot.domain.model import DiscussionStyle
from bot.domain.notices import (
    DecisionDue,
    DecisionSettled,
    DecisionToConfirm,
    DiscussionDecision,
    DiscussionOpening,
    FlagLedTo,
)
from bot.domain.timetable import WorkingCalendar
from bot.usecases.checklist.reading import open_critical
from bot.usecases.decision.decision_view import DecisionView, FlagOutcome, read_decision, read_flag_outcome
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Stuck, Tell, ToPerson, ToPlace, ToTell
from bot.usecases.reach import everyone_in, reader_by_id


class Asking(Struct, frozen=True):
    """A decision about which somebody is asked; `step` says how often that was done.

    `left_open` is what has to be done before its client counts as gone, and is not.
    """

    view: DecisionView
    step: int
    left_open: tuple[Item, ...] = ()


def tell_decision(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionDecision, now: datetime, calendar: WorkingCalendar
) -> ToTell[DecisionView]:
    """Where the discussion is held; before it has begun nobody can read it. A thread goes on under its own message."""
    view = read_decision(uow, workspace.id, notice.decision_id)
    discussion = uow.discussions.find(workspace.id, notice.discussion_id)
    opening = uow.messages.find(workspace.id, DiscussionOpening(notice.discussion_id).lane)
    if view is None or discussion is None or opening is None:
        return Over()
    subject = f"decision:{notice.decision_id}"
    if discussion.style is DiscussionStyle.THREAD:
        thread = opening.thread_external_id or opening.external_id
        return Tell(view, ToPlace(opening.place_id, subject, thread), everyone_in(workspace))
    if discussion.place_id is None:
        return Stuck(Reason.PLACE_GONE)
    return Tell(view, ToPlace(discussion.place_id, subject), everyone_in(workspace))


def tell_to_confirm(
    uow: UnitOfWork, workspace: Workspace, notice: DecisionToConfirm, now: datetime, calendar: WorkingCalendar
) -> ToTell[Asking]:
    """Somebody who can confirm a proposal is asked; once it is settled, only what was asked already says so."""
    view = read_decision(uow, workspace.id, notice.decision_id)
    subject = f"decision_confirm:{notice.decision_id}:{notice.person_id}:{notice.step}"
    if view is None:
        return Over()
    is_to_ask = view.decision.state is DecisionState.PROPOSED and notice.person_id in view.confirmers
    return _ask(uow, workspace, notice, view, subject, is_to_ask=is_to_ask)


def tell_due(
    uow: UnitOfWork, workspace: Workspace, notice: DecisionDue, now: datetime, calendar: WorkingCalendar
) -> ToTell[Asking]:
    """How things are on the date of a decision; once that is answered, only what was asked already says so."""
    view = read_decision(uow, workspace.id, notice.decision_id)
    subject = f"decision_due:{notice.decision_id}:{notice.person_id}:{notice.step}"
    return _ask(uow, workspace, notice, view, subject, is_to_ask=view.is_to_ask) if view is not None else Over()


def _ask(
    uow: UnitOfWork,
    workspace: Workspace,
    notice: DecisionToConfirm | DecisionDue,
    view: DecisionView,
    subject: str,
    *,
    is_to_ask: bool,
) -> ToTell[Asking]:
    if not is_to_ask and uow.messages.find(workspace.id, subject) is None:
        return Over()
    to = ToPerson(notice.person_id, subject)
    left_open = open_critical(uow, notice.decision_id)
    return Tell(Asking(view, notice.step, left_open), to, reader_by_id(uow, workspace, notice.person_id))


def tell_settled(
    uow: UnitOfWork, workspace: Workspace, notice: DecisionSettled, now: datetime, calendar: WorkingCalendar
) -> ToTell[DecisionView]:
    """Whoever proposed something hears that it was settled."""
    view = read_decision(uow, workspace.id, notice.decision_id)
    if view is None or view.decision.state is DecisionState.PROPOSED:
        return Over()
    return Tell(view, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_flag_led_to(
    uow: UnitOfWork, workspace: Workspace, notice: FlagLedTo, now: datetime, calendar: WorkingCalendar
) -> ToTell[FlagOutcome]:
    """Somebody who flagged or witnessed hears what came of it, unless they took it back."""
    outcome = read_flag_outcome(uow, workspace.id, notice.discussion_id, notice.person_id, now)
    if outcome is None:
        return Over()
    return Tell(outcome, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))
