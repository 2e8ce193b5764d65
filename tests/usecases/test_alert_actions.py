"""What people do about an alert, and what becomes of one on which nobody acts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.audit import AuditAction
from bot.domain.errors import AlertClosedError, LookedAfterAlreadyError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, AlertState, DiscussionStyle
from bot.domain.notices import AlertTaken, AlertWaits
from bot.usecases.alerts.acting import discuss_alert, finish_alert, take_alert
from bot.usecases.alerts.alert_card import read_alert
from bot.usecases.alerts.ending import WAITS
from bot.usecases.audit import trail_of
from bot.usecases.capabilities import DUE
from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.due import run_due
from tests.factories import make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.alert_setup import alerted, alerts, change_client, leave
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing


async def wait_until(case: CaseSetup, now: datetime) -> list[Any]:
    """Do what is due by then; returns who is asked, and at which step."""
    run = await case.database.write(lambda uow: run_due(uow, now, 100, calendar_for=lambda _: CALENDAR, handlers=DUE))
    assert not run.failed
    asked = [(one.notice.person_id, one.notice.step) for one in await outgoing(case.database, AlertWaits)]
    await forget_outgoing(case.database)
    return asked


async def take(case: CaseSetup, alert: Alert, by: Any, now: datetime = NOW) -> Any:
    return await case.do(take_alert, actor=by, alert_id=alert.id, now=now, calendar=CALENDAR)


async def test_the_first_one_takes_it_and_the_second_hears_who_has_it(any_case: CaseSetup) -> None:
    case = any_case
    alert = await alerted(case)
    await change_client(case, owner_id=None)
    taken = await take(case, alert, case.colleague)
    assert (taken.person_id, taken.is_new, taken.becomes_owner) == (case.colleague.person.id, True, True)
    late = await take(case, alert, case.reporter)
    assert (late.person_id, late.is_new) == (case.colleague.person.id, False)
    again = await take(case, alert, case.colleague)
    assert (again.person_id, again.is_new) == (case.colleague.person.id, False)
    assert (await alerts(case))[0].taken_by_id == case.colleague.person.id


async def test_an_alert_opens_no_dossier_of_a_client_that_somebody_looks_after(case: CaseSetup) -> None:
    alert = await alerted(case)
    before = await case.database.read(lambda uow: uow.clients.people_of(case.client.id))
    with pytest.raises(LookedAfterAlreadyError):
        await take(case, alert, case.colleague)
    with pytest.raises(NotFoundError):
        await case.do(read_dossier, actor=case.colleague, client_id=case.client.id, now=NOW)
    assert await case.database.read(lambda uow: uow.clients.people_of(case.client.id)) == before
    assert (await alerts(case))[0].taken_by_id is None


async def test_who_sees_the_dossier_may_take_it_and_the_owner_hears_of_it_and_stays(case: CaseSetup) -> None:
    alert = await alerted(case)
    await forget_outgoing(case.database)
    taken = await take(case, alert, case.reviewer)
    assert (taken.becomes_owner, taken.owner_id) == (False, case.owner.person.id)
    assert (await case.stored_client()).owner_id == case.owner.person.id
    told = [one.notice for one in await outgoing(case.database, AlertTaken)]
    assert told == [AlertTaken(alert.id, case.owner.person.id)]


async def test_an_owner_who_takes_it_hears_nothing_more(case: CaseSetup) -> None:
    alert = await alerted(case)
    taken = await take(case, alert, case.owner)
    assert (taken.becomes_owner, taken.owner_id) == (False, None)
    assert await outgoing(case.database, AlertTaken) == []


async def test_the_trail_says_who_took_an_alert_and_became_the_owner(case: CaseSetup) -> None:
    alert = await alerted(case)
    await change_client(case, owner_id=None)
    await take(case, alert, case.colleague)
    await case.do(finish_alert, actor=case.colleague, alert_id=alert.id, now=NOW)
    trail = await case.database.read(lambda uow: trail_of(uow, case.client.id))
    assert [(one.action, one.actor_id) for one in trail[:3]] == [
        (AuditAction.ALERT_DEALT_WITH, case.colleague.person.id),
        (AuditAction.CARD_CHANGED, case.colleague.person.id),
        (AuditAction.ALERT_TAKEN, case.colleague.person.id),
    ]
    assert dict(trail[1].details) == {"owner": True}


@pytest.mark.parametrize("is_gone", [True, False])
async def test_a_client_without_an_owner_here_gets_one(case: CaseSetup, is_gone: bool) -> None:
    alert = await alerted(case)
    if is_gone:
        await leave(case, case.owner.person.id)
    else:
        await change_client(case, owner_id=None)
    await take(case, alert, case.colleague)
    assert (await case.stored_client()).owner_id == case.colleague.person.id


async def test_a_closed_or_foreign_alert_cannot_be_taken(case: CaseSetup) -> None:
    alert = await alerted(case)
    foreigner = await case.database.write(
        lambda uow: make_actor(uow, uow.people.ensure_workspace("slack", "T0002", NOW), is_reviewer=True)
    )
    for use_case in (take_alert, discuss_alert):
        with pytest.raises(NotFoundError):
            await case.do(use_case, actor=foreigner, alert_id=alert.id, now=NOW, calendar=CALENDAR)
    with pytest.raises(NotFoundError):
        await case.do(finish_alert, actor=foreigner, alert_id=alert.id, now=NOW)
    await case.database.write(lambda uow: uow.alerts.close(alert.id))
    with pytest.raises(AlertClosedError):
        await take(case, alert, case.colleague)


THURSDAY = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_three_working_days_without_action_ask_the_owner_then_tell_the_reviewers(any_case: CaseSetup) -> None:
    case = any_case
    alert = await alerted(case)
    assert await due_rows(case.database) == {("alert_waits", f"{alert.id}:1"): THURSDAY}
    await forget_outgoing(case.database)
    assert await wait_until(case, THURSDAY - timedelta(seconds=1)) == []
    assert await wait_until(case, THURSDAY) == [(case.owner.person.id, 1)]
    assert await due_rows(case.database) == {("alert_waits", f"{alert.id}:2"): TUESDAY}
    assert await wait_until(case, TUESDAY) == [(case.reviewer.person.id, 2)]
    assert await due_rows(case.database) == {}


@pytest.mark.parametrize("step", [1, 2])
async def test_nobody_is_asked_while_the_client_is_talked_about(case: CaseSetup, step: int) -> None:
    alert = await alerted(case)
    if step == 2:
        await wait_until(case, THURSDAY)
    moment, later = (THURSDAY, TUESDAY) if step == 1 else (TUESDAY, datetime(2026, 3, 13, 8, 0, tzinfo=UTC))
    discussion = await case.database.write(
        lambda uow: uow.discussions.open(
            alert.workspace_id,
            case.client.id,
            DiscussionStyle.CHANNEL,
            moment.date(),
            opened_by_id=case.reviewer.person.id,
            alert_id=None,
            now=NOW,
        )
    )
    assert discussion is not None
    await case.database.write(lambda uow: uow.due.put(alert.workspace_id, WAITS, f"{alert.id}:{step}", moment))
    await forget_outgoing(case.database)
    assert await wait_until(case, moment) == []
    assert (await due_rows(case.database))[WAITS, f"{alert.id}:{step}"] == later
    await case.database.write(lambda uow: uow.discussions.close(discussion.id, moment))
    asked = case.owner if step == 1 else case.reviewer
    assert await wait_until(case, later) == [(asked.person.id, step)]


async def test_taking_it_starts_the_wait_anew_for_who_took_it(case: CaseSetup) -> None:
    alert = await alerted(case)
    await wait_until(case, THURSDAY)
    wednesday = datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
    await take(case, alert, case.dealer, now=wednesday)
    monday = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
    assert await due_rows(case.database) == {("alert_waits", f"{alert.id}:1"): monday}
    assert await wait_until(case, monday) == [(case.dealer.person.id, 1)]


async def test_who_left_is_not_asked(case: CaseSetup) -> None:
    alert = await alerted(case)
    await take(case, alert, case.dealer)
    await leave(case, case.dealer.person.id)
    await forget_outgoing(case.database)
    assert await wait_until(case, THURSDAY) == [(case.owner.person.id, 1)]
    await leave(case, case.owner.person.id)
    await take(case, alert, case.reporter)
    await case.database.write(lambda uow: uow.due.put(alert.workspace_id, "alert_waits", f"{alert.id}:1", THURSDAY))
    assert await wait_until(case, THURSDAY) == [(case.reviewer.person.id, 1)]


async def test_a_month_without_the_bot_asks_once_and_goes_on_from_there(case: CaseSetup) -> None:
    alert = await alerted(case)
    await forget_outgoing(case.database)
    month_later = NOW + timedelta(days=30)
    assert await wait_until(case, month_later) == [(case.owner.person.id, 1)]
    assert await wait_until(case, month_later) == []
    after = await due_rows(case.database)
    assert after[("alert_waits", f"{alert.id}:2")] > month_later + timedelta(days=2)


async def test_dealt_with_ends_the_asking(case: CaseSetup) -> None:
    alert = await alerted(case)
    for _ in range(2):
        await case.do(finish_alert, actor=case.owner, alert_id=alert.id, now=NOW)
    assert await due_rows(case.database) == {}
    view = await case.database.read(lambda uow: read_alert(uow, alert.workspace_id, alert.id, NOW))
    assert view is not None
    assert view.is_acted_on


async def test_only_who_was_asked_says_that_it_is_dealt_with(case: CaseSetup) -> None:
    alert = await alerted(case)
    for outsider in (case.reporter, case.dealer):
        with pytest.raises(NotFoundError):
            await case.do(finish_alert, actor=outsider, alert_id=alert.id, now=NOW)
    await take(case, alert, case.dealer)
    for asked in (case.dealer, case.owner, case.reviewer):
        await case.do(finish_alert, actor=asked, alert_id=alert.id, now=NOW)


async def test_a_row_of_an_alert_that_ended_asks_nobody(case: CaseSetup) -> None:
    alert = await alerted(case)
    await case.database.write(lambda uow: uow.alerts.close(alert.id))
    await forget_outgoing(case.database)
    assert await wait_until(case, THURSDAY) == []


async def test_a_reviewer_opens_a_discussion_from_an_alert_once(case: CaseSetup) -> None:
    alert = await alerted(case)
    with pytest.raises(ReviewersOnlyError):
        await case.do(discuss_alert, actor=case.owner, alert_id=alert.id, now=NOW, calendar=CALENDAR)
    arguments: dict[str, Any] = {"actor": case.reviewer, "alert_id": alert.id, "now": NOW, "calendar": CALENDAR}
    opened, is_new = await case.do(discuss_alert, **arguments)
    again, is_new_again = await case.do(discuss_alert, **arguments)
    assert (opened.id, is_new, is_new_again) == (again.id, True, False)
    assert opened.alert_id == alert.id
    view = await case.database.read(lambda uow: read_alert(uow, alert.workspace_id, alert.id, NOW))
    assert view is not None
    assert (view.discussion_code, view.is_acted_on, view.alert.state) == (opened.code, True, AlertState.OPEN)


async def test_a_closed_alert_starts_no_talk_but_leads_to_the_one_there_is(case: CaseSetup) -> None:
    alert = await alerted(case)
    await case.database.write(lambda uow: uow.alerts.close(alert.id))
    arguments: dict[str, Any] = {"actor": case.reviewer, "alert_id": alert.id, "now": NOW, "calendar": CALENDAR}
    with pytest.raises(AlertClosedError):
        await case.do(discuss_alert, **arguments)
    await case.record(severity=4)
    opened, is_new = await case.do(discuss_alert, **arguments)
    assert (opened.code, is_new) == ("review-0001", False)
