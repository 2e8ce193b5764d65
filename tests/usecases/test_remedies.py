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
from bot.domain.model import ClientStage, Discussion, DiscussionState
from bot.domain.notices import DiscussionOpening, FlagLedTo, RemedyOwned, RemedyToConfirm
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.actor import Actor
from bot.usecases.capabilities import DUE
from bot.usecases.clients.merge import merge_clients, undo_merge
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.due import run_due
from bot.usecases.evaluation.rounds import current_round, end_round
from bot.usecases.people.leavers import person_left
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.ending import (
    LastWord,
    call_off_remedies,
    call_off_remedy,
    confirm_remedy,
    prolong_remedy,
    say_last_word,
)
from bot.usecases.remedies.remedy_view import RemedyEnded, read_remedy_begin, read_remedy_to_end
from bot.usecases.remedies.starting import hand_over_remedies, start_remedy, start_remedy_once
from tests.factories import TODAY, make_client
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup, open_case
from tests.usecases.outgoing import due_rows, forget_outgoing, outgoing

ENDS_ON = date(2026, 3, 31)
MORNING_AFTER = datetime(2026, 4, 1, 7, 0, tzinfo=NOW.tzinfo)
"""Nine o'clock in Amsterdam on the working day after the trial, in summer time."""


def draft(case: CaseSetup, owner: Actor | None = None, **changes: Any) -> RemedyDraft:
    plan = RemedyDraft(
        kind=RemedyKind.CONVERSATION,
        description="Their director promises to pay within a fortnight.",
        owner_id=(owner or case.owner).person.id,
        starts_on=TODAY,
        ends_on=ENDS_ON,
        test=SuccessTest.NO_NEW_FLAG,
        test_category="late_payment",
    )
    return replace(plan, **changes)


async def begun(case: CaseSetup, by: Actor | None = None, now: datetime = NOW, **changes: Any) -> Remedy:
    remedy = await case.do(
        start_remedy,
        actor=by or case.owner,
        client_id=case.client.id,
        draft=draft(case, **changes),
        now=now,
        calendar=CALENDAR,
    )
    assert isinstance(remedy, Remedy)
    return remedy


async def said(
    case: CaseSetup, remedy: Remedy, outcome: RemedyOutcome, by: Actor | None = None, remark: str = ""
) -> Remedy:
    ended = await case.do(
        confirm_remedy,
        actor=by or case.owner,
        remedy_id=remedy.id,
        outcome=outcome,
        remark=remark,
        now=MORNING_AFTER,
        calendar=CALENDAR,
    )
    assert isinstance(ended, Remedy)
    return ended


async def stored(case: CaseSetup, remedy: Remedy) -> Remedy:
    found = await case.database.read(lambda uow: uow.remedies.find(remedy.workspace_id, remedy.id))
    assert found is not None
    return found


async def stage(case: CaseSetup) -> ClientStage:
    return (await case.stored_client()).stage


async def discussion(case: CaseSetup) -> Discussion | None:
    return await case.database.read(lambda uow: uow.discussions.open_for(case.client.id))


async def talked_about(case: CaseSetup, *, decided: bool = False) -> Discussion:
    opened, _ = await case.do(
        open_discussion_by_hand, actor=case.reviewer, client_id=case.client.id, now=NOW, calendar=CALENDAR
    )
    assert isinstance(opened, Discussion)
    if decided:
        await case.do(end_round, discussion=opened, now=NOW)
    return opened


async def clock(case: CaseSetup, now: datetime) -> None:
    """Do what is due until `now`."""

    def work(uow: UnitOfWork) -> bool:
        done = run_due(uow, now, 100, lambda _: CALENDAR, DUE)
        assert not done.failed, done.failed
        return bool(done.taken)

    while await case.database.write(work):
        pass


async def asked(case: CaseSetup) -> list[tuple[int, int]]:
    found = [one.notice for one in await outgoing(case.database, RemedyToConfirm)]
    return [(notice.person_id, notice.step) for notice in found if isinstance(notice, RemedyToConfirm)]


