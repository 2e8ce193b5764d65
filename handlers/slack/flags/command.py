"""`/flagclient`: record from text at once, open the form, or hand over to what a first word asks for."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.domain.errors import ClientNameInvalidError, TextTooLongError
from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft, checked
from bot.domain.flag_text import ParsedFlagText, parse_flag_text
from bot.domain.model import FlagContent
from bot.domain.names import KnownNames, clean_name, normalized
from bot.domain.wording import hints
from bot.usecases.debrief import mark_left_by_name
from bot.usecases.discussion import open_discussion_by_name
from bot.usecases.flags import ClientChoice, FlagRecorded, RecordFlag
from handlers.features import ids
from handlers.features.debrief.messages import build_left
from handlers.features.discussion.messages import build_discussion_opened
from handlers.slack.answers import answered
from handlers.slack.flags.form import new_form, open_form, today_of
from handlers.slack.flags.form_questions import resembling
from handlers.slack.flags.recording import record
from handlers.slack.flags.words import Word, first_word
from handlers.slack.idempotency_keys import idempotency_key
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.message_text import plain_text
from handlers.slack.painting.message import paint_message
from handlers.slack.render.flags.form import NamedClient
from handlers.slack.render.flags.given_back import build_given_back
from handlers.slack.render.flags.help import build_help
from handlers.slack.render.flags.receipt import build_nameless_receipt, build_receipt
from handlers.slack.render.message import drawn
from handlers.slack.routes import Routes

_AS_IF_KNOWN = 0
"""Stands for the id of a client that is about to be added."""


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the command."""

    @routes.command(ids.COMMAND_FLAG)
    async def flagclient(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse | None:
        """Somebody types `/flagclient`, perhaps with text."""
        caller = caller_of(context)
        text = plain_text(body.get("text", "")).strip()
        word, name = first_word(text, partial(door.index.exact, caller.actor.workspace_id))
        match word:
            case Word.HELP:
                message = build_help(caller.language, caller.actor.settings.categories)
                await ack(**message.answer(), response_type="ephemeral")
            case Word.DISCUSS:
                opened, is_new = await door.database.write(
                    partial(
                        open_discussion_by_name,
                        index=door.index,
                        actor=caller.actor,
                        name=name,
                        now=door.clock.now(),
                        calendar=door.calendar(caller.actor.settings),
                    )
                )
                told = build_discussion_opened(caller.language, opened.code, is_new=is_new)
                await ack(text=told.text, response_type="ephemeral")
            case Word.LEFT:
                is_safe = await door.audience.is_safe_here(caller.actor.workspace_id, body["channel_id"])
                outcome = await door.database.write(
                    partial(
                        mark_left_by_name,
                        index=door.index,
                        actor=caller.actor,
                        name=name,
                        now=door.clock.now(),
                        calendar=door.calendar(caller.actor.settings),
                    )
                )
                said = paint_message(build_left(caller.language, outcome, outcome.client.name if is_safe else None), {})
                await ack(text=said.text, blocks=said.blocks, response_type="ephemeral")
            case _:
                return await _flag(caller, door, text, body)
        return None


async def _flag(caller: Caller, door: ListenerContext, text: str, body: dict[str, Any]) -> BoltResponse:
    today = today_of(caller, door)
    known = door.index.known(caller.actor.workspace_id)
    parsed = parse_flag_text(text, known, caller.actor.settings.categories, today)
    if len(parsed.rest) > MAX_TEXT_LENGTH:
        return await _give_back(caller, door, text, len(parsed.rest), body)
    draft = FlagDraft(
        category=parsed.category or "",
        severity=str(parsed.severity or ""),
        happened_on=(parsed.happened_on or today).isoformat(),
        what_happened=parsed.rest,
    )
    certain = _certain_client(caller, door, text, parsed, today)
    content = checked(draft, caller.actor.settings.categories, today).content if certain else None
    if certain is not None and content is not None:
        return await _record(caller, door, certain, content, body)
    client = _named(door, caller, parsed)
    if client is None:
        draft = FlagDraft(what_happened=text, happened_on=draft.happened_on)
    form = new_form(caller, today, draft=draft, client=client)
    await open_form(door, caller, body["trigger_id"], form)
    return answered()


def _certain_client(
    caller: Caller, door: ListenerContext, text: str, parsed: ParsedFlagText, today: date
) -> ClientChoice | None:
    """The client of a text that says all there is to say; a new name counts unless it resembles a known one."""
    if parsed.complete:
        return ClientChoice(parsed.client_id)
    client = _named(door, caller, parsed)
    if client is None or client.client_id is not None or resembling(door, caller, client):
        return None
    known = KnownNames({normalized(client.name): _AS_IF_KNOWN})
    as_known = parse_flag_text(text, known, caller.actor.settings.categories, today)
    return ClientChoice(new_name=client.name) if as_known.complete else None


def _named(door: ListenerContext, caller: Caller, parsed: ParsedFlagText) -> NamedClient | None:
    """The client that the form starts with: the known one, or what was typed as a new one."""
    if parsed.client_id is not None:
        matches = door.index.search(caller.actor.workspace_id, parsed.client_text, limit=1)
        shown = next((match.shown for match in matches if match.client_id == parsed.client_id), parsed.client_text)
        return NamedClient(shown, parsed.client_id)
    try:
        return NamedClient(clean_name(parsed.client_text))
    except ClientNameInvalidError:
        return None


async def _record(
    caller: Caller, door: ListenerContext, client: ClientChoice, content: FlagContent, body: dict[str, Any]
) -> BoltResponse:
    """Record, and answer with the receipt; where others may read along it comes as a private message instead."""
    actor = caller.actor
    is_safe = await door.audience.is_safe_here(actor.workspace_id, body["channel_id"])
    key = idempotency_key(body)
    command = RecordFlag(key.key, key.content_hash, client, content, by_message=not is_safe)

    def answer(recorded: FlagRecorded) -> dict[str, Any]:
        if not is_safe:
            return {"text": build_nameless_receipt(caller.language)}
        found = hints(content.what_happened)
        message = build_receipt(
            caller.language, recorded.receipt, actor.settings.currency, found, is_new_client=recorded.is_new_client
        )
        return message.answer()

    return answered({"response_type": "ephemeral", **await record(door, caller, command, answer)})


async def _give_back(
    caller: Caller, door: ListenerContext, text: str, length: int, body: dict[str, Any]
) -> BoltResponse:
    """Text that fits nowhere: say so, and give it back, so that nothing typed is lost.

    Where others may look on it comes back in a window.
    """
    sentence = caller.language.sentence(TextTooLongError(length=length, longest=MAX_TEXT_LENGTH))
    if await door.audience.is_safe_here(caller.actor.workspace_id, body["channel_id"]):
        return answered({"response_type": "ephemeral", "text": drawn(f"{sentence}\n\n{text}")})
    await door.client.views_open(trigger_id=body["trigger_id"], view=build_given_back(caller.language, sentence, text))
    return answered({"response_type": "ephemeral", "text": sentence})
