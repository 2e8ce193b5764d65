"""What debriefs, lessons and looks back ask of somebody stands in their Home, and in nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.debrief import Question
from bot.domain.decision import DecisionOutcome
from bot.domain.evaluation import ViewChoice
from bot.usecases.actor import Actor
from bot.usecases.debrief.answering import keep_answers, say_away_from_debrief
from bot.usecases.debrief.leaving import mark_left
from bot.usecases.home.home import what_waits
from bot.usecases.lessons.settling import finish_lesson
from bot.usecases.ports import Database
from bot.usecases.waiting import Waiting, WaitingKind
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import open_setup
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.test_debrief_in_full import BEGINS, LATER, closed, left

ASKED = {WaitingKind.DEBRIEF, WaitingKind.LESSON, WaitingKind.LOOK_BACK}


async def waits(database: Database, by: Actor, now: datetime) -> list[Waiting]:
    found = await database.read(lambda uow: what_waits(uow, by, now))
    return [one for one in found if one.kind in ASKED]


async def test_questions_wait_until_somebody_answers_or_cannot(case: CaseSetup) -> None:
    await left(case)
    asked = [Waiting(WaitingKind.DEBRIEF, 1, "Acme B.V.", BEGINS.date())]
    for actor in (case.owner, case.dealer, case.reporter, case.reviewer):
        assert await waits(case.database, actor, NOW) == asked
    assert await waits(case.database, case.colleague, NOW) == []
    assert await waits(case.database, case.owner, NOW - timedelta(days=1)) == []
    await case.do(keep_answers, actor=case.dealer, debrief_id=1, typed={Question.CAUSES: "So."}, now=NOW)
    await case.do(say_away_from_debrief, actor=case.reporter, debrief_id=1, now=NOW)
    for actor in (case.dealer, case.reporter):
        assert await waits(case.database, actor, NOW) == []
    assert await waits(case.database, case.owner, LATER) == [Waiting(WaitingKind.DEBRIEF, 1, "Acme B.V.")]


async def test_a_lesson_waits_for_whoever_sees_to_it(case: CaseSetup) -> None:
    (lesson,) = await closed(case)
    assert await waits(case.database, case.dealer, LATER) == [
        Waiting(WaitingKind.LESSON, lesson.id, "Acme B.V.", lesson.due_on)
    ]
    assert await waits(case.database, case.owner, LATER) == []
    await case.database.write(lambda uow: uow.lessons.hand_over(lesson.id, case.colleague.person.id))
    assert await waits(case.database, case.colleague, LATER) == []
    await case.do(finish_lesson, actor=case.owner, lesson_id=lesson.id, now=LATER)
    assert await waits(case.database, case.dealer, LATER) == []


async def test_a_decision_waits_to_be_looked_back_on_by_the_clients_owner(database: Database) -> None:
    setup = await open_setup(database)
    await setup.view(ViewChoice.PART, ViewChoice.PART)
    await setup.decide(DecisionOutcome.PART)
    case = setup.case
    await case.do(mark_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    three_months = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
    kinds = [one.kind for one in await waits(database, case.owner, three_months)]
    assert kinds == [WaitingKind.DEBRIEF, WaitingKind.LOOK_BACK]
    assert WaitingKind.LOOK_BACK not in {one.kind for one in await waits(database, case.reviewer, three_months)}
    before = await waits(database, case.owner, three_months - timedelta(days=1))
    assert [one.kind for one in before] == [WaitingKind.DEBRIEF]
