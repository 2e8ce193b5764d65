"""What the team did about a client, in a document for them: alerts, talks, trials, decisions."""

from __future__ import annotations

from datetime import date

from bot.documents.page import Entry
from bot.documents.words import Words, written
from bot.domain.checklist import ItemState
from bot.domain.decision import DecisionState
from bot.domain.farewell.closing_terms import DAYS
from bot.domain.message import N_
from bot.domain.model import AlertState
from bot.domain.remedies import RemedyState
from bot.domain.subject_file import (
    HeldAlert,
    HeldChecklistItem,
    HeldDecision,
    HeldDiscussion,
    HeldLetter,
    HeldOpinion,
    HeldPushback,
    HeldRemedy,
    HeldReturnTerms,
    HeldStatement,
    HeldTerm,
)
from bot.language import Language, decision_words, remedy_words
from bot.language.evaluation_words import choice_label, source_label, topic_question
from bot.language.farewell_words import term_label
from bot.language.letter_words import letter_kind_label
from bot.language.look_back_words import forecast_sentence
from bot.language.pushback_words import pushback_label
from bot.language.return_words import stance_label
from bot.language.vocabulary import level_label

_DECISION_STATES: dict[DecisionState, str] = {
    DecisionState.PROPOSED: N_("proposed, not confirmed yet"),
    DecisionState.TAKEN: N_("stands"),
    DecisionState.DECLINED: N_("proposed and not confirmed"),
    DecisionState.REOPENED: N_("taken back"),
}

_REMEDY_STATES: dict[RemedyState, str] = {
    RemedyState.RUNNING: N_("under way"),
    RemedyState.TO_CONFIRM: N_("over; what came of it is not settled yet"),
    RemedyState.ENDED: N_("over"),
    RemedyState.CALLED_OFF: N_("called off"),
}


def alert_entry(words: Words, alert: HeldAlert) -> Entry:
    """A threshold that was met."""
    t = words.t
    facts = [
        (t.gettext("Reached"), level_label(t, alert.level)),
        (t.gettext("State"), t.gettext("open") if alert.state is AlertState.OPEN else t.gettext("closed")),
    ]
    score, flags, people = (alert.figures.get(key) for key in ("score", "flags", "people"))
    if isinstance(score, int | float):
        facts.append((t.gettext("Score then"), t.number(score)))
    if isinstance(flags, int) and isinstance(people, int):
        noted = t.ngettext("{number} note", "{number} notes", flags)
        by = t.ngettext("{number} colleague", "{number} colleagues", people)
        facts.append((t.gettext("Rested on"), t.gettext("{notes} by {colleagues}", notes=noted, colleagues=by)))
    return Entry(words.moment(alert.raised_at), tuple(facts))


def discussion_entry(words: Words, talk: HeldDiscussion) -> Entry:
    """A talk, with the views and answers that the team has seen."""
    t = words.t
    facts = [
        (t.gettext("Began on"), words.moment(talk.opened_at)),
        (t.gettext("Colleagues asked"), t.number(talk.people, 0)),
    ]
    if talk.closed_at:
        facts.append((t.gettext("Closed on"), words.moment(talk.closed_at)))
    texts = [(topic_question(t, answer.topic), answer.text) for answer in talk.answers]
    texts += [(term_label(t, one.term), _term(t, one)) for one in talk.terms]
    for one in talk.rounds:
        facts.append((t.gettext("Views asked until"), t.date(one.views_by)))
        if one.early_reason:
            texts.append((t.gettext("Why views were shown before everybody had answered"), one.early_reason))
        texts += [(_opinion(words, opinion), opinion.reason or "–") for opinion in one.opinions]
    return Entry(talk.code, tuple(facts), written(texts))


def _term(t: Language, one: HeldTerm) -> str:
    return t.date(date.fromisoformat(one.text)) if one.term in DAYS else one.text


def remedy_entry(words: Words, remedy: HeldRemedy) -> Entry:
    """A trial to put things right."""
    t = words.t
    test = remedy_words.test_sentence(t, remedy.test, remedy.test_category, remedy.test_points)
    facts = [
        (t.gettext("From"), t.date(remedy.starts_on)),
        (t.gettext("Up to and including"), t.date(remedy.ends_on)),
        (t.gettext("It works if"), test),
        (t.gettext("State"), t.gettext(_REMEDY_STATES[remedy.state])),
    ]
    if remedy.judged:
        facts.append((t.gettext("By its figures"), remedy_words.outcome_label(t, remedy.judged)))
    if remedy.judged_flags is not None:
        facts.append((t.gettext("New notes meanwhile"), t.number(remedy.judged_flags, 0)))
    if remedy.judged_score is not None:
        facts.append((t.gettext("Score at its end"), t.number(remedy.judged_score)))
    if remedy.outcome:
        facts.append((t.gettext("What came of it"), remedy_words.outcome_label(t, remedy.outcome)))
    if remedy.ended_at:
        facts.append((t.gettext("Settled on"), words.moment(remedy.ended_at)))
    texts = [(t.gettext("What was agreed"), remedy.description), (t.gettext("Remark"), remedy.outcome_note)]
    return Entry(remedy_words.remedy_label(t, remedy.kind), tuple(facts), written(texts))