async def test_a_client_with_whom_something_is_tried_stands_in_remedy(any_case: CaseSetup) -> None:
    remedy = await begun(any_case)
    assert (remedy.state, remedy.begun_by_id) == (RemedyState.RUNNING, any_case.owner.person.id)
    assert await stage(any_case) is ClientStage.REMEDY
    rows = await due_rows(any_case.database)
    assert rows[("remedy_ends", f"{remedy.id}:1")] == MORNING_AFTER
    assert await outgoing(any_case.database, RemedyOwned) == []


async def test_whoever_is_given_a_trial_hears_of_it(case: CaseSetup) -> None:
    remedy = await begun(case, case.reviewer, owner=case.dealer)
    [owned] = await outgoing(case.database, RemedyOwned)
    assert owned.notice == RemedyOwned(remedy.id, case.dealer.person.id)


async def test_the_end_waits_for_a_working_morning(case: CaseSetup) -> None:
    remedy = await begun(case, ends_on=date(2026, 3, 6))
    rows = await due_rows(case.database)
    assert rows[("remedy_ends", f"{remedy.id}:1")].date() == date(2026, 3, 9)


@pytest.mark.parametrize("who", ["reporter", "colleague"])
async def test_who_does_not_see_the_dossier_tries_nothing(case: CaseSetup, who: str) -> None:
    with pytest.raises(NotFoundError):
        await begun(case, getattr(case, who))
    with pytest.raises(NotFoundError):
        await case.do(read_remedy_begin, actor=getattr(case, who), client_id=case.client.id, now=NOW)
    assert await stage(case) is ClientStage.ACTIVE


async def test_whoever_was_asked_into_the_talk_may_try_something(case: CaseSetup) -> None:
    await case.record(case.reporter)
    await talked_about(case)
    assert (await begun(case, case.reporter)).begun_by_id == case.reporter.person.id


@pytest.mark.parametrize("gone", [ClientStage.PARTING, ClientStage.PARTED, ClientStage.DEBRIEFED])
async def test_nothing_is_tried_once_the_team_parts(sqlite_database: Any, gone: ClientStage) -> None:
    case = await open_case(sqlite_database, stage=gone)
    with pytest.raises(RemedyTooLateError):
        await begun(case)
    with pytest.raises(RemedyTooLateError):
        await case.do(read_remedy_begin, actor=case.owner, client_id=case.client.id, now=NOW)


async def test_a_colleague_who_has_left_owns_nothing(case: CaseSetup) -> None:
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    with pytest.raises(ChoiceUnknownError) as refused:
        await begun(case, owner=case.dealer)
    assert refused.value.field == "owner"


async def test_the_form_starts_from_what_troubles_most(case: CaseSetup) -> None:
    for day, category in enumerate(("haggling", "late_payment", "haggling")):
        await case.record(category=category, happened_on=TODAY - timedelta(days=day))
    begin = await case.do(read_remedy_begin, actor=case.owner, client_id=case.client.id, now=NOW)
    assert (begin.category, begin.client_name, begin.today) == ("haggling", "Acme B.V.", TODAY)
    assert RemedyKind.HIGHER_PRICE in begin.suggested


async def test_at_the_end_the_figures_are_judged_and_the_owner_is_asked(any_case: CaseSetup) -> None:
    remedy = await begun(any_case)
    await any_case.record(happened_on=TODAY + timedelta(days=9), now=NOW + timedelta(days=9))
    await clock(any_case, MORNING_AFTER - timedelta(minutes=1))
    assert await asked(any_case) == []
    await clock(any_case, MORNING_AFTER)
    found = await stored(any_case, remedy)
    assert (found.state, found.judged, found.judged_flags) == (
        RemedyState.TO_CONFIRM,
        RemedyOutcome.DID_NOT_WORK,
        1,
    )
    assert await asked(any_case) == [(any_case.owner.person.id, 1)]
    assert await stage(any_case) is ClientStage.REMEDY


