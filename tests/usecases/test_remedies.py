"""Something is tried: it starts, is judged at its end, gets its owner's word, and the client goes on from there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.errors import (
    ChoiceUnknownError,
    NotFoundError,
    RemedyDatesError,
    RemedyEndedError,
    RemedyTooLateError,
    TextTooLongError,
)
from bot.domain.model import Discussion, DiscussionState, Road
from bot.domain.notices import DiscussionOpening, FlagLedTo, RemedyOwned, RemedyToConfirm
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.actor import Actor
from bot.usecases.alerts import DUE as ALERT_DUE
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.discussion import open_discussion_by_hand
from bot.usecases.due import run_due
from bot.usecases.evaluation import DUE as EVALUATION_DUE
from bot.usecases.evaluation import current_round, end_round
from bot.usecases.leavers import person_left
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies import (
    DUE,
    call_off_remedies,
    call_off_remedy,
    confirm_remedy,
    hand_over_remedies,
    prolong_remedy,
    read_remedy_begin,
    read_remedy_to_end,
    start_remedy,
)
from tests.factories import TODAY, make_client
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.office import CALENDAR, Office, open_office
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

ALL_DUE = {**ALERT_DUE, **EVALUATION_DUE, **DUE}
ENDS_ON = date(2026, 3, 31)
MORNING_AFTER = datetime(2026, 4, 1, 7, 0, tzinfo=NOW.tzinfo)
"""Nine o'clock in Amsterdam on the working day after the trial, in summer time."""


def draft(office: Office, owner: Actor | None = None, **changes: Any) -> RemedyDraft:
    plan = RemedyDraft(
        kind=RemedyKind.CONVERSATION,
        description="Their director promises to pay within a fortnight.",
        owner_id=(owner or office.owner).person.id,
        starts_on=TODAY,
        ends_on=ENDS_ON,
        test=SuccessTest.NO_NEW_FLAG,
        test_category="late_payment",
    )
    return replace(plan, **changes)


async def begun(office: Office, by: Actor | None = None, now: datetime = NOW, **changes: Any) -> Remedy:
    remedy = await office.do(
        start_remedy,
        actor=by or office.owner,
        client_id=office.client.id,
        draft=draft(office, **changes),
        now=now,
        calendar=CALENDAR,
    )
    assert isinstance(remedy, Remedy)
    return remedy


async def said(
    office: Office, remedy: Remedy, outcome: RemedyOutcome, by: Actor | None = None, remark: str = ""
) -> Remedy:
    ended = await office.do(
        confirm_remedy,
        actor=by or office.owner,
        remedy_id=remedy.id,
        outcome=outcome,
        remark=remark,
        now=MORNING_AFTER,
        calendar=CALENDAR,
    )
    assert isinstance(ended, Remedy)
    return ended


async def stored(office: Office, remedy: Remedy) -> Remedy:
    found = await office.database.read(lambda uow: uow.remedies.find(remedy.workspace_id, remedy.id))
    assert found is not None
    return found


async def road(office: Office) -> Road:
    return (await office.stored_client()).road


async def discussion(office: Office) -> Discussion | None:
    return await office.database.read(lambda uow: uow.discussions.open_for(office.client.id))


async def talked_about(office: Office, *, decided: bool = False) -> Discussion:
    opened, _ = await office.do(
        open_discussion_by_hand, actor=office.reviewer, client_id=office.client.id, now=NOW, calendar=CALENDAR
    )
    assert isinstance(opened, Discussion)
    if decided:
        await office.do(end_round, discussion=opened, now=NOW)
    return opened


async def clock(office: Office, now: datetime) -> None:
    """Do what is due until `now`."""

    def work(uow: UnitOfWork) -> bool:
        done = run_due(uow, now, 100, lambda _: CALENDAR, ALL_DUE)
        assert not done.failed, done.failed
        return bool(done.taken)

    while await office.database.write(work):
        pass


async def asked(office: Office) -> list[tuple[int, int]]:
    found = [one.notice for one in await outgoing(office.database, RemedyToConfirm)]
    return [(notice.person_id, notice.step) for notice in found if isinstance(notice, RemedyToConfirm)]


async def test_a_client_with_whom_something_is_tried_stands_in_remedy(any_office: Office) -> None:
    remedy = await begun(any_office)
    assert (remedy.state, remedy.begun_by_id) == (RemedyState.RUNNING, any_office.owner.person.id)
    assert await road(any_office) is Road.REMEDY
    rows = await due_rows(any_office.database)
    assert rows[("remedy_ends", f"{remedy.id}:1")] == MORNING_AFTER
    assert await outgoing(any_office.database, RemedyOwned) == []


