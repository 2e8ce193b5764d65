"""Reopening a decision: the team is asked again, in a new round."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.decision import Decision, DecisionState
from bot.domain.decision_errors import ReopenImpossibleError
from bot.domain.decision_rules import MAX_TEXT_LENGTH, refuse_unless_reopenable
from bot.domain.errors import NotFoundError
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import required_text
from bot.domain.model import Client, ClientStage, Discussion, DiscussionState
from bot.domain.notices import AlertCard
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.decision.carrying_out import note_decision, road_without_talk
from bot.usecases.decision.case import client_of, refuse_unless_reviewer
from bot.usecases.decision.dates import forget_dates
from bot.usecases.decision.people import show_decision
from bot.usecases.evaluation.rounds import begin_round
from bot.usecases.farewell.letter_news import decision_reopened
from bot.usecases.flags.telling_reporters import tell_reporters
from bot.usecases.ports import UnitOfWork


def reopen_decision(
    uow: UnitOfWork, actor: Actor, decision_id: int, reason: str, now: datetime, calendar: WorkingCalendar
) -> Decision:
    """Reopen a decision with a reason: its discussion goes on, and views are asked again, hidden at first.

    For reviewers; by the same person twice changes nothing. Raises `NotFoundError`, `ReviewersOnlyError`,
    `LetterSentError`, `ReopenImpossibleError`, or what is wrong with the reason, with the field `reopen_reason`.
    """
    decision, discussion, client = _locked(uow, actor, decision_id)
    if decision.state is DecisionState.REOPENED and decision.reopened_by_id == actor.person.id:
        return decision
    refuse_unless_reopenable(
        decision, is_newest=_is_newest(uow, decision, discussion, client), has_left=client.left_on is not None
    )
    with at_field("reopen_reason"):
        said = required_text(reason, MAX_TEXT_LENGTH)
    _go_on(uow, discussion, now)
    uow.decisions.reopen(decision.id, actor.person.id, said, now)
    note_decision(uow, AuditAction.DECISION_REOPENED, decision, now, actor_id=actor.person.id)
    forget_dates(uow, decision)
    is_tried = road_without_talk(uow, client) is ClientStage.REMEDY
    uow.clients.change(client.id, stage=ClientStage.REMEDY if is_tried else ClientStage.IN_REVIEW)
    again = uow.discussions.find(discussion.workspace_id, discussion.id) or discussion
    begin_round(uow, actor.settings, again, now, calendar)
    show_decision(uow, decision, now)
    decision_reopened(uow, decision.id, now)
    tell_reporters(uow, actor.settings, client, again, now, but=actor.person.id)
    return uow.decisions.find(actor.workspace_id, decision.id) or decision


def _locked(uow: UnitOfWork, actor: Actor, decision_id: int) -> tuple[Decision, Discussion, Client]:
    known = uow.decisions.find(actor.workspace_id, decision_id)
    discussion = uow.discussions.find(actor.workspace_id, known.discussion_id) if known else None
    if known is None or discussion is None:
        raise NotFoundError
    refuse_unless_reviewer(uow, actor, discussion)
    client = client_of(uow, discussion, for_update=True)
    return (
        uow.decisions.find(actor.workspace_id, decision_id) or known,
        uow.discussions.find(actor.workspace_id, discussion.id) or discussion,
        client,
    )


def _is_newest(uow: UnitOfWork, decision: Decision, discussion: Discussion, client: Client) -> bool:
    """Whether nothing was decided or talked about since; a later decision is one of a newer round or discussion."""
    newest = uow.decisions.of_client(client.id)
    latest = uow.discussions.latest_for(client.id)
    current = uow.evaluations.newest_round(discussion.id)
    is_last_word = bool(newest) and newest[0].id == decision.id
    is_last_talk = latest is not None and latest.id == discussion.id
    return is_last_word and is_last_talk and current is not None and current.number == decision.round


def _go_on(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """Let a discussion that was closed by its decision go on; the alert it came from leads to it again."""
    if discussion.state is DiscussionState.OPEN:
        return
    if not uow.discussions.reopen(discussion.id):
        raise ReopenImpossibleError
    if discussion.alert_id is not None:
        uow.outbox.put_once(discussion.workspace_id, AlertCard(discussion.alert_id), now)
