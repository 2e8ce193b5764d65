"""Flags as their reporters and those who may see them read them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.errors import FlagWithdrawnError, NotFoundError, TooLateError
from bot.domain.flag_rules import may_edit, may_undo, tells_of_one_event
from bot.domain.model import Client, ClientStage, Flag, FlagState, Level, Standing
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import ScoredFlag, weightless_before
from bot.domain.thresholds import assess, standing_of
from bot.domain.timetable import local_today
from bot.domain.visibility import may_see_flag
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.flags.care import is_care_asked
from bot.usecases.ports import UnitOfWork


class FlagReceiptView(Struct, frozen=True):
    """What a reporter is shown of their own flag: what was recorded, and what it changed.

    `standing_before` is the client's standing without this flag. `same_event` are flags of colleagues that may tell
    of the same event. `settings` say how long undo and edit stay open, and in which currency amounts are.
    """

    flag: Flag
    client_name: str
    standing_before: Standing
    standing_after: Standing
    fired: Level
    care_asked: bool
    same_event: tuple[ScoredFlag, ...]
    may_undo: bool
    may_edit: bool
    settings: WorkspaceSettings


def own_flag(uow: UnitOfWork, actor: Actor, flag_id: int) -> Flag:
    """A flag of the actor's own that was not undone; raises `NotFoundError` for any other."""
    flag = uow.flags.find(actor.workspace_id, flag_id)
    if flag is None or flag.reporter_id != actor.person.id or flag.state is FlagState.UNDONE:
        raise NotFoundError
    return flag


def editable_flag(uow: UnitOfWork, actor: Actor, flag_id: int, now: datetime) -> Flag:
    """A flag that the actor can still edit; raises `NotFoundError`, `FlagWithdrawnError` or `TooLateError`."""
    flag = own_flag(uow, actor, flag_id)
    refuse_unless_editable(flag, actor, now)
    return flag


def refuse_unless_editable(flag: Flag, actor: Actor, now: datetime) -> None:
    """Raise `NotFoundError`, `FlagWithdrawnError` or `TooLateError` where a flag cannot be edited any more."""
    if flag.state is FlagState.UNDONE:
        raise NotFoundError
    if flag.state is FlagState.WITHDRAWN:
        raise FlagWithdrawnError
    if not may_edit(flag, now, actor.settings.policy):
        raise TooLateError


def visible_flag(uow: UnitOfWork, actor: Actor, flag_id: int) -> tuple[Flag, Client]:
    """A flag that the actor may see, with its client; raises `NotFoundError` for any other.

    Besides those who see the dossier, whoever was asked into the client's open discussion sees its flags.
    """
    flag = uow.flags.find(actor.workspace_id, flag_id)
    client = uow.clients.find(actor.workspace_id, flag.client_id) if flag else None
    if flag is None or client is None or flag.state is FlagState.UNDONE:
        raise NotFoundError
    involvement = involvement_in(uow, actor.person, client)
    if may_see_flag(actor.person, involvement, flag.reporter_id) or _is_asked_in(uow, actor, client):
        return flag, client
    raise NotFoundError


def _is_asked_in(uow: UnitOfWork, actor: Actor, client: Client) -> bool:
    discussion = uow.discussions.open_for(client.id)
    return discussion is not None and actor.person.id in uow.discussions.people(discussion.id)


def same_events(
    uow: UnitOfWork, actor: Actor, client_id: int, category: str, happened_on: date
) -> tuple[ScoredFlag, ...]:
    """Flags of colleagues that the actor may join as a witness instead of flagging the same event again."""
    policy = actor.settings.policy
    flags = uow.flags.scored(client_id, weightless_before(policy, happened_on))
    return tuple(tells_of_one_event(flags, category, happened_on, actor.person.id, policy))


def read_receipt(uow: UnitOfWork, workspace_id: int, flag_id: int, now: datetime) -> FlagReceiptView | None:
    """A flag's receipt as it stands at `now`; `None` when the flag or its client is gone."""
    flag = uow.flags.find(workspace_id, flag_id)
    client = uow.clients.find(workspace_id, flag.client_id) if flag else None
    if flag is None or client is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    policy = settings.policy
    on = local_today(now, settings.zone)
    flags = uow.flags.scored(client.id, weightless_before(policy, on))
    fired = _fired_by(uow, client, flag)
    near = tells_of_one_event(flags, flag.content.category, flag.content.happened_on, flag.reporter_id, policy)
    is_open = flag.state is FlagState.OPEN
    return FlagReceiptView(
        flag=flag,
        client_name=client.name,
        standing_before=_standing_without(client, flags, flag, fired, settings, on),
        standing_after=standing_of(client.stage, client.alerted, assess(flags, policy, on), policy),
        fired=fired,
        care_asked=is_open and is_care_asked(uow, flag),
        same_event=tuple(near) if is_open and may_undo(flag, now, policy) else (),
        may_undo=is_open and may_undo(flag, now, policy),
        may_edit=is_open and may_edit(flag, now, policy),
        settings=settings,
    )


def _fired_by(uow: UnitOfWork, client: Client, flag: Flag) -> Level:
    """The level that recording the flag made alert: both carry the instant of their one transaction."""
    fired = [alert.level for alert in uow.alerts.open_for(client.id) if alert.raised_at == flag.recorded_at]
    return max(fired, default=Level.NONE)


def _standing_without(
    client: Client, flags: list[ScoredFlag], flag: Flag, fired: Level, settings: WorkspaceSettings, on: date
) -> Standing:
    others = [other for other in flags if other.id != flag.id]
    alerted = Level.NONE if fired is not Level.NONE else client.alerted
    stage = ClientStage.ACTIVE if fired is Level.DISCUSS and client.stage is ClientStage.IN_REVIEW else client.stage
    return standing_of(stage, alerted, assess(others, settings.policy, on), settings.policy)