async def test_whoever_is_given_a_trial_hears_of_it(office: Office) -> None:
    remedy = await begun(office, office.reviewer, owner=office.dealer)
    [owned] = await outgoing(office.database, RemedyOwned)
    assert owned.notice == RemedyOwned(remedy.id, office.dealer.person.id)


async def test_the_end_waits_for_a_working_morning(office: Office) -> None:
    remedy = await begun(office, ends_on=date(2026, 3, 6))
    rows = await due_rows(office.database)
    assert rows[("remedy_ends", f"{remedy.id}:1")].date() == date(2026, 3, 9)


@pytest.mark.parametrize("who", ["reporter", "colleague"])
async def test_who_does_not_see_the_dossier_tries_nothing(office: Office, who: str) -> None:
    with pytest.raises(NotFoundError):
        await begun(office, getattr(office, who))
    with pytest.raises(NotFoundError):
        await office.do(read_remedy_begin, actor=getattr(office, who), client_id=office.client.id, now=NOW)
    assert await road(office) is Road.ACTIVE


async def test_whoever_was_asked_into_the_talk_may_try_something(office: Office) -> None:
    await office.record(office.reporter)
    await talked_about(office)
    assert (await begun(office, office.reporter)).begun_by_id == office.reporter.person.id


@pytest.mark.parametrize("gone", [Road.PARTING, Road.PARTED, Road.DEBRIEFED])
async def test_nothing_is_tried_once_the_team_parts(sqlite_database: Any, gone: Road) -> None:
    office = await open_office(sqlite_database, road=gone)
    with pytest.raises(RemedyTooLateError):
        await begun(office)
    with pytest.raises(RemedyTooLateError):
        await office.do(read_remedy_begin, actor=office.owner, client_id=office.client.id, now=NOW)


async def test_a_colleague_who_has_left_owns_nothing(office: Office) -> None:
    await office.database.write(lambda uow: uow.people.set_left(office.dealer.person.id, NOW))
    with pytest.raises(ChoiceUnknownError) as refused:
        await begun(office, owner=office.dealer)
    assert refused.value.field == "owner_id"


async def test_the_form_starts_from_what_troubles_most(office: Office) -> None:
    for day, category in enumerate(("haggling", "late_payment", "haggling")):
        await office.record(category=category, happened_on=TODAY - timedelta(days=day))
    begin = await office.do(read_remedy_begin, actor=office.owner, client_id=office.client.id, now=NOW)
    assert (begin.category, begin.client_name, begin.today) == ("haggling", "Acme B.V.", TODAY)
    assert RemedyKind.HIGHER_PRICE in begin.suggested


async def test_at_the_end_the_figures_are_judged_and_the_owner_is_asked(any_office: Office) -> None:
    remedy = await begun(any_office)
    await any_office.record(happened_on=TODAY + timedelta(days=9), now=NOW + timedelta(days=9))
    await clock(any_office, MORNING_AFTER - timedelta(minutes=1))
    assert await asked(any_office) == []
    await clock(any_office, MORNING_AFTER)
    found = await stored(any_office, remedy)
    assert (found.state, found.judged, found.judged_flags) == (
        RemedyState.TO_CONFIRM,
        RemedyOutcome.DID_NOT_WORK,
        1,
    )
    assert await asked(any_office) == [(any_office.owner.person.id, 1)]
    assert await road(any_office) is Road.REMEDY


async def test_the_score_is_that_of_the_last_day(office: Office) -> None:
    remedy = await begun(office, test=SuccessTest.SCORE_BELOW, test_points=1.0)
    await office.record(severity=3, happened_on=ENDS_ON + timedelta(days=1), now=MORNING_AFTER)
    await clock(office, MORNING_AFTER)
    found = await stored(office, remedy)
    assert (found.judged, found.judged_score) == (RemedyOutcome.WORKED, 0.0)


async def test_who_says_nothing_is_asked_once_more_and_then_the_reviewers_are(office: Office) -> None:
    await begun(office)
    await clock(office, MORNING_AFTER + timedelta(days=40))
    owner, reviewer = office.owner.person.id, office.reviewer.person.id
    assert await asked(office) == [(owner, 1)]
    await clock(office, MORNING_AFTER + timedelta(days=50))
    await clock(office, MORNING_AFTER + timedelta(days=60))
    await clock(office, MORNING_AFTER + timedelta(days=90))
    assert await asked(office) == [(owner, 1), (owner, 2), (reviewer, 3)]