async def test_the_score_is_that_of_the_last_day(case: CaseSetup) -> None:
    remedy = await begun(case, test=SuccessTest.SCORE_BELOW, test_points=1.0)
    await case.record(severity=3, happened_on=ENDS_ON + timedelta(days=1), now=MORNING_AFTER)
    await clock(case, MORNING_AFTER)
    found = await stored(case, remedy)
    assert (found.judged, found.judged_score) == (RemedyOutcome.WORKED, 0.0)


async def test_who_says_nothing_is_asked_once_more_and_then_the_reviewers_are(case: CaseSetup) -> None:
    await begun(case)
    await clock(case, MORNING_AFTER + timedelta(days=40))
    owner, reviewer = case.owner.person.id, case.reviewer.person.id
    assert await asked(case) == [(owner, 1)]
    await clock(case, MORNING_AFTER + timedelta(days=50))
    await clock(case, MORNING_AFTER + timedelta(days=60))
    await clock(case, MORNING_AFTER + timedelta(days=90))
    assert await asked(case) == [(owner, 1), (owner, 2), (reviewer, 3)]


async def test_what_worked_makes_the_client_active_again(any_case: CaseSetup) -> None:
    remedy = await begun(any_case)
    await clock(any_case, MORNING_AFTER)
    ended = await said(any_case, remedy, RemedyOutcome.WORKED, remark=" They kept their word. ")
    assert (ended.outcome, ended.outcome_note, ended.state) == (
        RemedyOutcome.WORKED,
        "They kept their word.",
        RemedyState.ENDED,
    )
    assert await stage(any_case) is ClientStage.ACTIVE
    assert await discussion(any_case) is None
    assert not [row for row in await due_rows(any_case.database) if row[0] == "remedy_ends"]


async def test_what_did_not_work_is_talked_about(any_case: CaseSetup) -> None:
    remedy = await begun(any_case)
    await said(any_case, remedy, RemedyOutcome.DID_NOT_WORK)
    opened = await discussion(any_case)
    assert opened is not None
    assert opened.opened_by_id == any_case.owner.person.id
    assert await stage(any_case) is ClientStage.IN_REVIEW


async def test_a_decision_to_put_it_right_that_was_carried_out_ends_the_talk(case: CaseSetup) -> None:
    await case.record(case.reporter)
    opened = await talked_about(case, decided=True)
    remedy = await begun(case, case.reviewer)
    assert remedy.discussion_id == opened.id
    await said(case, remedy, RemedyOutcome.WORKED)
    assert await stage(case) is ClientStage.ACTIVE
    closed = await case.database.read(lambda uow: uow.discussions.find(opened.workspace_id, opened.id))
    assert closed is not None
    assert closed.state is DiscussionState.CLOSED
    assert FlagLedTo(opened.id, case.reporter.person.id) in [one.notice for one in await outgoing(case.database)]


@pytest.mark.parametrize("outcome", [RemedyOutcome.DID_NOT_WORK, RemedyOutcome.UNCLEAR])
async def test_one_that_did_not_put_it_right_has_the_client_weighed_anew(
    case: CaseSetup, outcome: RemedyOutcome
) -> None:
    opened = await talked_about(case, decided=True)
    remedy = await begun(case, case.reviewer)
    await said(case, remedy, outcome)
    assert await stage(case) is ClientStage.IN_REVIEW
    again = await case.database.read(lambda uow: current_round(uow, opened.id))
    assert again is not None
    assert (again.number, again.ended_at) == (2, None)


async def test_without_a_decision_the_talk_simply_goes_on(case: CaseSetup) -> None:
    opened = await talked_about(case)
    remedy = await begun(case, case.reviewer)
    await said(case, remedy, RemedyOutcome.WORKED)
    assert await stage(case) is ClientStage.IN_REVIEW
    current = await case.database.read(lambda uow: current_round(uow, opened.id))
    assert current is not None
    assert (current.number, current.ended_at) == (1, None)


async def test_the_client_goes_on_only_when_nothing_is_tried_any_more(case: CaseSetup) -> None:
    first, second = await begun(case), await begun(case)
    await said(case, first, RemedyOutcome.DID_NOT_WORK)
    assert await stage(case) is ClientStage.REMEDY
    await said(case, second, RemedyOutcome.WORKED)
    assert await stage(case) is ClientStage.IN_REVIEW


