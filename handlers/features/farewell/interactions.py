"""What people do on the way to a parting letter: look at what to check first."""

from __future__ import annotations

from functools import partial

from bot.usecases.farewell.closing_check import read_closing
from handlers.features import ids
from handlers.features.farewell.messages import build_closing
from handlers.surface.interactions import Caller, Click, Interactions, Page

INTERACTIONS = Interactions()


@INTERACTIONS.click(ids.FAREWELL_CHECK)
async def check(click: Click, caller: Caller) -> Page:
    """Somebody clicks "Before you write"."""
    view = await caller.read(read_closing, decision_id=click.id)
    return Page(caller.language.gettext("Before you write"), partial(build_closing, caller.reading, view))
