"""Reopening a decision."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import FlagclientError
from bot.usecases.decision import reopen_decision
from handlers.features import ids
from handlers.features.decision.dialogs import build_reopen_form, build_word_said
from handlers.slack.action_values import clicked_id, form_id
from handlers.slack.decision.proposals import read_view
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.modals import show_modal
from handlers.slack.remedies.form_reading import element
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button and the form."""

    @routes.action(ids.DECISION_REOPEN)
    async def reopen(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer clicks "Reopen"."""
        caller = caller_of(context)
        view = await read_view(door, caller, clicked_id(body))
        await show_modal(door.client, body, build_reopen_form(caller.language, view))
        await ack()

    @routes.view(ids.DECISION_REOPEN_FORM)
    async def reopened(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer says what has changed."""
        caller = caller_of(context)
        reason = element(body["view"]["state"]["values"], ids.DECISION_REOPEN_REASON).get("value")
        try:
            decision = await door.database.write(
                partial(
                    reopen_decision,
                    actor=caller.actor,
                    decision_id=form_id(body),
                    reason=str(reason or ""),
                    now=door.clock.now(),
                    calendar=door.calendar(caller.actor.settings),
                )
            )
        except FlagclientError as error:
            error.field = ids.DECISION_REOPEN_REASON
            raise
        view = await read_view(door, caller, decision.id)
        await ack(response_action="update", view=build_word_said(caller.language, view))
