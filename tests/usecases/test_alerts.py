"""From a changed flag to an alert: when one is raised, when it waits, when it ends, and who takes it on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import AlertClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, AlertState, Discussion, DiscussionState, Level, Road, Standing
from bot.domain.notices import (
    AlertCard,
    AlertWaits,
    DiscussionChannel,
    DiscussionFlag,
    DiscussionStep,
    FlagEntersDiscussion,
    Notice,
    OwnerAlerted,
)
from bot.usecases.alerts import DUE, discuss_alert, finish_alert, read_alert, take_alert
from bot.usecases.discussion import open_discussion_by_hand
from bot.usecases.due import run_due
from bot.usecases.flags import edit_flag, undo_flag
from bot.usecases.ports import UnitOfWork
from tests.factories import make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.office import CALENDAR, Office, said
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

SATURDAY = datetime(2026, 3, 7, 13, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
"""Nine o'clock in Amsterdam on the Monday after that Saturday."""


async def alerts(office: Office) -> list[Alert]:
    """Every alert there is, oldest first."""

    def read(uow: UnitOfWork) -> list[Alert]:
        found = [uow.alerts.find(office.client.workspace_id, alert_id) for alert_id in range(1, 20)]
        return [alert for alert in found if alert is not None]

    return await office.database.read(read)


async def discussion(office: Office) -> Discussion | None:
    return await office.database.read(lambda uow: uow.discussions.open_for(office.client.id))


async def change_client(office: Office, **columns: Any) -> None:
    await office.database.write(lambda uow: uow.clients.change(office.client.id, **columns))


async def leave(office: Office, *person_ids: int) -> None:
    def write(uow: UnitOfWork) -> None:
        for person_id in person_ids:
            uow.people.set_left(person_id, NOW)

    await office.database.write(write)


async def alerted(office: Office) -> Alert:
    """An open alert at the first level."""
    await office.record(severity=3)
    (alert,) = await alerts(office)
    return alert


async def wait_until(office: Office, now: datetime) -> list[Any]:
    """Do what is due by then; returns who is asked, and at which step."""
    run = await office.database.write(lambda uow: run_due(uow, now, 100, calendar_for=lambda _: CALENDAR, handlers=DUE))
    assert not run.failed
    asked = [(one.notice.person_id, one.notice.step) for one in await outgoing(office.database, AlertWaits)]  # type: ignore[attr-defined]
    await forget_outgoing(office.database)
    return asked


async def take(office: Office, alert: Alert, by: Any, now: datetime = NOW) -> Any:
    return await office.do(take_alert, actor=by, alert_id=alert.id, now=now, calendar=CALENDAR)


async def test_four_points_are_watched_and_the_owner_hears_of_it(office: Office) -> None:
    recorded = await office.record(severity=3)
    assert (recorded.receipt.standing_before, recorded.receipt.standing_after) == (Standing.ACTIVE, Standing.WATCH)
    (alert,) = await alerts(office)
    assert (alert.level, alert.rule, alert.state) == (Level.WATCH, "score", AlertState.OPEN)
    assert alert.figures["score"] == pytest.approx(4.0)
    assert (alert.figures["people"], alert.figures["line"], alert.figures["days"]) == (1, 4.0, 60)
    waiting = [one.notice for one in await outgoing(office.database)]
    assert waiting == [AlertCard(alert.id), OwnerAlerted(alert.id, office.owner.person.id)]
    assert await discussion(office) is None


async def test_an_owner_who_left_is_not_written_to(office: Office) -> None:
    await leave(office, office.owner.person.id)
    alert = await alerted(office)
    assert await outgoing(office.database, OwnerAlerted) == []
    view = await office.database.read(lambda uow: read_alert(uow, alert.workspace_id, alert.id, NOW))
    assert view is not None
    assert not view.is_looked_after


