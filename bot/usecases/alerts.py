"""Thresholds: what a change to a client's flags sets in motion, and who takes it on.

Everything here runs in the transaction that changed the flags, with the client row held, so two flags at the same
instant neither miss an alert nor double one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import UNACCEPTABLE
from bot.domain.errors import AlertClosedError, NotFoundError
from bot.domain.model import Alert, AlertState, Client, Level, Road, Standing
from bot.domain.notices import AlertCard, AlertWaits, DiscussionFlag, DiscussionOpening, OwnerAlerted
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.score import ScoredFlag, rank, weightless_before
from bot.domain.thresholds import Assessment, assess, fires, rearmed, standing_of
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today, post_at
from bot.usecases.actor import Actor
from bot.usecases.discussion import join_discussion, open_discussion, open_discussion_by_hand
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.delivery import DueItem

WAITS = "alert_waits"
"""The due rows that ask again about an alert nobody acted on; their subject is `<alert id>:<step>`."""


@dataclass(frozen=True, slots=True)
class AfterChange:
    """What a change to a client's flags came to."""

    standing_before: Standing
    standing_after: Standing
    fired: Level


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the open flags of a client: the lists before and after it, and the new flag if it brought one."""

    before: Sequence[ScoredFlag]
    after: Sequence[ScoredFlag]
    new_flag: ScoredFlag | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether it brings an event that does not wait for the morning."""
        return self.new_flag is not None and self.new_flag.severity == UNACCEPTABLE


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
    was = assess(change.before, settings.policy, on)
    becomes = assess(change.after, settings.policy, on)
    alerted = rearmed(client.alerted, was, settings.policy)
    standing_before = standing_of(client.road, alerted, was)
    fired = _level_fired(client.road, alerted, becomes, change)
    alerted = max(rearmed(alerted, becomes, settings.policy), fired)
    road = Road.IN_REVIEW if fired is Level.DISCUSS and client.road is Road.ACTIVE else client.road
    uow.clients.change(client.id, alerted=alerted, rank=rank(becomes.score, on, settings.policy), road=road)
    if fired is not Level.NONE:
        _raise_alert(uow, settings, client, becomes, fired, change, now, calendar)
    elif client.road is Road.IN_REVIEW:
        _bring_into_discussion(uow, client, change, now)
    if client.alerted is not Level.NONE:
        _refresh_alerts(uow, client, alerted, now)
    return AfterChange(standing_before, standing_of(road, alerted, becomes), fired)


def _level_fired(road: Road, alerted: Level, becomes: Assessment, change: Change) -> Level:
    """An open discussion takes new flags in itself; a client we are parting with alerts for the unacceptable alone."""
    if road is Road.IN_REVIEW:
        return Level.NONE
    if road in (Road.PARTING, Road.PARTED, Road.DEBRIEFED) and not change.is_urgent:
        return Level.NONE
    return fires(alerted, becomes, change.new_flag)


def _raise_alert(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    becomes: Assessment,
    level: Level,
    change: Change,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    at = post_at(now, settings, calendar, urgent=change.is_urgent)
    rule = becomes.rule.value if becomes.rule else "score"
    alert = uow.alerts.raise_(
        client.workspace_id, client.id, level, rule, becomes.figures.as_dict(), raised_at=now, post_at=at
    )
    if alert is None:
        return
    uow.outbox.put(client.workspace_id, AlertCard(alert.id), now, due_at=at)
    _ask_again_later(uow, settings, alert, 1, now, calendar)
    if client.owner_id is not None:
        uow.outbox.put(client.workspace_id, OwnerAlerted(alert.id, client.owner_id), now, due_at=at)
    if level is Level.DISCUSS:
        _close_lower(uow, client, now)
        open_discussion(uow, settings, client, now, calendar, alert=alert, post_at=at)


def _close_lower(uow: UnitOfWork, client: Client, now: datetime) -> None:
    for alert in uow.alerts.open_for(client.id):
        if alert.level < Level.DISCUSS:
            close_alert(uow, alert, now)


def _bring_into_discussion(uow: UnitOfWork, client: Client, change: Change, now: datetime) -> None:
    discussion = uow.discussions.open_for(client.id)
    if discussion is None:
        return
    if change.new_flag is not None:
        join_discussion(uow, discussion, [change.new_flag.reporter_id], now)
        uow.outbox.put(client.workspace_id, DiscussionFlag(discussion.id, change.new_flag.id), now)
        if change.is_urgent:
            uow.outbox.hasten(client.workspace_id, DiscussionOpening(discussion.id).lane, now)
    uow.outbox.put_once(client.workspace_id, DiscussionOpening(discussion.id), now)


def _refresh_alerts(uow: UnitOfWork, client: Client, alerted: Level, now: datetime) -> None:
    """Later flags update the living message; an alert whose level no longer holds ends there."""
    for alert in uow.alerts.open_for(client.id):
        if alert.level > alerted:
            close_alert(uow, alert, now)
        else:
            uow.outbox.put_once(client.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))


def close_alert(uow: UnitOfWork, alert: Alert, now: datetime) -> None:
    """End an alert; its message says so, once it stands."""
    uow.alerts.close(alert.id)
    for step in (1, 2):
        uow.due.drop(alert.workspace_id, WAITS, f"{alert.id}:{step}")
    uow.outbox.put_once(alert.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))


