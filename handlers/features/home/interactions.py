"""What people do at Home: open it, leaf through their clients, flag one, and look one up."""

from __future__ import annotations

from functools import partial

from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.standing_out import read_standing_out
from bot.usecases.flags.form import blank_form
from bot.usecases.home.home import read_home
from handlers.features import ids
from handlers.features.dossier.listing import build_standing_out
from handlers.features.dossier.page import build_dossier
from handlers.features.flags.forms import build_flag_form
from handlers.features.home.look_up import build_look_up_form, build_look_up_options, read_looked_up
from handlers.features.home.messages import build_home
from handlers.surface.answers import Answers
from handlers.surface.form import Form, Option
from handlers.surface.interactions import Caller, Click, HomePage, Interactions, Page

INTERACTIONS = Interactions()


@INTERACTIONS.home
async def opened(caller: Caller, page: int) -> HomePage:
    """Somebody opens Home, or something on it may have changed."""
    home = await caller.read(read_home, page=page)
    return HomePage(build_home(caller.reading, home), home.page)


@INTERACTIONS.click(ids.HOME_EARLIER, ids.HOME_LATER)
async def turn(click: Click, caller: Caller) -> HomePage:
    """Somebody leafs through the clients that they look after."""
    return await opened(caller, click.id)


@INTERACTIONS.opens(ids.HOME_FLAG)
async def flag(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Flag a client"."""
    return build_flag_form(caller.language, caller.actor.settings, blank_form(caller.actor, caller.now))


@INTERACTIONS.click(ids.HOME_STANDING_OUT)
async def standing_out(click: Click, caller: Caller) -> Page:
    """Somebody wants to see which clients stand out."""
    listed = await caller.read(read_standing_out)
    return Page(caller.language.gettext("Dossiers"), partial(build_standing_out, caller.reading, listed))


@INTERACTIONS.opens(ids.HOME_CLIENT)
async def look_up(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Look up a client"."""
    return build_look_up_form(caller.language)


@INTERACTIONS.list(ids.HOME_CLIENT_CHOSEN)
async def offer_clients(typed: str, caller: Caller) -> list[Option]:
    """Somebody types a client's name."""
    return build_look_up_options(await caller.shared.index.type_ahead(caller.actor.workspace_id, typed))


@INTERACTIONS.form(ids.HOME_CLIENT_FORM)
async def looked_up(answers: Answers, caller: Caller) -> Page:
    """Somebody has chosen a client: its dossier takes the place of the form."""
    found = await caller.read(read_dossier, client_id=read_looked_up(answers))
    return Page(caller.language.gettext("Dossier"), partial(build_dossier, caller.reading, found))
