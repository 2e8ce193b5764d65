"""From a changed flag to an alert: when one is raised, when it waits, and when it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.evaluation import StatementSource, ViewChoice
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import AlertState, ClientStage, Discussion, DiscussionState, Level, Standing
from bot.domain.notices import (
    AlertCard,
    AlertWaits,
    DiscussionFlag,
    DiscussionOpening,
    DiscussionSpace,
    DiscussionStep,
    DiscussionVacated,
    FlagEntersDiscussion,
    Notice,
    OwnerAlerted,
)
from bot.usecases.alerts.alert_card import read_alert
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.evaluation.answering import give_view, keep_drafts
from bot.usecases.evaluation.statements import record_statement
from bot.usecases.flags.editing import edit_flag, undo_flag
from bot.usecases.ports import UnitOfWork
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.alert_setup import alerted, alerts, change_client, leave
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup, said
from tests.usecases.outgoing import forget_outgoing, outgoing

SATURDAY = datetime(2026, 3, 7, 13, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
"""Nine o'clock in Amsterdam on the Monday after that Saturday."""


async def discussion(case: CaseSetup) -> Discussion | None:
    return await case.database.read(lambda uow: uow.discussions.open_for(case.client.id))


async def test_four_points_are_watched_and_the_owner_hears_of_it(case: CaseSetup) -> None:
    recorded = await case.record(severity=3)
    assert (recorded.receipt.standing_before, recorded.receipt.standing_after) == (Standing.ACTIVE, Standing.WATCH)
    (alert,) = await alerts(case)
    assert (alert.level, alert.rule, alert.state) == (Level.WATCH, "score", AlertState.OPEN)
    assert alert.figures["score"] == pytest.approx(4.0)
    assert (alert.figures["people"], alert.figures["line"], alert.figures["days"]) == (1, 4.0, 60)
    waiting = [one.notice for one in await outgoing(case.database)]
    assert waiting == [AlertCard(alert.id), OwnerAlerted(alert.id, case.owner.person.id)]
    assert await discussion(case) is None


async def test_an_owner_who_left_is_not_written_to(case: CaseSetup) -> None:
    await leave(case, case.owner.person.id)
    alert = await alerted(case)
    assert await outgoing(case.database, OwnerAlerted) == []
    view = await case.database.read(lambda uow: read_alert(uow, alert.workspace_id, alert.id, NOW))
    assert view is not None
    assert not view.is_looked_after


async def test_two_people_bring_a_discussion_and_the_lower_alert_ends(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=3)
    await case.record(case.colleague, severity=3)
    watch, discuss = await alerts(case)
    assert (watch.level, watch.state) == (Level.WATCH, AlertState.CLOSED)
    assert (discuss.level, discuss.state, discuss.rule) == (Level.DISCUSS, AlertState.OPEN, "score")
    opened = await discussion(case)
    assert opened is not None
    assert (opened.alert_id, opened.code, opened.views_by) == (discuss.id, "review-0001", date(2026, 3, 9))
    assert (await case.stored_client()).stage is ClientStage.IN_REVIEW
    told = [one.notice for one in await outgoing(case.database, FlagEntersDiscussion)]
    assert told == [
        FlagEntersDiscussion(opened.id, case.reporter.person.id),
        FlagEntersDiscussion(opened.id, case.colleague.person.id),
    ]


async def test_one_person_alone_never_brings_a_discussion(case: CaseSetup) -> None:
    for day in range(4):
        await case.record(severity=3, happened_on=NOW.date() - timedelta(days=day), category="demanding")
        await case.record(severity=3, happened_on=NOW.date() - timedelta(days=day), category="haggling")
    assert [alert.level for alert in await alerts(case)] == [Level.WATCH]
    assert await discussion(case) is None


@pytest.mark.parametrize("days_ago", [0, 200])
async def test_the_unacceptable_is_the_reason_whenever_it_happened(case: CaseSetup, days_ago: int) -> None:
    await case.record(severity=3, category="haggling")
    await case.record(severity=4, happened_on=NOW.date() - timedelta(days=days_ago))
    _, alert = await alerts(case)
    assert (alert.level, alert.rule) == (Level.DISCUSS, "unacceptable")
    assert await discussion(case) is not None


async def test_a_flag_made_unacceptable_by_an_edit_alerts(case: CaseSetup) -> None:
    recorded = await case.record(severity=1)
    flag = await case.flag(recorded.receipt.flag.id)
    await case.do(
        edit_flag, actor=case.reporter, flag_id=flag.id, content=said(flag, severity=4), now=NOW, calendar=CALENDAR
    )
    assert [(alert.level, alert.rule) for alert in await alerts(case)] == [(Level.DISCUSS, "unacceptable")]


async def test_a_level_alerts_once_and_its_message_follows(case: CaseSetup) -> None:
    alert = await alerted(case)
    await forget_outgoing(case.database)
    await case.record(severity=1, category="haggling")
    await case.record(severity=1, category="integrity")
    assert await alerts(case) == [alert]
    assert [one.notice for one in await outgoing(case.database)] == [AlertCard(alert.id)]


