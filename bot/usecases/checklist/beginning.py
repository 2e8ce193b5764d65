"""A letter was sent: the list begins; and its days follow when the letter's day or the last day changes."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.checklist import Item, ItemState, counting, due_on
from bot.domain.decision import Decision
from bot.domain.farewell.closing_terms import newest
from bot.domain.model import Client
from bot.domain.notices import ChecklistReminder, DiscussionChecklist
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, local_today
from bot.language import language
from bot.usecases.checklist.definitions import checklist_of
from bot.usecases.checklist.moments import remind_no_more, remind_on
from bot.usecases.ports import UnitOfWork


def letter_sent(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    decision: Decision,
    client: Client,
    sent_on: date,
    sent_by_id: int,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Begin the list of a decision to part, whose client the caller holds, or let its days follow a corrected day.

    Its items are the client's owner's, or else those of whoever sent the letter.
    """
    if uow.checklists.of_decision(decision.id):
        follow_days(uow, settings, decision, sent_on, now, calendar)
        return
    terms = newest(uow.farewells.terms(decision.discussion_id))
    owner = client.owner_id if client.owner_id and uow.people.present([client.owner_id]) else sent_by_id
    code = language(settings.language).code
    uow.checklists.add(
        Item(
            id=0,
            workspace_id=decision.workspace_id,
            client_id=client.id,
            decision_id=decision.id,
            key=point.key,
            text=point.text[code],
            owner_id=owner,
            due_on=due_on(
                point.counts_from,
                point.days,
                point.day,
                ends_on=decision.next_on,
                sent_on=sent_on,
                terms=terms,
                calendar=calendar,
            ),
            counts_from=point.counts_from,
            days=point.days,
            day=point.day,
            after=point.after,
            two_steps=point.two_steps,
            needs_proof=point.proof,
            is_critical=point.critical,
        )
        for point in counting(checklist_of(uow, decision.workspace_id).points, terms)
    )
    for item in uow.checklists.of_decision(decision.id):
        remind_on(uow, settings, item, item.due_on, now, calendar)
    if owner != sent_by_id:
        uow.outbox.put_once(decision.workspace_id, ChecklistReminder(owner, 0), now)
    show_checklist(uow, decision, now)


def follow_days(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    decision: Decision,
    sent_on: date | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Let what is not done and was not moved by hand be due anew; `sent_on` is the letter's day, where it is known."""
    if sent_on is None:
        sent = decision.letter_sent_at
        sent_on = local_today(sent, settings.zone) if sent is not None else local_today(now, settings.zone)
    terms = newest(uow.farewells.terms(decision.discussion_id))
    for item in uow.checklists.of_decision(decision.id):
        if item.state is ItemState.DONE or item.is_moved:
            continue
        day = due_on(
            item.counts_from,
            item.days,
            item.day,
            ends_on=decision.next_on,
            sent_on=sent_on,
            terms=terms,
            calendar=calendar,
        )
        if day != item.due_on:
            uow.checklists.change(item.id, due_on=day, reminders=0)
            remind_no_more(uow, item)
            remind_on(uow, settings, item, day, now, calendar)
    show_checklist(uow, decision, now)


def show_checklist(uow: UnitOfWork, decision: Decision, now: datetime) -> None:
    """Let the discussion say how it stands."""
    notice = DiscussionChecklist(decision.discussion_id, decision.id)
    uow.outbox.put_once(decision.workspace_id, notice, now)
