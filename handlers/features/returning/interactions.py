"""What people do about clients that could come back: say on what terms."""

from __future__ import annotations

from bot.domain.errors import FlagclientError
from bot.domain.returning import ReturnStance
from bot.usecases.returning.terms import read_terms_to_edit, save_terms
from handlers.features import ids
from handlers.features.returning.forms import build_return_form, build_return_saved
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions
from handlers.surface.values import id_in

INTERACTIONS = Interactions()


@INTERACTIONS.opens(ids.RETURN_START)
async def start(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Terms of return"."""
    return build_return_form(caller.language, await caller.read(read_terms_to_edit, client_id=click.id))


@INTERACTIONS.form(ids.RETURN_FORM)
async def saved(answers: Answers, caller: Caller) -> Form:
    """Somebody says whether the client could come back."""
    client_id, stance = id_in(answers.carried), answers.choice(ids.RETURN_STANCE, ReturnStance)
    try:
        kept = await caller.run(save_terms, client_id=client_id, stance=stance, typed=answers.text(ids.RETURN_TEXT))
    except FlagclientError as error:
        error.field = ids.RETURN_TEXT if error.field == "text" else error.field
        raise
    return build_return_saved(caller.language, kept)
