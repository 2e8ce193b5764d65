"""Care for whoever reports something hard: somebody is asked, privately, the same working day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.model import Task
from bot.domain.notices import CareTask
from bot.usecases.flags import edit_flag, finish_care, read_care, take_off_client, undo_flag
from bot.usecases.ports import Database
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.office import CALENDAR, Office, open_office, said

SATURDAY_NIGHT = datetime(2026, 3, 7, 22, 0, tzinfo=UTC)


async def tasks(office: Office) -> list[Task]:
    return await office.database.read(lambda uow: uow.flags.open_tasks(office.client.id))


async def asked(office: Office, **content: Any) -> list[int]:
    await office.record(**{"severity": 3, "category": "disrespect", **content})
    return [task.assignee_id for task in await tasks(office)]


async def test_the_owner_is_asked_the_same_day(any_office: Office) -> None:
    recorded = await any_office.record(severity=3, category="disrespect")
    assert recorded.receipt.care_asked
    (task,) = await tasks(any_office)
    assert (task.assignee_id, task.due_on, task.flag_id) == (
        any_office.owner.person.id,
        NOW.date(),
        recorded.receipt.flag.id,
    )
    assert await any_office.sent(CareTask) == [CareTask(task.id, any_office.owner.person.id)]


async def test_reviewers_are_asked_where_there_is_no_owner(sqlite_database: Database) -> None:
    office = await open_office(sqlite_database, owner_id=None)
    assert await asked(office) == [office.reviewer.person.id]


async def test_the_reporter_is_never_asked_about_themself(office: Office) -> None:
    assert await asked(office, by=office.owner) == [office.reviewer.person.id]


async def test_where_nobody_is_left_to_ask_nothing_is_promised(sqlite_database: Database) -> None:
    office = await open_office(sqlite_database, owner_id=None)
    recorded = await office.record(office.reviewer, severity=4, category="disrespect")
    assert (recorded.receipt.care_asked, await tasks(office)) == (False, [])


async def test_an_owner_who_left_is_not_asked(office: Office) -> None:
    await office.database.write(lambda uow: uow.people.set_left(office.owner.person.id, NOW))
    assert await asked(office) == [office.reviewer.person.id]


@pytest.mark.parametrize("content", [{"severity": 2}, {"category": "integrity"}])
async def test_other_events_ask_nobody(office: Office, content: dict[str, Any]) -> None:
    assert await asked(office, **content) == []


async def test_at_the_weekend_it_is_due_on_the_next_working_day(office: Office) -> None:
    await office.record(severity=3, category="disrespect", now=SATURDAY_NIGHT)
    assert [task.due_on for task in await tasks(office)] == [date(2026, 3, 9)]


async def test_an_edit_that_makes_it_hard_asks_and_a_second_one_does_not_again(office: Office) -> None:
    flag = (await office.record(severity=1, category="disrespect")).receipt.flag
    for severity in (3, 4):
        content = said(flag, severity=severity)
        await office.do(edit_flag, actor=office.reporter, flag_id=flag.id, content=content, now=NOW, calendar=CALENDAR)
    assert len(await tasks(office)) == 1


async def test_who_checked_in_says_so_once_for_everybody(sqlite_database: Database) -> None:
    office = await open_office(sqlite_database, owner_id=None)
    await office.database.write(
        lambda uow: uow.people.set_roles(office.colleague.person.id, is_reviewer=True, is_admin=False)
    )
    await asked(office)
    first, second = await tasks(office)
    await office.do(finish_care, actor=office.reviewer, task_id=first.id, now=NOW)
    assert await tasks(office) == []
    await office.do(finish_care, actor=office.reviewer, task_id=first.id, now=NOW)
    told = await office.sent(CareTask)
    assert {notice.task_id for notice in told} == {first.id, second.id}


async def test_only_who_was_asked_can_answer(office: Office) -> None:
    await asked(office)
    (task,) = await tasks(office)
    for use_case in (finish_care, take_off_client):
        for other in (office.reviewer, office.reporter):
            with pytest.raises(NotFoundError):
                await office.do(use_case, actor=other, task_id=task.id, now=NOW)
        with pytest.raises(NotFoundError):
            await office.do(use_case, actor=office.owner, task_id=task.id + 999, now=NOW)


async def test_the_reporter_is_taken_off_the_client_and_the_task_stays(office: Office) -> None:
    await asked(office, by=office.dealer)
    (task,) = await tasks(office)
    for _ in range(2):
        await office.do(take_off_client, actor=office.owner, task_id=task.id, now=NOW)
    people = await office.database.read(lambda uow: uow.clients.people_of(office.client.id))
    assert people == []
    care = await office.do(read_care, workspace_id=office.client.workspace_id, task_id=task.id)
    assert (care.is_off, care.is_needed, care.task.done_at) == (True, True, None)


async def test_an_owner_who_reports_can_be_taken_off_too(office: Office) -> None:
    await asked(office, by=office.owner)
    (task,) = await tasks(office)
    await office.do(take_off_client, actor=office.reviewer, task_id=task.id, now=NOW)
    assert (await office.stored_client()).owner_id is None


async def test_nobody_needs_to_check_in_about_what_was_undone(office: Office) -> None:
    recorded = await office.record(severity=3, category="disrespect")
    (task,) = await tasks(office)
    await office.do(undo_flag, actor=office.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    assert await tasks(office) == []
    care = await office.do(read_care, workspace_id=office.client.workspace_id, task_id=task.id)
    assert not care.is_needed
    with pytest.raises(NotFoundError):
        await office.do(take_off_client, actor=office.owner, task_id=task.id, now=NOW)


async def test_another_workspace_does_not_see_the_task(office: Office) -> None:
    await asked(office)
    (task,) = await tasks(office)
    assert await office.do(read_care, workspace_id=office.client.workspace_id + 1, task_id=task.id) is None
