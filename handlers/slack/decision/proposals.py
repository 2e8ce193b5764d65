"""A proposal to part: looking at it, confirming it, and not confirming it."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View

from bot.domain.decision import DecisionState
from bot.domain.decision_errors import NoDecisionWaitsError
from bot.domain.errors import FlagclientError
from bot.usecases.decision import DecisionView, confirm_decision, decline_decision, read_decision_for
from handlers.features import ids
from handlers.features.decision.dialogs import build_decline_form, build_proposal, build_word_said
from handlers.slack.action_values import clicked_id, form_id
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.modals import show_modal
from handlers.slack.remedies.form_reading import element
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes


async def proposal_window(door: ListenerContext, caller: Caller, view: DecisionView) -> View:
    """The window in which a reviewer looks at a proposal, with the word that they may say."""
    users = await door.database.read(lambda uow: uow.people.external_ids(sorted(view.person_ids), PLATFORM))
    reading = Reading(caller.language, caller.actor.person.zone, users)
    person_id = caller.actor.person.id
    return build_proposal(
        reading,
        view,
        is_own=view.decision.made_by_id == person_id,
        may_confirm=person_id in view.confirmers,
    )


async def read_view(door: ListenerContext, caller: Caller, decision_id: int) -> DecisionView:
    """A decision for a reviewer; raises `NotFoundError` or `ReviewersOnlyError`."""
    return await door.database.read(partial(read_decision_for, actor=caller.actor, decision_id=decision_id))


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons and the forms."""
    _register_looking(routes, door)
    _register_words(routes, door)


def _register_looking(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.DECISION_LOOK)
    async def look(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer clicks "Look at it"."""
        caller = caller_of(context)
        view = await _waiting(door, caller, clicked_id(body))
        await show_modal(door.client, body, await proposal_window(door, caller, view))
        await ack()

    @routes.action(ids.DECISION_DECLINE)
    async def decline(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer clicks "Don't confirm", or takes back their own proposal."""
        caller = caller_of(context)
        view = await _waiting(door, caller, clicked_id(body))
        await show_modal(door.client, body, build_decline_form(caller.language, view))
        await ack()


async def _waiting(door: ListenerContext, caller: Caller, decision_id: int) -> DecisionView:
    view = await read_view(door, caller, decision_id)
    if view.decision.state is not DecisionState.PROPOSED:
        raise NoDecisionWaitsError
    return view


def _register_words(routes: Routes, door: ListenerContext) -> None:
    @routes.view(ids.DECISION_CONFIRM)
    async def confirmed(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer confirms a proposal."""
        caller = caller_of(context)
        taken = await door.database.write(
            partial(
                confirm_decision,
                actor=caller.actor,
                decision_id=form_id(body),
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        view = await read_view(door, caller, taken.id)
        await ack(response_action="update", view=build_word_said(caller.language, view))

    @routes.view(ids.DECISION_DECLINE_FORM)
    async def declined(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer says why a proposal is not confirmed."""
        caller = caller_of(context)
        reason = element(body["view"]["state"]["values"], ids.DECISION_DECLINE_REASON).get("value")
        try:
            await door.database.write(
                partial(
                    decline_decision,
                    actor=caller.actor,
                    decision_id=form_id(body),
                    reason=str(reason or ""),
                    now=door.clock.now(),
                )
            )
        except FlagclientError as error:
            error.field = ids.DECISION_DECLINE_REASON
            raise
        await ack(response_action="clear")
