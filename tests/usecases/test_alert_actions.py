"""What people do about an alert, and what becomes of one on which nobody acts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import AlertClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, AlertState, DiscussionStyle
from bot.domain.notices import AlertWaits
from bot.usecases.alerts import DUE, discuss_alert, finish_alert, read_alert, take_alert
from bot.usecases.due import run_due
from bot.usecases.ending_alerts import WAITS
from tests.factories import make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.alert_desk import alerted, alerts, change_client, leave
from tests.usecases.flags.office import CALENDAR, Office
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing


async def wait_until(office: Office, now: datetime) -> list[Any]:
    """Do what is due by then; returns who is asked, and at which step."""
    run = await office.database.write(lambda uow: run_due(uow, now, 100, calendar_for=lambda _: CALENDAR, handlers=DUE))
    assert not run.failed
    asked = [(one.notice.person_id, one.notice.step) for one in await outgoing(office.database, AlertWaits)]
    await forget_outgoing(office.database)
    return asked


async def take(office: Office, alert: Alert, by: Any, now: datetime = NOW) -> Any:
    return await office.do(take_alert, actor=by, alert_id=alert.id, now=now, calendar=CALENDAR)


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


@pytest.mark.parametrize("step", [1, 2])
async def test_nobody_is_asked_while_the_client_is_talked_about(office: Office, step: int) -> None:
    alert = await alerted(office)
    if step == 2:
        await wait_until(office, THURSDAY)
    moment, later = (THURSDAY, TUESDAY) if step == 1 else (TUESDAY, datetime(2026, 3, 13, 8, 0, tzinfo=UTC))
    discussion = await office.database.write(
        lambda uow: uow.discussions.open(
            alert.workspace_id,
            office.client.id,
            DiscussionStyle.CHANNEL,
            moment.date(),
            opened_by_id=office.reviewer.person.id,
            alert_id=None,
            now=NOW,
        )
    )
    assert discussion is not None
    await office.database.write(lambda uow: uow.due.put(alert.workspace_id, WAITS, f"{alert.id}:{step}", moment))
    await forget_outgoing(office.database)
    assert await wait_until(office, moment) == []
    assert (await due_rows(office.database))[WAITS, f"{alert.id}:{step}"] == later
    await office.database.write(lambda uow: uow.discussions.close(discussion.id, moment))
    asked = office.owner if step == 1 else office.reviewer
    assert await wait_until(office, later) == [(asked.person.id, step)]


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
