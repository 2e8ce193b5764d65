"""Where the agenda and the summary of a debrief are told, and when nothing is told any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.debrief import Question
from bot.domain.model import DiscussionStyle
from bot.domain.notices import (
    DebriefAgenda,
    DebriefAnnouncement,
    DebriefBegins,
    DebriefNudge,
    DebriefReminder,
    DebriefSummary,
    DiscussionOpening,
    LessonReminder,
)
from bot.usecases.debrief.answering import keep_answers, say_away_from_debrief
from bot.usecases.debrief.closing import close_debrief
from bot.usecases.debrief.leaving import mark_left
from bot.usecases.debrief.telling import (
    tell_agenda,
    tell_announcement,
    tell_begins,
    tell_nudge,
    tell_reminder,
    tell_summary,
)
from bot.usecases.lessons.telling import tell_reminder as tell_lesson
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import Over, Tell, ToPlace, Wait
from bot.usecases.settings import change_setting
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.test_debrief_in_full import DRAFT, LATER, closed

AGENDA = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


async def told(case: CaseSetup, tell: Any, notice: Any, now: datetime = AGENDA) -> Any:
    def decide(uow: Any) -> Any:
        return tell(uow, uow.people.workspace(case.client.workspace_id), notice, now, CALENDAR)

    return await case.database.read(decide)


async def left(case: CaseSetup, severity: int) -> int:
    """The client leaves, after a discussion where the flag is grave; returns the place for alerts."""
    await case.record(severity=severity)
    await case.do(mark_left, actor=case.owner, client_id=case.client.id, now=NOW, calendar=CALENDAR)

    def choose(uow: Any) -> int:
        change_setting(uow, case.client.workspace_id, "alert_channel", "C0ALERTS", NOW)
        place_id = uow.people.workspace(case.client.workspace_id).settings.alert_place
        assert place_id is not None
        return int(place_id)

    return await case.database.write(choose)


async def stands(case: CaseSetup, lane: str, place_id: int, ts: str, thread: str | None = None) -> None:
    message = TrackedMessage(place_id, ts, thread)
    await case.database.write(lambda uow: uow.messages.save(case.client.workspace_id, lane, message))


async def space(case: CaseSetup, state: str = "open") -> int:
    """The channel of the discussion."""

    def make(uow: Any) -> int:
        place = uow.people.ensure_place(case.client.workspace_id, PLATFORM, "C0CASE")
        uow.discussions.set_place(1, place.id)
        uow.people.set_place_state(place.id, state)
        return int(place.id)

    return await case.database.write(make)


async def close(case: CaseSetup) -> None:
    await case.do(
        close_debrief,
        actor=case.owner,
        debrief_id=1,
        lessons=(),
        now=LATER,
        calendar=CALENDAR,
        key="close",
        content_hash="",
    )


async def test_without_a_discussion_the_place_for_alerts_gets_no_word_that_anybody_typed(case: CaseSetup) -> None:
    alerts = await left(case, severity=1)
    await stands(case, DebriefAnnouncement(1).lane, alerts, "1.1")
    agenda = await told(case, tell_agenda, DebriefAgenda(1))
    assert isinstance(agenda, Tell)
    assert agenda.to == ToPlace(alerts, "debrief_agenda:1", "1.1")
    assert agenda.what.is_brief
    await close(case)
    summary = await told(case, tell_summary, DebriefSummary(1), LATER)
    assert summary.to == ToPlace(alerts, "debrief_summary:1", "1.1")
    assert (summary.what.is_brief, summary.what.can_archive) == (True, False)


async def test_in_a_channel_of_its_own_both_are_told_whole(case: CaseSetup) -> None:
    await left(case, severity=4)
    channel = await space(case)
    await stands(case, DebriefAnnouncement(1).lane, channel, "1.1")
    agenda = await told(case, tell_agenda, DebriefAgenda(1))
    assert (agenda.to, agenda.what.is_brief) == (ToPlace(channel, "debrief_agenda:1", "1.1"), False)
    await close(case)
    summary = await told(case, tell_summary, DebriefSummary(1), LATER)
    assert (summary.to, summary.what.is_brief) == (ToPlace(channel, "debrief_summary:1"), False)
    assert summary.what.can_archive


async def test_in_a_thread_both_hang_under_its_opening(case: CaseSetup) -> None:
    alerts = await left(case, severity=4)
    await case.database.write(lambda uow: uow.discussions.set_style(1, DiscussionStyle.THREAD, None))
    await stands(case, DiscussionOpening(1).lane, alerts, "1.2", "1.1")
    agenda = await told(case, tell_agenda, DebriefAgenda(1))
    assert (agenda.to, agenda.what.is_brief) == (ToPlace(alerts, "debrief_agenda:1", "1.1"), False)
    await close(case)
    summary = await told(case, tell_summary, DebriefSummary(1), LATER)
    assert summary.to == ToPlace(alerts, "debrief_summary:1", "1.1")
    assert not summary.what.can_archive


async def test_an_archived_channel_is_left_in_peace(case: CaseSetup) -> None:
    await left(case, severity=4)
    channel = await space(case)
    for lane in ("debrief_summary:1", DebriefAnnouncement(1).lane):
        await stands(case, lane, channel, "1.3")
    await close(case)
    await space(case, "archived")
    assert await told(case, tell_summary, DebriefSummary(1), LATER) == Over()
    assert await told(case, tell_announcement, DebriefAnnouncement(1), LATER) == Over()


async def test_an_agenda_that_comes_too_late_is_left_out(case: CaseSetup) -> None:
    await left(case, severity=1)
    assert await told(case, tell_agenda, DebriefAgenda(1), LATER) == Over()
    assert isinstance(await told(case, tell_begins, DebriefBegins(1, case.owner.person.id), LATER), Tell)
    assert await told(case, tell_begins, DebriefBegins(1, case.owner.person.id), AGENDA) == Over()


@pytest.mark.parametrize("doing", ["answers", "is away", "leaves", "has it closed"])
async def test_a_nudge_on_its_way_is_dropped_once_it_makes_no_sense(case: CaseSetup, doing: str) -> None:
    await left(case, severity=1)
    dealer = case.dealer
    nudge = DebriefNudge(1, dealer.person.id, 1)
    assert isinstance(await told(case, tell_nudge, nudge, LATER), Tell)
    if doing == "answers":
        await case.do(keep_answers, actor=dealer, debrief_id=1, typed={Question.CAUSES: "So."}, now=NOW)
    elif doing == "is away":
        await case.do(say_away_from_debrief, actor=dealer, debrief_id=1, now=NOW)
        assert await told(case, tell_reminder, DebriefReminder(1, dealer.person.id, "day_before")) == Over()
    elif doing == "leaves":
        await case.database.write(lambda uow: uow.people.set_left(dealer.person.id, NOW))
    else:
        await close(case)
    assert await told(case, tell_nudge, nudge, LATER) == Over()


async def test_a_lesson_is_reminded_of_in_working_hours_alone(case: CaseSetup) -> None:
    (lesson,) = await closed(case)
    reminder = LessonReminder(lesson.id, case.dealer.person.id)
    assert DRAFT.due_on is not None
    morning = datetime.combine(DRAFT.due_on, datetime.min.time(), UTC) + timedelta(hours=7)
    assert await told(case, tell_lesson, reminder, morning - timedelta(days=1)) == Over()
    early = await told(case, tell_lesson, reminder, morning - timedelta(hours=2))
    assert early == Wait(morning)
    assert isinstance(await told(case, tell_lesson, reminder, morning), Tell)
    assert await told(case, tell_lesson, LessonReminder(lesson.id, case.colleague.person.id), morning) == Over()