async def test_what_worked_makes_the_client_active_again(any_office: Office) -> None:
    remedy = await begun(any_office)
    await clock(any_office, MORNING_AFTER)
    ended = await said(any_office, remedy, RemedyOutcome.WORKED, remark=" They kept their word. ")
    assert (ended.outcome, ended.outcome_note, ended.state) == (
        RemedyOutcome.WORKED,
        "They kept their word.",
        RemedyState.ENDED,
    )
    assert await road(any_office) is Road.ACTIVE
    assert await discussion(any_office) is None
    assert not [row for row in await due_rows(any_office.database) if row[0] == "remedy_ends"]


async def test_what_did_not_work_is_talked_about(any_office: Office) -> None:
    remedy = await begun(any_office)
    await said(any_office, remedy, RemedyOutcome.DID_NOT_WORK)
    opened = await discussion(any_office)
    assert opened is not None
    assert opened.opened_by_id == any_office.owner.person.id
    assert await road(any_office) is Road.IN_REVIEW


async def test_a_decision_to_put_it_right_that_was_carried_out_ends_the_talk(office: Office) -> None:
    await office.record(office.reporter)
    opened = await talked_about(office, decided=True)
    remedy = await begun(office, office.reviewer)
    assert remedy.discussion_id == opened.id
    await said(office, remedy, RemedyOutcome.WORKED)
    assert await road(office) is Road.ACTIVE
    closed = await office.database.read(lambda uow: uow.discussions.find(opened.workspace_id, opened.id))
    assert closed is not None
    assert closed.state is DiscussionState.CLOSED
    assert FlagLedTo(opened.id, office.reporter.person.id) in [one.notice for one in await outgoing(office.database)]


@pytest.mark.parametrize("outcome", [RemedyOutcome.DID_NOT_WORK, RemedyOutcome.UNCLEAR])
async def test_one_that_did_not_put_it_right_has_the_client_weighed_anew(
    office: Office, outcome: RemedyOutcome
) -> None:
    opened = await talked_about(office, decided=True)
    remedy = await begun(office, office.reviewer)
    await said(office, remedy, outcome)
    assert await road(office) is Road.IN_REVIEW
    again = await office.database.read(lambda uow: current_round(uow, opened.id))
    assert again is not None
    assert (again.number, again.ended_at) == (2, None)


async def test_without_a_decision_the_talk_simply_goes_on(office: Office) -> None:
    opened = await talked_about(office)
    remedy = await begun(office, office.reviewer)
    await said(office, remedy, RemedyOutcome.WORKED)
    assert await road(office) is Road.IN_REVIEW
    current = await office.database.read(lambda uow: current_round(uow, opened.id))
    assert current is not None
    assert (current.number, current.ended_at) == (1, None)


async def test_the_client_goes_on_only_when_nothing_is_tried_any_more(office: Office) -> None:
    first, second = await begun(office), await begun(office)
    await said(office, first, RemedyOutcome.DID_NOT_WORK)
    assert await road(office) is Road.REMEDY
    await said(office, second, RemedyOutcome.WORKED)
    assert await road(office) is Road.IN_REVIEW


async def test_the_last_word_is_for_its_owner_the_clients_owner_and_reviewers(office: Office) -> None:
    remedy = await begun(office, owner=office.dealer)
    for stranger in (office.reporter, office.colleague):
        with pytest.raises(NotFoundError):
            await said(office, remedy, RemedyOutcome.WORKED, stranger)
        with pytest.raises(NotFoundError):
            await office.do(read_remedy_to_end, actor=stranger, remedy_id=remedy.id)
    assert (await said(office, remedy, RemedyOutcome.UNCLEAR, office.dealer)).confirmed_by_id == office.dealer.person.id


async def test_the_same_word_twice_changes_nothing_and_another_is_refused(office: Office) -> None:
    remedy = await begun(office)
    once = await said(office, remedy, RemedyOutcome.WORKED)
    assert await said(office, remedy, RemedyOutcome.WORKED, office.reviewer) == once
    with pytest.raises(RemedyEndedError):
        await said(office, remedy, RemedyOutcome.DID_NOT_WORK)
    with pytest.raises(RemedyEndedError):
        await office.do(read_remedy_to_end, actor=office.owner, remedy_id=remedy.id)


async def test_a_remark_that_is_too_long_ends_nothing(office: Office) -> None:
    remedy = await begun(office)
    with pytest.raises(TextTooLongError) as refused:
        await said(office, remedy, RemedyOutcome.WORKED, remark="x" * 1001)
    assert refused.value.field == "remark"
    assert (await stored(office, remedy)).state is RemedyState.RUNNING


