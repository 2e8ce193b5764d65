"""Raising an alert and ending it, and keeping its living message up to date in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bot.domain.model import Alert, AlertState, Client, Level
from bot.domain.notices import AlertCard, OwnerAlerted
from bot.domain.policy import WorkspaceSettings
from bot.domain.thresholds import Figures, Rule
from bot.domain.timetable import WorkingCalendar, post_at
from bot.usecases.alerts.ending import close_alert, take_alert_back
from bot.usecases.alerts.waiting import ask_again_later
from bot.usecases.discussion.joining import hasten_discussion
from bot.usecases.discussion.opening import open_discussion
from bot.usecases.ports import UnitOfWork

BEFORE, LOWER = "before", "lower"
"""What an alert's figures keep of the time before it: see `_figures_to_keep`."""


class Threshold(Struct, frozen=True):
    """A level that was reached, by which rule and on which figures; what is urgent does not wait for the morning.

    `alerted` is the level that had alerted before.
    """

    level: Level
    rule: Rule
    figures: Figures
    is_urgent: bool
    alerted: Level


def raise_alert(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    threshold: Threshold,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Alert about `client`, whose row the caller holds, and open a discussion where the level asks for one.

    Where an alert of this level is open already, what waits for the morning goes out at once if this is urgent.
    """
    at = post_at(now, settings, calendar, urgent=threshold.is_urgent)
    level = threshold.level
    alert = uow.alerts.raise_(
        client.workspace_id,
        client.id,
        level,
        threshold.rule.value,
        _figures_to_keep(uow, settings, client, threshold),
        raised_at=now,
        post_at=at,
    )
    if alert is None:
        alert = next(open_alert for open_alert in uow.alerts.open_for(client.id) if open_alert.level is level)
        uow.outbox.put_once(client.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))
        if threshold.is_urgent:
            hasten_alerts(uow, client, now)
    else:
        uow.outbox.put(client.workspace_id, AlertCard(alert.id), now, due_at=at)
        ask_again_later(uow, settings, alert, 1, now, calendar)
        if client.owner_id is not None and uow.people.present([client.owner_id]):
            uow.outbox.put(client.workspace_id, OwnerAlerted(alert.id, client.owner_id), now, due_at=at)
    if level is Level.DISCUSS:
        _close_lower(uow, client, now)
        discussion = open_discussion(uow, settings, client, now, calendar, alert=alert, post_at=at)
        if threshold.is_urgent:
            hasten_discussion(uow, discussion, now)


def _figures_to_keep(
    uow: UnitOfWork, settings: WorkspaceSettings, client: Client, threshold: Threshold
) -> dict[str, float | int | str]:
    """The figures and the lines they crossed, which the workspace may draw elsewhere later.

    With them what was so before, for the case that the flag is taken back: the level that had alerted (`BEFORE`), and
    the alert that this one takes the place of (`LOWER`), 0 where there is none.
    """
    policy = settings.policy
    line = policy.discuss_score if threshold.level is Level.DISCUSS else policy.watch_score
    lower = next((alert.id for alert in uow.alerts.open_for(client.id) if alert.level < threshold.level), 0)
    before = {BEFORE: int(threshold.alerted), LOWER: lower}
    return {**threshold.figures.as_dict(), "line": line, "days": policy.pattern_days, **before}


def _close_lower(uow: UnitOfWork, client: Client, now: datetime) -> None:
    for alert in uow.alerts.open_for(client.id):
        if alert.level < Level.DISCUSS:
            close_alert(uow, alert, now)


def close_above(
    uow: UnitOfWork, client: Client, alerted: Level, now: datetime, *, is_taken_back: bool = False
) -> list[Alert]:
    """End the alerts of `client` whose level no longer holds, perhaps since a flag was taken back, and return them."""
    ended = [alert for alert in uow.alerts.open_for(client.id) if alert.level > alerted]
    for alert in ended:
        (take_alert_back if is_taken_back else close_alert)(uow, alert, now)
    return ended


def level_without(uow: UnitOfWork, client: Client, started_at: datetime, holds: Level) -> Level:
    """The level that counts as alerted without the flag that was recorded at `started_at`, where `holds` holds today.

    What that flag alone had made alert does not linger on; `Level.DISCUSS`, and so no limit, where it had not.
    """
    started = [
        alert for alert in uow.alerts.open_for(client.id) if alert.raised_at == started_at and alert.level > holds
    ]
    return min((max(holds, Level(int(alert.figures.get(BEFORE, 0)))) for alert in started), default=Level.DISCUSS)


def reopen_lower(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    ended: Sequence[Alert],
    alerted: Level,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Let the alerts go on that those which ended had taken the place of, as far as their level still counts."""
    for alert in ended:
        lower = uow.alerts.find(alert.workspace_id, int(alert.figures.get(LOWER, 0)))
        if lower is not None and lower.state is AlertState.CLOSED and lower.level <= alerted:
            uow.alerts.reopen(lower.id)
            uow.outbox.put_once(lower.workspace_id, AlertCard(lower.id), now, due_at=max(now, lower.post_at))
            if not uow.alerts.has_been_acted_on(lower.id):
                ask_again_later(uow, settings, lower, 1, now, calendar)


def bring_up_to_date(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Let the living messages of a client's open alerts show what came in since."""
    for alert in uow.alerts.open_for(client.id):
        uow.outbox.put_once(client.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))


def hasten_alerts(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Let what waits for the morning about a client go out now, with the private words to its owner."""
    for alert in uow.alerts.open_for(client.id):
        uow.alerts.hasten(alert.id, now)
        uow.outbox.hasten(client.workspace_id, AlertCard(alert.id).lane, now)
        if client.owner_id is not None:
            uow.outbox.hasten(client.workspace_id, OwnerAlerted(alert.id, client.owner_id).lane, now)
