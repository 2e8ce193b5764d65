"""A debrief in full: answers kept as given and hidden, nudges, its end and its lessons, and what can go wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.debrief import Question
from bot.domain.errors import (
    ChoiceUnknownError,
    DebriefMissingError,
    DebriefNotBegunError,
    HostNeededError,
    LessonSettledError,
    LessonsFullError,
    NotFoundError,
    TextMissingError,
    TextTooLongError,
)
from bot.domain.lessons import Helped, Lesson, LessonDraft, LessonHead, LessonState
from bot.domain.model import ClientStage, DebriefState
from bot.domain.notices import (
    DebriefAgenda,
    DebriefBegins,
    DebriefNudge,
    DebriefReminder,
    DebriefSummary,
    DiscussionVacated,
    LessonOwned,
    LessonReminder,
    LessonReview,
)
from bot.usecases.actor import Actor
from bot.usecases.capabilities import DUE
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.debrief.agenda import read_content, read_content_for
from bot.usecases.debrief.answering import keep_answers, read_answer_form, say_away_from_debrief
from bot.usecases.debrief.closing import archive_space, close_debrief, read_closing_form
from bot.usecases.debrief.leaving import mark_left, take_back_left
from bot.usecases.debrief.planning import begin_debrief, cancel_debrief, move_debrief
from bot.usecases.due import run_due
from bot.usecases.lessons.reviewing import read_lesson, review_lesson
from bot.usecases.lessons.settling import drop_lesson, finish_lesson, put_off_lesson
from bot.usecases.people.leavers import person_left
from tests.factories import PLATFORM, make_client, make_flag
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

BEGINS = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
LATER = BEGINS + timedelta(hours=1)
DRAFT = LessonDraft("Ask a deposit", None, date(2026, 4, 9), LessonHead.SCREENING)


async def left(case: CaseSetup) -> None:
    await case.record(severity=3, category="late_payment")
    await case.do(mark_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    await forget_outgoing(case.database)


async def due(case: CaseSetup, until: datetime) -> None:
    """Do what is due up to a moment, each at its own time."""
    while True:
        at = await case.database.read(lambda uow: uow.due.next_at())
        if at is None or at > until:
            return
        run = await case.database.write(lambda uow, now=at: run_due(uow, now, 100, lambda _: CALENDAR, DUE))
        assert not run.failed


async def told(case: CaseSetup, kind: Any) -> list[Any]:
    return [one.notice for one in await outgoing(case.database, kind)]


async def answer(case: CaseSetup, by: Actor, now: datetime = NOW, debrief_id: int = 1, **said: str) -> Any:
    typed = {Question(question): text for question, text in said.items()}
    return await case.do(keep_answers, actor=by, debrief_id=debrief_id, typed=typed, now=now)


async def close(case: CaseSetup, by: Actor, *lessons: LessonDraft, now: datetime = LATER, key: str = "") -> Any:
    return await case.do(
        close_debrief,
        actor=by,
        debrief_id=1,
        lessons=lessons,
        now=now,
        calendar=CALENDAR,
        key=key or f"close {now} {lessons}",
        content_hash="",
    )


async def closed(case: CaseSetup, count: int = 1) -> list[Lesson]:
    """A closed debrief with lessons that the dealer sees to."""
    await left(case)
    await due(case, BEGINS)
    drafts = [replace(DRAFT, change=f"Change {number}", owner_id=case.dealer.person.id) for number in range(count)]
    await close(case, case.owner, *drafts)
    return await case.database.read(lambda uow: uow.lessons.of_debrief(1))


async def seen(case: CaseSetup, now: datetime) -> Any:
    return await case.database.read(lambda uow: read_content(uow, case.client.workspace_id, 1, now))


async def trail(case: CaseSetup) -> list[str]:
    return [one.action for one in await case.database.read(lambda uow: uow.audit.about(case.client.id, 100))]


async def test_answers_are_kept_as_given_and_taken_up_again(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await answer(case, case.reporter, causes="no deposit")
    await answer(case, case.reporter, causes="no deposit", signal="paid late in May")
    form = await answer(case, case.reporter, signal=" ")
    assert form.answers == {Question.CAUSES: "no deposit", Question.SIGNAL: ""}
    with pytest.raises(TextTooLongError) as refused:
        await answer(case, case.reporter, change="x" * 1501)
    assert refused.value.field == "change"
    with pytest.raises(NotFoundError):
        await answer(case, case.colleague, causes="curious")
    other = await case.database.read(lambda uow: read_answer_form(uow, case.owner, 1))
    assert other.answers == {}


async def test_nobody_sees_an_answer_before_it_begins_whoever_asks(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await answer(case, case.reporter, causes="no deposit")
    second = timedelta(seconds=1)
    for reader in (case.owner, case.reviewer, case.reporter):
        early = await case.database.read(lambda uow, by=reader: read_content_for(uow, by, 1, BEGINS - second))
        assert (early.answers, early.answered) == ((), 1)
        begun = await case.database.read(lambda uow, by=reader: read_content_for(uow, by, 1, BEGINS))
        assert [one.texts for one in begun.answers] == [("no deposit",)]
    assert AuditAction.DEBRIEF_MOVED not in await trail(case)
    moved = {"actor": case.owner, "debrief_id": 1, "now": LATER, "calendar": CALENDAR}
    await case.do(move_debrief, local_at=datetime(2026, 3, 12, 10, 0), **moved)  # noqa: DTZ001 (wall time)
    assert (await seen(case, LATER)).answers == ()
    assert (await trail(case)).count(AuditAction.DEBRIEF_MOVED) == 1


async def test_two_nudges_at_most_and_none_to_those_who_answered_or_are_away(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await answer(case, case.reporter, causes="no deposit")
    await case.do(say_away_from_debrief, actor=case.dealer, debrief_id=1, now=NOW)
    await due(case, BEGINS)
    nudged = await told(case, DebriefNudge)
    asked = {case.owner.person.id, case.reviewer.person.id}
    assert {one.person_id for one in nudged} == asked
    assert {one.person_id for one in await told(case, DebriefReminder)} == {*asked, case.reporter.person.id}
    asking = {"actor": case.owner, "debrief_id": 1, "calendar": CALENDAR}
    for day in range(10, 14):
        await case.do(move_debrief, local_at=datetime(2026, 3, day + 7, 10, 0), now=LATER, **asking)  # noqa: DTZ001
        await due(case, datetime(2026, 3, day + 8, 9, 0, tzinfo=UTC))
    counts: dict[int, int] = {}
    for one in await told(case, DebriefNudge):
        counts[one.person_id] = counts.get(one.person_id, 0) + 1
    assert counts == dict.fromkeys(asked, 2)


async def test_whoever_answers_takes_part_again(case: CaseSetup) -> None:
    await left(case)
    await case.do(say_away_from_debrief, actor=case.dealer, debrief_id=1, now=NOW)
    await answer(case, case.dealer, change="ask a deposit")
    invited = await case.database.read(lambda uow: uow.debriefs.invited(1))
    assert [one.away_at for one in invited if one.person_id == case.dealer.person.id] == [None]


async def test_leavers_are_asked_no_more_and_newcomers_are(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await answer(case, case.dealer, causes="no deposit")
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    await case.database.write(lambda uow: uow.people.set_left(case.reporter.person.id, NOW))
    await case.database.write(lambda uow: uow.clients.set_people(case.client.id, [case.colleague.person.id]))
    await due(case, BEGINS)
    asked = {one.person_id for one in await told(case, DebriefNudge)}
    assert asked == {case.owner.person.id, case.reviewer.person.id, case.colleague.person.id}
    assert [one.texts for one in (await seen(case, BEGINS)).answers] == [("no deposit",)]


async def test_its_host_closes_it_once_with_three_lessons_and_no_fourth(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    drafts = [replace(DRAFT, change=f"Change {number}", owner_id=case.dealer.person.id) for number in range(3)]
    with pytest.raises(DebriefNotBegunError):
        await close(case, case.owner, *drafts, now=BEGINS - timedelta(seconds=1))
    await due(case, BEGINS)
    assert await told(case, DebriefBegins) == [DebriefBegins(1, case.owner.person.id)]
    with pytest.raises(HostNeededError):
        await close(case, case.dealer)
    with pytest.raises(LessonsFullError) as full:
        await close(case, case.owner, *drafts, replace(drafts[0], change="One more"))
    assert full.value.field == "change:3"
    for _ in range(2):
        await close(case, case.owner, *drafts, key="the same form")
    lessons = await case.database.read(lambda uow: uow.lessons.of_debrief(1))
    assert [(one.change, one.category) for one in lessons] == [(f"Change {n}", "late_payment") for n in range(3)]
    assert (await case.stored_client()).stage is ClientStage.DEBRIEFED
    assert await told(case, LessonOwned) == [LessonOwned(one.id, case.dealer.person.id) for one in lessons]
    assert await told(case, DebriefSummary) == [DebriefSummary(1)]
    rows = await due_rows(case.database)
    assert not [kind for kind, _ in rows if kind.startswith("debrief")]
    actions = await trail(case)
    assert actions.count(AuditAction.DEBRIEF_CLOSED) == 1
    assert actions.count(AuditAction.LESSON_ADDED) == 3


async def test_a_lesson_for_somebody_who_has_left_is_refused_and_nothing_is_closed(case: CaseSetup) -> None:
    await left(case)
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    with pytest.raises(ChoiceUnknownError) as refused:
        await close(case, case.owner, replace(DRAFT, change=""), replace(DRAFT, owner_id=case.dealer.person.id))
    assert refused.value.field == "owner:1"
    assert (await seen(case, LATER)).debrief.state is DebriefState.PLANNED


async def test_a_host_who_has_left_is_followed_by_the_next(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await case.database.write(lambda uow: uow.people.set_left(case.owner.person.id, NOW))
    await due(case, BEGINS)
    assert await told(case, DebriefBegins) == [DebriefBegins(1, case.reviewer.person.id)]
    await close(case, case.reviewer)


async def test_lessons_of_a_host_who_typed_while_it_closed_by_itself_are_kept(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await due(case, BEGINS)
    await answer(case, case.reporter, now=LATER, change="ask a deposit")
    closes = datetime(2026, 3, 23, 9, 0, tzinfo=UTC)
    await due(case, closes - timedelta(seconds=1))
    assert (await seen(case, closes)).debrief.state is DebriefState.PLANNED
    await due(case, closes)
    assert (await seen(case, closes)).debrief.state is DebriefState.TOOK_PLACE
    end = await case.database.read(lambda uow: uow.debriefs.end(1))
    assert end is not None
    assert (end.at, end.by_id) == (closes, None)
    await close(case, case.owner, replace(DRAFT, owner_id=case.owner.person.id), now=closes + timedelta(minutes=1))
    await answer(case, case.owner, now=closes + timedelta(minutes=2), causes="we were late ourselves")
    content = await seen(case, closes)
    assert [one.change for one in content.lessons] == ["Ask a deposit"]
    assert content.answered == 2
    assert (await case.database.read(lambda uow: uow.debriefs.end(1))) == end
    form = await case.database.read(lambda uow: read_closing_form(uow, case.owner, 1, closes))
    assert form.room == 2


async def test_thirty_days_away_close_nothing_before_anybody_could_answer(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    back = BEGINS + timedelta(days=30)
    for _ in range(3):
        await case.database.write(lambda uow: run_due(uow, back, 100, lambda _: CALENDAR, DUE))
    assert await told(case, DebriefAgenda) == []
    assert await told(case, DebriefReminder) == []
    assert len(await told(case, DebriefBegins)) == 1
    assert (await seen(case, back)).debrief.state is DebriefState.PLANNED
    await due(case, back + timedelta(days=30))
    assert (await seen(case, back)).debrief.state is DebriefState.TOOK_PLACE
    asked = [one.person_id for one in await told(case, DebriefNudge)]
    assert len(asked) == len(set(asked))


async def test_it_can_begin_before_its_time(case: CaseSetup) -> None:
    await left(case)
    asking: dict[str, Any] = {"debrief_id": 1, "now": NOW + timedelta(hours=3), "calendar": CALENDAR}
    with pytest.raises(HostNeededError):
        await case.do(begin_debrief, actor=case.dealer, **asking)
    for _ in range(2):
        begun = await case.do(begin_debrief, actor=case.owner, **asking)
    assert (begun.starts_at, begun.sequence) == (NOW + timedelta(hours=3), 1)
    await close(case, case.owner, now=NOW + timedelta(hours=4))


async def test_what_was_cancelled_is_not_answered_and_not_closed(case: CaseSetup) -> None:
    await left(case)
    await answer(case, case.reporter, causes="no deposit")
    await case.do(cancel_debrief, actor=case.owner, debrief_id=1, now=NOW)
    with pytest.raises(DebriefMissingError):
        await answer(case, case.reporter, causes="no deposit at all")
    with pytest.raises(DebriefMissingError):
        await close(case, case.owner)
    assert (await seen(case, LATER)).answers == ()
    assert {AuditAction.DEBRIEF_PLANNED, AuditAction.DEBRIEF_CANCELLED} <= set(await trail(case))


async def test_a_client_that_comes_back_after_its_debrief_keeps_its_lessons(any_case: CaseSetup) -> None:
    case = any_case
    await closed(case)
    await case.do(take_back_left, actor=case.owner, client_id=case.client.id, now=LATER, calendar=CALENDAR)
    assert (await case.stored_client()).stage is ClientStage.ACTIVE
    assert (await seen(case, LATER)).debrief.state is DebriefState.TOOK_PLACE
    assert len(await case.database.read(lambda uow: uow.lessons.of_client(case.client.id))) == 1


async def test_a_debrief_planned_for_a_client_that_stays_does_not_end_its_road(case: CaseSetup) -> None:
    await left(case)
    await case.do(take_back_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    await case.do(mark_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    await case.database.write(lambda uow: uow.clients.change(case.client.id, stage=ClientStage.ACTIVE, left_on=None))
    await case.do(
        close_debrief,
        actor=case.owner,
        debrief_id=2,
        lessons=(),
        now=LATER,
        calendar=CALENDAR,
        key="close",
        content_hash="",
    )
    assert (await case.stored_client()).stage is ClientStage.ACTIVE


async def test_a_merged_client_takes_its_debrief_answers_and_lessons_along(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await answer(case, case.reporter, causes="no deposit")

    def another(uow: Any) -> Any:
        return make_client(uow, uow.people.workspace(case.client.workspace_id), "Bravo", owner=case.owner.person)

    other = await case.database.write(another)
    merging = {"actor": case.reviewer, "target_id": other.id, "now": LATER, "calendar": CALENDAR}
    merged = await case.do(merge_clients, source_id=case.client.id, **merging)
    await close(case, case.owner, replace(DRAFT, owner_id=case.dealer.person.id))
    lessons = await case.database.read(lambda uow: uow.lessons.of_client(other.id))
    assert len(lessons) == 1
    content = await seen(case, LATER)
    assert (content.client.name, content.answered) == ("Bravo", 1)
    await case.do(undo_merge, merge_id=merged.merge_id, **merging)
    await case.do(finish_lesson, actor=case.dealer, lesson_id=lessons[0].id, now=LATER)


async def test_a_debrief_that_a_merge_cancelled_goes_on_once_that_is_undone(any_case: CaseSetup) -> None:
    case = any_case
    await left(case)
    await answer(case, case.reporter, causes="no deposit")

    def another(uow: Any) -> Any:
        return make_client(uow, uow.people.workspace(case.client.workspace_id), "Bravo", owner=case.owner.person)

    other = await case.database.write(another)
    await case.do(mark_left, actor=case.owner, client_id=other.id, now=NOW, calendar=CALENDAR)
    merging = {"actor": case.reviewer, "target_id": other.id, "calendar": CALENDAR}
    before = BEGINS - timedelta(hours=12)
    merged = await case.do(merge_clients, source_id=case.client.id, now=before, **merging)
    assert (await seen(case, before)).debrief.state is DebriefState.CANCELLED
    assert ("debrief_begins", "1") not in await due_rows(case.database)
    await due(case, LATER)
    await case.do(undo_merge, merge_id=merged.merge_id, now=LATER, **merging)
    await due(case, LATER)
    assert DebriefBegins(1, case.owner.person.id) in await told(case, DebriefBegins)
    assert [one.texts for one in (await seen(case, LATER)).answers] == [("no deposit",)]
    await due(case, LATER + timedelta(days=14))
    assert (await seen(case, LATER)).debrief.state is DebriefState.TOOK_PLACE


async def test_an_erased_client_leaves_no_debrief_and_nothing_fails_at_its_moments(any_case: CaseSetup) -> None:
    case = any_case
    await closed(case)
    await answer(case, case.reporter, now=LATER, causes="no deposit")
    await case.database.write(lambda uow: uow.erasure.erase_client([case.client.id], LATER))
    assert await case.database.read(lambda uow: uow.debriefs.answers(1)) == []
    assert await case.database.read(lambda uow: uow.lessons.find(case.client.workspace_id, 1)) is None
    await due(case, LATER + timedelta(days=200))
    with pytest.raises(NotFoundError):
        await answer(case, case.reporter, now=LATER, causes="no deposit")
    with pytest.raises(NotFoundError):
        await case.do(finish_lesson, actor=case.dealer, lesson_id=1, now=LATER)


async def test_a_lesson_is_reminded_of_every_two_weeks_until_it_is_done(any_case: CaseSetup) -> None:
    case = any_case
    (lesson,) = await closed(case)
    await forget_outgoing(case.database)
    reminder = LessonReminder(lesson.id, case.dealer.person.id)
    for day, is_reminded in ((8, False), (9, True), (22, False), (23, True)):
        await due(case, datetime(2026, 4, day, 9, 0, tzinfo=UTC))
        assert (await told(case, LessonReminder) == [reminder]) is is_reminded
        await forget_outgoing(case.database)
    with pytest.raises(NotFoundError):
        await case.do(finish_lesson, actor=case.colleague, lesson_id=lesson.id, now=LATER)
    for _ in range(2):
        await case.do(finish_lesson, actor=case.dealer, lesson_id=lesson.id, now=LATER)
    await due(case, datetime(2026, 5, 30, 9, 0, tzinfo=UTC))
    assert await told(case, LessonReminder) == []
    assert (await trail(case)).count(AuditAction.LESSON_DONE) == 1


async def test_a_lesson_is_dropped_with_a_reason_and_makes_room_for_another(case: CaseSetup) -> None:
    lessons = await closed(case, 3)
    dropping = {"actor": case.owner, "lesson_id": lessons[0].id, "now": LATER}
    with pytest.raises(TextMissingError) as refused:
        await case.do(drop_lesson, because=" ", **dropping)
    assert refused.value.field == "because"
    dropped = await case.do(drop_lesson, because="The new contract covers it.", **dropping)
    assert (dropped.state, dropped.dropped_because) == (LessonState.DROPPED, "The new contract covers it.")
    for settle in (finish_lesson, drop_lesson):
        more = {"because": "again"} if settle is drop_lesson else {}
        with pytest.raises(LessonSettledError):
            await case.do(settle, **dropping, **more)
    await close(case, case.owner, replace(DRAFT, owner_id=case.owner.person.id), now=LATER + timedelta(minutes=1))
    with pytest.raises(LessonsFullError):
        await close(case, case.owner, replace(DRAFT, owner_id=case.owner.person.id), now=LATER + timedelta(minutes=2))


async def test_another_day_moves_the_reminder(case: CaseSetup) -> None:
    (lesson,) = await closed(case)
    moving = {"actor": case.dealer, "lesson_id": lesson.id, "now": LATER, "calendar": CALENDAR}
    await case.do(put_off_lesson, due_on=date(2026, 5, 2), **moving)
    rows = await due_rows(case.database)
    assert rows["lesson_due", str(lesson.id)] == datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


async def test_lessons_of_a_leaver_or_a_new_guest_go_to_the_clients_owner(any_case: CaseSetup) -> None:
    case = any_case
    (lesson,) = await closed(case)
    await forget_outgoing(case.database)

    def leave(uow: Any) -> None:
        external = uow.people.external_ids([case.dealer.person.id], PLATFORM)[case.dealer.person.id]
        person_left(uow, case.client.workspace_id, PLATFORM, external, LATER)

    await case.database.write(leave)
    assert await told(case, LessonOwned) == [LessonOwned(lesson.id, case.owner.person.id)]
    stored = await case.database.read(lambda uow: uow.lessons.find(case.client.workspace_id, lesson.id))
    assert stored is not None
    assert stored.owner_id == case.owner.person.id


async def test_ninety_days_on_only_newer_clients_with_that_behaviour_count(any_case: CaseSetup) -> None:
    case = any_case
    (lesson,) = await closed(case)

    def come(uow: Any) -> None:
        workspace = uow.people.workspace(case.client.workspace_id)
        for name, category in (("Bravo", "late_payment"), ("Cirrus", "haggling"), ("Delta", None)):
            client = make_client(uow, workspace, name, now=LATER + timedelta(days=1))
            if category:
                make_flag(uow, client, case.reporter.person, category=category)

    await case.database.write(come)
    view = await case.database.read(lambda uow: read_lesson(uow, case.client.workspace_id, lesson.id))
    assert view is not None
    assert view.come_back is not None
    assert (view.come_back.newer, view.come_back.flagged) == (3, 1)
    await forget_outgoing(case.database)
    await due(case, datetime(2026, 6, 8, 7, 0, tzinfo=UTC))
    assert await told(case, LessonReview) == [LessonReview(lesson.id, case.dealer.person.id, 1)]
    await due(case, datetime(2026, 7, 30, 7, 0, tzinfo=UTC))
    asked = [(one.person_id, one.step) for one in await told(case, LessonReview)]
    assert asked == [(case.dealer.person.id, 1), (case.owner.person.id, 2)]
    asking = {"actor": case.dealer, "lesson_id": lesson.id, "now": LATER, "remark": ""}
    await case.do(review_lesson, helped=Helped.YES, **asking)
    said = await case.do(review_lesson, helped=Helped.NO, **asking)
    assert said.helped is Helped.YES


async def test_the_channel_is_archived_once_the_debrief_is_closed(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=4)
    await case.do(mark_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)

    def open_space(uow: Any) -> None:
        place = uow.people.ensure_place(case.client.workspace_id, PLATFORM, "C0CASE")
        uow.discussions.set_place(1, place.id)

    await case.database.write(open_space)
    await forget_outgoing(case.database)
    with pytest.raises(NotFoundError):
        await case.do(archive_space, actor=case.owner, debrief_id=1, now=LATER)
    await close(case, case.owner)
    with pytest.raises(HostNeededError):
        await case.do(archive_space, actor=case.dealer, debrief_id=1, now=LATER)
    for _ in range(2):
        assert await case.do(archive_space, actor=case.owner, debrief_id=1, now=LATER) == "review-0001"
    assert await told(case, DiscussionVacated) == [DiscussionVacated(1)]
