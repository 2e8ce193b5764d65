"""Colleagues who leave: nothing is asked of them any more, and what was goes to somebody else."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Client, Discussion, Flag, Task
from bot.domain.notices import CareTask, DiscussionOpening
from bot.usecases.checklist.seeing_to import hand_over_checklists
from bot.usecases.decision.confirming import ask_who_is_left
from bot.usecases.evaluation.showing import look_again
from bot.usecases.lessons.adding import hand_over_lessons
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.starting import hand_over_remedies


def person_left(uow: UnitOfWork, workspace_id: int, platform: str, external_id: str, now: datetime) -> None:
    """A colleague's account was closed, or became a guest's; what they wrote keeps its author.

    Discussions wait for them no more, which can be what the views of others waited for; the tasks they had go to the
    client's owner, or else to the reviewers. A proposal that only they could confirm goes back to whoever made it.
    """
    person = uow.people.person_by_external(workspace_id, platform, external_id)
    if person is None or not uow.people.present([person.id]):
        return
    discussions = uow.discussions.open_with(person.id)
    uow.people.set_left(person.id, now)
    uow.discussions.drop_person(person.id)
    for discussion in discussions:
        _wait_no_more(uow, discussion, now)
    for task in uow.flags.open_tasks_of(person.id):
        _hand_over(uow, task, now)
    hand_over_remedies(uow, person.id, now)
    hand_over_lessons(uow, person.id, now)
    hand_over_checklists(uow, person.id, now)
    ask_who_is_left(uow, workspace_id, now)


def person_returned(uow: UnitOfWork, workspace_id: int, platform: str, external_id: str) -> None:
    """An account that was closed is open again; for anybody else nothing changes."""
    person = uow.people.person_by_external(workspace_id, platform, external_id)
    if person is not None and not uow.people.present([person.id]):
        uow.people.set_left(person.id, None)


def _wait_no_more(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """A view that they gave stays and counts; nobody waits for one that they did not."""
    uow.clients.locked(discussion.workspace_id, discussion.client_id)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)
    look_again(uow, discussion, now)


def _hand_over(uow: UnitOfWork, task: Task, now: datetime) -> None:
    uow.flags.finish_task(task.id, now)
    client = uow.clients.locked(task.workspace_id, task.client_id)
    flag = uow.flags.find(task.workspace_id, task.flag_id) if task.flag_id else None
    if client is None or _is_asked_of_others(uow, task, client):
        return
    for person_id in _heirs(uow, client, flag):
        task_id = uow.flags.add_task(task.workspace_id, client.id, task.kind, person_id, task.due_on, task.flag_id)
        uow.outbox.put(task.workspace_id, CareTask(task_id, person_id), now)


def _is_asked_of_others(uow: UnitOfWork, task: Task, client: Client) -> bool:
    same = [
        other for other in uow.flags.open_tasks(client.id) if (other.kind, other.flag_id) == (task.kind, task.flag_id)
    ]
    return bool(uow.people.present([other.assignee_id for other in same]))


def _heirs(uow: UnitOfWork, client: Client, flag: Flag | None) -> list[int]:
    """Whom a task goes to: never the reporter whom it is about."""
    reporter_id = flag.reporter_id if flag else None
    if client.owner_id is not None and client.owner_id != reporter_id and uow.people.present([client.owner_id]):
        return [client.owner_id]
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(client.workspace_id)]
    return [person_id for person_id in reviewers if person_id != reporter_id]
