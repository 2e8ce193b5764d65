"""What people do about lessons: put one into practice, drop it, give it another day, and say whether it helped."""

from __future__ import annotations

from bot.domain.errors import FlagclientError
from bot.domain.lessons import Helped
from bot.domain.timetable import local_today
from bot.usecases.lessons.reviewing import read_review, review_lesson
from bot.usecases.lessons.settling import drop_lesson, finish_lesson, put_off_lesson, read_open_lesson
from handlers.features import ids
from handlers.features.lessons.forms import (
    build_drop_form,
    build_later_form,
    build_review_form,
    build_reviewed,
    build_settled_page,
)
from handlers.features.lessons.messages import build_settled
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Interactions
from handlers.surface.message import Message
from handlers.surface.values import id_in

INTERACTIONS = Interactions()

_FIELDS = {"because": ids.LESSON_BECAUSE, "due": ids.LESSON_UNTIL, "note": ids.LESSON_NOTE}


@INTERACTIONS.click(ids.LESSON_DONE)
async def done(click: Click, caller: Caller) -> Message:
    """Somebody clicks "It's done"."""
    return build_settled(caller.language, await caller.run(finish_lesson, lesson_id=click.id))


@INTERACTIONS.opens(ids.LESSON_DROP)
async def drop(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Drop it"."""
    return build_drop_form(caller.language, await caller.read(read_open_lesson, lesson_id=click.id))


@INTERACTIONS.form(ids.LESSON_DROP_FORM)
async def dropped(answers: Answers, caller: Caller) -> Form:
    """Somebody says why a lesson is dropped."""
    lesson_id, because = id_in(answers.carried), answers.text(ids.LESSON_BECAUSE)
    try:
        lesson = await caller.run(drop_lesson, lesson_id=lesson_id, because=because)
    except FlagclientError as error:
        raise _at_its_field(error) from None
    return build_settled_page(caller.language, lesson)


@INTERACTIONS.opens(ids.LESSON_LATER)
async def later(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Another day"."""
    lesson = await caller.read(read_open_lesson, lesson_id=click.id)
    return build_later_form(caller.language, lesson, local_today(caller.now, caller.actor.zone))


@INTERACTIONS.form(ids.LESSON_LATER_FORM)
async def put_off(answers: Answers, caller: Caller) -> Form:
    """Somebody says until when a lesson takes."""
    lesson_id, due_on = id_in(answers.carried), answers.day(ids.LESSON_UNTIL)
    try:
        lesson = await caller.run(put_off_lesson, lesson_id=lesson_id, due_on=due_on)
    except FlagclientError as error:
        raise _at_its_field(error) from None
    return build_settled_page(caller.language, lesson)


@INTERACTIONS.opens(ids.LESSON_REVIEW)
async def review(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Say whether it helped"."""
    return build_review_form(caller.reading, await caller.read(read_review, lesson_id=click.id))


@INTERACTIONS.form(ids.LESSON_REVIEW_FORM)
async def reviewed(answers: Answers, caller: Caller) -> Form:
    """Somebody says whether a lesson helped."""
    helped, remark = answers.choice(ids.LESSON_HELPED, Helped), answers.text(ids.LESSON_NOTE)
    try:
        await caller.run(review_lesson, lesson_id=id_in(answers.carried), helped=helped, remark=remark)
    except FlagclientError as error:
        raise _at_its_field(error) from None
    return build_reviewed(caller.language)


def _at_its_field(error: FlagclientError) -> FlagclientError:
    error.field = _FIELDS.get(error.field or "", error.field)
    return error
