"""What people do with a letter: write it, read it, have it approved, and say that it was sent."""

from __future__ import annotations

from functools import partial

from bot.domain.errors import FlagclientError
from bot.domain.farewell.drafting import LetterVersion
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.texts import LetterTexts
from bot.domain.timetable import local_today
from bot.usecases.farewell.letter_approving import (
    approve_letter,
    ask_approval,
    ask_exception,
    grant_exception,
    return_letter,
)
from bot.usecases.farewell.letter_sending import mark_sent, share_letter
from bot.usecases.farewell.letter_start import start_warning
from bot.usecases.farewell.letter_texts import read_texts
from bot.usecases.farewell.letter_writing import begin_farewell, begin_warning, keep_letter, save_letter
from bot.usecases.farewell.letters import LetterView, read_letter
from handlers.features import ids
from handlers.features.farewell.interactions import INTERACTIONS as INTERACTIONS
from handlers.features.farewell.letter_dialogs import (
    build_exception_form,
    build_marked_form,
    build_return_form,
    build_sent_form,
    read_sent,
)
from handlers.features.farewell.letter_form import build_letter_form, field_of, read_content
from handlers.features.farewell.letter_page import build_letter, build_script
from handlers.features.farewell.letter_versions import build_versions
from handlers.surface.answers import Answers
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Page
from handlers.surface.message import Message
from handlers.surface.values import id_in, ids_in


