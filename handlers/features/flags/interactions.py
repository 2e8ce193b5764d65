"""What people do about flags: record one, take it back or change it, add to a colleague's, and care for a reporter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.domain.flag_first_word import Word
from bot.domain.model import Evidence, FlagContent, ViewKind
from bot.usecases.flags.care import finish_care, take_off_client
from bot.usecases.flags.editing import edit_flag, own_receipt, undo_flag, withdraw_flag
from bot.usecases.flags.form import FlagForm, blank_form, form_about_client, form_from_message, form_to_edit
from bot.usecases.flags.form_questions import check_form, client_meant, questions_left, with_questions
from bot.usecases.flags.receipt_view import own_flag
from bot.usecases.flags.recording import (
    ClientChoice,
    FlagRecorded,
    RecordFlag,
    make_findable,
    record_flag,
    recorded_before,
)
from bot.usecases.flags.understanding import AskForm, GiveBack, Instead, Record, understand_flag_text
from bot.usecases.flags.witnessing import (
    JoinFlag,
    add_view,
    join_flag,
    join_instead,
    read_other_view,
    take_back_witness,
)
from handlers.features import ids
from handlers.features.debrief.interactions import left
from handlers.features.discussion.interactions import discuss
from handlers.features.flags.client_options import MAX_OFFERED, options_for
from handlers.features.flags.forms import build_flag_form, build_witness_page, read_flag_form
from handlers.features.flags.messages import (
    build_given_back,
    build_help,
    build_joined,
    build_nameless_receipt,
    build_no_witness,
    build_witnessed,
)
from handlers.features.flags.note_forms import build_differs_form, build_withdraw_form
from handlers.features.flags.receipt import build_receipt, build_short_receipt
from handlers.surface.answers import Answers
from handlers.surface.form import Form, Option, page
from handlers.surface.interactions import (
    Caller,
    CapturedMessage,
    Click,
    Interactions,
    Page,
    Problems,
    Replacing,
    Reply,
    Submitted,
)
from handlers.surface.message import Message
from handlers.surface.values import id_in

Answer = TypeVar("Answer")

INTERACTIONS = Interactions()


@INTERACTIONS.command("flag")
async def flagclient(typed: str, caller: Caller) -> Reply:
    """Somebody types the command, perhaps with text."""
    match understand_flag_text(caller.shared.index, caller.actor, typed, caller.now):
        case Record() as wanted:
            return await _record_typed(caller, wanted)
        case AskForm(form=form) if form.client is not None and form.draft.category:
            # Enough is said for a colleague's flag of the same event to be offered.
            return _shown(caller, await caller.read(with_questions, form=form))
        case AskForm(form=form):
            return _shown(caller, form)
        case GiveBack(problem=problem):
            return _give_back(caller, caller.language.sentence(problem), typed)
        case Instead(word=Word.DISCUSS, name=name):
            return await discuss(name, caller)
        case Instead(word=Word.LEFT, name=name):
            return await left(name, caller)
    return build_help(caller.language, caller.actor.settings.categories)


async def _record_typed(caller: Caller, wanted: Record) -> Message:
    """Record, and answer with the receipt; where others may read along it comes as a private message instead."""
    may_name = await caller.may_name_clients()

    def answer(recorded: FlagRecorded) -> Message:
        if not may_name:
            return build_nameless_receipt(caller.language)
        return build_short_receipt(caller.reading, recorded.receipt, is_new_client=recorded.is_new_client)

    return await _record(caller, wanted.client, wanted.content, answer, by_message=not may_name)


async def _record(
    caller: Caller,
    client: ClientChoice,
    content: FlagContent,
    answer: Callable[[FlagRecorded], Answer],
    *,
    by_message: bool,
    evidence_key: str = "",
) -> Answer:
    """Record once however often it is delivered; the answer is made while the disk is at work."""
    key = caller.repeat_key()
    command = RecordFlag(key.key, key.content_hash, client, content, by_message=by_message, evidence_key=evidence_key)
    recorded, made = await caller.run_once(
        record_flag, recorded_before, lambda recorded: (recorded, answer(recorded)), command=command
    )
    make_findable(caller.shared.index, recorded)
    return made


def _give_back(caller: Caller, sentence: str, typed: str) -> Page:
    title = caller.language.gettext("Flag a client")
    return Page(title, lambda _: build_given_back(sentence, typed), beside=sentence, holds_text=True)


def _shown(caller: Caller, form: FlagForm) -> Form:
    return build_flag_form(caller.language, caller.actor.settings, form)


@INTERACTIONS.start(ids.SHORTCUT_FLAG)
async def start(caller: Caller) -> Form:
    """Somebody starts from anywhere."""
    return _shown(caller, blank_form(caller.actor, caller.now))


@INTERACTIONS.capture(ids.SHORTCUT_FLAG_MESSAGE)
async def start_from_message(message: CapturedMessage, caller: Caller) -> Form:
    """Somebody starts from a message; wherever it stands, everything goes on privately."""
    evidence = Evidence(message.text, message.author, message.sent_at, message.permalink)
    return _shown(caller, await caller.run(form_from_message, evidence=evidence))


@INTERACTIONS.opens(ids.DOSSIER_FLAG)
async def start_from_dossier(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Flag this client"."""
    return _shown(caller, await caller.read(form_about_client, client_id=click.id))


@INTERACTIONS.list(ids.FLAG_FORM_CLIENT)
async def offer_clients(typed: str, caller: Caller) -> list[Option]:
    """Somebody types in the list of clients."""
    matches = await caller.shared.index.type_ahead(caller.actor.workspace_id, typed, limit=MAX_OFFERED)
    return options_for(caller.language, typed, matches)