async def test_two_people_bring_a_discussion_and_the_lower_alert_ends(any_office: Office) -> None:
    office = any_office
    await office.record(severity=3)
    await office.record(office.colleague, severity=3)
    watch, discuss = await alerts(office)
    assert (watch.level, watch.state) == (Level.WATCH, AlertState.CLOSED)
    assert (discuss.level, discuss.state, discuss.rule) == (Level.DISCUSS, AlertState.OPEN, "score")
    opened = await discussion(office)
    assert opened is not None
    assert (opened.alert_id, opened.code, opened.views_by) == (discuss.id, "review-0001", date(2026, 3, 9))
    assert (await office.stored_client()).road is Road.IN_REVIEW
    told = [one.notice for one in await outgoing(office.database, FlagEntersDiscussion)]
    assert told == [
        FlagEntersDiscussion(opened.id, office.reporter.person.id),
        FlagEntersDiscussion(opened.id, office.colleague.person.id),
    ]


async def test_one_person_alone_never_brings_a_discussion(office: Office) -> None:
    for day in range(4):
        await office.record(severity=3, happened_on=NOW.date() - timedelta(days=day), category="demanding")
        await office.record(severity=3, happened_on=NOW.date() - timedelta(days=day), category="haggling")
    assert [alert.level for alert in await alerts(office)] == [Level.WATCH]
    assert await discussion(office) is None


@pytest.mark.parametrize("days_ago", [0, 200])
async def test_the_unacceptable_is_the_reason_whenever_it_happened(office: Office, days_ago: int) -> None:
    await office.record(severity=3, category="haggling")
    await office.record(severity=4, happened_on=NOW.date() - timedelta(days=days_ago))
    _, alert = await alerts(office)
    assert (alert.level, alert.rule) == (Level.DISCUSS, "unacceptable")
    assert await discussion(office) is not None


async def test_a_flag_made_unacceptable_by_an_edit_alerts(office: Office) -> None:
    recorded = await office.record(severity=1)
    flag = await office.flag(recorded.receipt.flag.id)
    await office.do(
        edit_flag, actor=office.reporter, flag_id=flag.id, content=said(flag, severity=4), now=NOW, calendar=CALENDAR
    )
    assert [(alert.level, alert.rule) for alert in await alerts(office)] == [(Level.DISCUSS, "unacceptable")]


async def test_a_level_alerts_once_and_its_message_follows(office: Office) -> None:
    alert = await alerted(office)
    await forget_outgoing(office.database)
    await office.record(severity=1, category="haggling")
    await office.record(severity=1, category="integrity")
    assert await alerts(office) == [alert]
    assert [one.notice for one in await outgoing(office.database)] == [AlertCard(alert.id)]


async def test_a_level_alerts_again_once_the_score_fell_and_rose_anew(any_office: Office) -> None:
    office = any_office
    await alerted(office)
    later = NOW + timedelta(days=90)
    await office.record(severity=3, now=later, happened_on=later.date())
    first, second = await alerts(office)
    assert (first.state, second.state) == (AlertState.CLOSED, AlertState.OPEN)
    assert (first.level, second.level) == (Level.WATCH, Level.WATCH)


async def test_a_score_that_fell_too_little_does_not_alert_again(office: Office) -> None:
    alert = await alerted(office)
    later = NOW + timedelta(days=20)
    await office.record(severity=2, now=later, happened_on=later.date())
    assert await alerts(office) == [alert]


@pytest.mark.parametrize("road", [Road.PARTING, Road.PARTED, Road.DEBRIEFED])
async def test_a_client_we_part_with_alerts_for_the_unacceptable_alone(office: Office, road: Road) -> None:
    await change_client(office, road=road)
    await office.record(severity=3)
    await office.record(office.colleague, severity=3)
    assert await alerts(office) == []
    await office.record(severity=4)
    assert [alert.rule for alert in await alerts(office)] == ["unacceptable"]
    assert (await office.stored_client()).road is road


async def test_flags_go_into_the_open_discussion_instead_of_a_new_alert(office: Office) -> None:
    await office.record(severity=4)
    opened = await discussion(office)
    assert opened is not None
    await forget_outgoing(office.database)
    recorded = await office.record(office.colleague, severity=3)
    assert len(await alerts(office)) == 1
    flags = await outgoing(office.database, DiscussionFlag)
    assert [one.notice for one in flags] == [DiscussionFlag(opened.id, recorded.receipt.flag.id)]
    people = await office.database.read(lambda uow: uow.discussions.people(opened.id))
    assert people[office.colleague.person.id] == "wanted"
    told = await outgoing(office.database, FlagEntersDiscussion)
    assert [one.notice for one in told] == [FlagEntersDiscussion(opened.id, office.colleague.person.id)]