async def test_more_time_is_judged_at_its_new_end(office: Office) -> None:
    remedy = await begun(office)
    await clock(office, MORNING_AFTER)
    longer = {"actor": office.owner, "remedy_id": remedy.id, "now": MORNING_AFTER, "calendar": CALENDAR}
    for wrong in (ENDS_ON, MORNING_AFTER.date(), TODAY + timedelta(days=400)):
        with pytest.raises(RemedyDatesError):
            await office.do(prolong_remedy, ends_on=wrong, **longer)
    prolonged = await office.do(prolong_remedy, ends_on=date(2026, 4, 30), **longer)
    assert (prolonged.state, prolonged.judged) == (RemedyState.RUNNING, None)
    rows = {key: moment for key, moment in (await due_rows(office.database)).items() if key[0] == "remedy_ends"}
    assert [(key[1], moment.date()) for key, moment in rows.items()] == [(f"{remedy.id}:1", date(2026, 5, 1))]


async def test_what_is_called_off_was_not_tried(office: Office) -> None:
    remedy = await begun(office)
    stopped = await office.do(
        call_off_remedy, actor=office.owner, remedy_id=remedy.id, now=MORNING_AFTER, calendar=CALENDAR
    )
    assert (stopped.state, stopped.outcome) == (RemedyState.CALLED_OFF, None)
    assert await road(office) is Road.ACTIVE
    await clock(office, MORNING_AFTER + timedelta(days=90))
    assert await asked(office) == []


async def test_called_off_in_a_decided_talk_the_team_weighs_the_client_anew(office: Office) -> None:
    opened = await talked_about(office, decided=True)
    remedy = await begun(office, office.reviewer)
    await office.do(call_off_remedy, actor=office.reviewer, remedy_id=remedy.id, now=NOW, calendar=CALENDAR)
    again = await office.database.read(lambda uow: current_round(uow, opened.id))
    assert again is not None
    assert again.number == 2


async def test_everything_is_called_off_when_the_client_goes(office: Office) -> None:
    first, second = await begun(office), await begun(office)
    await office.do(call_off_remedies, client=await office.stored_client(), now=NOW)
    assert {(await stored(office, remedy)).state for remedy in (first, second)} == {RemedyState.CALLED_OFF}
    assert not [row for row in await due_rows(office.database) if row[0] == "remedy_ends"]


async def test_a_trial_goes_to_somebody_else_when_its_owner_leaves(office: Office) -> None:
    remedy = await begun(office, owner=office.dealer)
    await forget_outgoing(office.database)
    await office.database.write(lambda uow: uow.people.set_left(office.dealer.person.id, NOW))
    await office.do(hand_over_remedies, person_id=office.dealer.person.id, now=NOW)
    assert (await stored(office, remedy)).owner_id == office.owner.person.id
    [owned] = await outgoing(office.database, RemedyOwned)
    assert owned.notice == RemedyOwned(remedy.id, office.owner.person.id)


async def test_a_leaver_hands_over_without_being_asked(office: Office) -> None:
    remedy = await begun(office, owner=office.dealer)
    users = await office.database.read(
        lambda uow: uow.people.external_ids([office.dealer.person.id], "slack"),
    )
    await office.do(
        person_left,
        workspace_id=remedy.workspace_id,
        platform="slack",
        external_id=users[office.dealer.person.id],
        now=NOW,
    )
    assert (await stored(office, remedy)).owner_id == office.owner.person.id


async def test_the_overview_of_a_talk_shows_what_is_tried(office: Office) -> None:
    opened = await talked_about(office)
    await forget_outgoing(office.database)
    remedy = await begun(office, office.reviewer)
    assert DiscussionOpening(opened.id) in [one.notice for one in await outgoing(office.database)]
    await forget_outgoing(office.database)
    await said(office, remedy, RemedyOutcome.WORKED)
    assert DiscussionOpening(opened.id) in [one.notice for one in await outgoing(office.database)]


async def test_a_trial_follows_its_client_into_a_merge_and_back(any_office: Office) -> None:
    other = await any_office.database.write(
        lambda uow: make_client(
            uow, uow.people.workspace(any_office.client.workspace_id), "Acme Holding", owner=any_office.owner.person
        )
    )
    remedy = await begun(any_office)
    merged = await any_office.do(
        merge_clients,
        actor=any_office.reviewer,
        source_id=any_office.client.id,
        target_id=other.id,
        now=NOW,
        calendar=CALENDAR,
    )
    assert (await stored(any_office, remedy)).client_id == other.id
    assert (await any_office.stored_client()).road is Road.REMEDY
    await any_office.do(
        undo_merge, actor=any_office.reviewer, target_id=other.id, merge_id=merged.merge_id, now=NOW, calendar=CALENDAR
    )
    assert (await stored(any_office, remedy)).client_id == any_office.client.id
    roads = await any_office.database.read(
        lambda uow: [uow.clients.find(other.workspace_id, one) for one in (any_office.client.id, other.id)]
    )
    assert [client.road for client in roads if client] == [Road.REMEDY, Road.ACTIVE]
