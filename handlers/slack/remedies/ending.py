"""Saying what came of a trial: one click where the figures are right, a form for everything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import ChoiceUnknownError, FlagclientError, NotFoundError
from bot.domain.remedies import RemedyOutcome
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies import (
    RemedyEnded,
    call_off_remedy,
    confirm_remedy,
    prolong_remedy,
    read_ended,
    read_remedy_to_end,
)
from handlers.features import ids
from handlers.features.remedies.messages import CALL_OFF, MORE_TIME, build_outcome_form, ended_sentence
from handlers.slack.action_values import clicked_id, clicked_value, form_id, id_in
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.modals import show_modal
from handlers.slack.remedies.form_reading import element, parse_day
from handlers.slack.routes import Routes

FIELDS: Mapping[str, str] = {"ends_on": ids.REMEDY_OUTCOME_ENDS, "remark": ids.REMEDY_OUTCOME_NOTE}


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons and the form."""
    _register_buttons(routes, door)
    _register_form(routes, door)


def _register_buttons(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.REMEDY_CONFIRM)
    async def agreed(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Whoever was asked agrees with the figures."""
        caller = caller_of(context)
        remedy_id, _, outcome = clicked_value(body).partition(":")
        if outcome not in list(RemedyOutcome):
            raise NotFoundError
        ended = await door.database.write(
            partial(
                _end,
                actor=caller.actor,
                remedy_id=id_in(remedy_id),
                choice=outcome,
                remark="",
                ends_on=None,
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        await ack()
        await door.answer(body, ended_sentence(caller.language, ended), replace=True)

    @routes.action(ids.REMEDY_OUTCOME)
    async def say(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Say what came of it"."""
        caller = caller_of(context)
        view = await door.database.read(partial(read_remedy_to_end, actor=caller.actor, remedy_id=clicked_id(body)))
        await show_modal(door.client, body, build_outcome_form(caller.language, view))
        await ack()


def _register_form(routes: Routes, door: ListenerContext) -> None:
    @routes.view(ids.REMEDY_OUTCOME_FORM)
    async def said(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form with what came of it."""
        caller = caller_of(context)
        values = body["view"]["state"]["values"]
        choice = str((element(values, ids.REMEDY_OUTCOME_CHOICE).get("selected_option") or {}).get("value"))
        if choice not in (*RemedyOutcome, MORE_TIME, CALL_OFF):
            raise ChoiceUnknownError(field=ids.REMEDY_OUTCOME_CHOICE)
        try:
            await door.database.write(
                partial(
                    _end,
                    actor=caller.actor,
                    remedy_id=form_id(body),
                    choice=choice,
                    remark=str(element(values, ids.REMEDY_OUTCOME_NOTE).get("value") or ""),
                    ends_on=parse_day(values, ids.REMEDY_OUTCOME_ENDS) if choice == MORE_TIME else None,
                    now=door.clock.now(),
                    calendar=door.calendar(caller.actor.settings),
                )
            )
        except FlagclientError as error:
            error.field = FIELDS.get(error.field or "", error.field)
            raise
        await ack()


def _end(
    uow: UnitOfWork,
    *,
    actor: Actor,
    remedy_id: int,
    choice: str,
    remark: str,
    ends_on: date | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> RemedyEnded:
    if ends_on is not None:
        remedy = prolong_remedy(uow, actor, remedy_id, ends_on, now, calendar)
    elif choice == CALL_OFF:
        remedy = call_off_remedy(uow, actor, remedy_id, now, calendar)
    else:
        remedy = confirm_remedy(uow, actor, remedy_id, RemedyOutcome(choice), remark, now, calendar)
    return read_ended(uow, remedy)
