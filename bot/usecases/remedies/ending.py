"""How a trial ends: its owner's word, and what that means for the client."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import RemedyDatesError, RemedyEndedError, TextTooLongError
from bot.domain.model import Client, ClientStage, Discussion
from bot.domain.remedies import Remedy, RemedyOutcome
from bot.domain.remedy_rules import MAX_DAYS, MAX_TEXT_LENGTH, is_under_way, outcome_together
from bot.domain.timetable import WorkingCalendar, local_today, post_at
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.discussion.closing import close_discussion
from bot.usecases.discussion.opening import open_discussion
from bot.usecases.evaluation.rounds import begin_round, current_round
from bot.usecases.flags.telling_reporters import tell_reporters
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.judging import forget_asking, judge_later
from bot.usecases.remedies.people import redraw_discussion, remedy_to_judge
from bot.usecases.remedies.remedy_view import RemedyEnded, read_ended


class LastWord(Struct, frozen=True):
    """What somebody says of a trial: what came of it, or its new last day; with neither it is called off."""

    outcome: RemedyOutcome | None = None
    remark: str = ""
    ends_on: date | None = None


def say_last_word(
    uow: UnitOfWork, actor: Actor, remedy_id: int, word: LastWord, now: datetime, calendar: WorkingCalendar
) -> RemedyEnded:
    """Confirm, prolong or call off a remedy; raises what these raise."""
    if word.ends_on is not None:
        remedy = prolong_remedy(uow, actor, remedy_id, word.ends_on, now, calendar)
    elif word.outcome is None:
        remedy = call_off_remedy(uow, actor, remedy_id, now, calendar)
    else:
        remedy = confirm_remedy(uow, actor, remedy_id, word.outcome, word.remark, now, calendar)
    return read_ended(uow, remedy)


def confirm_remedy(
    uow: UnitOfWork,
    actor: Actor,
    remedy_id: int,
    outcome: RemedyOutcome,
    remark: str,
    now: datetime,
    calendar: WorkingCalendar,
) -> Remedy:
    """Say what came of a remedy, whatever its figures said; the same word again changes nothing.

    When nothing else is tried any more the client goes on: back to active where it worked, else to a talk. Open to
    the remedy's owner, the client's owner and reviewers. Raises `NotFoundError`, `RemedyEndedError`,
    `TextTooLongError`.
    """
    remedy, client = remedy_to_judge(uow, actor, remedy_id, for_update=True)
    if remedy.outcome is outcome:
        return remedy
    if not is_under_way(remedy):
        raise RemedyEndedError
    text = remark.strip()
    if len(text) > MAX_TEXT_LENGTH:
        raise TextTooLongError(field="outcome_note", length=len(text), longest=MAX_TEXT_LENGTH)
    uow.remedies.end(remedy.id, outcome, text, actor.person.id, now)
    forget_asking(uow, remedy)
    _note(uow, actor, AuditAction.REMEDY_CONFIRMED, remedy, now, outcome=outcome.value)
    ended = uow.remedies.find(actor.workspace_id, remedy.id) or remedy
    _go_on(uow, actor, client, ended, now, calendar)
    return ended


def prolong_remedy(
    uow: UnitOfWork, actor: Actor, remedy_id: int, ends_on: date, now: datetime, calendar: WorkingCalendar
) -> Remedy:
    """Give a remedy more time; it is judged after its new last day. Raises `RemedyDatesError` at `ends_on` too."""
    remedy, client = remedy_to_judge(uow, actor, remedy_id, for_update=True)
    if not is_under_way(remedy):
        raise RemedyEndedError
    today = local_today(now, actor.settings.zone)
    if ends_on <= today or ends_on > remedy.starts_on + timedelta(days=MAX_DAYS):
        raise RemedyDatesError(field="ends_on")
    uow.remedies.prolong(remedy.id, ends_on)
    prolonged = uow.remedies.find(actor.workspace_id, remedy.id) or remedy
    judge_later(uow, actor.settings, prolonged, calendar)
    _note(uow, actor, AuditAction.REMEDY_PROLONGED, remedy, now, ends_on=ends_on.isoformat())
    redraw_discussion(uow, client, now)
    return prolonged


def call_off_remedy(uow: UnitOfWork, actor: Actor, remedy_id: int, now: datetime, calendar: WorkingCalendar) -> Remedy:
    """Stop a trial that was started by mistake or cannot go on; it counts as not tried. Twice changes nothing."""
    remedy, client = remedy_to_judge(uow, actor, remedy_id, for_update=True)
    if not uow.remedies.call_off(remedy.id, now):
        return remedy
    forget_asking(uow, remedy)
    _note(uow, actor, AuditAction.REMEDY_CALLED_OFF, remedy, now)
    stopped = uow.remedies.find(actor.workspace_id, remedy.id) or remedy
    _go_on(uow, actor, client, stopped, now, calendar)
    return stopped


def call_off_remedies(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Stop everything that is tried with a client, whose row the caller holds; the caller decides where it stands."""
    for remedy in uow.remedies.of_client(client.id):
        if uow.remedies.call_off(remedy.id, now):
            forget_asking(uow, remedy)
            note(
                uow,
                client.workspace_id,
                AuditAction.REMEDY_CALLED_OFF,
                now,
                actor_id=None,
                client_id=client.id,
                subject=f"remedy:{remedy.id}",
            )


def _go_on(
    uow: UnitOfWork, actor: Actor, client: Client, ended: Remedy, now: datetime, calendar: WorkingCalendar
) -> None:
    """Where the client goes once nothing is tried any more; in any case the discussion shows what came of this."""
    redraw_discussion(uow, client, now)
    remedies = uow.remedies.of_client(client.id)
    if client.stage is not ClientStage.REMEDY or any(is_under_way(remedy) for remedy in remedies):
        return
    discussion = uow.discussions.open_for(client.id)
    together = outcome_together(ended, remedies)
    has_worked = ended.outcome is not None and together is RemedyOutcome.WORKED
    if discussion is not None:
        _go_on_in_discussion(uow, actor, client, discussion, now, calendar, has_worked=has_worked)
        return
    is_to_be_talked_about = together is RemedyOutcome.DID_NOT_WORK
    uow.clients.change(client.id, stage=ClientStage.IN_REVIEW if is_to_be_talked_about else ClientStage.ACTIVE)
    if is_to_be_talked_about:
        at = post_at(now, actor.settings, calendar, urgent=False)
        open_discussion(uow, actor.settings, client, now, calendar, opened_by_id=actor.person.id, post_at=at)


def _go_on_in_discussion(
    uow: UnitOfWork,
    actor: Actor,
    client: Client,
    discussion: Discussion,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    has_worked: bool,
) -> None:
    """A decision to put things right is carried out when it worked; otherwise the team weighs the client anew."""
    current = current_round(uow, discussion.id)
    is_decided = current is not None and current.ended_at is not None
    if is_decided and has_worked:
        uow.clients.change(client.id, stage=ClientStage.ACTIVE)
        close_discussion(uow, discussion, now)
    else:
        uow.clients.change(client.id, stage=ClientStage.IN_REVIEW)
    if is_decided and not has_worked:
        begin_round(uow, actor.settings, discussion, now, calendar)
    if is_decided:
        tell_reporters(uow, actor.settings, client, discussion, now, but=actor.person.id)


def _note(uow: UnitOfWork, actor: Actor, action: AuditAction, remedy: Remedy, now: datetime, **details: str) -> None:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=remedy.client_id,
        subject=f"remedy:{remedy.id}",
        **details,
    )
