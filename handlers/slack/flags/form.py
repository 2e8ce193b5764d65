"""The flag form at work: opened from anywhere, redrawn while it is filled in, and submitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.domain.errors import ChoiceUnknownError, FlagclientError
from bot.domain.flag_rules import FlagDraft, checked
from bot.domain.model import FlagContent
from bot.domain.names import clean_name
from bot.domain.score import ScoredFlag
from bot.domain.timetable import local_today
from bot.domain.wording import hints
from bot.usecases.client_index import IndexedName
from bot.usecases.flags import (
    ClientChoice,
    FlagRecorded,
    JoinFlag,
    RecordFlag,
    edit_flag,
    join_flag,
    record_flag,
    same_events,
)
from handlers.slack import ids
from handlers.slack.flags.form_reading import ReadForm, errors_by_field, read_form
from handlers.slack.front_door import Caller, FrontDoor, caller_of
from handlers.slack.keys import submission_key
from handlers.slack.render.flags.form import REALLY_NEW, RECORD_SEPARATELY, FlagForm, NamedClient, build_form
from handlers.slack.render.flags.metadata import FormMetadata


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


def today_of(caller: Caller, door: FrontDoor) -> date:
    """The caller's own day."""
    return local_today(door.clock.now(), caller.actor.person.zone)


