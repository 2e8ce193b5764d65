"""Buttons on alerts: take it, talk about it, say that it is dealt with."""

from __future__ import annotations

from bot.usecases.alerts.acting import discuss_alert, finish_alert, take_shown_alert
from bot.usecases.alerts.new_space import make_alert_space
from handlers.features import ids
from handlers.features.alerts.messages import build_finished, build_space_making, build_taken
from handlers.features.discussion.messages import build_discussion_opened
from handlers.surface.interactions import Caller, Click, Interactions
from handlers.surface.message import Message

INTERACTIONS = Interactions()


@INTERACTIONS.click(ids.ALERT_TAKE)
async def take(click: Click, caller: Caller) -> Message | None:
    """Somebody clicks "I take this": the alert's own message says so at once; who comes later hears who has it."""
    taken = await caller.run(take_shown_alert, alert_id=click.id, seen_in=await caller.place_id())
    if taken.is_on_card:
        return None
    return build_taken(caller.reading, taken, caller.actor.person.id)


@INTERACTIONS.click(ids.ALERT_DISCUSS)
async def discuss(click: Click, caller: Caller) -> Message:
    """A reviewer clicks "Talk about it"; the answer names the case code alone."""
    opened, is_new = await caller.run(discuss_alert, alert_id=click.id)
    return build_discussion_opened(caller.language, opened.code, is_new=is_new)


@INTERACTIONS.click(ids.ALERT_DONE)
async def done(click: Click, caller: Caller) -> Message:
    """Whoever was asked clicks "It's dealt with"."""
    await caller.run(finish_alert, alert_id=click.id)
    return build_finished(caller.language)


@INTERACTIONS.click(ids.ALERT_SPACE)
async def new_space(click: Click, caller: Caller) -> Message:
    """An admin clicks "Make a new channel for alerts"."""
    is_made = await caller.run(make_alert_space, place_id=click.id)
    return build_space_making(caller.language, is_made=is_made)