@INTERACTIONS.change(ids.FLAG_FORM_CLIENT, ids.FLAG_FORM_CATEGORY, ids.FLAG_FORM_DATE, ids.FLAG_FORM_SAME)
async def chosen(answers: Answers, caller: Caller) -> Form:
    """The client, the category, the day or a colleague's flag was chosen: what depends on it changes."""
    return _shown(caller, await caller.read(with_questions, form=read_flag_form(answers)))


@INTERACTIONS.form(ids.FLAG_FORM)
@INTERACTIONS.form(ids.FLAG_EDIT_FORM)
async def sent(answers: Answers, caller: Caller) -> Submitted:
    """Somebody sends the form: do what it says, or ask what still has to be asked."""
    form = read_flag_form(answers)
    said = check_form(caller.actor, form, caller.now)
    if said.content is None:
        return Problems(said.problems)
    asking = await caller.read(questions_left, form=form)
    if asking is not None:
        return _shown(caller, asking)
    return await _carry_out(caller, form, said.content)


async def _carry_out(caller: Caller, form: FlagForm, content: FlagContent) -> Form | None:
    """Change the flag, or record it, or make its reporter a witness to the one that tells of the same event."""
    client = client_meant(caller.shared.index, caller.actor, form)
    if form.flag_id is not None:
        await caller.run(edit_flag, flag_id=form.flag_id, content=content)
    elif form.joined and client.client_id is not None:
        said = content.category, content.happened_on, content.what_happened
        is_new = await caller.run(join_flag, command=JoinFlag(form.joined, client.client_id, *said))
        return build_witness_page(caller.language, is_new=is_new)
    else:
        # The receipt comes as a message, and the form closes without a word.
        await _record(caller, client, content, lambda recorded: None, by_message=True, evidence_key=form.evidence_key)
    return None


@INTERACTIONS.click(ids.FLAG_UNDO)
async def undo(click: Click, caller: Caller) -> Replacing | None:
    """Somebody takes their flag back right away; a receipt by message comes up to date through the outbox."""
    gone = await caller.run(undo_flag, flag_id=click.id)
    if gone is not None:
        caller.shared.index.drop(gone)
    if not click.is_private and not click.is_in_dialog:
        return None
    return Replacing(build_receipt(caller.reading, await caller.read(own_receipt, flag_id=click.id)))


@INTERACTIONS.opens(ids.FLAG_SHOW)
async def show(click: Click, caller: Caller) -> Form:
    """Somebody wants to read what they recorded, as it stands now."""
    t, receipt = caller.language, await caller.read(own_receipt, flag_id=click.id)
    return page(t.gettext("What I recorded"), t.gettext("Close"), build_receipt(caller.reading, receipt).elements)


@INTERACTIONS.click(ids.FLAG_JOIN)
async def join(click: Click, caller: Caller) -> Replacing:
    """Somebody says that their flag and a colleague's tell of the same event."""
    own_flag_id, flag_id = click.ids(2)
    await caller.run(join_instead, own_flag_id=own_flag_id, flag_id=flag_id)
    return Replacing(build_joined(caller.language))


@INTERACTIONS.opens(ids.FLAG_EDIT)
async def edit(click: Click, caller: Caller) -> Form:
    """Somebody wants to change what their flag says."""
    return _shown(caller, await caller.read(form_to_edit, flag_id=click.id))


@INTERACTIONS.opens(ids.FLAG_WITHDRAW)
async def withdraw(click: Click, caller: Caller) -> Form:
    """Somebody wants to take their flag back for good, and is asked why."""
    flag = await caller.read(own_flag, flag_id=click.id)
    return build_withdraw_form(caller.language, flag.id)


@INTERACTIONS.form(ids.FLAG_WITHDRAW_FORM)
async def withdrawn(answers: Answers, caller: Caller) -> None:
    """Somebody gives the reason."""
    await caller.run(withdraw_flag, flag_id=id_in(answers.carried), reason=answers.text(ids.FLAG_WITHDRAW_REASON))


@INTERACTIONS.click(ids.FLAG_WITNESS)
async def saw_it_too(click: Click, caller: Caller) -> Message:
    """Somebody says that they saw it too."""
    is_new = await caller.run(add_view, flag_id=click.id, kind=ViewKind.WITNESS, note="")
    return build_witnessed(caller.language, click.id, is_new=is_new)


@INTERACTIONS.click(ids.FLAG_WITNESS_UNDO)
async def did_not_see_it(click: Click, caller: Caller) -> Replacing:
    """Somebody did not see it after all."""
    await caller.run(take_back_witness, flag_id=click.id)
    return Replacing(build_no_witness(caller.language))


@INTERACTIONS.opens(ids.FLAG_DIFFERS)
async def sees_it_differently(click: Click, caller: Caller) -> Form:
    """Somebody sees it differently and is asked how."""
    known = await caller.read(read_other_view, flag_id=click.id)
    return build_differs_form(caller.language, click.id, known)


@INTERACTIONS.form(ids.FLAG_DIFFERS_FORM)
async def other_view_added(answers: Answers, caller: Caller) -> None:
    """Somebody says how they see it."""
    note = answers.text(ids.FLAG_DIFFERS_NOTE)
    await caller.run(add_view, flag_id=id_in(answers.carried), kind=ViewKind.DIFFERS, note=note)


@INTERACTIONS.click(ids.CARE_DONE)
async def checked_in(click: Click, caller: Caller) -> None:
    """Somebody has checked in with their colleague; what that changes shows in the message, through the outbox."""
    await caller.run(finish_care, task_id=click.id)


@INTERACTIONS.click(ids.CARE_TAKE_OFF)
async def take_off(click: Click, caller: Caller) -> None:
    """Somebody takes their colleague off the client."""
    await caller.run(take_off_client, task_id=click.id)