async def test_the_last_word_is_for_its_owner_the_clients_owner_and_reviewers(case: CaseSetup) -> None:
    remedy = await begun(case, owner=case.dealer)
    for stranger in (case.reporter, case.colleague):
        with pytest.raises(NotFoundError):
            await said(case, remedy, RemedyOutcome.WORKED, stranger)
        with pytest.raises(NotFoundError):
            await case.do(read_remedy_to_end, actor=stranger, remedy_id=remedy.id)
    assert (await said(case, remedy, RemedyOutcome.UNCLEAR, case.dealer)).confirmed_by_id == case.dealer.person.id


async def test_the_same_word_twice_changes_nothing_and_another_is_refused(case: CaseSetup) -> None:
    remedy = await begun(case)
    once = await said(case, remedy, RemedyOutcome.WORKED)
    assert await said(case, remedy, RemedyOutcome.WORKED, case.reviewer) == once
    with pytest.raises(RemedyEndedError):
        await said(case, remedy, RemedyOutcome.DID_NOT_WORK)
    with pytest.raises(RemedyEndedError):
        await case.do(read_remedy_to_end, actor=case.owner, remedy_id=remedy.id)


async def test_a_remark_that_is_too_long_ends_nothing(case: CaseSetup) -> None:
    remedy = await begun(case)
    with pytest.raises(TextTooLongError) as refused:
        await said(case, remedy, RemedyOutcome.WORKED, remark="x" * 1001)
    assert refused.value.field == "outcome_note"
    assert (await stored(case, remedy)).state is RemedyState.RUNNING


async def test_more_time_is_judged_at_its_new_end(case: CaseSetup) -> None:
    remedy = await begun(case)
    await clock(case, MORNING_AFTER)
    longer = {"actor": case.owner, "remedy_id": remedy.id, "now": MORNING_AFTER, "calendar": CALENDAR}
    for wrong in (ENDS_ON, MORNING_AFTER.date(), TODAY + timedelta(days=400)):
        with pytest.raises(RemedyDatesError):
            await case.do(prolong_remedy, ends_on=wrong, **longer)
    prolonged = await case.do(prolong_remedy, ends_on=date(2026, 4, 30), **longer)
    assert (prolonged.state, prolonged.judged) == (RemedyState.RUNNING, None)
    rows = {key: moment for key, moment in (await due_rows(case.database)).items() if key[0] == "remedy_ends"}
    assert [(key[1], moment.date()) for key, moment in rows.items()] == [(f"{remedy.id}:1", date(2026, 5, 1))]


@pytest.mark.parametrize(
    ("word", "state", "outcome"),
    [
        (LastWord(RemedyOutcome.WORKED, "They paid."), RemedyState.ENDED, RemedyOutcome.WORKED),
        (LastWord(ends_on=date(2026, 4, 30)), RemedyState.RUNNING, None),
        (LastWord(), RemedyState.CALLED_OFF, None),
    ],
)
async def test_a_word_on_a_trial_ends_it_prolongs_it_or_calls_it_off(
    case: CaseSetup, word: LastWord, state: RemedyState, outcome: RemedyOutcome | None
) -> None:
    remedy = await begun(case)
    ended = await case.do(
        say_last_word, actor=case.owner, remedy_id=remedy.id, word=word, now=MORNING_AFTER, calendar=CALENDAR
    )
    found = await stored(case, remedy)
    assert ended == RemedyEnded(found, await stage(case), None)
    assert (found.state, found.outcome) == (state, outcome)
    assert found.outcome_note == word.remark
    assert found.ends_on == (word.ends_on or ENDS_ON)


async def test_the_same_form_twice_starts_one_trial(case: CaseSetup) -> None:
    form = {"actor": case.owner, "client_id": case.client.id, "now": NOW, "calendar": CALENDAR}
    for key in ("first", "first", "second"):
        await case.do(start_remedy_once, draft=draft(case), key=key, content_hash="", **form)
    tried = await case.database.read(lambda uow: uow.remedies.of_client(case.client.id))
    assert len(tried) == 2


