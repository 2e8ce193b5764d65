"""Who has a say in a lesson, and who is asked about it."""

from __future__ import annotations

from bot.domain.errors import NotFoundError
from bot.domain.lessons import Lesson
from bot.domain.model import Client
from bot.domain.visibility import may_settle_lesson
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork


def own_lesson(uow: UnitOfWork, actor: Actor, lesson_id: int, *, for_update: bool = False) -> tuple[Lesson, Client]:
    """A lesson and its client, for its owner, the client's owner and reviewers; `for_update` keeps other writers out.

    Raises `NotFoundError` for others.
    """
    known = uow.lessons.find(actor.workspace_id, lesson_id)
    if known is None:
        raise NotFoundError
    client = (uow.clients.locked if for_update else uow.clients.find)(actor.workspace_id, known.client_id)
    lesson = uow.lessons.find(actor.workspace_id, lesson_id)
    if client is None or lesson is None:
        raise NotFoundError
    if not may_settle_lesson(actor.person, involvement_in(uow, actor.person, client), lesson.owner_id):
        raise NotFoundError
    return lesson, client


def whom_to_ask(uow: UnitOfWork, lesson: Lesson, client: Client, *, is_last: bool = False) -> list[int]:
    """The lesson's owner, or else the client's, whoever is still here; otherwise the reviewers.

    With `is_last` the lesson's own owner is passed over.
    """
    concerned = [] if is_last else [lesson.owner_id]
    if client.owner_id is not None and (not is_last or client.owner_id != lesson.owner_id):
        concerned.append(client.owner_id)
    present = uow.people.present(concerned)
    for person_id in concerned:
        if person_id in present:
            return [person_id]
    return [reviewer.id for reviewer in uow.people.reviewers(lesson.workspace_id)]
