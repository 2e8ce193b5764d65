"""What is to be done with a line of text that somebody typed to flag a client."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from msgspec import Struct

from bot.domain.errors import ClientNameInvalidError, TextTooLongError
from bot.domain.flag_first_word import Word, first_word
from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft
from bot.domain.flag_text import ParsedFlagText, parse_flag_text
from bot.domain.model import FlagContent
from bot.domain.names import clean_name
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.flags.form import FlagForm, NamedClient
from bot.usecases.flags.form_questions import check_draft, resembling
from bot.usecases.flags.recording import ClientChoice


class Record(Struct, frozen=True):
    """The text says all there is to say: record it."""

    client: ClientChoice
    content: FlagContent


class AskForm(Struct, frozen=True):
    """Something is not certain: ask for it, with everything that was typed in the form."""

    form: FlagForm


class GiveBack(Struct, frozen=True):
    """The text fits nowhere, as `problem` says: give it back, so that nothing typed is lost."""

    problem: TextTooLongError


class Instead(Struct, frozen=True):
    """The first word asks for something else, for a client called `name` where it takes one."""

    word: Word
    name: str


def understand_flag_text(
    index: ClientIndex, actor: Actor, text: str, now: datetime
) -> Record | AskForm | GiveBack | Instead:
    """What `text` asks for. A new name counts as certain unless it resembles a known one."""
    word, name = first_word(text, partial(index.exact, actor.workspace_id))
    if word is not Word.FLAG:
        return Instead(word, name)
    categories, today = actor.settings.categories, local_today(now, actor.zone)
    parsed = parse_flag_text(text, index.known(actor.workspace_id), categories, today, actor.person.language)
    if len(parsed.rest) > MAX_TEXT_LENGTH:
        return GiveBack(TextTooLongError(length=len(parsed.rest), longest=MAX_TEXT_LENGTH))
    draft = FlagDraft(
        category=parsed.category or "",
        severity=str(parsed.severity or ""),
        happened_on="" if parsed.day_is_open else (parsed.happened_on or today).isoformat(),
        what_happened=parsed.rest,
    )
    client = _named(index, actor, parsed)
    if client is None:
        return AskForm(FlagForm(FlagDraft(what_happened=text, happened_on=draft.happened_on)))
    similar = resembling(index, actor, client)
    content = check_draft(actor, draft, now).content if parsed.complete and not similar else None
    if content is None:
        looks_complete = parsed.severity is not None and bool(parsed.rest) and not parsed.complete
        return AskForm(FlagForm(draft, client, resembling=similar, is_reading=looks_complete))
    return Record(ClientChoice(client.client_id, client.name), content)


def _named(index: ClientIndex, actor: Actor, parsed: ParsedFlagText) -> NamedClient | None:
    """The known client that was named, or what was typed as a new one."""
    if parsed.client_id is not None:
        return NamedClient(index.shown(actor.workspace_id, parsed.client_id) or parsed.client_text, parsed.client_id)
    try:
        return NamedClient(clean_name(parsed.client_text))
    except ClientNameInvalidError:
        return None
