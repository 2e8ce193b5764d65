"""Remedies, on both databases alike."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.remedies import RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import Judgement, RemedyDraft
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import TODAY, make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

AnyDatabase = SqliteDatabase | PostgresDatabase


def draft_of(owner_id: int) -> RemedyDraft:
    return RemedyDraft(
        kind=RemedyKind.PAYMENT_PLAN,
        description="Three instalments, the first before the end of the month.",
        owner_id=owner_id,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=30),
        test=SuccessTest.SCORE_BELOW,
        test_points=4.5,
    )


async def test_a_remedy_is_found_as_it_was_begun(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        client, person = make_client(uow, workspace), make_person(uow, workspace)
        draft = draft_of(person.id)
        first = uow.remedies.begin(workspace.id, client.id, draft, discussion_id=None, begun_by_id=person.id, now=NOW)
        assert uow.remedies.find(workspace.id, first.id) == first
        assert (first.kind, first.test, first.test_points, first.state) == (
            RemedyKind.PAYMENT_PLAN,
            SuccessTest.SCORE_BELOW,
            4.5,
            RemedyState.RUNNING,
        )
        assert (first.begun_at, first.starts_on, first.ends_on) == (NOW, draft.starts_on, draft.ends_on)
        second = uow.remedies.begin(workspace.id, client.id, draft, discussion_id=None, begun_by_id=person.id, now=NOW)
        assert [remedy.id for remedy in uow.remedies.of_client(client.id)] == [second.id, first.id]
        other = make_workspace(uow, "T0002")
        assert uow.remedies.find(other.id, first.id) is None

    await database.write(story)


async def test_a_remedy_ends_once(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        client, person = make_client(uow, workspace), make_person(uow, workspace)
        draft = draft_of(person.id)
        begun = uow.remedies.begin(workspace.id, client.id, draft, discussion_id=None, begun_by_id=person.id, now=NOW)
        assert uow.remedies.judged(begun.id, Judgement(RemedyOutcome.DID_NOT_WORK, 2, 5.5), NOW)
        judged = uow.remedies.find(workspace.id, begun.id)
        assert judged is not None
        assert (judged.state, judged.judged, judged.judged_flags, judged.judged_score, judged.judged_at) == (
            RemedyState.TO_CONFIRM,
            RemedyOutcome.DID_NOT_WORK,
            2,
            5.5,
            NOW,
        )
        assert [remedy.id for remedy in uow.remedies.owned_by(person.id)] == [begun.id]
        assert uow.remedies.end(begun.id, RemedyOutcome.WORKED, "They paid on the last day.", person.id, NOW)
        assert not uow.remedies.end(begun.id, RemedyOutcome.UNCLEAR, "", person.id, NOW)
        assert not uow.remedies.call_off(begun.id, NOW)
        assert not uow.remedies.prolong(begun.id, TODAY + timedelta(days=60))
        done = uow.remedies.find(workspace.id, begun.id)
        assert done is not None
        assert (done.state, done.outcome, done.outcome_note, done.confirmed_by_id, done.ended_at) == (
            RemedyState.ENDED,
            RemedyOutcome.WORKED,
            "They paid on the last day.",
            person.id,
            NOW,
        )
        assert uow.remedies.owned_by(person.id) == []

    await database.write(story)


async def test_more_time_forgets_what_the_figures_said(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        client, person, heir = make_client(uow, workspace), make_person(uow, workspace), make_person(uow, workspace)
        draft = draft_of(person.id)
        begun = uow.remedies.begin(workspace.id, client.id, draft, discussion_id=None, begun_by_id=person.id, now=NOW)
        uow.remedies.judged(begun.id, Judgement(RemedyOutcome.WORKED, 0, 1.0), NOW)
        assert uow.remedies.prolong(begun.id, TODAY + timedelta(days=60))
        uow.remedies.hand_over(begun.id, heir.id)
        found = uow.remedies.find(workspace.id, begun.id)
        assert found is not None
        assert (found.state, found.ends_on, found.owner_id) == (
            RemedyState.RUNNING,
            TODAY + timedelta(days=60),
            heir.id,
        )
        assert (found.judged, found.judged_flags, found.judged_score, found.judged_at) == (None, None, None, None)

    await database.write(story)
