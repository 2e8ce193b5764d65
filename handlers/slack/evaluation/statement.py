"""Recording the client's side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import FlagclientError
from bot.domain.evaluation_rules import StatementDraft, checked_statement
from bot.domain.timetable import local_today
from bot.usecases.evaluation import record_statement, refuse_unless_heard_by
from handlers.features import ids
from handlers.features.evaluation.statement_form import build_statement_form
from handlers.slack.action_values import clicked_id, form_id
from handlers.slack.idempotency_keys import idempotency_key
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.modals import show_modal
from handlers.slack.routes import Routes

_FIELDS = {
    "says": ids.STATEMENT_SAYS,
    "our_part": ids.STATEMENT_OUR_PART,
    "said_on": ids.STATEMENT_DATE,
    "source": ids.STATEMENT_SOURCE,
}


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button, which carries the client's id, and the form."""

    @routes.action(ids.STATEMENT_START)
    async def start(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "The client’s side"."""
        caller = caller_of(context)
        client = await door.database.read(
            partial(refuse_unless_heard_by, actor=caller.actor, client_id=clicked_id(body))
        )
        today = local_today(door.clock.now(), caller.actor.person.zone)
        await show_modal(door.client, body, build_statement_form(caller.language, client.id, client.name, today))
        await ack()

    @routes.view(ids.STATEMENT_FORM)
    async def save(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form."""
        try:
            await _record(door, caller_of(context), body)
        except FlagclientError as error:
            error.field = _FIELDS.get(error.field or "")
            raise
        await ack()


async def _record(door: ListenerContext, caller: Caller, body: dict[str, Any]) -> None:
    now, key = door.clock.now(), idempotency_key(body)
    content = checked_statement(draft_in(body["view"]), local_today(now, caller.actor.person.zone))
    await door.database.write(
        partial(
            record_statement,
            actor=caller.actor,
            client_id=form_id(body),
            content=content,
            now=now,
            key=key.key,
            content_hash=key.content_hash,
        )
    )


def draft_in(view: Mapping[str, Any]) -> StatementDraft:
    """What was typed and chosen in the form."""
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    fields = {block_id: values.get(block_id, {}).get(block_id) or {} for block_id in _FIELDS.values()}
    return StatementDraft(
        says=str(fields[ids.STATEMENT_SAYS].get("value") or ""),
        our_part=str(fields[ids.STATEMENT_OUR_PART].get("value") or ""),
        said_on=str(fields[ids.STATEMENT_DATE].get("selected_date") or ""),
        source=str((fields[ids.STATEMENT_SOURCE].get("selected_option") or {}).get("value") or ""),
    )
