"""What people do about debriefs: plan, move and cancel one, say that a client left, answer, read, and close it."""

from __future__ import annotations

from functools import partial

from bot.domain.errors import DebriefUnusualError, FlagclientError
from bot.usecases.debrief.agenda import read_content_for
from bot.usecases.debrief.answering import AnswerForm, keep_answers, read_answer_form, say_away_from_debrief
from bot.usecases.debrief.by_name import mark_left_by_name, plan_debrief_by_name
from bot.usecases.debrief.closing import archive_space, close_debrief, read_closing_form
from bot.usecases.debrief.debrief_view import open_debriefs, upcoming_debriefs
from bot.usecases.debrief.leaving import mark_left, take_back_left
from bot.usecases.debrief.planning import (
    begin_debrief,
    cancel_debrief,
    move_debrief,
    plan_or_move_debrief,
    planned_debrief,
    snooze_debrief,
)
from handlers.features import ids
from handlers.features.debrief import closing_form
from handlers.features.debrief.agenda import build_content
from handlers.features.debrief.answer_form import build_answer_form, build_answered, field_of, read_answers
from handlers.features.debrief.forms import build_move_anyway_form, build_move_form, read_moved
from handlers.features.debrief.messages import (
    build_away,
    build_begun,
    build_left,
    build_planned,
    build_taken_back,
    build_unusual,
    build_upcoming,
)
from handlers.features.debrief.summary import build_archived
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions, Page, Replacing
from handlers.surface.message import Message
from handlers.surface.values import id_in, moment_in

INTERACTIONS = Interactions()


@INTERACTIONS.command("debrief")
async def debrief(typed: str, caller: Caller) -> Message:
    """Somebody asks for what is planned, or names a client, perhaps with a day and a time."""
    may_name = await caller.may_name_clients()
    if not typed.strip():
        if not may_name:
            return build_upcoming(caller.reading, None)
        upcoming, still_open = await caller.read(upcoming_debriefs), await caller.read(open_debriefs)
        return build_upcoming(caller.reading, upcoming, still_open)
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


@INTERACTIONS.opens(ids.DEBRIEF_ANSWER_START)
async def answer(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Answer the questions"."""
    return build_answer_form(caller.reading, await caller.read(read_answer_form, debrief_id=click.id))


@INTERACTIONS.change(ids.DEBRIEF_ANSWER)
async def keep(answers: Answers, caller: Caller) -> None:
    """Something was typed: all that stands in the form is kept, so that closing it loses nothing."""
    await _keep(answers, caller)


@INTERACTIONS.form(ids.DEBRIEF_ANSWER_FORM)
async def answered(answers: Answers, caller: Caller) -> Form:
    """Somebody clicks "Done"."""
    return build_answered(caller.language, await _keep(answers, caller))


async def _keep(answers: Answers, caller: Caller) -> AnswerForm:
    debrief_id, typed = id_in(answers.carried), read_answers(answers)
    try:
        return await caller.run(keep_answers, debrief_id=debrief_id, typed=typed)
    except FlagclientError as error:
        error.field = field_of(error.field) if error.field else None
        raise


@INTERACTIONS.click(ids.DEBRIEF_READ)
async def read(click: Click, caller: Caller) -> Page:
    """Somebody clicks "The agenda" or "Read the answers"."""
    content = await caller.read(read_content_for, debrief_id=click.id)
    return Page(caller.language.gettext("The debrief"), partial(build_content, caller.reading, content))


@INTERACTIONS.click(ids.DEBRIEF_AWAY)
async def away(click: Click, caller: Caller) -> Replacing:
    """Somebody clicks "I can't take part"."""
    await caller.run(say_away_from_debrief, debrief_id=click.id)
    return Replacing(build_away(caller.language))


@INTERACTIONS.click(ids.DEBRIEF_BEGIN)
async def begin(click: Click, caller: Caller) -> Replacing:
    """The host clicks "Begin now"."""
    await caller.run(begin_debrief, debrief_id=click.id)
    return Replacing(build_begun(caller.language))


@INTERACTIONS.opens(ids.DEBRIEF_CLOSE)
async def close(click: Click, caller: Caller) -> Form:
    """The host clicks "Close the debrief", or "Add a lesson" once it is closed."""
    return closing_form.build_closing_form(caller.reading, await caller.read(read_closing_form, debrief_id=click.id))


@INTERACTIONS.form(ids.DEBRIEF_CLOSE_FORM)
async def closed(answers: Answers, caller: Caller) -> Form:
    """The host sends the lessons."""
    debrief_id, lessons = id_in(answers.carried), closing_form.read_lessons(answers)
    try:
        await caller.run(close_debrief, debrief_id=debrief_id, lessons=lessons)
    except FlagclientError as error:
        error.field = closing_form.field_of(error.field) if error.field else None
        raise
    return closing_form.build_closed(caller.language)


@INTERACTIONS.click(ids.DEBRIEF_ARCHIVE)
async def archive(click: Click, caller: Caller) -> Message:
    """The host clicks "Archive the channel" and confirms."""
    return build_archived(caller.language, await caller.run(archive_space, debrief_id=click.id))
