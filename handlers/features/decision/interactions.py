"""What reviewers do about decisions: decide, confirm or decline a proposal, and reopen; and how it goes on the date."""

from __future__ import annotations

from bot.domain.decision_errors import DecidedAlreadyError
from bot.usecases.decision.confirming import confirm_decision, decline_decision
from bot.usecases.decision.decision_view import (
    DecisionView,
    read_decision_for,
    read_decision_form,
    read_proposal,
    read_standing_decision,
)
from bot.usecases.decision.following_up import say_all_is_well, talk_again
from bot.usecases.decision.putting_off import put_off_leaving, read_still_here
from bot.usecases.decision.reopening import reopen_decision
from bot.usecases.decision.taking import take_decision
from bot.usecases.evaluation.ending_early import EarlyEnd, end_early
from handlers.features import ids
from handlers.features.decision.carried import discussion_in, said_so_far
from handlers.features.decision.dialogs import (
    build_decided,
    build_decided_already,
    build_decline_form,
    build_early_form,
    build_not_yet_form,
    build_proposal,
    build_put_off,
    build_reopen_form,
)
from handlers.features.decision.forms import build_decision_form, read_decision_draft
from handlers.features.discussion.messages import build_discussion_opened
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import AllClosed, Caller, Click, Interactions
from handlers.surface.message import Message
from handlers.surface.values import id_in

INTERACTIONS = Interactions()


@INTERACTIONS.opens(ids.DECISION_START)
async def start(click: Click, caller: Caller) -> Form:
    """A reviewer clicks "Decide"; where a proposal waits, or views are still to come in, that is what opens."""
    return await _form(caller, click.id, Answers("", {}))


@INTERACTIONS.change(ids.DECISION_OUTCOME)
async def redraw(answers: Answers, caller: Caller) -> Form:
    """An outcome was chosen: the form asks for what belongs to it."""
    return await _form(caller, discussion_in(answers), said_so_far(answers))


async def _form(caller: Caller, discussion_id: int, said: Answers) -> Form:
    found = await caller.read(read_decision_form, discussion_id=discussion_id)
    if isinstance(found, EarlyEnd):
        return build_early_form(caller.language, found)
    if isinstance(found, DecisionView):
        return build_proposal(caller.reading, found, caller.actor.person.id)
    return build_decision_form(caller.language, found, said)


@INTERACTIONS.form(ids.DECISION_EARLY_FORM)
async def show_now(answers: Answers, caller: Caller) -> Form:
    """A reviewer ends the waiting for views, and can decide at once."""
    discussion_id, reason = id_in(answers.carried), answers.text(ids.DECISION_EARLY_REASON)
    await caller.run(end_early, discussion_id=discussion_id, reason=reason)
    return await _form(caller, discussion_id, Answers("", {}))


@INTERACTIONS.form(ids.DECISION_FORM)
async def decide(answers: Answers, caller: Caller) -> Form:
    """A reviewer sends the form; whoever comes second sees what stands."""
    discussion_id = discussion_in(answers)
    draft = read_decision_draft(answers, caller.language.code, caller.actor.settings.currency)
    try:
        return build_decided(caller.language, await caller.run(take_decision, discussion_id=discussion_id, draft=draft))
    except DecidedAlreadyError:
        standing = await caller.read(read_standing_decision, discussion_id=discussion_id)
        if standing is None:
            raise
        return build_decided_already(caller.language, standing)


@INTERACTIONS.opens(ids.DECISION_LOOK)
async def look(click: Click, caller: Caller) -> Form:
    """A reviewer clicks "Look at it"."""
    view = await caller.read(read_proposal, decision_id=click.id)
    return build_proposal(caller.reading, view, caller.actor.person.id)


@INTERACTIONS.form(ids.DECISION_CONFIRM)
async def confirm(answers: Answers, caller: Caller) -> Form:
    """A reviewer confirms a proposal."""
    return build_decided(caller.language, await caller.run(confirm_decision, decision_id=id_in(answers.carried)))


@INTERACTIONS.opens(ids.DECISION_DECLINE)
async def decline(click: Click, caller: Caller) -> Form:
    """A reviewer clicks "Don't confirm", or takes back their own proposal."""
    view = await caller.read(read_proposal, decision_id=click.id)
    return build_decline_form(caller.language, view.decision.id)


@INTERACTIONS.form(ids.DECISION_DECLINE_FORM)
async def declined(answers: Answers, caller: Caller) -> AllClosed:
    """A reviewer says why a proposal is not confirmed."""
    reason = answers.text(ids.DECISION_DECLINE_REASON)
    await caller.run(decline_decision, decision_id=id_in(answers.carried), reason=reason)
    return AllClosed()


@INTERACTIONS.opens(ids.DECISION_REOPEN)
async def reopen(click: Click, caller: Caller) -> Form:
    """A reviewer clicks "Reopen"."""
    view = await caller.read(read_decision_for, decision_id=click.id)
    return build_reopen_form(caller.language, view.decision.id)


@INTERACTIONS.form(ids.DECISION_REOPEN_FORM)
async def reopened(answers: Answers, caller: Caller) -> Form:
    """A reviewer says what has changed."""
    reason = answers.text(ids.DECISION_REOPEN_REASON)
    decision = await caller.run(reopen_decision, decision_id=id_in(answers.carried), reason=reason)
    return build_decided(caller.language, decision)


@INTERACTIONS.click(ids.DECISION_WELL)
async def well(click: Click, caller: Caller) -> None:
    """Somebody clicks "All is well"; that they did shows in the messages themselves, through the outbox."""
    await caller.run(say_all_is_well, decision_id=click.id)


@INTERACTIONS.click(ids.DECISION_TALK)
async def talk(click: Click, caller: Caller) -> Message:
    """Somebody clicks "Talk about it again"; the answer names the case code alone."""
    opened, is_new = await caller.run(talk_again, decision_id=click.id)
    return build_discussion_opened(caller.language, opened.code, is_new=is_new)


@INTERACTIONS.opens(ids.DECISION_NOT_YET)
async def not_yet(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Not yet, until …" when a client was to have left."""
    return build_not_yet_form(caller.language, await caller.read(read_still_here, decision_id=click.id))


@INTERACTIONS.form(ids.DECISION_NOT_YET_FORM)
async def put_off(answers: Answers, caller: Caller) -> Form:
    """Somebody says until when the client stays."""
    decision_id, until = id_in(answers.carried), answers.day(ids.DECISION_NOT_YET_UNTIL)
    return build_put_off(caller.language, await caller.run(put_off_leaving, decision_id=decision_id, until=until))
