"""What the form asks beside its fields: which client is meant, whether it is the same event, how it is worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from bot.domain.score import ScoredFlag
from bot.domain.wording import hints
from bot.usecases.flags import ClientChoice, same_events
from handlers.features.flags.forms import FlagForm, NamedClient
from handlers.slack.action_values import id_in
from handlers.slack.flags.form_reading import ReadForm
from handlers.slack.listener_context import Caller, ListenerContext


def client_meant(door: ListenerContext, caller: Caller, read: ReadForm) -> ClientChoice:
    """The client that was chosen; a new name may be known by now, or stand for a known client."""
    if read.client is None:
        return ClientChoice()
    known = read.client.client_id
    if known is None:
        known = door.index.exact(caller.actor.workspace_id, read.client.name)
    if known is None and read.confirmed.isdigit():
        known = id_in(read.confirmed)
    return ClientChoice(known, read.client.name)


async def form_with_questions(door: ListenerContext, caller: Caller, read: ReadForm) -> FlagForm:
    """The form as it was filled in, with the questions that its choices give rise to and their answers so far."""
    settings = caller.actor.settings
    return FlagForm(
        draft=read.draft,
        categories=settings.categories,
        currency=settings.currency,
        client=read.client,
        metadata=read.metadata,
        resembling=() if read.metadata.flag_id is not None else resembling(door, caller, read.client),
        confirmed=read.confirmed,
        same_event=await _near(door, caller, read),
        joined=read.joined,
    )


def still_to_ask(form: FlagForm) -> FlagForm | None:
    """The form to show once more before it is recorded; `None` when every question has its answer.

    Hints on the wording are shown once; who sends the form again means it.
    """
    unseen = () if form.metadata.hints_shown else hints(f"{form.draft.what_happened}\n{form.draft.my_view}")
    is_open = (form.resembling and not form.confirmed) or (form.same_event and not form.joined)
    if not is_open and not unseen:
        return None
    metadata = replace(form.metadata, hints_shown=form.metadata.hints_shown or bool(unseen))
    return replace(form, hints=unseen, metadata=metadata)


def resembling(door: ListenerContext, caller: Caller, client: NamedClient | None) -> Sequence[NamedClient]:
    """Known clients that a new name may stand for; none where the name itself is known."""
    workspace_id = caller.actor.workspace_id
    if client is None or client.client_id is not None or door.index.exact(workspace_id, client.name) is not None:
        return ()
    return [NamedClient(match.shown, match.client_id) for match in door.index.resembling(workspace_id, client.name)]


async def _near(door: ListenerContext, caller: Caller, read: ReadForm) -> Sequence[ScoredFlag]:
    """Flags of colleagues that may tell of the same event, as far as the form says what it is about."""
    client_id = None if read.metadata.flag_id is not None else client_meant(door, caller, read).client_id
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