async def test_a_level_alerts_again_once_the_score_fell_and_rose_anew(any_case: CaseSetup) -> None:
    case = any_case
    await alerted(case)
    later = NOW + timedelta(days=90)
    await case.record(severity=3, now=later, happened_on=later.date())
    first, second = await alerts(case)
    assert (first.state, second.state) == (AlertState.CLOSED, AlertState.OPEN)
    assert (first.level, second.level) == (Level.WATCH, Level.WATCH)


async def test_a_score_that_fell_too_little_does_not_alert_again(case: CaseSetup) -> None:
    alert = await alerted(case)
    later = NOW + timedelta(days=20)
    await case.record(severity=2, now=later, happened_on=later.date())
    assert await alerts(case) == [alert]


@pytest.mark.parametrize("stage", [ClientStage.PARTING, ClientStage.PARTED, ClientStage.DEBRIEFED])
async def test_a_client_we_part_with_alerts_for_the_unacceptable_alone(case: CaseSetup, stage: ClientStage) -> None:
    await change_client(case, stage=stage)
    await case.record(severity=3)
    await case.record(case.colleague, severity=3)
    assert await alerts(case) == []
    await case.record(severity=4)
    assert [alert.rule for alert in await alerts(case)] == ["unacceptable"]
    assert (await case.stored_client()).stage is stage


async def test_flags_go_into_the_open_discussion_instead_of_a_new_alert(case: CaseSetup) -> None:
    await case.record(severity=4)
    opened = await discussion(case)
    assert opened is not None
    await forget_outgoing(case.database)
    recorded = await case.record(case.colleague, severity=3)
    assert len(await alerts(case)) == 1
    flags = await outgoing(case.database, DiscussionFlag)
    assert [one.notice for one in flags] == [DiscussionFlag(opened.id, recorded.receipt.flag.id)]
    people = await case.database.read(lambda uow: uow.discussions.people(opened.id))
    assert people[case.colleague.person.id] == "wanted"
    told = await outgoing(case.database, FlagEntersDiscussion)
    assert [one.notice for one in told] == [FlagEntersDiscussion(opened.id, case.colleague.person.id)]