@INTERACTIONS.opens(ids.LETTER_WRITE)
async def write(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Write the letter" after a decision to part."""
    return build_letter_form(caller.reading, await caller.run(begin_farewell, decision_id=click.id))


@INTERACTIONS.opens(ids.LETTER_WARN)
async def warn(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Write it" on a trial that is a warning or a boundary."""
    return build_letter_form(caller.reading, await caller.run(begin_warning, remedy_id=click.id))


@INTERACTIONS.opens(ids.LETTER_EDIT)
async def edit(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Write on"."""
    return build_letter_form(caller.reading, await caller.read(read_letter, letter_id=click.id))


@INTERACTIONS.change(ids.LETTER_FIELD)
async def keep(answers: Answers, caller: Caller) -> None:
    """Something was filled in: all that stands in the form is kept, so that closing it loses nothing."""
    letter_id, base, content = read_content(answers)
    await caller.run(keep_letter, letter_id=letter_id, base=base, content=content)


@INTERACTIONS.form(ids.LETTER_FORM)
async def save(answers: Answers, caller: Caller) -> Page:
    """Somebody saves the letter, and reads it as the client would."""
    letter_id, base, content = read_content(answers)
    try:
        saved = await caller.run(save_letter, letter_id=letter_id, base=base, content=content)
    except FlagclientError as error:
        error.field = field_of(error.field) if error.field else error.field
        raise
    return _page(caller, saved.view, saved.overtaken)


@INTERACTIONS.click(ids.LETTER_READ)
async def read(click: Click, caller: Caller) -> Page:
    """Somebody clicks "Read it"."""
    return _page(caller, await caller.read(read_letter, letter_id=click.id))


@INTERACTIONS.click(ids.LETTER_VERSIONS)
async def versions(click: Click, caller: Caller) -> Page:
    """Somebody wants to know what was changed when, and by whom."""
    view = await caller.read(read_letter, letter_id=click.id)
    return Page(caller.language.gettext("Versions"), partial(build_versions, caller.reading, view))


@INTERACTIONS.click(ids.LETTER_ASK)
async def ask(click: Click, caller: Caller) -> Page:
    """Somebody asks for a second person to approve the letter."""
    letter_id, version = click.ids(2)
    return _page(caller, await caller.run(ask_approval, letter_id=letter_id, version=version, leaves_marks=False))


@INTERACTIONS.opens(ids.LETTER_ASK_MARKED)
async def look_at_marks(click: Click, caller: Caller) -> Form:
    """Somebody asks for approval of a letter in which words stand out: they look at those first."""
    letter_id, _ = click.ids(2)
    return build_marked_form(caller.language, await caller.read(read_letter, letter_id=letter_id))


@INTERACTIONS.form(ids.LETTER_ASK_MARKED_FORM)
async def ask_as_it_is(answers: Answers, caller: Caller) -> Page:
    """Somebody leaves the words that stand out as they are."""
    letter_id, version = ids_in(answers.carried, 2)
    return _page(caller, await caller.run(ask_approval, letter_id=letter_id, version=version, leaves_marks=True))


@INTERACTIONS.click(ids.LETTER_APPROVE)
async def approve(click: Click, caller: Caller) -> Page:
    """A second person approves the letter."""
    letter_id, version = click.ids(2)
    return _page(caller, await caller.run(approve_letter, letter_id=letter_id, version=version))


@INTERACTIONS.opens(ids.LETTER_RETURN)
async def why_return(click: Click, caller: Caller) -> Form:
    """A second person wants the letter to be changed."""
    return build_return_form(caller.language, *click.ids(2))


@INTERACTIONS.form(ids.LETTER_RETURN_FORM)
async def send_back(answers: Answers, caller: Caller) -> Page:
    """A second person says what should change."""
    letter_id, version = ids_in(answers.carried, 2)
    reason = answers.text(ids.LETTER_REASON)
    try:
        view = await caller.run(return_letter, letter_id=letter_id, version=version, reason=reason)
    except FlagclientError as error:
        error.field = error.field or ids.LETTER_REASON
        raise
    return _page(caller, view)


@INTERACTIONS.opens(ids.LETTER_EXCEPTION)
async def why_not_wait(click: Click, caller: Caller) -> Form:
    """Somebody clicks "There is no time to wait"."""
    return build_exception_form(caller.language, click.id)


@INTERACTIONS.form(ids.LETTER_EXCEPTION_FORM)
async def plead(answers: Answers, caller: Caller) -> Page:
    """Somebody says why there is no time to wait."""
    try:
        view = await caller.run(ask_exception, letter_id=id_in(answers.carried), reason=answers.text(ids.LETTER_REASON))
    except FlagclientError as error:
        error.field = error.field or ids.LETTER_REASON
        raise
    return _page(caller, view)


@INTERACTIONS.click(ids.LETTER_GRANT)
async def grant(click: Click, caller: Caller) -> Page:
    """A second person agrees that there is no time to wait."""
    return _page(caller, await caller.run(grant_exception, letter_id=click.id))


@INTERACTIONS.click(ids.LETTER_SCRIPT)
async def script(click: Click, caller: Caller) -> Page:
    """Somebody wants to know what can be said."""
    view = await caller.read(read_letter, letter_id=click.id)
    return _script(caller, view.letter, view.texts)


@INTERACTIONS.click(ids.LETTER_TALK)
async def talk(click: Click, caller: Caller) -> Page:
    """Somebody wants to know what can be said in a conversation that is tried."""
    start = await caller.read(start_warning, remedy_id=click.id)
    return _script(caller, start.letter, await caller.read(read_texts, letter=start.letter))


@INTERACTIONS.click(ids.LETTER_FILE)
async def share(click: Click, caller: Caller) -> Message:
    """Somebody wants the letter as a Word file."""
    letter_id, version = click.ids(2)
    await caller.run(share_letter, letter_id=letter_id, version=version)
    return Message(caller.language.gettext("The Word file comes in the discussion in a moment."))


@INTERACTIONS.opens(ids.LETTER_SENT)
async def when_sent(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Mark as sent"."""
    view = await caller.read(read_letter, letter_id=click.id)
    return build_sent_form(caller.language, view, local_today(caller.now, caller.actor.settings.zone))


@INTERACTIONS.form(ids.LETTER_SENT_FORM)
async def sent(answers: Answers, caller: Caller) -> Page:
    """Somebody says on which day and how the letter went."""
    sent_on, sent_by = read_sent(answers)
    try:
        view = await caller.run(mark_sent, letter_id=id_in(answers.carried), sent_on=sent_on, sent_by=sent_by)
    except FlagclientError as error:
        error.field = ids.LETTER_SENT_ON
        raise
    return _page(caller, view)


def _script(caller: Caller, letter: Letter, texts: LetterTexts) -> Page:
    # A bot that writes no letter does without the templates.
    from bot.documents.letter.script import write_script

    build = partial(build_script, caller.reading, write_script(letter, texts.script, texts.sentences))
    return Page(caller.language.gettext("What you can say"), build)


def _page(caller: Caller, view: LetterView, overtaken: LetterVersion | None = None) -> Page:
    build = partial(build_letter, caller.reading, view, caller.actor.person.id, overtaken)
    return Page(caller.language.gettext("Letter"), build, follows=True)
