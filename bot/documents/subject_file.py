"""What is held about a client or contact, as a document for them: plain words, nothing left out, no colleague named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.documents.page import Entry, Page, Section
from bot.documents.subject_case import (
    alert_entry,
    checklist_entry,
    decision_entry,
    discussion_entry,
    letter_entry,
    pushback_entry,
    remedy_entry,
    return_terms_entry,
    statement_entry,
)
from bot.documents.subject_debrief import debrief_entry, look_back_entry
from bot.documents.subject_flags import flag_entry
from bot.documents.words import Fact, Words
from bot.domain.message import N_
from bot.domain.model import DebriefState
from bot.domain.subject_file import HeldClient, SubjectFile
from bot.language import Language
from bot.language.audit_words import action_label
from bot.language.client_words import agreement_sentence, consumer_label, language_label, notice_sentence, task_label
from bot.language.vocabulary import standing_label

_DEBRIEF_STATES: dict[DebriefState, str] = {
    DebriefState.PLANNED: N_("A debrief is planned"),
    DebriefState.CANCELLED: N_("A debrief was cancelled"),
    DebriefState.TOOK_PLACE: N_("A debrief was held"),
}


def subject_document(t: Language, stored: SubjectFile) -> Page:
    """The document about the subject of `held` in the language `t`; parts of which nothing is held are left out."""
    words = Words(t, stored.zone, stored.currency)
    parts = (
        (t.gettext("What was noted"), map(partial(flag_entry, words), stored.flags)),
        (t.gettext("When a threshold was reached"), map(partial(alert_entry, words), stored.alerts)),
        (t.gettext("Discussions within the team"), map(partial(discussion_entry, words), stored.discussions)),
        (t.gettext("What was tried to put things right"), map(partial(remedy_entry, words), stored.remedies)),
        (t.gettext("The client’s own side"), map(partial(statement_entry, words), stored.statements)),
        (t.gettext("Decisions"), map(partial(decision_entry, words), stored.decisions)),
        (t.gettext("Plans and tasks"), _plans(words, stored)),
        (t.gettext("Letters"), map(partial(letter_entry, words), stored.letters)),
        (t.gettext("After the letter"), map(partial(checklist_entry, words), stored.checklist)),
        (t.gettext("What you said after the letter"), map(partial(pushback_entry, words), stored.pushbacks)),
        (t.gettext("Looking back on a decision"), map(partial(look_back_entry, words), stored.looks_back)),
        (t.gettext("Coming back"), map(partial(return_terms_entry, words), stored.return_terms)),
        (t.gettext("What was done, and when"), _acts(words, stored)),
    )
    sections = [
        _about(t),
        *([_client(words, stored.client)] if stored.client else []),
        *(Section(heading, tuple(entries)) for heading, entries in parts),
        Section(t.gettext("What is not in here"), lead=tuple(_left_out(t, stored))),
    ]
    return Page(
        language=t.code,
        title=t.gettext("What we hold about {name}", name=stored.contact_name or stored.client_name),
        lead=(_lead(words, stored),),
        sections=tuple(section for section in sections if section.entries or section.lead),
    )


def _lead(words: Words, stored: SubjectFile) -> str:
    t = words.t
    moment = t.datetime(stored.made_at, stored.zone)
    if stored.contact_name:
        return t.gettext(
            "This is everything in our client notes about {client} that names {name}, as of {moment}.",
            client=stored.client_name,
            name=stored.contact_name,
            moment=moment,
        )
    return t.gettext(
        "This is everything in our client notes about {name}, as of {moment}.", name=stored.client_name, moment=moment
    )


def _about(t: Language) -> Section:
    return Section(
        t.gettext("Why these notes exist, and who reads them"),
        lead=(
            t.gettext(
                "Our team notes what happens in working with clients, bad and good, so that we talk about it in "
                "time, try to put it right, and decide fairly."
            ),
            t.gettext(
                "What stands here was noted by our own people, sometimes with a message that was sent to us. Their "
                "names are left out, because they have a right to privacy too."
            ),
            t.gettext(
                "Within our team it is read by those who work with this client and by those who decide. It is kept "
                "in our {platform} workspace and in a database of our own, and is shared with no other organisation."
            ),
            t.gettext(
                "Each event counts for points by how serious it was, and for less as time goes by; something good "
                "takes points away. When the points reach a threshold, people talk. No score decides anything by "
                "itself."
            ),
            t.gettext(
                "You can have mistakes put right, add your own side, object, or ask us to erase this. Tell the "
                "person who gave you this document."
            ),
        ),
    )


def _client(words: Words, client: HeldClient) -> Section:
    t = words.t
    unknown = t.gettext("not known")
    agreement = client.agreement
    facts: list[Fact] = [
        (t.gettext("Names"), t.listing(client.names)),
        (t.gettext("Known here since"), words.day(client.known_since)),
        (t.gettext("Standing"), standing_label(t, client.standing)),
        (t.gettext("Score today"), t.number(client.score)),
        (t.gettext("Contacts"), t.listing(client.contacts) if client.contacts else unknown),
        (t.gettext("Colleagues who deal with this client"), t.number(client.people_dealing + client.has_owner, 0)),
        (t.gettext("Agreement"), agreement_sentence(t, agreement)),
        (t.gettext("Consumer or business"), consumer_label(t, agreement.is_consumer)),
        (t.gettext("Notice period"), notice_sentence(t, agreement.notice)),
        (t.gettext("Payment term"), words.days(agreement.payment_days)),
        (t.gettext("Yearly value"), words.money(client.yearly_value, client.yearly_currency)),
    ]
    if client.external_reference:
        facts.append((t.gettext("Reference"), client.external_reference))
    if client.language:
        facts.append((t.gettext("Language"), language_label(t, client.language)))
    if client.left_on:
        facts.append((t.gettext("Left on"), t.date(client.left_on)))
    if client.merged_names:
        facts.append((t.gettext("Joined with"), t.listing(client.merged_names)))
    return Section(t.gettext("About the client"), (Entry(facts=tuple(facts)),))


def _plans(words: Words, stored: SubjectFile) -> Iterator[Entry]:
    t = words.t
    for debrief in stored.debriefs:
        moment = t.gettext("{date} at {time}", date=t.date(debrief.local_at), time=t.time(debrief.local_at))
        yield debrief_entry(words, debrief, t.gettext(_DEBRIEF_STATES[debrief.state]), moment)
    for task in stored.tasks:
        done = words.moment(task.done_at) if task.done_at else t.gettext("not done yet")
        yield Entry(
            facts=(
                (t.gettext("Task for a colleague"), task_label(t, task.kind)),
                (t.gettext("By"), t.date(task.due_on)),
                (t.gettext("Done"), done),
            )
        )


def _acts(words: Words, stored: SubjectFile) -> Iterator[Entry]:
    t = words.t
    facts = []
    for act in stored.acts:
        what = action_label(t, act.action)
        by = t.gettext("a colleague: {what}", what=what) if act.by_colleague else what
        facts.append((words.moment(act.at), by))
    if facts:
        yield Entry(facts=tuple(facts))


def _left_out(t: Language, stored: SubjectFile) -> Iterator[str]:
    rounds = [one for talk in stored.discussions for one in talk.rounds]
    hidden, drafts = sum(one.hidden for one in rounds), sum(talk.drafts for talk in stored.discussions)
    if hidden:
        yield t.ngettext(
            "{number} view that a colleague gave and nobody in the team can see yet. It can be asked for once it "
            "is shown.",
            "{number} views that colleagues gave and nobody in the team can see yet. They can be asked for once "
            "they are shown.",
            hidden,
        )
    unread = sum(debrief.hidden for debrief in stored.debriefs)
    if unread:
        yield t.ngettext(
            "What {number} colleague answered for a debrief that is still to come. It can be asked for once it has "
            "been.",
            "What {number} colleagues answered for a debrief that is still to come. It can be asked for once it has "
            "been.",
            unread,
        )
    if drafts:
        yield t.ngettext(
            "What {number} colleague has begun to write and not given to anybody.",
            "What {number} colleagues have begun to write and not given to anybody.",
            drafts,
        )