async def test_what_was_reached_during_a_discussion_does_not_alert_after_it(case: CaseSetup) -> None:
    await case.do(open_discussion_by_hand, actor=case.reviewer, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    await case.record(severity=3)
    await case.record(case.colleague, severity=3)
    await case.database.write(lambda uow: uow.discussions.close(1, NOW))
    await change_client(case, stage=ClientStage.ACTIVE)
    await case.record(severity=1, category="haggling")
    assert await alerts(case) == []


async def test_a_discussion_about_a_client_that_left_takes_in_later_flags(case: CaseSetup) -> None:
    await change_client(case, stage=ClientStage.PARTED)
    await case.record(severity=4)
    await forget_outgoing(case.database)
    await case.record(case.colleague, severity=2)
    assert len(await outgoing(case.database, DiscussionFlag)) == 1


async def test_alerts_wait_for_the_next_working_morning(case: CaseSetup) -> None:
    await case.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    await case.record(case.colleague, severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    alert = (await alerts(case))[-1]
    assert alert.post_at == NEXT_MORNING
    assert {one.due_at for one in await outgoing(case.database)} == {NEXT_MORNING}


async def test_the_unacceptable_does_not_wait_and_takes_along_what_did(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    await case.record(case.colleague, severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    night = SATURDAY + timedelta(hours=9)
    await case.record(case.dealer, severity=4, now=night, happened_on=SATURDAY.date())
    watch, discuss = await alerts(case)
    assert watch.state is AlertState.CLOSED
    assert discuss.post_at == night
    told: tuple[type[Notice], ...] = (DiscussionStep, FlagEntersDiscussion)
    at_once = [one for one in await outgoing(case.database) if isinstance(one.notice, told)]
    at_once += [one for one in await outgoing(case.database) if one.notice.lane.endswith(f"alert:{discuss.id}")]
    assert len(at_once) == 6 + 3 + 2  # steps with the flag, private words to reporters, the alert with its owner's word
    assert all(one.due_at <= night for one in at_once)


async def test_a_flag_in_the_night_waits_to_come_into_the_discussion(case: CaseSetup) -> None:
    await case.record(severity=4)
    await forget_outgoing(case.database)
    await case.record(case.reporter, severity=2, now=SATURDAY, happened_on=SATURDAY.date())
    (waiting,) = await outgoing(case.database, DiscussionFlag)
    assert waiting.due_at == NEXT_MORNING


async def test_where_the_alert_is_open_already_the_unacceptable_hastens_it_and_opens_a_talk(case: CaseSetup) -> None:
    await case.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    await case.record(case.colleague, severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    first = await discussion(case)
    assert first is not None
    await case.database.write(lambda uow: uow.discussions.close(first.id, SATURDAY))
    await change_client(case, stage=ClientStage.ACTIVE)
    night = SATURDAY + timedelta(hours=9)
    await case.record(case.dealer, severity=4, now=night, happened_on=SATURDAY.date())
    _, discuss = await alerts(case)
    assert discuss.post_at == night
    (card,) = [one for one in await outgoing(case.database) if one.notice == AlertCard(discuss.id)]
    assert card.due_at == night
    second = await discussion(case)
    assert second is not None
    assert second.id != first.id
    assert DiscussionSpace(second.id) in [one.notice for one in await outgoing(case.database)]


async def test_what_waits_for_the_morning_holds_up_nothing_else_for_the_same_person(case: CaseSetup) -> None:
    """Notices of one lane go out in order, so the word to the owner that waits must not stand in the way."""
    await case.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    night = SATURDAY + timedelta(hours=9)
    now_due = AlertWaits(1, case.owner.person.id, 1)
    await case.database.write(lambda uow: uow.outbox.put(case.client.workspace_id, now_due, night))
    claimed = await case.database.write(lambda uow: uow.outbox.claim(night, 10, timedelta(seconds=60)))
    assert [item.notice for item in claimed] == [now_due]


async def test_a_flag_undone_before_the_morning_leads_to_no_talk(case: CaseSetup) -> None:
    recorded = await case.record(severity=4)
    await case.do(undo_flag, actor=case.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    (alert,) = await alerts(case)
    assert alert.state is AlertState.TAKEN_BACK
    assert await discussion(case) is None
    assert (await case.stored_client()).stage is ClientStage.ACTIVE


async def begun(case: CaseSetup) -> Discussion:
    """The open discussion, with a space of its own."""
    opened = await discussion(case)
    assert opened is not None

    def begin(uow: UnitOfWork) -> None:
        place = uow.people.ensure_place(case.client.workspace_id, "slack", "C1")
        uow.discussions.set_place(opened.id, place.id)

    await case.database.write(begin)
    return opened


async def test_a_talk_that_nobody_has_used_goes_with_the_flag_that_started_it(any_case: CaseSetup) -> None:
    recorded = await any_case.record(severity=4)
    opened = await begun(any_case)
    await forget_outgoing(any_case.database)
    undo = {"actor": any_case.reporter, "flag_id": recorded.receipt.flag.id, "now": NOW, "calendar": CALENDAR}
    await any_case.do(undo_flag, **undo)
    assert await discussion(any_case) is None
    assert (await any_case.stored_client()).stage is ClientStage.ACTIVE
    put = [one.notice for one in await outgoing(any_case.database)]
    assert put.index(DiscussionOpening(opened.id)) < put.index(DiscussionVacated(opened.id))


@pytest.mark.parametrize("use", ["a view", "a statement", "a draft"])
async def test_a_talk_that_somebody_has_used_is_for_people_to_end(case: CaseSetup, use: str) -> None:
    recorded = await case.record(severity=4)
    opened = await begun(case)
    given = {"actor": case.owner, "now": NOW}
    if use == "a view":
        view = {"discussion_id": opened.id, "choice": ViewChoice.KEEP, "reason": "So I see it."}
        await case.do(give_view, **given, **view)
    elif use == "a draft":
        await case.do(keep_drafts, **given, discussion_id=opened.id, typed={"reason": "Well"})
    else:
        content = StatementContent("It is paid.", "", NOW.date(), StatementSource.PHONE)
        said = {"client_id": case.client.id, "content": content, "key": "k", "content_hash": "h"}
        await case.do(record_statement, **given, **said)
    await case.do(undo_flag, actor=case.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    still = await discussion(case)
    assert still is not None
    assert still.state is DiscussionState.OPEN
    assert (await case.stored_client()).stage is ClientStage.IN_REVIEW


async def test_the_last_straw_takes_back_what_it_alone_had_raised(any_case: CaseSetup) -> None:
    """Without it the client was watched, and so it is again: the alert that it had taken the place of goes on."""
    case = any_case
    await case.record(severity=3, category="integrity")
    straw = await case.record(by=case.colleague, severity=3, now=NOW + timedelta(minutes=1))
    assert [(one.level, one.state) for one in await alerts(case)] == [
        (Level.WATCH, AlertState.CLOSED),
        (Level.DISCUSS, AlertState.OPEN),
    ]
    undo = {"actor": case.colleague, "flag_id": straw.receipt.flag.id, "calendar": CALENDAR}
    await case.do(undo_flag, **undo, now=NOW + timedelta(minutes=2))
    assert [(one.level, one.state) for one in await alerts(case)] == [
        (Level.WATCH, AlertState.OPEN),
        (Level.DISCUSS, AlertState.TAKEN_BACK),
    ]
    client = await case.stored_client()
    assert (client.alerted, client.stage) == (Level.WATCH, ClientStage.ACTIVE)
    again = await case.record(by=case.colleague, severity=3, now=NOW + timedelta(minutes=3), key="again")
    assert again.receipt.fired is Level.DISCUSS


async def test_what_others_hold_up_stays(case: CaseSetup) -> None:
    await case.record(severity=4)
    second = await case.record(by=case.colleague, severity=2)
    await case.do(undo_flag, actor=case.colleague, flag_id=second.receipt.flag.id, now=NOW, calendar=CALENDAR)
    assert [one.state for one in await alerts(case)] == [AlertState.OPEN]
    assert await discussion(case) is not None