async def test_what_is_called_off_was_not_tried(case: CaseSetup) -> None:
    remedy = await begun(case)
    stopped = await case.do(
        call_off_remedy, actor=case.owner, remedy_id=remedy.id, now=MORNING_AFTER, calendar=CALENDAR
    )
    assert (stopped.state, stopped.outcome) == (RemedyState.CALLED_OFF, None)
    assert await stage(case) is ClientStage.ACTIVE
    await clock(case, MORNING_AFTER + timedelta(days=90))
    assert await asked(case) == []


async def test_called_off_in_a_decided_talk_the_team_weighs_the_client_anew(case: CaseSetup) -> None:
    opened = await talked_about(case, decided=True)
    remedy = await begun(case, case.reviewer)
    await case.do(call_off_remedy, actor=case.reviewer, remedy_id=remedy.id, now=NOW, calendar=CALENDAR)
    again = await case.database.read(lambda uow: current_round(uow, opened.id))
    assert again is not None
    assert again.number == 2


async def test_everything_is_called_off_when_the_client_goes(case: CaseSetup) -> None:
    first, second = await begun(case), await begun(case)
    await case.do(call_off_remedies, client=await case.stored_client(), now=NOW)
    assert {(await stored(case, remedy)).state for remedy in (first, second)} == {RemedyState.CALLED_OFF}
    assert not [row for row in await due_rows(case.database) if row[0] == "remedy_ends"]


async def test_a_trial_goes_to_somebody_else_when_its_owner_leaves(case: CaseSetup) -> None:
    remedy = await begun(case, owner=case.dealer)
    await forget_outgoing(case.database)
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    await case.do(hand_over_remedies, person_id=case.dealer.person.id, now=NOW)
    assert (await stored(case, remedy)).owner_id == case.owner.person.id
    [owned] = await outgoing(case.database, RemedyOwned)
    assert owned.notice == RemedyOwned(remedy.id, case.owner.person.id)


async def test_a_leaver_hands_over_without_being_asked(case: CaseSetup) -> None:
    remedy = await begun(case, owner=case.dealer)
    users = await case.database.read(
        lambda uow: uow.people.external_ids([case.dealer.person.id], "slack"),
    )
    await case.do(
        person_left,
        workspace_id=remedy.workspace_id,
        platform="slack",
        external_id=users[case.dealer.person.id],
        now=NOW,
    )
    assert (await stored(case, remedy)).owner_id == case.owner.person.id


async def test_the_overview_of_a_talk_shows_what_is_tried(case: CaseSetup) -> None:
    opened = await talked_about(case)
    await forget_outgoing(case.database)
    remedy = await begun(case, case.reviewer)
    assert DiscussionOpening(opened.id) in [one.notice for one in await outgoing(case.database)]
    await forget_outgoing(case.database)
    await said(case, remedy, RemedyOutcome.WORKED)
    assert DiscussionOpening(opened.id) in [one.notice for one in await outgoing(case.database)]


async def test_a_trial_follows_its_client_into_a_merge_and_back(any_case: CaseSetup) -> None:
    other = await any_case.database.write(
        lambda uow: make_client(
            uow, uow.people.workspace(any_case.client.workspace_id), "Acme Holding", owner=any_case.owner.person
        )
    )
    remedy = await begun(any_case)
    merged = await any_case.do(
        merge_clients,
        actor=any_case.reviewer,
        source_id=any_case.client.id,
        target_id=other.id,
        now=NOW,
        calendar=CALENDAR,
    )
    assert (await stored(any_case, remedy)).client_id == other.id
    assert (await any_case.stored_client()).stage is ClientStage.REMEDY
    await any_case.do(
        undo_merge, actor=any_case.reviewer, target_id=other.id, merge_id=merged.merge_id, now=NOW, calendar=CALENDAR
    )
    assert (await stored(any_case, remedy)).client_id == any_case.client.id
    clients = await any_case.database.read(
        lambda uow: [uow.clients.find(other.workspace_id, one) for one in (any_case.client.id, other.id)]
    )
    assert [client.stage for client in clients if client] == [ClientStage.REMEDY, ClientStage.ACTIVE]
