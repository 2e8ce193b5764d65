"""What is told about flags: to whom, and when there is nothing to tell any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.domain.model import FlagState
from bot.domain.notices import CareTask, FlagReceipt, Notice
from bot.usecases.flags.care import finish_care
from bot.usecases.flags.editing import undo_flag
from bot.usecases.flags.telling import tell_care_task, tell_receipt
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import Over, Reader, Tell, ToPerson
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup


async def told(case: CaseSetup, decide: Callable[..., Any], notice: Notice) -> Any:
    """What is decided about a notice of the case's workspace."""

    def read(uow: UnitOfWork) -> Any:
        return decide(uow, uow.people.workspace(case.client.workspace_id), notice, NOW, CALENDAR)

    return await case.database.read(read)


async def stands(case: CaseSetup, subject: str) -> None:
    """A message about `subject` was sent already."""

    def save(uow: UnitOfWork) -> None:
        workspace_id = case.client.workspace_id
        place = uow.people.ensure_place(workspace_id, PLATFORM, "D0001")
        uow.messages.save(workspace_id, subject, TrackedMessage(place.id, "1.1", None))

    await case.database.write(save)


async def reads(case: CaseSetup, person_id: int, language: str, zone: str) -> None:
    """Somebody's language and time zone become these."""

    def change(uow: UnitOfWork) -> None:
        user = uow.people.external_ids([person_id], PLATFORM)[person_id]
        uow.people.ensure_person(case.client.workspace_id, PLATFORM, user, language=language, zone=zone)

    await case.database.write(change)


async def recorded(case: CaseSetup) -> FlagReceipt:
    """A flag of the reporter's, and its receipt."""
    flag = (await case.record()).receipt.flag
    return FlagReceipt(flag.id, flag.reporter_id)


async def undo(case: CaseSetup, flag_id: int) -> None:
    await case.do(undo_flag, actor=case.reporter, flag_id=flag_id, now=NOW, calendar=CALENDAR)


async def test_a_receipt_goes_to_the_reporter_and_lives_on(case: CaseSetup) -> None:
    notice = await recorded(case)
    reporter = case.reporter.person.id
    await reads(case, reporter, "nl", "Europe/Lisbon")
    decided = await told(case, tell_receipt, notice)
    assert isinstance(decided, Tell)
    assert decided.what.flag.id == notice.flag_id
    assert decided.to == ToPerson(reporter, f"flag_receipt:{notice.flag_id}")
    assert decided.reader == Reader("nl", "Europe/Lisbon")


async def test_a_receipt_that_was_never_sent_is_not_sent_once_it_is_undone(case: CaseSetup) -> None:
    notice = await recorded(case)
    await undo(case, notice.flag_id)
    assert await told(case, tell_receipt, notice) == Over()
    await stands(case, f"flag_receipt:{notice.flag_id}")
    decided = await told(case, tell_receipt, notice)
    assert decided.what.flag.state is FlagState.UNDONE


async def test_of_a_flag_that_is_not_there_nothing_is_told(case: CaseSetup) -> None:
    assert await told(case, tell_receipt, FlagReceipt(404, case.reporter.person.id)) == Over()
    assert await told(case, tell_care_task, CareTask(404, case.owner.person.id)) == Over()


async def cared_for(case: CaseSetup) -> tuple[CareTask, int]:
    """The owner's task to check in with the reporter, and the flag that called for it."""
    receipt = (await case.record(severity=3, category="disrespect")).receipt
    (task,) = await case.database.read(lambda uow: uow.flags.open_tasks(case.client.id))
    return CareTask(task.id, task.assignee_id), receipt.flag.id


async def test_a_care_task_goes_to_who_was_asked_and_lives_on(case: CaseSetup) -> None:
    notice, flag_id = await cared_for(case)
    decided = await told(case, tell_care_task, notice)
    assert isinstance(decided, Tell)
    assert (decided.what.task.flag_id, decided.what.reporter_id) == (flag_id, case.reporter.person.id)
    assert decided.to == ToPerson(case.owner.person.id, f"care:{notice.task_id}")


async def test_a_care_task_that_was_never_sent_is_not_sent_once_it_is_done(case: CaseSetup) -> None:
    notice, _ = await cared_for(case)
    await case.do(finish_care, actor=case.owner, task_id=notice.task_id, now=NOW)
    assert await told(case, tell_care_task, notice) == Over()
    await stands(case, f"care:{notice.task_id}")
    assert (await told(case, tell_care_task, notice)).what.task.done_at == NOW


async def test_a_care_task_that_was_never_sent_is_not_sent_once_its_flag_is_taken_back(case: CaseSetup) -> None:
    notice, flag_id = await cared_for(case)
    await case.database.write(lambda uow: uow.flags.set_state(flag_id, FlagState.WITHDRAWN, NOW, "A mistake."))
    assert await told(case, tell_care_task, notice) == Over()
    await stands(case, f"care:{notice.task_id}")
    assert not (await told(case, tell_care_task, notice)).what.is_needed
