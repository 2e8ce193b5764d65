"""Weighing a client after its flags changed.

Everything here runs in the transaction that changed the flags, with the client row held, so two flags at the same
instant neither miss an alert nor double one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bot.domain.catalogue import GOOD, UNACCEPTABLE
from bot.domain.model import GOING_OR_GONE, Client, ClientStage, Discussion, Level, Standing
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.score import ScoredFlag, rank
from bot.domain.thresholds import Assessment, Rule, assess, fires, rearmed, standing_of
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.alerts.raising import (
    Threshold,
    bring_up_to_date,
    close_above,
    hasten_alerts,
    level_without,
    raise_alert,
    reopen_lower,
)
from bot.usecases.discussion.closing import call_off
from bot.usecases.discussion.joining import bring_into_discussion
from bot.usecases.ports import UnitOfWork


class AfterChange(Struct, frozen=True):
    """What a change to a client's flags came to."""

    standing_before: Standing
    standing_after: Standing
    fired: Level


class Change(Struct, frozen=True):
    """One change to the open flags of a client: the lists before and after it, and the new flag if it brought one.

    `taken_back_from` is when the flag was recorded that was taken back, or says something else now: what it alone had
    started goes with it.
    """

    before: Sequence[ScoredFlag]
    after: Sequence[ScoredFlag]
    new_flag: ScoredFlag | None = None
    taken_back_from: datetime | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether it brings an event that does not wait for the morning."""
        return self.new_flag is not None and self.new_flag.severity == UNACCEPTABLE

    @property
    def is_one_more(self) -> bool:
        """Whether it is one more flag of something bad, and nothing else."""
        is_bad = self.new_flag is not None and self.new_flag.category != GOOD
        return is_bad and len(self.after) == len(self.before) + 1


def after_change(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    change: Change,
    now: datetime,
    calendar: WorkingCalendar,
) -> AfterChange:
    """Weigh `client`, whose row the caller holds, after `change`, and put what must be said.

    A client whose flags did not reach anything costs one update of its row.
    """
    on = local_today(now, settings.zone)
    becomes = assess(change.after, settings.policy, on)
    nothing_before = _was_nothing(client, change, becomes, settings.policy)
    was = becomes if nothing_before else assess(change.before, settings.policy, on)
    alerted = rearmed(client.alerted, was, settings.policy)
    standing_before = standing_of(client.stage, alerted, was, settings.policy)
    discussion = uow.discussions.open_for(client.id) if client.stage is not ClientStage.ACTIVE else None
    fired = Level.NONE if discussion else _level_fired(client.stage, alerted, becomes, change)
    if client.alerted > alerted:
        close_above(uow, client, alerted, now)
    reached = becomes.level if discussion else fired
    alerted_before = alerted
    alerted = max(rearmed(alerted, becomes, settings.policy), reached)
    if change.taken_back_from is not None:
        alerted = min(alerted, level_without(uow, client, change.taken_back_from, becomes.level))
    stage = ClientStage.IN_REVIEW if fired is Level.DISCUSS and client.stage is ClientStage.ACTIVE else client.stage
    uow.clients.change(client.id, alerted=alerted, rank=rank(becomes.score, on, settings.policy), stage=stage)
    if fired is not Level.NONE:
        threshold = Threshold(fired, _rule(becomes, change), becomes.figures, change.is_urgent, alerted_before)
        raise_alert(uow, settings, client, threshold, now, calendar)
    elif discussion is not None:
        if change.is_urgent:
            hasten_alerts(uow, client, now)
        bring_into_discussion(uow, settings, discussion, change.new_flag, now, calendar)
    if client.alerted is not Level.NONE:
        stage = _follow(uow, settings, client, change, discussion, alerted, stage, now, calendar)
    return AfterChange(standing_before, standing_of(stage, alerted, becomes, settings.policy), fired)


def _was_nothing(client: Client, change: Change, becomes: Assessment, policy: Policy) -> bool:
    """Whether nothing was reached before, as is plain where one more flag of something bad reaches nothing.

    Its figures need not be known then, which spares half of what weighing costs.
    """
    reaches_nothing = becomes.level is Level.NONE and client.alerted is Level.NONE
    return reaches_nothing and change.is_one_more and policy.watch_score <= policy.discuss_score


def _follow(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    change: Change,
    discussion: Discussion | None,
    alerted: Level,
    stage: ClientStage,
    now: datetime,
    calendar: WorkingCalendar,
) -> ClientStage:
    """Let the alerts of a client show what came of the change; returns the stage it is on after that."""
    is_taken_back = change.taken_back_from is not None
    ended = close_above(uow, client, alerted, now, is_taken_back=is_taken_back)
    if is_taken_back:
        reopen_lower(uow, settings, ended, alerted, now, calendar)
    bring_up_to_date(uow, client, now)
    if discussion is None or stage is not ClientStage.IN_REVIEW:
        return stage
    if not call_off(uow, discussion, [alert.id for alert in ended], now, is_taken_back=is_taken_back):
        return stage
    uow.clients.change(client.id, stage=ClientStage.ACTIVE)
    return ClientStage.ACTIVE


def _level_fired(stage: ClientStage, alerted: Level, becomes: Assessment, change: Change) -> Level:
    """A client we are parting with alerts for the unacceptable alone."""
    if stage in GOING_OR_GONE and not change.is_urgent:
        return Level.NONE
    return fires(alerted, becomes, change.new_flag)


def _rule(becomes: Assessment, change: Change) -> Rule:
    """An unacceptable event is the reason whatever else holds, however long ago it happened."""
    if change.is_urgent or becomes.rule is None:
        return Rule.UNACCEPTABLE
    return becomes.rule
