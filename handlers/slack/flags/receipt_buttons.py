"""The buttons under a receipt: undo, edit, withdraw, and "it was the same event"."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import NotFoundError
from bot.domain.flag_rules import FlagDraft
from bot.domain.model import Flag, FlagContent
from bot.usecases.actor import Actor
from bot.usecases.flags import (
    editable_flag,
    join_instead,
    own_flag,
    own_receipt,
    undo_flag,
    withdraw_flag,
)
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.flags.forms import NamedClient
from handlers.features.flags.receipt import build_receipt
from handlers.slack.action_values import clicked_id, clicked_value, form_id, ids_in
from handlers.slack.flags.form import new_form, open_form, today_of
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.render.flags.metadata import MAX_EXCERPT_LENGTH, FormMetadata
from handlers.slack.render.flags.notes import build_withdraw_form
from handlers.slack.render.fragments import cut
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons and the form that withdrawing asks for."""
    _register_undo(routes, door)
    _register_edit(routes, door)
    _register_withdraw(routes, door)


def _register_undo(routes: Routes, door: ListenerContext) -> None:
    async def show_receipt(body: dict[str, Any], context: AsyncBoltContext, flag_id: int) -> None:
        """Put the receipt as it is now in place of an answer that only the reporter saw.

        A receipt that is a message of its own comes up to date through the outbox.
        """
        if not body.get("container", {}).get("is_ephemeral"):
            return
        caller = caller_of(context)
        receipt = await door.database.read(
            partial(own_receipt, actor=caller.actor, flag_id=flag_id, now=door.clock.now())
        )
        message = build_receipt(caller.language, receipt, caller.actor.settings.currency)
        await door.answer(body, message, replace=True)

    @routes.action(ids.FLAG_UNDO)
    async def undo(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody takes their flag back right away."""
        actor = caller_of(context).actor
        flag_id = clicked_id(body)
        gone = await door.database.write(
            partial(
                undo_flag, actor=actor, flag_id=flag_id, now=door.clock.now(), calendar=door.calendar(actor.settings)
            )
        )
        await ack()
        if gone is not None:
            door.index.drop(gone)
        await show_receipt(body, context, flag_id)

    @routes.action(ids.FLAG_JOIN)
    async def join(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody says that their flag and a colleague's tell of the same event."""
        actor = caller_of(context).actor
        own_id, other_id = ids_in(clicked_value(body), 2)
        await door.database.write(
            partial(
                join_instead,
                actor=actor,
                own_flag_id=own_id,
                flag_id=other_id,
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()
        thanks = caller_of(context).language.gettext(
            "Thank you: you are a witness to your colleague’s flag now, and yours is undone. The event counts once."
        )
        await door.answer(body, thanks, replace=bool(body.get("container", {}).get("is_ephemeral")))


def _editable(uow: UnitOfWork, *, actor: Actor, flag_id: int, now: datetime) -> tuple[Flag, str]:
    flag = editable_flag(uow, actor, flag_id, now)
    client = uow.clients.find(actor.workspace_id, flag.client_id)
    if client is None:
        raise NotFoundError
    return flag, client.name


def _register_edit(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.FLAG_EDIT)
    async def edit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody wants to change what their flag says."""
        caller = caller_of(context)
        flag_id = clicked_id(body)
        flag, client_name = await door.database.read(
            partial(_editable, actor=caller.actor, flag_id=flag_id, now=door.clock.now())
        )
        evidence = flag.content.evidence
        metadata = FormMetadata(
            flag_id=flag_id,
            client_name=client_name,
            excerpt=cut(evidence.text, MAX_EXCERPT_LENGTH) if evidence else "",
        )
        form = new_form(
            caller,
            today_of(caller, door),
            draft=draft_of(flag.content),
            client=NamedClient(client_name),
            metadata=metadata,
        )
        await open_form(door, caller, body["trigger_id"], form)
        await ack()


def draft_of(content: FlagContent) -> FlagDraft:
    """What a flag says, as the form holds it."""
    return FlagDraft(
        category=content.category,
        severity=str(content.severity),
        happened_on=content.happened_on.isoformat(),
        what_happened=content.what_happened,
        my_view=content.my_view,
        signals=content.signals,
        contact_name=content.contact_name,
        impact_hours="" if content.impact_hours is None else f"{content.impact_hours:f}",
        impact_amount="" if content.impact_amount is None else f"{content.impact_amount:f}",
        links="\n".join(content.links),
    )


def _register_withdraw(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.FLAG_WITHDRAW)
    async def ask_for_reason(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody wants to take their flag back for good."""
        caller = caller_of(context)
        flag_id = clicked_id(body)
        await door.database.read(partial(own_flag, actor=caller.actor, flag_id=flag_id))
        await door.client.views_open(trigger_id=body["trigger_id"], view=build_withdraw_form(caller.language, flag_id))
        await ack()

    @routes.view(ids.FLAG_WITHDRAW_FORM)
    async def withdraw(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody gives the reason."""
        actor = caller_of(context).actor
        typed = body["view"]["state"]["values"][ids.FLAG_WITHDRAW_REASON][ids.FLAG_WITHDRAW_REASON]
        await door.database.write(
            partial(
                withdraw_flag,
                actor=actor,
                flag_id=form_id(body),
                reason=typed.get("value") or "",
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()
