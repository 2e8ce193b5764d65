"""Flags in a document for the client they are about."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.page import Entry
from bot.documents.words import Fact, Words, written
from bot.domain.message import N_
from bot.domain.model import FlagContent, FlagState, ViewKind
from bot.domain.subject_file import HeldFlag
from bot.language.vocabulary import category_label, severity_label, signal_label

_FLAG_STATES: dict[FlagState, str] = {
    FlagState.OPEN: N_("counts"),
    FlagState.WITHDRAWN: N_("withdrawn: it no longer counts, and its text is gone"),
    FlagState.UNDONE: N_("taken back right away: it never counted, and its text is gone"),
}


def flag_entry(words: Words, flag: HeldFlag) -> Entry:
    """One flag with what was added to it and what it said before it was edited."""
    t = words.t
    facts = [(t.gettext("State"), t.gettext(_FLAG_STATES[flag.state])), *_content_facts(words, flag.content)]
    facts.append((t.gettext("Noted on"), words.moment(flag.recorded_at)))
    if flag.edited_at:
        facts.append((t.gettext("Edited on"), words.moment(flag.edited_at)))
    if flag.withdrawn_at:
        facts.append((t.gettext("Withdrawn on"), words.moment(flag.withdrawn_at)))
    texts = [*_content_texts(words, flag.content), (t.gettext("Why it was withdrawn"), flag.withdrawn_reason)]
    for view in flag.views:
        said = t.gettext("A colleague saw this too")
        differs = t.gettext("A colleague sees it differently")
        label = said if view.kind is ViewKind.WITNESS else differs
        if view.note:
            texts.append((label, view.note))
        else:
            facts.append((label, words.day(view.added_at)))
    for earlier in flag.earlier:
        until = t.gettext("Until {moment} it said", moment=words.moment(earlier.replaced_at))
        before = [f"{label}: {value}" for label, value in _content_facts(words, earlier.content)]
        before += [f"{label}: {text}" for label, text in _content_texts(words, earlier.content) if text]
        texts.append((until, "\n".join([t.date(earlier.content.happened_on), *before])))
    number = t.gettext("{date} (note {number})", date=t.date(flag.content.happened_on), number=flag.id)
    return Entry(number, tuple(facts), written(texts))


def _content_facts(words: Words, content: FlagContent) -> Iterator[Fact]:
    t = words.t
    yield t.gettext("About"), category_label(t, content.category)
    yield t.gettext("How serious"), severity_label(t, content.category, content.severity)
    if content.signals:
        yield t.gettext("Seen"), t.listing([signal_label(t, signal) for signal in content.signals])
    if content.contact_name:
        yield t.gettext("By whom"), content.contact_name
    if content.impact_hours is not None:
        yield t.gettext("Hours it cost"), t.number(content.impact_hours, 2)
    if content.impact_amount is not None:
        yield t.gettext("Money it cost"), words.money(content.impact_amount, content.impact_currency)


def _content_texts(words: Words, content: FlagContent) -> Iterator[Fact]:
    t = words.t
    yield t.gettext("What happened"), content.what_happened
    yield t.gettext("What the colleague made of it"), content.my_view
    yield t.gettext("Links"), "\n".join(content.links)
    if content.evidence:
        sent, author = words.moment(content.evidence.sent_at), content.evidence.author
        by = t.gettext("The message, by {author} on {moment}", author=author, moment=sent)
        label = by if author else t.gettext("The message, sent on {moment}", moment=sent)
        yield label, "\n".join((content.evidence.text, content.evidence.permalink))
