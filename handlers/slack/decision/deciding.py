"""Taking a decision: the button, the form that changes with the outcome, and what was decided."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.domain.decision import Decision
from bot.domain.decision_errors import DecidedAlreadyError
from bot.domain.errors import FlagclientError
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.decision import (
    DecisionView,
    read_decision,
    read_decision_form,
    standing_decision,
    take_decision,
)
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.decision.dialogs import build_decided
from handlers.features.decision.forms import FormState, build_decision_form
from handlers.slack.action_values import clicked_id
from handlers.slack.decision.form_reading import ReadDecision, at_its_block, read_decision_values, read_state
from handlers.slack.decision.proposals import proposal_window
from handlers.slack.directory import Profile
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.modals import show_modal
from handlers.slack.named_people import person_ids, profile_of
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button and the form."""
    _register_form(routes, door)

    @routes.action(ids.DECISION_START)
    async def decide(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer clicks "Decide"; where a proposal waits, that is what opens."""
        caller = caller_of(context)
        window = await _window(door, caller, clicked_id(body), FormState(body["user"]["id"]))
        await show_modal(door.client, body, window)
        await ack()


def _register_form(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.DECISION_OUTCOME)
    async def redraw(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """An outcome was chosen: the form asks for what belongs to it."""
        discussion_id, state = read_state(body["view"], body["user"]["id"])
        window = await _window(door, caller_of(context), discussion_id, state)
        try:
            await door.client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=window)
        except SlackApiError as error:
            # A later choice has been drawn already, and that one saw everything this one would show.
            if error.response["error"] != "hash_conflict":
                raise
        await ack()

    @routes.view(ids.DECISION_FORM)
    async def decided(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer sends the form; whoever comes second sees what stands."""
        caller = caller_of(context)
        read = read_decision_values(body["view"])
        profile = await profile_of(door.directory, read.remedy.owner, ids.REMEDY_OWNER) if read.remedy else None
        take = partial(
            _take,
            actor=caller.actor,
            read=read,
            profile=profile,
            now=door.clock.now(),
            calendar=door.calendar(caller.actor.settings),
        )
        try:
            decision_id = (await door.database.write(take)).id
        except DecidedAlreadyError:
            view = await door.database.read(partial(_standing, actor=caller.actor, discussion_id=read.discussion_id))
            if view is None:
                raise
            await ack(response_action="update", view=build_decided(caller.language, view, is_others=True))
            return
        except FlagclientError as error:
            raise at_its_block(error, read.outcome) from None
        view = await door.database.read(
            partial(read_decision, workspace_id=caller.actor.workspace_id, decision_id=decision_id)
        )
        if view is None:
            await ack()
            return
        await ack(response_action="update", view=build_decided(caller.language, view, is_others=False))


async def _window(door: ListenerContext, caller: Caller, discussion_id: int, state: FormState) -> View:
    found = await door.database.read(
        partial(read_decision_form, actor=caller.actor, discussion_id=discussion_id, now=door.clock.now())
    )
    if isinstance(found, DecisionView):
        return await proposal_window(door, caller, found)
    return build_decision_form(caller.language, found, state)


def _take(
    uow: UnitOfWork,
    *,
    actor: Actor,
    read: ReadDecision,
    profile: Profile | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> Decision:
    remedy = None
    if read.remedy is not None and profile is not None:
        owner_id = person_ids(uow, actor.workspace_id, {read.remedy.owner: profile})[read.remedy.owner]
        remedy = read.remedy.draft(owner_id)
    return take_decision(uow, actor, read.discussion_id, read.draft(remedy), now, calendar)


def _standing(uow: UnitOfWork, *, actor: Actor, discussion_id: int) -> DecisionView | None:
    discussion = uow.discussions.find(actor.workspace_id, discussion_id)
    standing = standing_decision(uow, discussion) if discussion else None
    return read_decision(uow, actor.workspace_id, standing.id) if standing else None
