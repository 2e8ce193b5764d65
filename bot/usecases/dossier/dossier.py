"""A client's dossier, read whole in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.catalogue import GOOD
from bot.domain.dossier import by_category, explain, history, main_contact
from bot.domain.errors import NotFoundError
from bot.domain.model import GOING_OR_GONE, Client, ClientStage
from bot.domain.paging import Trail
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag, weightless_before
from bot.domain.thresholds import Change, assess, confidence, standing_of, what_would_change, why_watched
from bot.domain.timetable import local_today
from bot.domain.visibility import may_edit_client, may_mark_left, may_open_discussion, may_see_reporters
from bot.usecases.actor import Actor
from bot.usecases.clients.card import read_card
from bot.usecases.dossier.case import gestures_of_case, read_case
from bot.usecases.dossier.next_step import Situation, read_next_step
from bot.usecases.dossier.read_models import Dossier, Interaction, OwnFlags
from bot.usecases.dossier.timeline import Reader, read_timeline, reader_of
from bot.usecases.ports import UnitOfWork
from bot.usecases.returning.former import visible_former

MAX_CARRIED = 8
"""How many flags the explanation of a score names."""


def read_dossier(
    uow: UnitOfWork, actor: Actor, client_id: int, now: datetime, trail: Trail | None = None
) -> Dossier | OwnFlags:
    """The dossier of a client with the page of its timeline at `trail`, the first one by default.

    A member without a right to it gets their own flags and the standing, and `NotFoundError` where they have none:
    the same as for a client that does not exist.
    """
    client = uow.clients.find(actor.workspace_id, client_id)
    if client is None:
        raise NotFoundError
    reader = reader_of(uow, actor, client)
    if reader.sees_dossier:
        return _dossier(uow, actor, reader, client, now, trail or Trail())
    if not uow.dossiers.has_flagged(client.id, actor.person.id):
        raise NotFoundError
    return _own_flags(uow, actor, reader, client, now, trail or Trail())


def _own_flags(uow: UnitOfWork, actor: Actor, reader: Reader, client: Client, now: datetime, trail: Trail) -> OwnFlags:
    policy = actor.settings.policy
    on = local_today(now, actor.settings.zone)
    assessment = assess(uow.flags.scored(client.id, weightless_before(policy, on)), policy, on)
    return OwnFlags(
        client_id=client.id,
        client_name=client.name,
        standing=standing_of(client.stage, client.alerted, assessment, policy),
        currency=actor.settings.currency,
        timeline=read_timeline(uow, reader, client, trail),
    )


def _dossier(uow: UnitOfWork, actor: Actor, reader: Reader, client: Client, now: datetime, trail: Trail) -> Dossier:
    policy = actor.settings.policy
    on = local_today(now, actor.settings.zone)
    flags = uow.flags.scored(client.id, date.min)
    counting = _since(flags, weightless_before(policy, on))
    assessment = assess(counting, policy, on)
    caused_by = tuple(uow.dossiers.caused_by(client.id))
    case = read_case(uow, actor, reader, client)
    bad = sum(flag.category != GOOD for flag in flags)
    discussion, planned = uow.discussions.open_for(client.id), uow.debriefs.planned_for(client.id)
    debrief = planned if planned is not None and planned.starts_at > now else None
    interactions = _gestures(actor, reader, client) | gestures_of_case(actor, client, case)
    here = Situation(client, case, discussion, planned, debrief is None, assessment.level, interactions, on)
    return Dossier(
        card=read_card(uow, client, now),
        on=on,
        currency=actor.settings.currency,
        policy=policy,
        standing=standing_of(client.stage, client.alerted, assessment, policy),
        why=why_watched(client.alerted, assessment, policy) if client.stage is ClientStage.ACTIVE else None,
        confidence=confidence(assessment.figures.flags, assessment.figures.people),
        flags=len(flags),
        people=len(uow.flags.people_behind(client.id, date.min)),
        explanation=explain(flags, policy, on, MAX_CARRIED),
        changes=_changes(client, counting, policy, on),
        history=history(flags, policy, on),
        categories=by_category(flags),
        impact=uow.dossiers.impact(client.id),
        caused_by=caused_by,
        main_contact=main_contact({cause.contact: cause.flags for cause in caused_by}, bad),
        tasks=tuple(uow.flags.open_tasks(client.id)),
        resembles=tuple(one for one in visible_former(uow, actor.person, client) if one.id != client.id),
        discussion=discussion,
        debrief=debrief,
        case=case,
        next_step=read_next_step(uow, actor, here),
        interactions=interactions,
        timeline=read_timeline(uow, reader, client, trail),
    )


def _since(flags: Sequence[ScoredFlag], since: date) -> list[ScoredFlag]:
    return [flag for flag in flags if flag.happened_on >= since]


def _changes(client: Client, flags: Sequence[ScoredFlag], policy: Policy, on: date) -> tuple[Change, ...]:
    """Nothing once people decide: levels move a client only while it is on the stage by itself."""
    if client.stage is not ClientStage.ACTIVE:
        return ()
    return tuple(what_would_change(flags, policy, on, client.alerted))


def _gestures(actor: Actor, reader: Reader, client: Client) -> frozenset[Interaction]:
    interactions = {Interaction.FLAG}
    has_left = client.left_on is not None
    if may_open_discussion(actor.person) and client.stage in (ClientStage.ACTIVE, ClientStage.REMEDY):
        interactions.add(Interaction.DISCUSS)
    if may_edit_client(actor.person, reader.involvement):
        interactions |= {Interaction.EDIT, Interaction.MERGE}
        if client.stage in GOING_OR_GONE:
            interactions.add(Interaction.RETURN_TERMS)
    if may_mark_left(actor.person, reader.involvement) and not has_left:
        interactions.add(Interaction.MARK_LEFT)
    if client.stage not in GOING_OR_GONE:
        interactions.add(Interaction.REMEDY)
    if may_see_reporters(actor.person, reader.involvement):
        interactions.add(Interaction.HISTORY)
    return frozenset(interactions)
