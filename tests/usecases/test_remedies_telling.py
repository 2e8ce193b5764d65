"""What is told about trials, to whom, and when nothing is left to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.notices import RemedyOwned, RemedyToConfirm
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.capabilities import DUE
from bot.usecases.due import run_due
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.ports.telling import Over, Reader, Tell, ToPerson
from bot.usecases.remedies.ending import call_off_remedy, confirm_remedy, prolong_remedy
from bot.usecases.remedies.starting import hand_over_remedies, start_remedy
from bot.usecases.remedies.telling import Asking, tell_owned, tell_to_confirm
from bot.usecases.settings import change_setting
from tests.factories import TODAY
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup, open_case

ENDS_ON = TODAY + timedelta(days=30)
MORNING_AFTER = datetime(2026, 4, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
async def case(sqlite_database: Database) -> CaseSetup:
    """A client on SQLite, in a workspace that reads Dutch while its people read English."""
    made = await open_case(sqlite_database)
    workspace_id = made.client.workspace_id
    await made.database.write(lambda uow: change_setting(uow, workspace_id, "language", "nl", NOW))
    return made


async def tried(case: CaseSetup) -> Remedy:
    """Something is tried, which the dealer sees to."""
    draft = RemedyDraft(
        kind=RemedyKind.CONVERSATION,
        description="Talk it over.",
        owner_id=case.dealer.person.id,
        starts_on=TODAY,
        ends_on=ENDS_ON,
        test=SuccessTest.NO_NEW_FLAG,
    )
    remedy: Remedy = await case.do(
        start_remedy, actor=case.reviewer, client_id=case.client.id, draft=draft, now=NOW, calendar=CALENDAR
    )
    return remedy


async def judged(case: CaseSetup) -> Remedy:
    """Something was tried, and its last day has passed."""
    remedy = await tried(case)
    await case.do(lambda uow: run_due(uow, MORNING_AFTER, 100, lambda _: CALENDAR, DUE))
    return remedy


async def ended(case: CaseSetup, story: Any, remedy: Remedy, **said: Any) -> None:
    await case.do(story, actor=case.reviewer, remedy_id=remedy.id, now=MORNING_AFTER, calendar=CALENDAR, **said)


async def told(case: CaseSetup, tell: Any, notice: Any) -> Any:
    """What is decided about a notice."""

    def decide(uow: UnitOfWork) -> Any:
        return tell(uow, uow.people.workspace(case.client.workspace_id), notice, MORNING_AFTER, CALENDAR)

    return await case.database.read(decide)


async def test_whoever_sees_to_a_trial_hears_that_it_is_theirs(case: CaseSetup) -> None:
    remedy = await tried(case)
    owned = await told(case, tell_owned, RemedyOwned(remedy.id, case.dealer.person.id))
    assert isinstance(owned, Tell)
    assert (owned.to, owned.reader) == (
        ToPerson(case.dealer.person.id),
        Reader(case.dealer.person.language, case.dealer.person.zone),
    )
    assert (owned.what.remedy, owned.what.client_name) == (remedy, case.client.name)


async def test_who_does_not_see_to_it_any_more_hears_nothing(case: CaseSetup) -> None:
    remedy = await tried(case)
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    await case.do(hand_over_remedies, person_id=case.dealer.person.id, now=NOW)
    assert await told(case, tell_owned, RemedyOwned(remedy.id, case.dealer.person.id)) == Over()
    assert isinstance(await told(case, tell_owned, RemedyOwned(remedy.id, case.owner.person.id)), Tell)


async def test_once_it_has_ended_nobody_is_told_that_it_is_theirs(case: CaseSetup) -> None:
    remedy = await tried(case)
    await ended(case, call_off_remedy, remedy)
    assert await told(case, tell_owned, RemedyOwned(remedy.id, case.dealer.person.id)) == Over()


async def test_after_its_last_day_it_is_asked_what_came_of_it(case: CaseSetup) -> None:
    remedy = await judged(case)
    asked = await told(case, tell_to_confirm, RemedyToConfirm(remedy.id, case.reviewer.person.id, 3))
    assert isinstance(asked, Tell)
    assert (asked.to, asked.reader) == (
        ToPerson(case.reviewer.person.id),
        Reader(case.reviewer.person.language, case.reviewer.person.zone),
    )
    assert isinstance(asked.what, Asking)
    assert (asked.what.step, asked.what.view.remedy.judged) == (3, RemedyOutcome.WORKED)


async def test_before_its_last_day_nothing_is_asked(case: CaseSetup) -> None:
    remedy = await tried(case)
    assert await told(case, tell_to_confirm, RemedyToConfirm(remedy.id, case.dealer.person.id, 1)) == Over()


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (confirm_remedy, {"outcome": RemedyOutcome.WORKED, "remark": ""}),
        (call_off_remedy, {}),
        (prolong_remedy, {"ends_on": ENDS_ON + timedelta(days=30)}),
    ],
)
async def test_once_the_last_word_was_said_nothing_is_asked(case: CaseSetup, story: Any, said: dict[str, Any]) -> None:
    remedy = await judged(case)
    await ended(case, story, remedy, **said)
    assert await told(case, tell_to_confirm, RemedyToConfirm(remedy.id, case.dealer.person.id, 2)) == Over()


async def test_what_is_not_there_is_not_told_of(case: CaseSetup) -> None:
    assert await told(case, tell_owned, RemedyOwned(99, case.dealer.person.id)) == Over()
    assert await told(case, tell_to_confirm, RemedyToConfirm(99, case.dealer.person.id, 1)) == Over()
