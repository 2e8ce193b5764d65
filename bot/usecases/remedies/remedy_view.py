"""What is read of remedies for a form or a message."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from msgspec import Struct

from bot.domain.catalogue import GOOD
from bot.domain.errors import RemedyEndedError, RemedyTooLateError
from bot.domain.model import GOING_OR_GONE, ClientStage
from bot.domain.remedies import Remedy, RemedyKind
from bot.domain.remedy_rules import is_under_way, suggestions
from bot.domain.score import weightless_before
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.people import client_to_try_with, remedy_to_judge


class RemedyBegin(Struct, frozen=True):
    """What the form for a new trial starts from: `category` is the behaviour that was flagged most lately."""

    client_id: int
    client_name: str
    today: date
    category: str | None
    suggested: tuple[RemedyKind, ...]
    categories: tuple[str, ...]
    watch_score: float
    owner_id: int


class RemedyView(Struct, frozen=True):
    """A remedy with the name of its client, for those who may know both."""

    remedy: Remedy
    client_name: str


class RemedyEnded(Struct, frozen=True):
    """What a word on a remedy came to: the stage its client is on now, and the code of its open discussion."""

    remedy: Remedy
    stage: ClientStage
    code: str | None


def read_remedy_begin(uow: UnitOfWork, actor: Actor, client_id: int, now: datetime) -> RemedyBegin:
    """What to start a trial from; raises `NotFoundError` or `RemedyTooLateError`."""
    client = client_to_try_with(uow, actor, client_id, for_update=False)
    if client.stage in GOING_OR_GONE:
        raise RemedyTooLateError
    settings = actor.settings
    today = local_today(now, settings.zone)
    flags = uow.flags.scored(client.id, weightless_before(settings.policy, today))
    counts = Counter(flag.category for flag in flags if flag.category != GOOD)
    category = min(counts, key=lambda key: (-counts[key], key), default=None)
    return RemedyBegin(
        client_id=client.id,
        client_name=client.name,
        today=today,
        category=category,
        suggested=suggestions(category),
        categories=settings.categories,
        watch_score=settings.policy.watch_score,
        owner_id=actor.person.id,
    )


def read_remedy(uow: UnitOfWork, workspace_id: int, remedy_id: int) -> RemedyView | None:
    """A remedy for a message to somebody who has a say in it; `None` when it or its client is gone."""
    remedy = uow.remedies.find(workspace_id, remedy_id)
    client = uow.clients.find(workspace_id, remedy.client_id) if remedy else None
    return RemedyView(remedy, client.name) if remedy and client else None


def read_remedy_to_end(uow: UnitOfWork, actor: Actor, remedy_id: int) -> RemedyView:
    """A remedy for whoever may say what came of it; raises `NotFoundError` or `RemedyEndedError`."""
    remedy, client = remedy_to_judge(uow, actor, remedy_id, for_update=False)
    if not is_under_way(remedy):
        raise RemedyEndedError
    return RemedyView(remedy, client.name)


def read_ended(uow: UnitOfWork, remedy: Remedy) -> RemedyEnded:
    """How a remedy and its client stand after a word on it, for the answer to whoever said it."""
    client = uow.clients.find(remedy.workspace_id, remedy.client_id)
    discussion = uow.discussions.open_for(remedy.client_id)
    stage = client.stage if client else ClientStage.ACTIVE
    return RemedyEnded(remedy, stage, discussion.code if discussion else None)
