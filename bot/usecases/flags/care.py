"""Care for a reporter: somebody checks in with them the same working day."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.catalogue import UNACCEPTABLE
from bot.domain.errors import NotFoundError
from bot.domain.flag_rules import needs_care
from bot.domain.model import Client, Flag, FlagContent, FlagState, Task
from bot.domain.notices import CareTask
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today, post_at
from bot.usecases.actor import Actor
from bot.usecases.audit import note_card_change
from bot.usecases.ports import UnitOfWork

CARE = "care"
"""The kind of these tasks."""


class CareView(Struct, frozen=True):
    """A care task as the colleague who was asked sees it; `is_off` says that the reporter left the client's team.

    `is_needed` is false once the flag was undone or withdrawn, or says something else; `is_undone` is of the first.
    """

    task: Task
    client_name: str
    reporter_id: int
    content: FlagContent
    is_needed: bool
    is_off: bool
    is_undone: bool = False


def ask_for_care(
    uow: UnitOfWork,
    actor: Actor,
    client: Client,
    flag_id: int,
    content: FlagContent,
    now: datetime,
    calendar: WorkingCalendar,
) -> bool:
    """Ask the client's owner, or else the reviewers, to check in with `actor`, who reported `content`.

    Says whether anybody was asked: never the reporter themself, and nothing happens where the event does not call
    for it or somebody was asked already.
    """
    if not needs_care(content.category, content.severity) or _tasks_of(uow, client.id, flag_id):
        return False
    at = post_at(now, actor.settings, calendar, urgent=content.severity == UNACCEPTABLE)
    due_on = add_working_days(local_today(at, actor.settings.zone), 0, calendar)
    asked = _whom_to_ask(uow, actor, client)
    for person_id in asked:
        task_id = uow.flags.add_task(actor.workspace_id, client.id, CARE, person_id, due_on, flag_id)
        uow.outbox.put(actor.workspace_id, CareTask(task_id, person_id), now, due_at=at)
    return bool(asked)


def _whom_to_ask(uow: UnitOfWork, actor: Actor, client: Client) -> list[int]:
    if client.owner_id not in (None, actor.person.id) and uow.people.present([client.owner_id]):
        return [client.owner_id]
    return [reviewer.id for reviewer in uow.people.reviewers(actor.workspace_id) if reviewer.id != actor.person.id]


def _tasks_of(uow: UnitOfWork, client_id: int, flag_id: int) -> list[Task]:
    return [task for task in uow.flags.open_tasks(client_id) if task.kind == CARE and task.flag_id == flag_id]


def is_care_asked(uow: UnitOfWork, flag: Flag) -> bool:
    """Whether somebody is asked to check in about the flag and has not done so yet."""
    return bool(_tasks_of(uow, flag.client_id, flag.id))


def end_care(uow: UnitOfWork, workspace_id: int, client_id: int, flag_id: int, now: datetime) -> None:
    """Nobody needs to check in about the flag any more; their messages say so."""
    for task in _tasks_of(uow, client_id, flag_id):
        uow.flags.finish_task(task.id, now)
        uow.outbox.put_once(workspace_id, CareTask(task.id, task.assignee_id), now)


def follow_care(uow: UnitOfWork, flag: Flag, says: FlagContent, now: datetime) -> None:
    """Let those who were asked to check in see what a flag `says` now; where that asks for no care, nobody needs to."""
    if not needs_care(says.category, says.severity):
        end_care(uow, flag.workspace_id, flag.client_id, flag.id, now)
    for task in _tasks_of(uow, flag.client_id, flag.id):
        uow.outbox.put_once(flag.workspace_id, CareTask(task.id, task.assignee_id), now)


def _own_task(uow: UnitOfWork, actor: Actor, task_id: int) -> tuple[Task, Flag]:
    task = uow.flags.task(actor.workspace_id, task_id)
    if task is None or task.kind != CARE or task.assignee_id != actor.person.id or task.flag_id is None:
        raise NotFoundError
    flag = uow.flags.find(actor.workspace_id, task.flag_id)
    if flag is None:
        raise NotFoundError
    return task, flag


def finish_care(uow: UnitOfWork, actor: Actor, task_id: int, now: datetime) -> None:
    """The colleague who was asked has checked in; nobody else needs to. Raises `NotFoundError` for anybody else."""
    task, flag = _own_task(uow, actor, task_id)
    end_care(uow, actor.workspace_id, flag.client_id, flag.id, now)
    uow.outbox.put_once(actor.workspace_id, CareTask(task.id, task.assignee_id), now)


def take_off_client(uow: UnitOfWork, actor: Actor, task_id: int, now: datetime) -> None:
    """Take the reporter off the client, as the colleague who was asked decides; the task itself stays to be done.

    Raises `NotFoundError` for anybody who was not asked, and once the flag no longer stands.
    """
    task, flag = _own_task(uow, actor, task_id)
    client = uow.clients.locked(actor.workspace_id, flag.client_id)
    if client is None or flag.state is not FlagState.OPEN:
        raise NotFoundError
    people = uow.clients.people_of(client.id)
    uow.clients.set_people(client.id, [person for person in people if person != flag.reporter_id])
    if client.owner_id == flag.reporter_id:
        uow.clients.change(client.id, owner_id=None)
    if flag.reporter_id in (*people, client.owner_id):
        part = "owner" if client.owner_id == flag.reporter_id else "people"
        note_card_change(uow, actor, client.id, [part], now)
    uow.outbox.put_once(actor.workspace_id, CareTask(task.id, task.assignee_id), now)


def read_care(uow: UnitOfWork, workspace_id: int, task_id: int) -> CareView | None:
    """A care task as it stands; `None` when it, its flag or its client is gone."""
    task = uow.flags.task(workspace_id, task_id)
    flag = uow.flags.find(workspace_id, task.flag_id) if task and task.flag_id else None
    client = uow.clients.find(workspace_id, flag.client_id) if flag else None
    if task is None or flag is None or client is None:
        return None
    return CareView(
        task=task,
        client_name=client.name,
        reporter_id=flag.reporter_id,
        content=flag.content,
        is_needed=flag.state is FlagState.OPEN and needs_care(flag.content.category, flag.content.severity),
        is_off=flag.reporter_id not in (*uow.clients.people_of(client.id), client.owner_id),
        is_undone=flag.state is FlagState.UNDONE,
    )