async def open_form(door: FrontDoor, caller: Caller, trigger_id: str, form: FlagForm) -> None:
    """Show the form."""
    await door.client.views_open(trigger_id=trigger_id, view=build_form(caller.language, form))


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind what happens inside the form."""

    async def redraw(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """The client, the category or the day was chosen: what depends on it changes."""
        caller = caller_of(context)
        read = read_form(body["view"])
        near = await _near(door, caller, read)
        form = _form_of(caller, read, same_event=near)
        try:
            await door.client.views_update(
                view_id=body["view"]["id"], hash=body["view"]["hash"], view=build_form(caller.language, form)
            )
        except SlackApiError as error:
            # A later choice has been drawn already, and that one saw everything this one would show.
            if error.response["error"] != "hash_conflict":
                raise
        await ack()

    for action_id in (ids.FLAG_FORM_CLIENT, ids.FLAG_FORM_CATEGORY, ids.FLAG_FORM_DATE):
        app.action(action_id)(redraw)

    @app.view(ids.FLAG_FORM)
    async def submit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form: record, or ask what still has to be asked."""
        caller = caller_of(context)
        read = _with_known_client(door, caller, read_form(body["view"]))
        content, problems = _checked(caller, door, read)
        if content is None:
            errors = errors_by_field(caller.language, problems, body["view"], read.draft.category)
            await ack(response_action="errors", errors=errors)
            return
        question = await _question(door, caller, read)
        if question is not None:
            await ack(response_action="update", view=build_form(caller.language, question))
            return
        await _carry_out(door, caller, read, content, body)
        await ack()

    @app.view(ids.FLAG_EDIT_FORM)
    async def submit_edit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form of a flag that they edit."""
        caller = caller_of(context)
        read = read_form(body["view"])
        content, problems = _checked(caller, door, read)
        if content is None:
            errors = errors_by_field(caller.language, problems, body["view"], read.draft.category)
            await ack(response_action="errors", errors=errors)
            return
        question = _hinted(caller, read)
        if question is not None:
            await ack(response_action="update", view=build_form(caller.language, question))
            return
        actor = caller.actor
        await door.database.write(
            partial(
                edit_flag,
                actor=actor,
                flag_id=read.metadata.flag_id or 0,
                content=content,
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()


def _form_of(
    caller: Caller,
    read: ReadForm,
    *,
    same_event: Sequence[ScoredFlag] = (),
    resembling: Sequence[NamedClient] = (),
) -> FlagForm:
    settings = caller.actor.settings
    return FlagForm(
        draft=read.draft,
        categories=settings.categories,
        currency=settings.currency,
        client=read.client,
        metadata=read.metadata,
        resembling=resembling,
        confirmed=read.confirmed,
        same_event=same_event,
        joined=read.joined,
    )


def _checked(caller: Caller, door: FrontDoor, read: ReadForm) -> tuple[FlagContent | None, tuple[FlagclientError, ...]]:
    outcome = checked(read.draft, caller.actor.settings.categories, today_of(caller, door))
    problem = _client_problem(read.client)
    problems = (*outcome.problems, problem) if problem else outcome.problems
    return (None if problems else outcome.content), problems


def _client_problem(client: NamedClient | None) -> FlagclientError | None:
    if client is None:
        return ChoiceUnknownError(field="client")
    if client.client_id is None:
        try:
            clean_name(client.name)
        except FlagclientError as problem:
            problem.field = "client"
            return problem
    return None


def _with_known_client(door: FrontDoor, caller: Caller, read: ReadForm) -> ReadForm:
    """The form with the client that was meant: a new name may be known by now, or stand for a known client."""
    if read.client is None or read.client.client_id is not None:
        return read
    meant = door.index.exact(caller.actor.workspace_id, read.client.name)
    if meant is None and read.confirmed.isdigit():
        meant = int(read.confirmed)
    return replace(read, client=replace(read.client, client_id=meant))


async def _near(door: FrontDoor, caller: Caller, read: ReadForm) -> Sequence[ScoredFlag]:
    """Flags of colleagues that may tell of the same event, as far as the form says what it is about."""
    client_id = read.client.client_id if read.client else None
    try:
        happened_on = date.fromisoformat(read.draft.happened_on)
    except ValueError:
        return ()
    if client_id is None or not read.draft.category:
        return ()
    return await door.database.read(
        partial(
            same_events,
            actor=caller.actor,
            client_id=client_id,
            category=read.draft.category,
            happened_on=happened_on,
        )
    )


async def _question(door: FrontDoor, caller: Caller, read: ReadForm) -> FlagForm | None:
    """The form with everything that has to be asked or noted before it is recorded; `None` when nothing has."""
    resembling = _resembling(door, caller, read)
    near = () if read.joined else await _near(door, caller, read)
    hinted = _hinted(caller, read)
    if not (resembling or near or hinted):
        return None
    form = hinted or _form_of(caller, read)
    return replace(form, resembling=resembling, same_event=near)


def _resembling(door: FrontDoor, caller: Caller, read: ReadForm) -> Sequence[NamedClient]:
    client = read.client
    if client is None or client.client_id is not None or read.confirmed == REALLY_NEW:
        return ()
    matches = door.index.resembling(caller.actor.workspace_id, client.name)
    return [NamedClient(match.shown, match.client_id) for match in matches]


def _hinted(caller: Caller, read: ReadForm) -> FlagForm | None:
    """The form with hints on its wording, where there are any and they were not shown before."""
    found = () if read.metadata.hints_shown else hints(f"{read.draft.what_happened}\n{read.draft.my_view}")
    if not found:
        return None
    return replace(_form_of(caller, read), hints=found, metadata=replace(read.metadata, hints_shown=True))


async def _carry_out(
    door: FrontDoor, caller: Caller, read: ReadForm, content: FlagContent, body: dict[str, Any]
) -> None:
    actor, now, calendar = caller.actor, door.clock.now(), door.calendar(caller.actor.settings)
    client = read.client or NamedClient("")
    if read.joined not in ("", RECORD_SEPARATELY) and client.client_id is not None:
        joining = JoinFlag(
            int(read.joined), client.client_id, content.category, content.happened_on, content.what_happened
        )
        await door.database.write(partial(join_flag, actor=actor, command=joining, now=now, calendar=calendar))
        return
    key = submission_key(body)
    command = RecordFlag(
        key=key.key,
        content_hash=key.content_hash,
        client=ClientChoice(client.client_id, client.name),
        content=content,
        by_message=True,
        evidence_key=read.metadata.evidence_key,
    )
    recorded = await door.database.write(partial(record_flag, actor=actor, command=command, now=now, calendar=calendar))
    note_new_client(door, caller, recorded)


def note_new_client(door: FrontDoor, caller: Caller, recorded: FlagRecorded) -> None:
    """Make a client that was added just now findable at once."""
    if recorded.is_new_client:
        name = recorded.receipt.client_name
        door.index.put(caller.actor.workspace_id, [IndexedName(recorded.client_id, name, name)])