async def test_what_was_reached_during_a_discussion_does_not_alert_after_it(office: Office) -> None:
    await office.do(
        open_discussion_by_hand, actor=office.reviewer, client_id=office.client.id, now=NOW, calendar=CALENDAR
    )
    await office.record(severity=3)
    await office.record(office.colleague, severity=3)
    await office.database.write(lambda uow: uow.discussions.close(1, NOW))
    await change_client(office, road=Road.ACTIVE)
    await office.record(severity=1, category="haggling")
    assert await alerts(office) == []


async def test_a_discussion_about_a_client_that_left_takes_in_later_flags(office: Office) -> None:
    await change_client(office, road=Road.PARTED)
    await office.record(severity=4)
    await forget_outgoing(office.database)
    await office.record(office.colleague, severity=2)
    assert len(await outgoing(office.database, DiscussionFlag)) == 1


async def test_alerts_wait_for_the_next_working_morning(office: Office) -> None:
    await office.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    await office.record(office.colleague, severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    alert = (await alerts(office))[-1]
    assert alert.post_at == NEXT_MORNING
    assert {one.due_at for one in await outgoing(office.database)} == {NEXT_MORNING}


async def test_the_unacceptable_does_not_wait_and_takes_along_what_did(any_office: Office) -> None:
    office = any_office
    await office.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    await office.record(office.colleague, severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    night = SATURDAY + timedelta(hours=9)
    await office.record(office.dealer, severity=4, now=night, happened_on=SATURDAY.date())
    watch, discuss = await alerts(office)
    assert watch.state is AlertState.CLOSED
    assert discuss.post_at == night
    told: tuple[type[Notice], ...] = (DiscussionStep, FlagEntersDiscussion)
    at_once = [one for one in await outgoing(office.database) if isinstance(one.notice, told)]
    at_once += [one for one in await outgoing(office.database) if one.notice.lane.endswith(f"alert:{discuss.id}")]
    assert len(at_once) == 6 + 3 + 2  # steps with the flag, private words to reporters, the alert with its owner's word
    assert all(one.due_at <= night for one in at_once)


async def test_a_flag_in_the_night_waits_to_come_into_the_discussion(office: Office) -> None:
    await office.record(severity=4)
    await forget_outgoing(office.database)
    await office.record(office.reporter, severity=2, now=SATURDAY, happened_on=SATURDAY.date())
    (waiting,) = await outgoing(office.database, DiscussionFlag)
    assert waiting.due_at == NEXT_MORNING


async def test_where_the_alert_is_open_already_the_unacceptable_hastens_it_and_opens_a_talk(office: Office) -> None:
    await office.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    await office.record(office.colleague, severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    first = await discussion(office)
    assert first is not None
    await office.database.write(lambda uow: uow.discussions.close(first.id, SATURDAY))
    await change_client(office, road=Road.ACTIVE)
    night = SATURDAY + timedelta(hours=9)
    await office.record(office.dealer, severity=4, now=night, happened_on=SATURDAY.date())
    _, discuss = await alerts(office)
    assert discuss.post_at == night
    (card,) = [one for one in await outgoing(office.database) if one.notice == AlertCard(discuss.id)]
    assert card.due_at == night
    second = await discussion(office)
    assert second is not None
    assert second.id != first.id
    assert DiscussionChannel(second.id) in [one.notice for one in await outgoing(office.database)]


async def test_what_waits_for_the_morning_holds_up_nothing_else_for_the_same_person(office: Office) -> None:
    """Notices of one lane go out in order, so the word to the owner that waits must not stand in the way."""
    await office.record(severity=3, now=SATURDAY, happened_on=SATURDAY.date())
    night = SATURDAY + timedelta(hours=9)
    now_due = AlertWaits(1, office.owner.person.id, 1)
    await office.database.write(lambda uow: uow.outbox.put(office.client.workspace_id, now_due, night))
    claimed = await office.database.write(lambda uow: uow.outbox.claim(night, 10, timedelta(seconds=60)))
    assert [item.notice for item in claimed] == [now_due]


async def test_a_flag_undone_before_the_morning_leads_to_no_talk(office: Office) -> None:
    recorded = await office.record(severity=4)
    await office.do(undo_flag, actor=office.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    (alert,) = await alerts(office)
    assert alert.state is AlertState.CLOSED
    assert await discussion(office) is None
    assert (await office.stored_client()).road is Road.ACTIVE


async def test_a_talk_that_has_begun_is_for_people_to_end(office: Office) -> None:
    recorded = await office.record(severity=4)
    opened = await discussion(office)
    assert opened is not None

    def begin(uow: UnitOfWork) -> None:
        place = uow.people.ensure_place(office.client.workspace_id, "slack", "C1")
        uow.discussions.set_place(opened.id, place.id)

    await office.database.write(begin)
    await office.do(undo_flag, actor=office.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    still = await discussion(office)
    assert still is not None
    assert still.state is DiscussionState.OPEN
    assert (await office.stored_client()).road is Road.IN_REVIEW


async def test_the_first_one_takes_it_and_the_second_hears_who_has_it(any_office: Office) -> None:
    office = any_office
    alert = await alerted(office)
    taken = await take(office, alert, office.colleague)
    assert (taken.person_id, taken.is_new) == (office.colleague.person.id, True)
    late = await take(office, alert, office.reporter)
    assert (late.person_id, late.is_new) == (office.colleague.person.id, False)
    again = await take(office, alert, office.colleague)
    assert (again.person_id, again.is_new) == (office.colleague.person.id, False)
    assert (await alerts(office))[0].taken_by_id == office.colleague.person.id


async def test_who_takes_it_deals_with_the_client_and_owns_it_where_nobody_does(office: Office) -> None:
    alert = await alerted(office)
    await take(office, alert, office.colleague)
    people = await office.database.read(lambda uow: uow.clients.people_of(office.client.id))
    assert people == [office.dealer.person.id, office.colleague.person.id]
    assert (await office.stored_client()).owner_id == office.owner.person.id


@pytest.mark.parametrize("is_gone", [True, False])
async def test_a_client_without_an_owner_here_gets_one(office: Office, is_gone: bool) -> None:
    alert = await alerted(office)
    if is_gone:
        await leave(office, office.owner.person.id)
    else:
        await change_client(office, owner_id=None)
    await take(office, alert, office.colleague)
    assert (await office.stored_client()).owner_id == office.colleague.person.id


async def test_a_closed_or_foreign_alert_cannot_be_taken(office: Office) -> None:
    alert = await alerted(office)
    foreigner = await office.database.write(
        lambda uow: make_actor(uow, uow.people.ensure_workspace("slack", "T0002", NOW), is_reviewer=True)
    )
    for use_case in (take_alert, discuss_alert):
        with pytest.raises(NotFoundError):
            await office.do(use_case, actor=foreigner, alert_id=alert.id, now=NOW, calendar=CALENDAR)
    with pytest.raises(NotFoundError):
        await office.do(finish_alert, actor=foreigner, alert_id=alert.id, now=NOW)
    await office.database.write(lambda uow: uow.alerts.close(alert.id))
    with pytest.raises(AlertClosedError):
        await take(office, alert, office.colleague)


THURSDAY = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_three_working_days_without_action_ask_the_owner_then_tell_the_reviewers(any_office: Office) -> None:
    office = any_office
    alert = await alerted(office)
    assert await due_rows(office.database) == {("alert_waits", f"{alert.id}:1"): THURSDAY}
    await forget_outgoing(office.database)
    assert await wait_until(office, THURSDAY - timedelta(seconds=1)) == []
    assert await wait_until(office, THURSDAY) == [(office.owner.person.id, 1)]
    assert await due_rows(office.database) == {("alert_waits", f"{alert.id}:2"): TUESDAY}
    assert await wait_until(office, TUESDAY) == [(office.reviewer.person.id, 2)]
    assert await due_rows(office.database) == {}


async def test_taking_it_starts_the_wait_anew_for_who_took_it(office: Office) -> None:
    alert = await alerted(office)
    await wait_until(office, THURSDAY)
    wednesday = datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
    await take(office, alert, office.colleague, now=wednesday)
    monday = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
    assert await due_rows(office.database) == {("alert_waits", f"{alert.id}:1"): monday}
    assert await wait_until(office, monday) == [(office.colleague.person.id, 1)]


async def test_who_left_is_not_asked(office: Office) -> None:
    alert = await alerted(office)
    await take(office, alert, office.colleague)
    await leave(office, office.colleague.person.id)
    await forget_outgoing(office.database)
    assert await wait_until(office, THURSDAY) == [(office.owner.person.id, 1)]
    await leave(office, office.owner.person.id)
    await take(office, alert, office.reporter)
    await office.database.write(lambda uow: uow.due.put(alert.workspace_id, "alert_waits", f"{alert.id}:1", THURSDAY))
    assert await wait_until(office, THURSDAY) == [(office.reviewer.person.id, 1)]


async def test_a_month_without_the_bot_asks_once_and_goes_on_from_there(office: Office) -> None:
    alert = await alerted(office)
    await forget_outgoing(office.database)
    month_later = NOW + timedelta(days=30)
    assert await wait_until(office, month_later) == [(office.owner.person.id, 1)]
    assert await wait_until(office, month_later) == []
    after = await due_rows(office.database)
    assert after[("alert_waits", f"{alert.id}:2")] > month_later + timedelta(days=2)


async def test_dealt_with_ends_the_asking(office: Office) -> None:
    alert = await alerted(office)
    for _ in range(2):
        await office.do(finish_alert, actor=office.owner, alert_id=alert.id, now=NOW)
    assert await due_rows(office.database) == {}
    view = await office.database.read(lambda uow: read_alert(uow, alert.workspace_id, alert.id, NOW))
    assert view is not None
    assert view.is_acted_on


async def test_only_who_was_asked_says_that_it_is_dealt_with(office: Office) -> None:
    alert = await alerted(office)
    for outsider in (office.reporter, office.dealer):
        with pytest.raises(NotFoundError):
            await office.do(finish_alert, actor=outsider, alert_id=alert.id, now=NOW)
    await take(office, alert, office.reporter)
    for asked in (office.reporter, office.owner, office.reviewer):
        await office.do(finish_alert, actor=asked, alert_id=alert.id, now=NOW)


async def test_a_row_of_an_alert_that_ended_asks_nobody(office: Office) -> None:
    alert = await alerted(office)
    await office.database.write(lambda uow: uow.alerts.close(alert.id))
    await forget_outgoing(office.database)
    assert await wait_until(office, THURSDAY) == []


async def test_a_reviewer_opens_a_discussion_from_an_alert_once(office: Office) -> None:
    alert = await alerted(office)
    with pytest.raises(ReviewersOnlyError):
        await office.do(discuss_alert, actor=office.owner, alert_id=alert.id, now=NOW, calendar=CALENDAR)
    arguments: dict[str, Any] = {"actor": office.reviewer, "alert_id": alert.id, "now": NOW, "calendar": CALENDAR}
    opened, is_new = await office.do(discuss_alert, **arguments)
    again, is_new_again = await office.do(discuss_alert, **arguments)
    assert (opened.id, is_new, is_new_again) == (again.id, True, False)
    assert opened.alert_id == alert.id
    view = await office.database.read(lambda uow: read_alert(uow, alert.workspace_id, alert.id, NOW))
    assert view is not None
    assert (view.discussion_code, view.is_acted_on, view.alert.state) == (opened.code, True, AlertState.OPEN)


async def test_a_closed_alert_starts_no_talk_but_leads_to_the_one_there_is(office: Office) -> None:
    alert = await alerted(office)
    await office.database.write(lambda uow: uow.alerts.close(alert.id))
    arguments: dict[str, Any] = {"actor": office.reviewer, "alert_id": alert.id, "now": NOW, "calendar": CALENDAR}
    with pytest.raises(AlertClosedError):
        await office.do(discuss_alert, **arguments)
    await office.record(severity=4)
    opened, is_new = await office.do(discuss_alert, **arguments)
    assert (opened.code, is_new) == ("review-0001", False)
