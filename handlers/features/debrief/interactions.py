"""What people do about debriefs: plan one by its name, move it, put it off, cancel it, and say that a client left."""

from __future__ import annotations

from bot.domain.errors import DebriefUnusualError, FlagclientError
from bot.usecases.debrief.by_name import mark_left_by_name, plan_debrief_by_name
from bot.usecases.debrief.debrief_view import upcoming_debriefs
from bot.usecases.debrief.leaving import mark_left, take_back_left
from bot.usecases.debrief.planning import (
    cancel_debrief,
    move_debrief,
    plan_or_move_debrief,
    planned_debrief,
    snooze_debrief,
)
from handlers.features import ids
from handlers.features.debrief.forms import build_move_anyway_form, build_move_form, read_moved
from handlers.features.debrief.messages import (
    build_left,
    build_planned,
    build_taken_back,
    build_unusual,
    build_upcoming,
)
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions, Replacing
from handlers.surface.message import Message
from handlers.surface.values import id_in, moment_in

INTERACTIONS = Interactions()


@INTERACTIONS.command("debrief")
async def debrief(typed: str, caller: Caller) -> Message:
    """Somebody asks for what is planned, or names a client, perhaps with a day and a time."""
    may_name = await caller.may_name_clients()
    if not typed.strip():
        return build_upcoming(caller.reading, await caller.read(upcoming_debriefs) if may_name else None)
    try:
        client, planned = await caller.run(plan_debrief_by_name, typed=typed, only_usual=True)
    except DebriefUnusualError as unusual:
        return build_unusual(caller.language, unusual)
    return build_planned(caller.reading, planned, client.name if may_name else None)


@INTERACTIONS.click(ids.DEBRIEF_ANYWAY)
async def anyway(click: Click, caller: Caller) -> Replacing:
    """Somebody clicks "Plan it anyway" about a day off, or about quiet hours; the answer names no client."""
    client_id, _, at = click.value.partition(":")
    local_at = moment_in(at)
    planned = await caller.run(plan_or_move_debrief, client_id=id_in(client_id), local_at=local_at)
    return Replacing(build_planned(caller.reading, planned, None))


async def left(name: str, caller: Caller) -> Message:
    """Somebody types that a client has left."""
    may_name, outcome = await caller.may_name_clients(), await caller.run(mark_left_by_name, name=name)
    return build_left(caller.reading, outcome, outcome.client.name if may_name else None)


@INTERACTIONS.click(ids.DOSSIER_LEFT)
async def left_by_click(click: Click, caller: Caller) -> Message:
    """Somebody clicks "This client has left"; the answer can be read anywhere, since it names no client."""
    return build_left(caller.reading, await caller.run(mark_left, client_id=click.id), None)


@INTERACTIONS.click(ids.LEFT_UNDO)
async def undo_left(click: Click, caller: Caller) -> Replacing:
    """Somebody clicks "That was a mistake" after marking a client as having left."""
    client_id, _, discussion_id = click.value.partition(":")
    closed = id_in(discussion_id) if discussion_id else None
    await caller.run(take_back_left, client_id=id_in(client_id), discussion_id=closed)
    return Replacing(build_taken_back(caller.language))


@INTERACTIONS.opens(ids.DEBRIEF_MOVE)
async def move(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Move"."""
    planned = await caller.read(planned_debrief, debrief_id=click.id)
    return build_move_form(caller.reading, planned)


@INTERACTIONS.form(ids.DEBRIEF_MOVE_FORM)
async def moved(answers: Answers, caller: Caller) -> Form | None:
    """Somebody sends the form with another day and time; one that is rarely meant is asked about."""
    said = read_moved(answers)
    try:
        await caller.run(move_debrief, debrief_id=said.debrief_id, local_at=said.local_at, only_usual=not said.is_meant)
    except DebriefUnusualError as unusual:
        return build_move_anyway_form(caller.reading, answers.carried, said.local_at, unusual)
    except FlagclientError as error:
        error.field = error.field or ids.DEBRIEF_MOVE_DATE
        raise
    return None


@INTERACTIONS.click(ids.DEBRIEF_SNOOZE)
async def snooze(click: Click, caller: Caller) -> None:
    """Somebody clicks "A week later"."""
    debrief_id, sequence = click.ids(2)
    await caller.run(snooze_debrief, debrief_id=debrief_id, expected_sequence=sequence)


@INTERACTIONS.click(ids.DEBRIEF_CANCEL)
async def cancel(click: Click, caller: Caller) -> None:
    """Somebody clicks "Cancel" and confirms."""
    await caller.run(cancel_debrief, debrief_id=click.id)
