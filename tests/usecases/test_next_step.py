"""What comes next about a client, as its dossier says it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.model import ClientStage
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.dossier.read_models import NextStep, StepKind
from bot.usecases.ports import Database
from bot.usecases.remedies.starting import start_remedy
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.test_dossier import TODAY, CaseSetup, case, dossier, flag


async def next_for(database: Database, here: CaseSetup) -> tuple[NextStep | None, NextStep | None]:
    """What comes next for a reviewer, and for somebody who deals with the client."""
    return (
        (await dossier(database, here, here.reviewer)).next_step,
        (await dossier(database, here, here.dealer)).next_step,
    )


async def test_a_quiet_client_asks_for_nothing(database: Database) -> None:
    here = await case(database)
    assert await next_for(database, here) == (None, None)


@pytest.mark.parametrize(("severity", "kind"), [(3, StepKind.TRY), (4, StepKind.TALK)])
async def test_flags_ask_for_what_their_level_asks_for(database: Database, severity: int, kind: StepKind) -> None:
    here = await case(database)
    await flag(database, here, here.reporter, severity=severity)
    client_id = here.client.id
    opens_talk = None if kind is StepKind.TALK else client_id
    assert await next_for(database, here) == (NextStep(kind, client_id), NextStep(kind, opens_talk))


async def test_a_trial_that_runs_is_seen_through(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reporter, severity=3)
    ends = TODAY + timedelta(days=30)
    plan = RemedyDraft(
        RemedyKind.CONVERSATION, "They promise to pay.", here.dealer.person.id, TODAY, ends, SuccessTest.BY_OWNER
    )
    calendar = HolidayCalendar(here.dealer.settings)
    await database.write(lambda uow: start_remedy(uow, here.dealer, here.client.id, plan, NOW, calendar))
    running = NextStep(StepKind.TRYING, on=ends)
    assert await next_for(database, here) == (running, running)


async def test_whoever_is_asked_gives_a_view_and_others_wait_for_it(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reporter, severity=3)
    calendar = HolidayCalendar(here.reviewer.settings)
    opened, _ = await database.write(
        lambda uow: open_discussion_by_hand(uow, here.reviewer, here.client.id, NOW, calendar)
    )
    asked = await database.read(lambda uow: frozenset(uow.discussions.people(opened.id)))
    for actor in (here.reviewer, here.owner, here.dealer):
        step = (await dossier(database, here, actor)).next_step
        is_asked = actor.person.id in asked
        target = opened.id if is_asked else None
        kind = StepKind.GIVE_VIEW if is_asked else StepKind.AWAIT_VIEWS
        assert step == NextStep(kind, target, on=opened.views_by, code=opened.code)
    assert here.dealer.person.id in asked


async def test_who_has_left_asks_for_nothing(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reporter, severity=4)
    await database.write(lambda uow: uow.clients.change(here.client.id, stage=ClientStage.PARTED, left_on=TODAY))
    assert await next_for(database, here) == (None, None)
