"""What people do with what a client says after a letter: note it, look at it, and settle it."""

from __future__ import annotations

from functools import partial

from bot.domain.errors import FlagclientError
from bot.domain.pushback import PushbackKind
from bot.usecases.pushback.noting import (
    PushbackView,
    note_pushback,
    read_pushback,
    read_pushback_begin,
    settle_pushback,
)
from handlers.features import ids
from handlers.features.pushback.forms import build_pushback_form
from handlers.features.pushback.messages import build_pushback
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions, Page
from handlers.surface.values import id_in

INTERACTIONS = Interactions()

FIELDS = {"said": ids.PUSHBACK_SAID, "said_on": ids.PUSHBACK_ON}


@INTERACTIONS.opens(ids.PUSHBACK_START)
async def start(click: Click, caller: Caller) -> Form:
    """Somebody clicks "The client answered"."""
    return build_pushback_form(caller.language, await caller.read(read_pushback_begin, letter_id=click.id))


@INTERACTIONS.form(ids.PUSHBACK_FORM)
async def noted(answers: Answers, caller: Caller) -> Page:
    """Somebody says what the client said, and reads what can be answered."""
    try:
        view = await caller.run(
            note_pushback,
            letter_id=id_in(answers.carried),
            kind=answers.choice(ids.PUSHBACK_KIND, PushbackKind),
            said=answers.text(ids.PUSHBACK_SAID),
            said_on=answers.day(ids.PUSHBACK_ON),
        )
    except FlagclientError as error:
        error.field = FIELDS.get(error.field or "", error.field)
        raise
    return _page(caller, view)


@INTERACTIONS.click(ids.PUSHBACK_SHOW)
async def show(click: Click, caller: Caller) -> Page:
    """Somebody looks at what a client said."""
    return _page(caller, await caller.read(read_pushback, pushback_id=click.id))


@INTERACTIONS.click(ids.PUSHBACK_SETTLE)
async def settle(click: Click, caller: Caller) -> Page:
    """Somebody has seen to it."""
    return _page(caller, await caller.run(settle_pushback, pushback_id=click.id))


def _page(caller: Caller, view: PushbackView) -> Page:
    build = partial(build_pushback, caller.reading, view)
    return Page(caller.language.gettext("After the letter"), build, follows=True)
