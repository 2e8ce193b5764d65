"""What people do in an evaluation: give their view, record the client's side, say who takes part, and read it all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from bot.domain.errors import TextTooLongError
from bot.domain.evaluation import ViewChoice
from bot.domain.evaluation_rules import checked_statement
from bot.domain.timetable import local_today
from bot.usecases.discussion.asking_in import say_who_takes_part
from bot.usecases.evaluation.answering import answer_topics, give_view, keep_drafts
from bot.usecases.evaluation.evaluation_view import read_for
from bot.usecases.evaluation.form import read_form
from bot.usecases.evaluation.statements import record_statement, refuse_unless_heard_by
from bot.usecases.evaluation.taking_part import read_taking_part, say_away
from handlers.features import ids
from handlers.features.evaluation.everything import build_everything
from handlers.features.evaluation.form import (
    PAGE_BUTTONS,
    FormPage,
    build_form,
    first_page,
    page_of,
    read_topics,
    read_typed,
)
from handlers.features.evaluation.messages import build_away, build_given
from handlers.features.evaluation.people_form import build_people_form, read_people
from handlers.features.evaluation.statement_form import build_statement_form, read_statement
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, InPlace, Interactions, Page
from handlers.surface.message import Message
from handlers.surface.values import id_in

INTERACTIONS = Interactions()


@INTERACTIONS.opens(ids.EVALUATION_GIVE)
async def give(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Give your view"."""
    form = await caller.read(read_form, discussion_id=click.id)
    return build_form(caller.reading, form, first_page(form))


@INTERACTIONS.change(ids.EVALUATION_TOPIC, ids.EVALUATION_CHOICE, ids.EVALUATION_REASON)
async def keep(answers: Answers, caller: Caller) -> None:
    """Something was typed or chosen: all that stands in the form is kept, so that closing it loses nothing."""
    discussion_id, page = page_of(answers)
    await caller.run(keep_drafts, discussion_id=discussion_id, typed=read_typed(page, answers))


def _turning_to(page: FormPage) -> Callable[[Answers, Caller], Awaitable[Form]]:
    async def turn(answers: Answers, caller: Caller) -> Form:
        """Somebody leafs to another page: what stands on this one is kept, and given with the view."""
        await keep(answers, caller)
        form = await caller.read(read_form, discussion_id=page_of(answers)[0])
        return build_form(caller.reading, form, page)

    return turn


for leads_to, page_button in PAGE_BUTTONS.items():
    INTERACTIONS.change(page_button)(_turning_to(leads_to))


@INTERACTIONS.form(ids.EVALUATION_FORM)
async def submitted(answers: Answers, caller: Caller) -> Form:
    """Somebody clicks "Next", or gives their view on the last page."""
    discussion_id, page = page_of(answers)
    if page is FormPage.VIEW:
        choice, reason = answers.choice(ids.EVALUATION_CHOICE, ViewChoice), answers.text(ids.EVALUATION_REASON)
        await caller.run(give_view, discussion_id=discussion_id, choice=choice, reason=reason)
        return build_given(caller.language, await caller.read(read_form, discussion_id=discussion_id))
    try:
        await caller.run(answer_topics, discussion_id=discussion_id, answers=read_topics(page, answers))
    except TextTooLongError as error:
        error.field = f"{ids.EVALUATION_TOPIC}:{error.field}"
        raise
    form = await caller.read(read_form, discussion_id=discussion_id)
    return build_form(caller.reading, form, FormPage(page + 1))


@INTERACTIONS.opens(ids.EVALUATION_PEOPLE)
async def take_part(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Who takes part" or "Ask in a colleague"."""
    return build_people_form(caller.reading, await caller.read(read_taking_part, discussion_id=click.id))


@INTERACTIONS.form(ids.EVALUATION_PEOPLE_FORM, former_colleagues=[ids.EVALUATION_PEOPLE_AWAY])
async def people_chosen(answers: Answers, caller: Caller) -> None:
    """A reviewer says whom to ask in and who is away."""
    asked, away = read_people(answers)
    await caller.run(say_who_takes_part, discussion_id=id_in(answers.carried), asked=asked, away=away)


@INTERACTIONS.click(ids.EVALUATION_AWAY)
async def away(click: Click, caller: Caller) -> Message | InPlace:
    """Somebody clicks "I can’t answer now"."""
    await caller.run(say_away, discussion_id=click.id, person_ids=[caller.actor.person.id])
    return InPlace(await take_part(click, caller)) if click.is_in_dialog else build_away(caller.language)


@INTERACTIONS.click(ids.EVALUATION_READ)
async def read(click: Click, caller: Caller) -> Page:
    """Somebody clicks "Read everything"."""
    code, evaluation = await caller.read(read_for, discussion_id=click.id)
    title = caller.language.gettext("All that was said")
    return Page(title, partial(build_everything, caller.reading, code, evaluation))


@INTERACTIONS.opens(ids.STATEMENT_START)
async def hear(click: Click, caller: Caller) -> Form:
    """Somebody clicks "The client’s side"; the button carries the client's id."""
    client = await caller.read(refuse_unless_heard_by, client_id=click.id)
    today = local_today(caller.now, caller.actor.zone)
    return build_statement_form(caller.language, client.id, client.name, today)


@INTERACTIONS.form(ids.STATEMENT_FORM)
async def heard(answers: Answers, caller: Caller) -> None:
    """Somebody sends the client's side."""
    content = checked_statement(read_statement(answers), local_today(caller.now, caller.actor.zone))
    await caller.run(record_statement, client_id=id_in(answers.carried), content=content)
