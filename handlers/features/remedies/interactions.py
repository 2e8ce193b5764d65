"""What people do about trials: start one, and say what came of it."""

from __future__ import annotations

from bot.domain.errors import NotFoundError, RemedyDatesError
from bot.domain.remedies import RemedyOutcome
from bot.usecases.remedies.ending import LastWord, say_last_word
from bot.usecases.remedies.remedy_view import read_remedy_begin, read_remedy_to_end
from bot.usecases.remedies.starting import start_remedy_once
from handlers.features import ids
from handlers.features.remedies.forms import build_outcome_form, build_remedy_form, read_last_word, read_remedy
from handlers.features.remedies.messages import build_ended
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions, Replacing
from handlers.surface.values import id_in

INTERACTIONS = Interactions()


@INTERACTIONS.opens(ids.REMEDY_START)
async def start(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Try something"."""
    return build_remedy_form(caller.language, await caller.read(read_remedy_begin, client_id=click.id))


@INTERACTIONS.form(ids.REMEDY_FORM)
async def started(answers: Answers, caller: Caller) -> None:
    """Somebody sends the form."""
    await caller.run(start_remedy_once, client_id=id_in(answers.carried), draft=read_remedy(answers))


@INTERACTIONS.click(ids.REMEDY_CONFIRM)
async def agreed(click: Click, caller: Caller) -> Replacing:
    """Whoever was asked agrees with the figures."""
    remedy_id, _, outcome = click.value.partition(":")
    if outcome not in list(RemedyOutcome):
        raise NotFoundError
    ended = await caller.run(say_last_word, remedy_id=id_in(remedy_id), word=LastWord(RemedyOutcome(outcome)))
    return Replacing(build_ended(caller.language, ended), is_for_all=True)


@INTERACTIONS.opens(ids.REMEDY_OUTCOME)
async def say(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Say what came of it"."""
    return build_outcome_form(caller.language, await caller.read(read_remedy_to_end, remedy_id=click.id))


@INTERACTIONS.form(ids.REMEDY_OUTCOME_FORM)
async def said(answers: Answers, caller: Caller) -> None:
    """Somebody sends the form with what came of it."""
    try:
        await caller.run(say_last_word, remedy_id=id_in(answers.carried), word=read_last_word(answers))
    except RemedyDatesError as error:
        error.field = ids.REMEDY_OUTCOME_ENDS
        raise
