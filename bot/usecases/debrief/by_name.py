"""Debriefs by what somebody typed: a client's name, perhaps a day, perhaps a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.debrief_text import DebriefText, parse_debrief_text, parse_left_text
from bot.domain.errors import ClientAmbiguousError, ClientUnknownError, ClientUnnamedError, DateExpectedError
from bot.domain.model import Client, Debrief
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import find_client, look_up, named_at_the_start
from bot.usecases.debrief.leaving import ClientLeft, mark_left
from bot.usecases.debrief.planning import plan_or_move_debrief, to_workspace
from bot.usecases.ports import UnitOfWork


def plan_debrief_by_name(
    uow: UnitOfWork,
    index: ClientIndex,
    actor: Actor,
    typed: str,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    only_usual: bool = False,
) -> tuple[Client, Debrief]:
    """Plan or move the debrief of the client that was named; days and times are those of the actor's own clock.

    Raises `ClientUnnamedError`, and as `parse_debrief_text`, `find_client` and `plan_or_move_debrief`.
    """
    today = local_today(now, actor.zone)
    said, client = _said(uow, index, actor, typed, parse_debrief_text, today)
    at = _wall_time(said, actor, now)
    return client, plan_or_move_debrief(uow, actor, client.id, at, now, calendar, only_usual=only_usual)


def mark_left_by_name(
    uow: UnitOfWork, index: ClientIndex, actor: Actor, name: str, now: datetime, calendar: WorkingCalendar
) -> ClientLeft:
    """Mark the client that was named as having left, on the day that is typed behind its name, or else today.

    Raises `ClientUnnamedError`, and as `parse_left_text`, `find_client` and `mark_left`.
    """
    today = local_today(now, actor.settings.zone)
    said, client = _said(uow, index, actor, name, parse_left_text, today)
    return mark_left(uow, actor, client.id, now, calendar, left_on=said.on)


def _said(
    uow: UnitOfWork,
    index: ClientIndex,
    actor: Actor,
    typed: str,
    parse: Callable[[str, date, str], DebriefText],
    today: date,
) -> tuple[DebriefText, Client]:
    """What was typed, and the client that it names: all of it may be a name, or its beginning.

    Words behind a client's name that are no day are called so, instead of taken for a part of the name.
    """
    whole = look_up(uow, index, actor, typed)
    if whole.client is not None:
        return DebriefText(whole.client.name, None, None), whole.client
    said = parse(typed, today, actor.person.language)
    if not said.name:
        raise ClientUnnamedError
    try:
        return said, find_client(uow, index, actor, said.name)
    except (ClientAmbiguousError, ClientUnknownError):
        named = named_at_the_start(uow, actor, said.name)
        if named is None:
            raise
        raise DateExpectedError(text=named[1], example=today.isoformat()) from None


def _wall_time(said: DebriefText, actor: Actor, now: datetime) -> datetime | None:
    """The wall time of the workspace that was typed; a time alone means today, a day alone the usual hour there."""
    if said.at is not None:
        return to_workspace(datetime.combine(said.on or local_today(now, actor.zone), said.at), actor)
    return None if said.on is None else datetime.combine(said.on, actor.settings.policy.debrief_at)
