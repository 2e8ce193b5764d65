"""The dossier command, every way that leads into a dossier or through it, and what happened to a client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from bot.domain.errors import NotFoundError
from bot.domain.paging import Trail, trail_from
from bot.usecases.dossier.by_name import find_dossier
from bot.usecases.dossier.case import read_done_to_client
from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.read_models import DidYouMean, Dossier, OwnFlags, StandingOut
from bot.usecases.dossier.timeline import read_entry
from handlers.features import ids
from handlers.features.dossier.entry import build_whole_entry
from handlers.features.dossier.listing import build_did_you_mean, build_standing_out
from handlers.features.dossier.more import build_more
from handlers.features.dossier.overview import build_overview
from handlers.features.dossier.page import build_dossier, build_own, build_timeline
from handlers.features.dossier.parts import build_card, build_case, build_figures
from handlers.features.dossier.trail import build_trail
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions, Page
from handlers.surface.message import Measure, Message
from handlers.surface.reading import Reading
from handlers.surface.values import id_in

INTERACTIONS = Interactions()


@INTERACTIONS.command("dossier")
async def dossier(name: str, caller: Caller) -> Page:
    """Somebody asks for a client by its name, or for those that stand out."""
    t, reading = caller.language, caller.reading
    match await caller.read(find_dossier, name=name):
        case StandingOut() as listed:
            return Page(t.gettext("Dossiers"), partial(build_standing_out, reading, listed))
        case DidYouMean() as meant:
            return Page(t.gettext("Dossiers"), partial(build_did_you_mean, reading, meant))
        case found:
            return _whole(found, caller)


@INTERACTIONS.click(ids.DOSSIER_SHOW)
async def show(click: Click, caller: Caller) -> Page:
    """Somebody opens a dossier."""
    return _whole(await caller.read(read_dossier, client_id=click.id), caller)


def _whole(found: Dossier | OwnFlags, caller: Caller) -> Page:
    """The first screen of a dossier, which holds nothing that was typed but the name; their own flags do."""
    title = caller.language.gettext("Dossier")
    return Page(title, partial(build_dossier, caller.reading, found), holds_text=isinstance(found, OwnFlags))


Build = Callable[[Reading, Dossier, Measure], Message]

PARTS: dict[str, Build] = {
    ids.DOSSIER_BACK: build_overview,
    ids.DOSSIER_MORE: build_more,
    ids.DOSSIER_TIMELINE: build_timeline,
    ids.DOSSIER_FIGURES: build_figures,
    ids.DOSSIER_CASE: build_case,
    ids.DOSSIER_CARD: build_card,
}
"""The parts of a dossier, each with the button that leads to it."""

TYPED = (build_timeline, build_case, build_card)
"""The parts that hold what somebody typed."""


def _part(build: Build, found: Dossier | OwnFlags, caller: Caller) -> Page:
    """A part of a dossier in the place of what stood there; their own flags for who may not read it any more."""
    title = caller.language.gettext("Dossier")
    if isinstance(found, OwnFlags):
        return Page(title, partial(build_own, caller.reading, found), follows=True, holds_text=True)
    return Page(title, partial(build, caller.reading, found), follows=True, holds_text=build in TYPED)


def _turning_to(build: Build) -> Callable[[Click, Caller], Awaitable[Page]]:
    async def turn_to(click: Click, caller: Caller) -> Page:
        """Somebody goes to another part of a dossier."""
        return _part(build, await caller.read(read_dossier, client_id=click.id), caller)

    return turn_to


for part_button, build_part in PARTS.items():
    INTERACTIONS.click(part_button)(_turning_to(build_part))


@INTERACTIONS.click(ids.DOSSIER_OLDER, ids.DOSSIER_NEWER)
async def turn(click: Click, caller: Caller) -> Page:
    """Somebody goes to older or newer flags in a dossier."""
    client_id, trail = read_place(click.value)
    return _part(build_timeline, await caller.read(read_dossier, client_id=client_id, trail=trail), caller)


def read_place(value: str) -> tuple[int, Trail]:
    """The client and the place in its timeline that a button names; raises `NotFoundError` for anything else."""
    client_id, _, trail = value.partition(":")
    try:
        return id_in(client_id), trail_from(trail)
    except ValueError as error:
        raise NotFoundError from error


@INTERACTIONS.opens(ids.DOSSIER_ENTRY)
async def read_whole(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Read all of it" on a flag in the timeline."""
    _, entry = await caller.read(read_entry, flag_id=click.id)
    return build_whole_entry(caller.reading, entry)


@INTERACTIONS.opens(ids.DOSSIER_TRAIL)
async def who_did_what(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Who did what"."""
    return build_trail(caller.reading, await caller.read(read_done_to_client, client_id=click.id))
