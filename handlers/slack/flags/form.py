"""The flag form at work: opened from anywhere, redrawn while it is filled in, and submitted."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.domain.errors import ChoiceUnknownError, FlagclientError
from bot.domain.flag_rules import FlagDraft, checked
from bot.domain.model import FlagContent
from bot.domain.names import clean_name
from bot.domain.timetable import local_today
from bot.usecases.flags import JoinFlag, RecordFlag, edit_flag, join_flag
from handlers.features import ids
from handlers.features.flags.forms import RECORD_SEPARATELY, FlagForm, NamedClient, build_form
from handlers.slack.action_values import id_in
from handlers.slack.flags.form_questions import client_meant, form_with_questions, resembling, still_to_ask
from handlers.slack.flags.form_reading import ReadForm, errors_by_field, read_form
from handlers.slack.flags.recording import record
from handlers.slack.idempotency_keys import idempotency_key
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.render.flags.metadata import FormMetadata
from handlers.slack.routes import Routes


def new_form(
    caller: Caller,
    today: date,
    *,
    draft: FlagDraft | None = None,
    client: NamedClient | None = None,
    metadata: FormMetadata | None = None,
) -> FlagForm:
    """A form with what is known so far, dated today unless the draft says otherwise."""
    known = draft or FlagDraft()
    settings = caller.actor.settings
    return FlagForm(
        draft=replace(known, happened_on=known.happened_on or today.isoformat()),
        categories=settings.categories,
        currency=settings.currency,
        client=client,
        metadata=metadata or FormMetadata(),
    )


def today_of(caller: Caller, door: ListenerContext) -> date:
    """The caller's own day."""
    return local_today(door.clock.now(), caller.actor.person.zone)


async def open_form(door: ListenerContext, caller: Caller, trigger_id: str, form: FlagForm) -> None:
    """Show the form, asking at once which client is meant where its name resembles a known one."""
    asking = form if form.is_edit else replace(form, resembling=resembling(door, caller, form.client))
    await door.client.views_open(trigger_id=trigger_id, view=build_form(caller.language, asking))


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind what happens inside the form."""

    async def redraw(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """The client, the category or the day was chosen: what depends on it changes."""
        caller = caller_of(context)
        form = await form_with_questions(door, caller, read_form(body["view"]))
        view = build_form(caller.language, form)
        try:
            await door.client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
        except SlackApiError as error:
            # A later choice has been drawn already, and that one saw everything this one would show.
            if error.response["error"] != "hash_conflict":
                raise
        await ack()

    for action_id in (ids.FLAG_FORM_CLIENT, ids.FLAG_FORM_CATEGORY, ids.FLAG_FORM_DATE):
        routes.action(action_id)(redraw)

    @routes.view(ids.FLAG_FORM)
    async def submit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form: record, or ask what still has to be asked."""
        caller = caller_of(context)
        read = read_form(body["view"])
        content = await _content(ack, caller, door, read, body)
        if content is not None:
            await _carry_out(door, caller, read, content, body)
            await ack()

    @routes.view(ids.FLAG_EDIT_FORM)
    async def submit_edit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form of a flag that they edit."""
        caller = caller_of(context)
        read = read_form(body["view"])
        content = await _content(ack, caller, door, read, body)
        if content is not None:
            await door.database.write(
                partial(
                    edit_flag,
                    actor=caller.actor,
                    flag_id=read.metadata.flag_id or 0,
                    content=content,
                    now=door.clock.now(),
                    calendar=door.calendar(caller.actor.settings),
                )
            )
            await ack()


async def _content(
    ack: AsyncAck, caller: Caller, door: ListenerContext, read: ReadForm, body: dict[str, Any]
) -> FlagContent | None:
    """What the form says; `None` after it was answered, with what is wrong with it or what it still has to ask."""
    outcome = checked(read.draft, caller.actor.settings.categories, today_of(caller, door))
    problems = [*outcome.problems, *_client_problems(read.client)]
    if outcome.content is None or problems:
        errors = errors_by_field(caller.language, problems, body["view"], read.draft.category)
        await ack(response_action="errors", errors=errors)
        return None
    question = still_to_ask(await form_with_questions(door, caller, read))
    if question is not None:
        await ack(response_action="update", view=build_form(caller.language, question))
        return None
    return outcome.content


def _client_problems(client: NamedClient | None) -> list[FlagclientError]:
    if client is None:
        return [ChoiceUnknownError(field="client")]
    if client.client_id is None:
        try:
            clean_name(client.name)
        except FlagclientError as problem:
            problem.field = "client"
            return [problem]
    return []


async def _carry_out(
    door: ListenerContext, caller: Caller, read: ReadForm, content: FlagContent, body: dict[str, Any]
) -> None:
    """Record the flag, or make its reporter a witness to the one that tells of the same event."""
    actor = caller.actor
    client = client_meant(door, caller, read)
    if read.joined not in ("", RECORD_SEPARATELY) and client.client_id is not None:
        joining = JoinFlag(
            id_in(read.joined), client.client_id, content.category, content.happened_on, content.what_happened
        )
        now, calendar = door.clock.now(), door.calendar(actor.settings)
        await door.database.write(partial(join_flag, actor=actor, command=joining, now=now, calendar=calendar))
        return
    key = idempotency_key(body)
    command = RecordFlag(
        key=key.key,
        content_hash=key.content_hash,
        client=client,
        content=content,
        by_message=True,
        evidence_key=read.metadata.evidence_key,
    )
    # The receipt comes as a message, and the form closes without a word.
    await record(door, caller, command, lambda recorded: None)
