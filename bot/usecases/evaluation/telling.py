"""What is told while views are asked: news in the discussion, and private words to those concerned."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import ReminderStep
from bot.domain.model import Discussion, DiscussionState, Person
from bot.domain.notices import (
    DiscussionOpening,
    EvaluationAsked,
    EvaluationNews,
    EvaluationReminder,
    EvaluationShort,
)
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.evaluation.evaluation_view import has_quorum
from bot.usecases.evaluation.rounds import current_round
from bot.usecases.evaluation.showing import MOVED
from bot.usecases.evaluation.taking_part import people_waited_for
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Tell, ToPerson, ToPlace, ToTell, Wait
from bot.usecases.reach import everyone_in, reader_of


class Asking(Struct, frozen=True):
    """An open discussion, and its round in which views are asked."""

    discussion: Discussion
    client_name: str
    round: Round


class News(Struct, frozen=True):
    """What the discussion hears: see `EvaluationNews`; `none` where nobody has given a view that could be shown."""

    asking: Asking
    news: str


class Reminding(Struct, frozen=True):
    """A view that is still to come, until today if it `is_today`; `is_last` says that no other reminder follows."""

    asking: Asking
    is_today: bool
    is_last: bool


class TooFew(Struct, frozen=True):
    """Too few people have a view: the deadline `has_moved`, or it is time."""

    asking: Asking
    has_moved: bool


def tell_news(
    uow: UnitOfWork, workspace: Workspace, notice: EvaluationNews, now: datetime, calendar: WorkingCalendar
) -> ToTell[News]:
    """Where the discussion's opening stands; there is nobody to tell before that."""
    asking = _asking(uow, workspace, notice.discussion_id, notice.round)
    opening = uow.messages.find(workspace.id, DiscussionOpening(notice.discussion_id).lane)
    is_of_views = notice.news in ("shown", "early")
    if asking is None or opening is None or (not is_of_views and asking.round.shown_at is not None):
        return Over()
    news = notice.news
    is_shown = is_of_views and asking.round.shown_at is not None
    if is_shown and not uow.evaluations.answered(notice.discussion_id, notice.round):
        news = "none"
    to = ToPlace(opening.place_id, thread=opening.thread_external_id)
    return Tell(News(asking, news), to, everyone_in(workspace))


def tell_asked(
    uow: UnitOfWork, workspace: Workspace, notice: EvaluationAsked, now: datetime, calendar: WorkingCalendar
) -> ToTell[Asking]:
    """Somebody is asked for their view, unless they have given it or cannot."""
    asking = _asking(uow, workspace, notice.discussion_id)
    person = _waited_for(uow, asking, notice.person_id)
    if asking is None or person is None:
        return Over()
    return Tell(asking, ToPerson(person.id), reader_of(person, workspace))


def tell_reminder(
    uow: UnitOfWork, workspace: Workspace, notice: EvaluationReminder, now: datetime, calendar: WorkingCalendar
) -> ToTell[Reminding]:
    """Somebody whose view is still asked for is reminded in their working hours, until the deadline is over."""
    asking = _asking(uow, workspace, notice.discussion_id, notice.round)
    person = _waited_for(uow, asking, notice.person_id)
    today = local_today(now, workspace.settings.zone)
    if asking is None or person is None or today > asking.round.views_by:
        return Over()
    at = in_their_hours(now, person, workspace.settings, calendar)
    if at > now:
        return Wait(at)
    reminding = Reminding(asking, today == asking.round.views_by, notice.step == ReminderStep.ON_THE_DAY)
    return Tell(reminding, ToPerson(person.id), reader_of(person, workspace))


def tell_short(
    uow: UnitOfWork, workspace: Workspace, notice: EvaluationShort, now: datetime, calendar: WorkingCalendar
) -> ToTell[TooFew]:
    """A reviewer hears that too few people have a view, unless enough have one now."""
    asking = _asking(uow, workspace, notice.discussion_id, notice.round)
    person = _present(uow, notice.person_id)
    if asking is None or person is None or has_quorum(uow, notice.discussion_id, notice.round):
        return Over()
    return Tell(TooFew(asking, notice.step == MOVED), ToPerson(person.id), reader_of(person, workspace))


def _asking(uow: UnitOfWork, workspace: Workspace, discussion_id: int, number: int | None = None) -> Asking | None:
    """The discussion if views are asked in it, in round `number` where given."""
    discussion = uow.discussions.find(workspace.id, discussion_id)
    newest = current_round(uow, discussion_id)
    client = uow.clients.find(workspace.id, discussion.client_id) if discussion else None
    if discussion is None or newest is None or client is None:
        return None
    if discussion.state is DiscussionState.CLOSED or newest.ended_at is not None:
        return None
    return Asking(discussion, client.name, newest) if number in (None, newest.number) else None


def _waited_for(uow: UnitOfWork, asking: Asking | None, person_id: int) -> Person | None:
    """The person, if their view is asked and still to come."""
    waited_for = people_waited_for(uow, asking.discussion, asking.round) if asking else ()
    return uow.people.person(person_id) if person_id in waited_for else None


def _present(uow: UnitOfWork, person_id: int) -> Person | None:
    return uow.people.person(person_id) if uow.people.present([person_id]) else None
