"""Care for whoever reports something hard: somebody is asked, privately, the same working day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.model import Task
from bot.domain.notices import CareTask
from bot.usecases.flags.care import finish_care, read_care, take_off_client
from bot.usecases.flags.editing import edit_flag, undo_flag
from bot.usecases.ports import Database
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup, open_case, said

SATURDAY_NIGHT = datetime(2026, 3, 7, 22, 0, tzinfo=UTC)


async def tasks(case: CaseSetup) -> list[Task]:
    return await case.database.read(lambda uow: uow.flags.open_tasks(case.client.id))


async def asked(case: CaseSetup, **content: Any) -> list[int]:
    await case.record(**{"severity": 3, "category": "disrespect", **content})
    return [task.assignee_id for task in await tasks(case)]


async def test_the_owner_is_asked_the_same_day(any_case: CaseSetup) -> None:
    recorded = await any_case.record(severity=3, category="disrespect")
    assert recorded.receipt.care_asked
    (task,) = await tasks(any_case)
    assert (task.assignee_id, task.due_on, task.flag_id) == (
        any_case.owner.person.id,
        NOW.date(),
        recorded.receipt.flag.id,
    )
    assert await any_case.sent(CareTask) == [CareTask(task.id, any_case.owner.person.id)]


async def test_reviewers_are_asked_where_there_is_no_owner(sqlite_database: Database) -> None:
    case = await open_case(sqlite_database, owner_id=None)
    assert await asked(case) == [case.reviewer.person.id]


async def test_the_reporter_is_never_asked_about_themself(case: CaseSetup) -> None:
    assert await asked(case, by=case.owner) == [case.reviewer.person.id]


async def test_where_nobody_is_left_to_ask_nothing_is_promised(sqlite_database: Database) -> None:
    case = await open_case(sqlite_database, owner_id=None)
    recorded = await case.record(case.reviewer, severity=4, category="disrespect")
    assert (recorded.receipt.care_asked, await tasks(case)) == (False, [])


async def test_an_owner_who_left_is_not_asked(case: CaseSetup) -> None:
    await case.database.write(lambda uow: uow.people.set_left(case.owner.person.id, NOW))
    assert await asked(case) == [case.reviewer.person.id]


@pytest.mark.parametrize("content", [{"severity": 2}, {"category": "integrity"}])
async def test_other_events_ask_nobody(case: CaseSetup, content: dict[str, Any]) -> None:
    assert await asked(case, **content) == []


async def test_at_the_weekend_it_is_due_on_the_next_working_day(case: CaseSetup) -> None:
    await case.record(severity=3, category="disrespect", now=SATURDAY_NIGHT)
    assert [task.due_on for task in await tasks(case)] == [date(2026, 3, 9)]


async def test_an_edit_that_makes_it_hard_asks_and_a_second_one_does_not_again(case: CaseSetup) -> None:
    flag = (await case.record(severity=1, category="disrespect")).receipt.flag
    for severity in (3, 4):
        content = said(flag, severity=severity)
        await case.do(edit_flag, actor=case.reporter, flag_id=flag.id, content=content, now=NOW, calendar=CALENDAR)
    assert len(await tasks(case)) == 1


async def test_who_checked_in_says_so_once_for_everybody(sqlite_database: Database) -> None:
    case = await open_case(sqlite_database, owner_id=None)
    await case.database.write(
        lambda uow: uow.people.set_roles(case.colleague.person.id, is_reviewer=True, is_admin=False)
    )
    await asked(case)
    first, second = await tasks(case)
    await case.do(finish_care, actor=case.reviewer, task_id=first.id, now=NOW)
    assert await tasks(case) == []
    await case.do(finish_care, actor=case.reviewer, task_id=first.id, now=NOW)
    told = await case.sent(CareTask)
    assert {notice.task_id for notice in told} == {first.id, second.id}


async def test_only_who_was_asked_can_answer(case: CaseSetup) -> None:
    await asked(case)
    (task,) = await tasks(case)
    for use_case in (finish_care, take_off_client):
        for other in (case.reviewer, case.reporter):
            with pytest.raises(NotFoundError):
                await case.do(use_case, actor=other, task_id=task.id, now=NOW)
        with pytest.raises(NotFoundError):
            await case.do(use_case, actor=case.owner, task_id=task.id + 999, now=NOW)


async def test_the_reporter_is_taken_off_the_client_and_the_task_stays(case: CaseSetup) -> None:
    await asked(case, by=case.dealer)
    (task,) = await tasks(case)
    for _ in range(2):
        await case.do(take_off_client, actor=case.owner, task_id=task.id, now=NOW)
    people = await case.database.read(lambda uow: uow.clients.people_of(case.client.id))
    assert people == []
    care = await case.do(read_care, workspace_id=case.client.workspace_id, task_id=task.id)
    assert (care.is_off, care.is_needed, care.task.done_at) == (True, True, None)


async def test_an_owner_who_reports_can_be_taken_off_too(case: CaseSetup) -> None:
    await asked(case, by=case.owner)
    (task,) = await tasks(case)
    await case.do(take_off_client, actor=case.reviewer, task_id=task.id, now=NOW)
    assert (await case.stored_client()).owner_id is None


async def test_nobody_needs_to_check_in_about_what_was_undone(case: CaseSetup) -> None:
    recorded = await case.record(severity=3, category="disrespect")
    (task,) = await tasks(case)
    await case.do(undo_flag, actor=case.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    assert await tasks(case) == []
    care = await case.do(read_care, workspace_id=case.client.workspace_id, task_id=task.id)
    assert not care.is_needed
    with pytest.raises(NotFoundError):
        await case.do(take_off_client, actor=case.owner, task_id=task.id, now=NOW)


async def test_another_workspace_does_not_see_the_task(case: CaseSetup) -> None:
    await asked(case)
    (task,) = await tasks(case)
    assert await case.do(read_care, workspace_id=case.client.workspace_id + 1, task_id=task.id) is None
