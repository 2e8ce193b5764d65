"""What people do about looks back."""

from __future__ import annotations

from bot.domain.errors import FlagclientError
from bot.usecases.look_backs.answering import look_back, read_look_back_for
from handlers.features import ids
from handlers.features.look_backs.forms import at_its_field, build_look_back_form, read_hindsight
from handlers.features.look_backs.messages import build_looked_back
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions
from handlers.surface.values import id_in

INTERACTIONS = Interactions()


@INTERACTIONS.opens(ids.LOOK_BACK_START)
async def start(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Look back"."""
    return build_look_back_form(caller.reading, await caller.read(read_look_back_for, look_back_id=click.id))


@INTERACTIONS.form(ids.LOOK_BACK_FORM)
async def looked_back(answers: Answers, caller: Caller) -> Form:
    """Somebody sends what they see in hindsight."""
    look_back_id = id_in(answers.carried)
    said = read_hindsight(answers, caller.language.code, caller.actor.settings.currency)
    try:
        view = await caller.run(look_back, look_back_id=look_back_id, said=said)
    except FlagclientError as error:
        raise at_its_field(error) from None
    return build_looked_back(caller.reading, view)
