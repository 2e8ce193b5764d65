"""Closing terms are kept as they are typed, taken up by a colleague, and lose nobody's words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from bot.domain.audit import AuditAction
from bot.domain.decision import DecisionOutcome
from bot.domain.errors import NotFoundError, TextTooLongError
from bot.domain.farewell.closing_terms import MAX_TERM_LENGTH, AfterTheEndError, Term
from bot.usecases.actor import Actor
from bot.usecases.audit import trail_of
from bot.usecases.farewell.closing_check import read_closing
from bot.usecases.farewell.closing_terms import TermsView, keep_terms, read_terms
from bot.usecases.ports import Database
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import KEEP, LATER, PART, DecisionSetup, open_setup
from tests.usecases.flags.case_setup import CALENDAR


async def parted(database: Database) -> DecisionSetup:
    setup = await open_setup(database)
    await setup.view(PART, PART, PART)
    await setup.try_in_vain()
    await setup.hear()
    await setup.decide(DecisionOutcome.PART)
    return setup


async def keep(
    setup: DecisionSetup,
    by: Actor | None = None,
    /,
    *,
    untouched: Collection[Term] = (),
    is_done: bool = False,
    decision_id: int = 1,
    **typed: str,
) -> TermsView:
    terms = {Term(name): text for name, text in typed.items()}
    given: dict[str, Any] = {"decision_id": decision_id, "typed": terms, "untouched": untouched, "is_done": is_done}
    view: TermsView = await setup.do(keep_terms, by, **given)
    return view


async def test_a_colleague_takes_up_what_was_left_half_way(database: Database) -> None:
    setup = await parted(database)
    await keep(setup, work="The annual")
    await keep(setup, work="The annual accounts.", work_by="2026-03-20")
    view = await keep(
        setup, setup.case.owner, work="The annual accounts and the tax return.", invoice="None: all is paid."
    )
    assert view.terms == {
        Term.WORK: "The annual accounts and the tax return.",
        Term.WORK_BY: "2026-03-20",
        Term.INVOICE: "None: all is paid.",
    }
    assert view.missing == (Term.HANDOVER,)
    (replaced,) = view.replaced.values()
    assert (replaced.text, replaced.saved_by_id) == ("The annual accounts.", setup.case.reviewer.person.id)


async def test_what_somebody_left_as_it_was_undoes_nothing(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    await keep(setup, work="The report.")
    await keep(setup, setup.case.owner, work="The report and the slides.")
    view = await keep(setup, untouched=[Term.WORK], work="The report.", invoice="As usual.")
    assert view.terms[Term.WORK] == "The report and the slides."
    assert view.terms[Term.INVOICE] == "As usual."
    view = await keep(setup, setup.case.owner, untouched=[Term.WORK], work="The report.")
    assert view.terms[Term.WORK] == "The report."


async def test_what_is_taken_out_does_not_stand_and_is_not_lost(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    await keep(setup, money_back="Invoice 17 in full.")
    view = await keep(setup, setup.case.owner, money_back="")
    assert Term.MONEY_BACK not in view.terms
    assert view.replaced[Term.MONEY_BACK].text == "Invoice 17 in full."


async def test_what_cannot_be_true_is_kept_and_said(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    view = await keep(setup, handover_by="2027-01-04")
    assert isinstance(view.problems[Term.HANDOVER_BY], AfterTheEndError)
    assert (await setup.database.read(lambda uow: read_terms(uow, setup.case.owner, 1, NOW))).terms == view.terms


async def test_a_text_that_is_too_long_is_refused_at_its_field(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    with pytest.raises(TextTooLongError) as refused:
        await keep(setup, access="x" * (MAX_TERM_LENGTH + 1))
    assert refused.value.field == "access"


async def test_only_those_in_the_discussion_see_or_fill_in_anything(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    outsider = setup.second
    with pytest.raises(NotFoundError):
        await keep(setup, outsider, work="x")
    with pytest.raises(NotFoundError):
        await setup.database.read(lambda uow: read_terms(uow, outsider, 1, NOW))
    with pytest.raises(NotFoundError):
        await keep(setup, decision_id=2, work="x")


async def test_only_a_decision_to_part_has_closing_terms(sqlite_database: Database) -> None:
    setup = await open_setup(sqlite_database)
    await setup.view(KEEP, KEEP)
    await setup.hear()
    await setup.decide(DecisionOutcome.KEEP)
    with pytest.raises(NotFoundError):
        await keep(setup, work="x")


async def test_the_terms_outlive_a_decision_that_is_taken_again(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    await keep(setup, work="The report.")
    await setup.reopen(1)
    with pytest.raises(NotFoundError):
        await keep(setup, work="x")
    await setup.view(PART, PART, PART)
    again = await setup.decide(DecisionOutcome.PART)
    assert (await keep(setup, decision_id=again.id)).terms == {Term.WORK: "The report."}


async def test_a_page_that_is_finished_is_in_the_trail_and_typing_is_not(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)
    await keep(setup, work="The")
    await keep(setup, work="The report.", is_done=True)
    trail = await setup.database.read(lambda uow: trail_of(uow, setup.case.client.id))
    assert [one.action for one in trail].count(AuditAction.CLOSING_TERMS_SAVED) == 1


async def test_the_closing_check_knows_what_was_filled_in(sqlite_database: Database) -> None:
    setup = await parted(sqlite_database)

    async def points() -> tuple[set[str], set[str]]:
        view = await setup.database.read(lambda uow: read_closing(uow, setup.case.owner, 1, NOW, CALENDAR))
        assert view.end_date == LATER
        return {one.id for one in view.looked.applying}, {one.id for one in view.looked.asked}

    applying, asked = await points()
    assert "prepaid-or-credit" in asked
    await keep(setup, prepaid="Eight hours: we pay them back.", access="None: they run it themselves.")
    applying, asked = await points()
    assert "prepaid-or-credit" in applying
    await keep(setup, prepaid="None, they pay afterwards.")
    applying, asked = await points()
    assert "prepaid-or-credit" not in applying | asked