def _ask_again_later(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    alert: Alert,
    step: int,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    start = local_today(max(now, alert.post_at), settings.zone)
    day = add_working_days(start, settings.policy.alert_working_days, calendar)
    local = datetime.combine(day, settings.quiet_until)
    uow.due.put(
        alert.workspace_id,
        WAITS,
        f"{alert.id}:{step}",
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )


def take_alert(uow: UnitOfWork, actor: Actor, alert_id: int, now: datetime, calendar: WorkingCalendar) -> Alert:
    """Make `actor` the one who takes an alert on, and the client's owner where there is none.

    Taking twice changes nothing. Raises `NotFoundError` or `AlertClosedError`.
    """
    alert = uow.alerts.find(actor.workspace_id, alert_id)
    if alert is None:
        raise NotFoundError
    if alert.state is AlertState.CLOSED:
        raise AlertClosedError
    client = uow.clients.locked(actor.workspace_id, alert.client_id)
    if client is None:
        raise NotFoundError
    if not uow.alerts.take(alert_id, actor.person.id, now):
        return alert
    if client.owner_id is None:
        uow.clients.change(client.id, owner_id=actor.person.id)
    elif client.owner_id != actor.person.id:
        uow.clients.set_people(client.id, sorted({*uow.clients.people_of(client.id), actor.person.id}))
    uow.due.drop(actor.workspace_id, WAITS, f"{alert_id}:2")
    _ask_again_later(uow, actor.settings, alert, 1, now, calendar)
    uow.outbox.put_once(actor.workspace_id, AlertCard(alert_id), now, due_at=max(now, alert.post_at))
    return alert


def discuss_alert(uow: UnitOfWork, actor: Actor, alert_id: int, now: datetime, calendar: WorkingCalendar) -> None:
    """Open a discussion from an alert, which closes into it; raises like `open_discussion_by_hand`."""
    alert = uow.alerts.find(actor.workspace_id, alert_id)
    if alert is None:
        raise NotFoundError
    open_discussion_by_hand(uow, actor, alert.client_id, now, calendar, alert=alert)
    for open_alert in uow.alerts.open_for(alert.client_id):
        if open_alert.level < Level.DISCUSS:
            close_alert(uow, open_alert, now)


def finish_alert(uow: UnitOfWork, actor: Actor, alert_id: int, now: datetime) -> None:
    """Whoever was asked says that it is dealt with: the alert asks no more.

    Open to who took it, the client's owner and reviewers; raises `NotFoundError` for anybody else.
    """
    alert = uow.alerts.find(actor.workspace_id, alert_id)
    client = uow.clients.find(actor.workspace_id, alert.client_id) if alert else None
    if alert is None or client is None:
        raise NotFoundError
    if not actor.person.is_reviewer and actor.person.id not in (alert.taken_by_id, client.owner_id):
        raise NotFoundError
    uow.alerts.mark_acted(client.id, now)
    uow.outbox.put_once(actor.workspace_id, AlertCard(alert_id), now, due_at=max(now, alert.post_at))


def ask_again(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """Three working days without action: ask who took it, or the owner; after three more tell the reviewers."""
    alert_id, step = (int(part) for part in item.subject.split(":"))
    alert = uow.alerts.find(item.workspace_id, alert_id)
    if alert is None or alert.state is AlertState.CLOSED or uow.alerts.has_been_acted_on(alert_id):
        return
    client = uow.clients.find(item.workspace_id, alert.client_id)
    if client is None:
        return
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(item.workspace_id)]
    asked = [person for person in (alert.taken_by_id or client.owner_id,) if person] if step == 1 else reviewers
    present = uow.people.present(asked)
    for person in [person for person in asked if person in present] or reviewers:
        uow.outbox.put(item.workspace_id, AlertWaits(alert_id, person, step), now)
    if step == 1:
        _ask_again_later(uow, workspace.settings, alert, 2, now, calendar)


DUE: Mapping[str, Callable[[UnitOfWork, DueItem, Workspace, datetime, WorkingCalendar], None]] = {WAITS: ask_again}
"""What this capability does when a moment comes."""


@dataclass(frozen=True, slots=True)
class AlertCardView:
    """Everything an alert's message shows. Figures are those the rule saw; `score` is today's. Names no reporter."""

    alert: Alert
    client_name: str
    score: float
    standing: Standing
    owner_id: int | None
    discussion_code: str | None
    is_acted_on: bool
    policy: Policy


def read_alert(uow: UnitOfWork, workspace_id: int, alert_id: int, now: datetime) -> AlertCardView | None:
    """An alert as its message shows it at `now`; `None` when it or its client is gone."""
    alert = uow.alerts.find(workspace_id, alert_id)
    client = uow.clients.find(workspace_id, alert.client_id) if alert else None
    if alert is None or client is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    on = local_today(now, settings.zone)
    flags = uow.flags.scored(client.id, weightless_before(settings.policy, on))
    assessment = assess(flags, settings.policy, on)
    discussion = uow.discussions.open_for(client.id)
    return AlertCardView(
        alert=alert,
        client_name=client.name,
        score=assessment.score,
        standing=standing_of(client.road, client.alerted, assessment),
        owner_id=client.owner_id,
        discussion_code=discussion.code if discussion else None,
        is_acted_on=uow.alerts.has_been_acted_on(alert_id),
        policy=settings.policy,
    )
