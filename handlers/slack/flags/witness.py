"""The buttons on a colleague's flag: "I saw this too" and "I see it differently"."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.model import ViewKind
from bot.usecases.flags import add_view, refuse_unless_addable
from handlers.features import ids
from handlers.slack.action_values import clicked_id, form_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.render.flags.notes import build_differs_form
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind both buttons and the form behind the second."""

    @routes.action(ids.FLAG_WITNESS)
    async def saw_it_too(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody says that they saw it too."""
        caller = caller_of(context)
        is_new = await door.database.write(
            partial(
                add_view,
                actor=caller.actor,
                flag_id=clicked_id(body),
                kind=ViewKind.WITNESS,
                note="",
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        await ack()
        t = caller.language
        thanks = t.gettext("Thank you: it is noted that you saw this too.")
        await door.answer(body, thanks if is_new else t.gettext("You are a witness to this flag already."))

    @routes.action(ids.FLAG_DIFFERS)
    async def sees_it_differently(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sees it differently and is asked how."""
        caller = caller_of(context)
        flag_id = clicked_id(body)
        await door.database.read(partial(refuse_unless_addable, actor=caller.actor, flag_id=flag_id))
        shows = door.client.views_push if body.get("view", {}).get("type") == "modal" else door.client.views_open
        await shows(trigger_id=body["trigger_id"], view=build_differs_form(caller.language, flag_id))
        await ack()

    @routes.view(ids.FLAG_DIFFERS_FORM)
    async def add_other_view(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody says how they see it."""
        actor = caller_of(context).actor
        typed = body["view"]["state"]["values"][ids.FLAG_DIFFERS_NOTE][ids.FLAG_DIFFERS_NOTE]
        await door.database.write(
            partial(
                add_view,
                actor=actor,
                flag_id=form_id(body),
                kind=ViewKind.DIFFERS,
                note=typed.get("value") or "",
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()
