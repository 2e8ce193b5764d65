"""What one person is told when something went wrong: of what kind it was, and nothing of a client."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.domain.delivery_outcome import Reason
from bot.domain.notices import AdminTold, AnswerLost
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.people.telling import Subject, Trouble, tell_admin, tell_lost_answer
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.telling import Reader, Tell, ToPerson
from bot.usecases.settings import change_setting
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup


async def decided(case: CaseSetup, decide: Any, notice: Any) -> Any:
    def read(uow: UnitOfWork) -> Any:
        return decide(uow, uow.people.workspace(case.client.workspace_id), notice, NOW, CALENDAR)

    return await case.database.read(read)


async def subject(case: CaseSetup, called: str) -> Subject:
    """What an admin hears of, where a notice is about `called`."""
    told = await decided(case, tell_admin, AdminTold(case.owner.person.id, Reason.PLACE_GONE.value, called))
    assert isinstance(told, Tell)
    assert isinstance(told.what, Trouble)
    assert told.what.reason is Reason.PLACE_GONE
    assert (told.to, told.reader) == (ToPerson(case.owner.person.id), Reader("en", "Europe/Amsterdam"))
    return told.what.subject


async def place_of(case: CaseSetup, channel: str) -> int:
    workspace_id = case.client.workspace_id
    return await case.database.write(lambda uow: uow.people.ensure_place(workspace_id, PLATFORM, channel).id)


async def test_an_alert_is_told_of_by_its_place(case: CaseSetup) -> None:
    assert await subject(case, "alert:1") == Subject("alert")
    choose = partial(change_setting, workspace_id=case.client.workspace_id, key="alert_channel", text="C1", now=NOW)
    await case.database.write(choose)
    assert await subject(case, "alert:1") == Subject("alert", place_id=await place_of(case, "C1"))


async def test_discussions_places_and_people_are_called_as_admins_know_them(case: CaseSetup) -> None:
    await case.do(open_discussion_by_hand, actor=case.reviewer, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    assert await subject(case, "discussion:1") == Subject("discussion", code="review-0001")
    place_id, person_id = await place_of(case, "C2"), case.dealer.person.id
    assert await subject(case, f"place:{place_id}") == Subject("place", place_id=place_id)
    for called in (f"person:{person_id}", f"person:{person_id}:alert:3"):
        assert await subject(case, called) == Subject("person", person_id=person_id)


@pytest.mark.parametrize("kind", ["discussion", "place", "person"])
async def test_what_is_gone_is_told_of_without_a_name(case: CaseSetup, kind: str) -> None:
    assert await subject(case, f"{kind}:99") == Subject("")


@pytest.mark.parametrize("called", ["debrief:9", "due:evaluation_deadline", "notice:some_kind", "", "person:x"])
async def test_anything_else_is_told_of_by_its_kind(case: CaseSetup, called: str) -> None:
    assert await subject(case, called) == Subject(called.partition(":")[0])


@pytest.mark.parametrize("done", [True, False])
async def test_a_lost_answer_is_told_to_who_asked(case: CaseSetup, done: bool) -> None:
    lost = AnswerLost(case.dealer.person.id, done)
    told = await decided(case, tell_lost_answer, lost)
    assert told == Tell(lost, ToPerson(lost.person_id), Reader("en", "Europe/Amsterdam"))
