"""Lessons that wait to be put into practice."""

from __future__ import annotations

from datetime import datetime

from bot.domain.visibility import may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def lesson_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The open lessons that are somebody's own.

    Whoever may not see the client's dossier is not told its name but the case code; where there is none, nothing.
    """
    found = []
    for lesson in uow.lessons.owned_by(actor.person.id):
        client = uow.clients.find(actor.workspace_id, lesson.client_id)
        if client is None:
            continue
        discussion = uow.discussions.latest_for(client.id)
        name = discussion.code if discussion else ""
        if may_see_dossier(actor.person, involvement_in(uow, actor.person, client)):
            name = client.name
        if name:
            found.append(Waiting(WaitingKind.LESSON, lesson.id, name, lesson.due_on))
    return found
