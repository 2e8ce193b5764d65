"""What people do with a checklist: go through it, do what is on it, give it to somebody, and move it."""

from __future__ import annotations

from functools import partial

from bot.domain.checklist import ItemState
from bot.domain.errors import FlagclientError
from bot.usecases.checklist.reading import item_and_decision, read_checklist_of, read_own_items
from bot.usecases.checklist.seeing_to import change_item, take_step
from handlers.features import ids
from handlers.features.checklist.forms import build_change_form, build_proof_form
from handlers.features.checklist.page import build_checklist, build_own
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, InPlace, Interactions, Page
from handlers.surface.values import id_in

INTERACTIONS = Interactions()

FIELDS = {"proof": ids.CHECKLIST_PROOF, "due_on": ids.CHECKLIST_DUE, "reason": ids.CHECKLIST_REASON}


@INTERACTIONS.click(ids.CHECKLIST_SHOW)
async def show(click: Click, caller: Caller) -> Page:
    """Somebody opens the list of a case."""
    return await _list(caller, click.id)


@INTERACTIONS.click(ids.CHECKLIST_MINE)
async def show_mine(click: Click, caller: Caller) -> Page:
    """Somebody opens what they see to."""
    build = partial(build_own, caller.reading, await caller.read(read_own_items))
    return Page(caller.language.gettext("My checklist"), build, follows=True)


@INTERACTIONS.click(ids.CHECKLIST_STEP)
async def step(click: Click, caller: Caller) -> Page:
    """Somebody says that something is sent, verified or done."""
    item_id, was_sent = click.ids(2)
    seen = ItemState.SENT if was_sent else ItemState.OPEN
    item = await caller.run(take_step, item_id=item_id, seen=seen, proof="")
    return await _list(caller, item.decision_id)


@INTERACTIONS.opens(ids.CHECKLIST_PROVE)
async def ask_how(click: Click, caller: Caller) -> Form | InPlace:
    """Somebody says that something is done of which a proof is kept."""
    item, _ = await caller.read(item_and_decision, item_id=click.id)
    return _in_place(click, build_proof_form(caller.language, item))


@INTERACTIONS.form(ids.CHECKLIST_PROOF_FORM)
async def prove(answers: Answers, caller: Caller) -> Page:
    """Somebody says how they know."""
    try:
        item = await caller.run(
            take_step, item_id=id_in(answers.carried), seen=None, proof=answers.text(ids.CHECKLIST_PROOF)
        )
    except FlagclientError as error:
        error.field = FIELDS.get(error.field or "", ids.CHECKLIST_PROOF)
        raise
    return await _list(caller, item.decision_id)


@INTERACTIONS.opens(ids.CHECKLIST_CHANGE)
async def ask_who(click: Click, caller: Caller) -> Form | InPlace:
    """Somebody wants to give something to a colleague, or to move it."""
    item, _ = await caller.read(item_and_decision, item_id=click.id)
    return _in_place(click, build_change_form(caller.language, item))


@INTERACTIONS.form(ids.CHECKLIST_CHANGE_FORM)
async def change(answers: Answers, caller: Caller) -> Page:
    """Somebody gives something to a colleague, or moves it."""
    try:
        item = await caller.run(
            change_item,
            item_id=id_in(answers.carried),
            owner_id=answers.person(ids.CHECKLIST_OWNER),
            due_on=answers.day(ids.CHECKLIST_DUE),
            reason=answers.text(ids.CHECKLIST_REASON),
        )
    except FlagclientError as error:
        error.field = FIELDS.get(error.field or "", error.field)
        raise
    return await _list(caller, item.decision_id)


def _in_place(click: Click, form: Form) -> Form | InPlace:
    """In place of the list: under the form it would go on showing what was true before."""
    return InPlace(form) if click.is_in_dialog else form


async def _list(caller: Caller, decision_id: int) -> Page:
    view = await caller.read(read_checklist_of, decision_id=decision_id)
    return Page(caller.language.gettext("Checklist"), partial(build_checklist, caller.reading, view), follows=True)
