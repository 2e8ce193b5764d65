"""Merging two clients that are one, with a look beforehand and a way back afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.client_stage import OpenMatters, stage_apart, stage_together
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.errors import MergeImpossibleError, NotFoundError
from bot.domain.model import Client, DebriefState, Standing
from bot.domain.notices import AlertCard, DebriefAnnouncement, DebriefCalendar, DiscussionOpening
from bot.domain.policy import WorkspaceSettings
from bot.domain.remedy_rules import is_under_way
from bot.domain.score import ScoredFlag, weightless_before
from bot.domain.thresholds import assess, standing_of
from bot.domain.timetable import WorkingCalendar, local_today
from bot.domain.visibility import may_edit_client
from bot.usecases.actor import Actor
from bot.usecases.alerts.weighing import Change, after_change
from bot.usecases.audit import note
from bot.usecases.clients.card import UNDO_MERGE_FOR, index_names
from bot.usecases.clients.client_index import IndexedName
from bot.usecases.clients.living import redraw_messages
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.debrief.due_moments import drop_moments, set_moments
from bot.usecases.evaluation.rounds import wake_round
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.clients import ClientMerge


class MergePreview(Struct, frozen=True):
    """What a merge would come to, before anything is stored; `names` are those that the merged client is found by."""

    source: Client
    target: Client
    names: tuple[str, ...]
    source_flags: int
    target_flags: int
    score_before: float
    score_after: float
    standing_before: Standing
    standing_after: Standing


class Merged(Struct, frozen=True):
    """A merge that is stored: `source` went into `target`, which is now found by `names`."""

    merge_id: int
    source: Client
    target: Client
    names: tuple[IndexedName, ...]


class Unmerged(Struct, frozen=True):
    """A merge that was undone; `names` are those of both clients."""

    source: Client
    target: Client
    names: tuple[IndexedName, ...]


def preview_merge(uow: UnitOfWork, actor: Actor, source_id: int, target_id: int, now: datetime) -> MergePreview:
    """What merging one client into another would come to.

    Raises `MergeImpossibleError` for a client and itself or one that is merged already, `NotFoundError` for
    somebody who may not change both.
    """
    source, target = _both(uow, actor, source_id, target_id)
    policy, on = actor.settings.policy, local_today(now, actor.settings.zone)
    of_source = uow.flags.scored(source.id, date.min)
    of_target = uow.flags.scored(target.id, date.min)
    before, after = assess(of_target, policy, on), assess([*of_target, *of_source], policy, on)
    combined = _taking_over(target, source)
    return MergePreview(
        source=source,
        target=target,
        names=tuple(name.name for client in (target, source) for name in uow.clients.names_of(client.id)),
        source_flags=len(of_source),
        target_flags=len(of_target),
        score_before=before.score,
        score_after=after.score,
        standing_before=standing_of(target.stage, target.alerted, before, policy),
        standing_after=standing_of(combined.stage, combined.alerted, after, policy),
    )


def merge_clients(
    uow: UnitOfWork, actor: Actor, source_id: int, target_id: int, now: datetime, calendar: WorkingCalendar
) -> Merged:
    """Move everything of one client to another, remember what moved, and weigh what they are together.

    A merge that is done already, as after a second click, is answered as the first time. Raises as `preview_merge`.
    """
    _lock(uow, actor, source_id, target_id)
    done = _done_before(uow, actor, source_id, target_id)
    if done is not None:
        return done
    source, target = _both(uow, actor, source_id, target_id)
    merge_id = uow.clients.merge(actor.workspace_id, source.id, target.id, actor.person.id, now)
    combined = _taking_over(target, source)
    uow.clients.change(target.id, alerted=combined.alerted, stage=combined.stage)
    together = _scored(uow, target, actor.settings, now)
    # What either had alerted for holds as long as their flags together hold it up, so nothing alerts twice.
    after_change(uow, actor.settings, combined, Change(together, together), now, calendar)
    _tell_of_doubles(uow, actor.workspace_id, _merge(uow, target.id, merge_id), now, calendar)
    redraw_messages(uow, target, now)
    _note(uow, actor, AuditAction.CLIENTS_MERGED, target.id, merge_id, now)
    return Merged(merge_id, source, target, tuple(index_names(uow, target)))


def undo_merge(
    uow: UnitOfWork, actor: Actor, target_id: int, merge_id: int, now: datetime, calendar: WorkingCalendar
) -> Unmerged:
    """Put everything that a merge moved back where it was, and weigh both clients again.

    Undoing twice changes nothing the second time. Raises `MergeImpossibleError` once the time for it has passed or
    while the target is itself merged into another, `NotFoundError` for somebody who may not.
    """
    target = uow.clients.find(actor.workspace_id, target_id)
    if target is None or not _may_edit(uow, actor, target):
        raise NotFoundError
    _lock(uow, actor, _merge(uow, target_id, merge_id).from_client_id, target_id)
    merge, target = _merge(uow, target_id, merge_id), uow.clients.find(actor.workspace_id, target_id)
    if target is None or target.id != target_id or now >= merge.merged_at + UNDO_MERGE_FOR:
        raise MergeImpossibleError
    if merge.undone_at is None:
        before = _scored(uow, target, actor.settings, now)
        uow.clients.undo_merge(actor.workspace_id, merge_id, now)
        _weigh_apart(uow, actor, target, merge.from_client_id, before, now, calendar)
        _tell_of_doubles(uow, actor.workspace_id, merge, now, calendar)
        for client_id in (target.id, merge.from_client_id):
            _note(uow, actor, AuditAction.MERGE_UNDONE, client_id, merge_id, now)
    source = uow.clients.find(actor.workspace_id, merge.from_client_id)
    if source is None:
        raise NotFoundError
    for client in (source, target):
        redraw_messages(uow, client, now)
    return Unmerged(source, target, (*index_names(uow, source), *index_names(uow, target)))


def _note(uow: UnitOfWork, actor: Actor, action: AuditAction, client_id: int, merge_id: int, now: datetime) -> None:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=client_id,
        subject=f"merge:{merge_id}",
    )


def _merge(uow: UnitOfWork, target_id: int, merge_id: int) -> ClientMerge:
    for merge in uow.clients.merges_into(target_id):
        if merge.id == merge_id:
            return merge
    raise MergeImpossibleError


def _tell_of_doubles(
    uow: UnitOfWork, workspace_id: int, merge: ClientMerge, now: datetime, calendar: WorkingCalendar
) -> None:
    """What was open for both clients is open once after a merge, and twice again after undoing it: messages follow."""
    for alert_id in merge.closed_alerts:
        uow.outbox.put_once(workspace_id, AlertCard(alert_id), now)
    for discussion_id in merge.closed_discussions:
        uow.outbox.put_once(workspace_id, DiscussionOpening(discussion_id), now)
        discussion = uow.discussions.find(workspace_id, discussion_id)
        if discussion is not None:
            wake_round(uow, uow.people.workspace(workspace_id).settings, discussion, now)
    for debrief_id in merge.cancelled_debriefs:
        debrief = uow.debriefs.find(workspace_id, debrief_id)
        if debrief is not None:
            sequence = uow.debriefs.set_state(debrief_id, debrief.state)
            if debrief.state is DebriefState.PLANNED:
                set_moments(uow, debrief, now, calendar)
            else:
                drop_moments(uow, debrief)
            uow.outbox.put_once(workspace_id, DebriefAnnouncement(debrief_id), now)
            uow.outbox.put(workspace_id, DebriefCalendar(debrief_id, sequence), now)


def _weigh_apart(
    uow: UnitOfWork,
    actor: Actor,
    target: Client,
    source_id: int,
    before: Sequence[ScoredFlag],
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    target = _on_its_own_road(uow, target)
    change = Change(before, _scored(uow, target, actor.settings, now))
    after_change(uow, actor.settings, target, change, now, calendar)
    source = uow.clients.find(actor.workspace_id, source_id)
    if source is not None:
        source = _on_its_own_road(uow, source)
        unchanged = _scored(uow, source, actor.settings, now)
        after_change(uow, actor.settings, source, Change(unchanged, unchanged), now, calendar)


def _on_its_own_road(uow: UnitOfWork, client: Client) -> Client:
    decisions = uow.decisions.of_client(client.id)
    matters = OpenMatters(
        is_discussed=uow.discussions.open_for(client.id) is not None,
        is_tried=any(is_under_way(remedy) for remedy in uow.remedies.of_client(client.id)),
        is_parting=any(
            decision.outcome is DecisionOutcome.PART and decision.state is DecisionState.TAKEN for decision in decisions
        ),
    )
    stage = stage_apart(client.stage, matters)
    if stage is not client.stage:
        uow.clients.change(client.id, stage=stage)
    return replace(client, stage=stage)


def _lock(uow: UnitOfWork, actor: Actor, *client_ids: int) -> None:
    """Hold clients against other writers, the lower id first, so that two who do this cannot wait for each other."""
    for client_id in sorted(client_ids):
        uow.clients.locked(actor.workspace_id, client_id)


def _both(uow: UnitOfWork, actor: Actor, source_id: int, target_id: int) -> tuple[Client, Client]:
    source = uow.clients.find(actor.workspace_id, source_id)
    target = uow.clients.find(actor.workspace_id, target_id)
    if source is None or target is None or not (_may_edit(uow, actor, source) and _may_edit(uow, actor, target)):
        raise NotFoundError
    if source.id != source_id or target.id != target_id or source.id == target.id:
        raise MergeImpossibleError
    return source, target


def _done_before(uow: UnitOfWork, actor: Actor, source_id: int, target_id: int) -> Merged | None:
    target = uow.clients.find(actor.workspace_id, target_id)
    if target is None or target.id != target_id or not _may_edit(uow, actor, target):
        return None
    for merge in uow.clients.merges_into(target_id):
        if merge.from_client_id == source_id and merge.undone_at is None:
            names = uow.dossiers.merged_names(target_id)
            source = replace(target, id=source_id, name=names[source_id], merged_into_id=target_id)
            return Merged(merge.id, source, target, tuple(index_names(uow, target)))
    return None


def _may_edit(uow: UnitOfWork, actor: Actor, client: Client) -> bool:
    return may_edit_client(actor.person, involvement_in(uow, actor.person, client))


def _taking_over(target: Client, source: Client) -> Client:
    """The target as it goes on: what has alerted for either need not alert again, and what is open is about both."""
    stage = stage_together(target.stage, source.stage)
    return replace(target, alerted=max(target.alerted, source.alerted), stage=stage)


def _scored(uow: UnitOfWork, client: Client, settings: WorkspaceSettings, now: datetime) -> list[ScoredFlag]:
    on = local_today(now, settings.zone)
    return uow.flags.scored(client.id, weightless_before(settings.policy, on))
