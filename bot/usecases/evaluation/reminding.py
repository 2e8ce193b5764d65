"""Reminding those who have not given a view: privately, twice at most, and in their working hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import ReminderStep, reminder_days
from bot.domain.model import DiscussionState, Person
from bot.domain.notices import EvaluationReminder
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, local_instant, local_today
from bot.usecases.evaluation.taking_part import people_waited_for
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem


def remind(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """The start of a day on which people are reminded: each hears of it in the morning where they are.

    What comes late is left out once the next reminder is due as well, and after the deadline.
    """
    discussion_id, number, step = (int(part) for part in item.subject.split(":"))
    discussion = uow.discussions.find(item.workspace_id, discussion_id)
    newest = uow.evaluations.newest_round(discussion_id)
    if discussion is None or discussion.state is DiscussionState.CLOSED:
        return
    if newest is None or newest.number != number or newest.ended_at is not None:
        return
    settings = workspace.settings
    if step == ReminderStep.BEFORE and _is_last_day(newest, settings, now, calendar):
        return
    over = _end_of(newest, settings)
    for person_id in people_waited_for(uow, discussion, newest):
        person = uow.people.person(person_id)
        at = _in_their_morning(now, person, settings, calendar) if person else over
        if at < over:
            notice = EvaluationReminder(discussion_id, number, person_id, step)
            uow.outbox.put_once(item.workspace_id, notice, now, due_at=at)


def _in_their_morning(
    now: datetime, person: Person, settings: WorkspaceSettings, calendar: WorkingCalendar
) -> datetime:
    """When the working hours of this day begin where a person is, or `now` where they have begun."""
    begins = local_instant(datetime.combine(local_today(now, settings.zone), time(0)), person.zone)
    return in_their_hours(max(now, begins), person, settings, calendar)


def _is_last_day(newest: Round, settings: WorkspaceSettings, now: datetime, calendar: WorkingCalendar) -> bool:
    (_, _), (_, last) = reminder_days(newest.views_by, calendar)
    return local_today(now, settings.zone) >= last


def _end_of(newest: Round, settings: WorkspaceSettings) -> datetime:
    return local_instant(datetime.combine(newest.views_by + timedelta(days=1), time(0)), settings.zone)