def statement_entry(words: Words, statement: HeldStatement) -> Entry:
    """The client’s own side."""
    t = words.t
    heading = t.gettext("{date}, {source}", date=t.date(statement.said_on), source=source_label(t, statement.source))
    facts = ((t.gettext("Noted on"), words.moment(statement.recorded_at)),)
    texts = [(t.gettext("What the client says"), statement.says), (t.gettext("Our own part"), statement.our_part)]
    return Entry(heading, facts, written(texts))


def decision_entry(words: Words, decision: HeldDecision) -> Entry:
    """A decision with its reasons."""
    t = words.t
    facts = [
        (t.gettext("Decided"), decision_words.outcome_label(t, decision.outcome)),
        (t.gettext("State"), t.gettext(_DECISION_STATES[decision.state])),
        (t.gettext("Last day, or day to look again"), t.date(decision.next_on)),
    ]
    if decision.score is not None:
        facts.append((t.gettext("Score then"), t.number(decision.score)))
    if decision.people is not None:
        facts.append((t.gettext("Colleagues behind the notes"), t.number(decision.people, 0)))
    if decision.flag_ids:
        facts.append((t.gettext("Notes it looked at"), ", ".join(map(str, decision.flag_ids))))
    if decision.expected is not None:
        facts.append((t.gettext("Expected of it"), forecast_sentence(t, decision.expected)))
    moments = (
        (t.gettext("Confirmed on"), decision.confirmed_at),
        (t.gettext("Not confirmed on"), decision.declined_at),
        (t.gettext("Taken back on"), decision.reopened_at),
        (t.gettext("Looked at again on"), decision.followed_up_at),
        (t.gettext("Letter sent on"), decision.letter_sent_at),
    )
    facts += [(label, words.moment(moment)) for label, moment in moments if moment]
    texts = [
        (t.gettext("Why"), decision.reason),
        (t.gettext("What was learned"), decision.learned),
        (t.gettext("Why against what most thought"), decision.against_majority),
        (t.gettext("Why nothing could be tried first"), decision.no_remedy_possible),
        (t.gettext("Why without the client’s own side"), decision.client_side_waived),
        (t.gettext("Why it was not confirmed"), decision.decline_reason),
        (t.gettext("Why it was taken back"), decision.reopen_reason),
    ]
    return Entry(words.moment(decision.made_at), tuple(facts), written(texts))


def letter_entry(words: Words, letter: HeldLetter) -> Entry:
    """A letter to the client, with what its versions said."""
    t = words.t
    facts = [(t.gettext("Begun on"), words.moment(letter.begun_at)), (t.gettext("Versions"), t.number(letter.versions))]
    if letter.sent_on:
        facts.append((t.gettext("Letter sent on"), t.date(letter.sent_on)))
    texts = [(t.gettext("What it said"), text) for text in letter.texts]
    texts += [(t.gettext("What was said about it"), text) for text in letter.reasons]
    return Entry(letter_kind_label(t, letter.kind), tuple(facts), written(texts))


def checklist_entry(words: Words, item: HeldChecklistItem) -> Entry:
    """Something to be done after a letter."""
    t = words.t
    state = t.gettext("Done") if item.state is ItemState.DONE else t.gettext("Still to be done")
    facts = ((t.gettext("By which day"), t.date(item.due_on)), (t.gettext("State"), state))
    texts = [(t.gettext("How that is known"), item.proof), (t.gettext("Why it was moved"), item.moved_because)]
    return Entry(item.text, facts, written(texts))


def pushback_entry(words: Words, one: HeldPushback) -> Entry:
    """What the client said after a letter."""
    t = words.t
    facts = [(t.gettext("Said on"), t.date(one.said_on))]
    if one.settled_at:
        facts.append((t.gettext("Settled on"), words.moment(one.settled_at)))
    return Entry(pushback_label(t, one.kind), tuple(facts), written([(t.gettext("As we noted it"), one.said)]))


def return_terms_entry(words: Words, terms: HeldReturnTerms) -> Entry:
    """Whether the client could come back, as somebody wrote it down."""
    t = words.t
    facts = ((t.gettext("Could they come back one day?"), stance_label(t, terms.stance)),)
    texts = [(t.gettext("On what terms, or why not?"), terms.text)]
    return Entry(words.moment(terms.saved_at), facts, written(texts))


def _opinion(words: Words, opinion: HeldOpinion) -> str:
    return words.t.gettext("A colleague’s view: {choice}", choice=choice_label(words.t, opinion.choice))
