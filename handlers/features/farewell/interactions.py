"""What people do on the way to a parting letter: look at what to check first, and fill in the closing terms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from bot.domain.decision_errors import DecisionDateError
from bot.domain.errors import FlagclientError
from bot.domain.farewell.closing_terms import TERM_GROUPS, Term
from bot.usecases.decision.putting_off import move_last_day
from bot.usecases.farewell.closing_check import read_closing
from bot.usecases.farewell.closing_terms import TermsView, keep_terms, read_terms
from handlers.features import ids
from handlers.features.farewell.messages import build_closing
from handlers.features.farewell.terms_form import (
    PAGE_BUTTONS,
    TermsPage,
    build_terms_form,
    build_terms_saved,
    field_of,
    page_of,
    read_end,
    read_typed,
    read_untouched,
)
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions, Page

INTERACTIONS = Interactions()


@INTERACTIONS.click(ids.FAREWELL_CHECK)
async def check(click: Click, caller: Caller) -> Page:
    """Somebody clicks "Before you write"."""
    view = await caller.read(read_closing, decision_id=click.id)
    return Page(caller.language.gettext("Before you write"), partial(build_closing, caller.reading, view))


@INTERACTIONS.opens(ids.FAREWELL_TERMS)
async def terms(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Closing terms"."""
    return build_terms_form(caller.reading, await caller.read(read_terms, decision_id=click.id), TermsPage.WORK)


@INTERACTIONS.change(ids.FAREWELL_TERM)
async def keep(answers: Answers, caller: Caller) -> None:
    """Something was filled in: all that stands on the page is kept, so that closing it loses nothing."""
    await _keep(answers, caller, is_done=False)


def _turning_to(on: TermsPage) -> Callable[[Answers, Caller], Awaitable[Form]]:
    async def turn(answers: Answers, caller: Caller) -> Form:
        """Somebody leafs to another page: what stands on this one is kept."""
        return build_terms_form(caller.reading, await _keep_page(answers, caller, is_done=False), on)

    return turn


for leads_to, page_button in PAGE_BUTTONS.items():
    INTERACTIONS.change(page_button)(_turning_to(leads_to))


@INTERACTIONS.form(ids.FAREWELL_TERMS_FORM)
async def submitted(answers: Answers, caller: Caller) -> Form:
    """Somebody clicks "Next", or saves the last page; what cannot be true is kept and told at its field."""
    view, (_, on) = await _keep_page(answers, caller, is_done=True), page_of(answers)
    for term in TERM_GROUPS[on]:
        if problem := view.problems.get(term):
            problem.field = field_of(term)
            raise problem
    if on is TermsPage.HANDOVER:
        return build_terms_saved(caller.reading, view)
    return build_terms_form(caller.reading, view, TermsPage(on + 1))


async def _keep_page(answers: Answers, caller: Caller, *, is_done: bool) -> TermsView:
    """Keep the page, and then the last day if it was changed: one that cannot be loses nothing of the rest."""
    view, end_on = await _keep(answers, caller, is_done=is_done), read_end(answers)
    if end_on is None or end_on == view.end_on:
        return view
    try:
        await caller.run(move_last_day, decision_id=view.decision_id, end_on=end_on)
    except DecisionDateError as error:
        error.field = ids.FAREWELL_END
        raise
    return await caller.read(read_terms, decision_id=view.decision_id)


async def _keep(answers: Answers, caller: Caller, *, is_done: bool) -> TermsView:
    decision_id, on = page_of(answers)
    typed, untouched = read_typed(on, answers), read_untouched(on, answers)
    try:
        return await caller.run(keep_terms, decision_id=decision_id, typed=typed, untouched=untouched, is_done=is_done)
    except FlagclientError as error:
        error.field = field_of(Term(error.field)) if error.field in set(Term) else error.field
        raise
