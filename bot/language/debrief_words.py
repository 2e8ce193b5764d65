"""The words for debriefs and lessons: what is asked, what happened line by line, and what a lesson improves."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.agenda import Agenda, Figures, FollowedThrough, Happened, Line, Tried
from bot.domain.debrief import Question
from bot.domain.decision import DecisionOutcome
from bot.domain.evaluation import StatementSource
from bot.domain.lessons import ComeBack, Helped, Lesson, LessonHead, LessonState
from bot.domain.message import N_
from bot.domain.remedies import RemedyKind, RemedyOutcome
from bot.language import Language
from bot.language.decision_words import outcome_label as decided_label
from bot.language.evaluation_words import source_label
from bot.language.farewell_words import term_label
from bot.language.marks import in_short
from bot.language.remedy_words import outcome_label, remedy_label
from bot.language.vocabulary import category_label, severity_label

MAX_CATEGORIES = 3
MAX_CHANGE_LENGTH = 500

QUESTIONS: dict[Question, str] = {
    Question.CAUSES: N_("What led to this?"),
    Question.SIGNAL: N_("Which signal did we see and not act on?"),
    Question.AGREED: N_("What did we promise, or fail to agree?"),
    Question.SKILL: N_("Which skill or rule was missing?"),
    Question.CHANGE: N_("What do we change?"),
}

QUESTION_HINTS: dict[Question, str] = {
    Question.CAUSES: N_("What happened, and what made it possible. Not who: a name is no cause."),
    Question.SIGNAL: N_("When could we have known, and what kept us from doing something?"),
    Question.AGREED: N_("Hours, scope, price, answering times: what did they expect that we never settled?"),
    Question.SKILL: N_("Saying no, asking for money, putting things in writing, or knowing whom to ask."),
    Question.CHANGE: N_("Something that can be checked: who does what differently from when on?"),
}

HEADS: dict[LessonHead, str] = {
    LessonHead.SCREENING: N_("Choosing clients"),
    LessonHead.EXPECTATIONS: N_("Expectations at the start"),
    LessonHead.TRAINING: N_("Training"),
}

HEAD_MEANINGS: dict[LessonHead, str] = {
    LessonHead.SCREENING: N_("what we ask and find out before we say yes"),
    LessonHead.EXPECTATIONS: N_("what we agree and put in writing with a new client"),
    LessonHead.TRAINING: N_("what we learn, practise or write down for ourselves"),
}

HELPED: dict[Helped, str] = {
    Helped.YES: N_("Yes, it helped"),
    Helped.NO: N_("No, it didn’t help"),
    Helped.TOO_EARLY: N_("Too early to say"),
}

_LESSON_STATES: dict[LessonState, str] = {
    LessonState.OPEN: N_("open"),
    LessonState.DONE: N_("done"),
    LessonState.DROPPED: N_("dropped"),
}

_LINES: dict[Happened, str] = {
    Happened.FLAG: N_("flag: {category}, {severity}"),
    Happened.WATCHED: N_("the flags added up: watched from now on"),
    Happened.ALERT: N_("the flags added up: time to talk"),
    Happened.TALK: N_("the discussion began, {code}"),
    Happened.STATEMENT: N_("the client’s side was heard {source}"),
    Happened.TRIAL: N_("tried: {kind}"),
    Happened.DECISION: N_("decided: {outcome}"),
    Happened.LETTER: N_("the letter was sent"),
    Happened.LEFT: N_("they left"),
}


def question_label(t: Language, question: Question) -> str:
    """One of the five questions."""
    return t.gettext(QUESTIONS[question])


def question_hint(t: Language, question: Question) -> str:
    """What helps to answer it."""
    return t.gettext(QUESTION_HINTS[question])


def head_label(t: Language, head: LessonHead) -> str:
    """What a lesson improves."""
    return t.gettext(HEADS[head])


def head_meaning(t: Language, head: LessonHead) -> str:
    """What belongs under a head, in small print beside its choice."""
    return t.gettext(HEAD_MEANINGS[head])


def helped_label(t: Language, helped: Helped) -> str:
    """Whether a lesson helped, as it is chosen."""
    return t.gettext(HELPED[helped])


def line_sentence(t: Language, line: Line) -> str:
    """One line of a timeline: the day, and what happened."""
    what = _what(t, line)
    return t.gettext("• {date}: {what}", date=t.date(line.on), what=what)


def _what(t: Language, line: Line) -> str:
    sentence = _LINES[line.what]
    match line.what:
        case Happened.FLAG:
            severity = severity_label(t, line.code, line.severity).lower()
            return t.gettext(sentence, category=category_label(t, line.code), severity=severity)
        case Happened.STATEMENT:
            return t.gettext(sentence, source=source_label(t, StatementSource(line.code)))
        case Happened.TRIAL:
            said = t.gettext(sentence, kind=remedy_label(t, RemedyKind(line.code)))
            return f"{said} ({outcome_label(t, RemedyOutcome(line.more))})" if line.more else said
        case Happened.DECISION:
            return t.gettext(sentence, outcome=decided_label(t, DecisionOutcome(line.code)))
    return t.gettext(sentence, code=line.code)


def tried_sentence(t: Language, tried: Tried) -> str:
    """What was tried, when, and what came of it."""
    if tried.is_called_off:
        came = t.gettext("called off")
    elif tried.outcome is None:
        came = t.gettext("nobody said what came of it")
    else:
        came = outcome_label(t, tried.outcome)
    return t.gettext(
        "• {kind}, {begins} to {ends}: {came}",
        kind=remedy_label(t, RemedyKind(tried.kind)),
        begins=t.date(tried.starts_on),
        ends=t.date(tried.ends_on),
        came=came,
    )


def ending_sentences(t: Language, agenda: Agenda) -> Iterator[str]:
    """How the letter and what followed went, as far as anybody noted it."""
    ending = agenda.ending
    if ending.planned_on is None:
        yield t.gettext("Nothing was decided about parting: they left by themselves, or it was agreed elsewhere.")
    elif ending.letter_sent_on is not None:
        yield t.gettext("The letter was sent on {date}.", date=t.date(ending.letter_sent_on))
    else:
        yield t.gettext("No letter is noted as sent.")
    if ending.planned_on is not None and ending.missing:
        names = t.listing([term_label(t, term) for term in ending.missing])
        yield t.gettext("Of the closing terms these were never filled in: {terms}.", terms=names)
    elif ending.terms:
        yield t.gettext("The closing terms were complete.")
    if ending.checklist is not None:
        yield _followed_through(t, ending.checklist)
    if ending.planned_on and ending.left_on:
        days = (ending.left_on - ending.planned_on).days
        if not days:
            yield t.gettext("They left on the day that was agreed.")
        elif days > 0:
            yield t.ngettext(
                "They left {number} day after the day that was decided.",
                "They left {number} days after the day that was decided.",
                days,
            )
        else:
            yield t.ngettext(
                "They left {number} day before the day that was decided.",
                "They left {number} days before the day that was decided.",
                -days,
            )


def _followed_through(t: Language, checklist: FollowedThrough) -> str:
    done = t.ngettext(
        "Of the checklist {done} of {number} point is done.",
        "Of the checklist {done} of {number} points are done.",
        checklist.points,
        done=t.number(checklist.done),
    )
    if not checklist.late:
        return done
    late = t.ngettext("{number} came after its day.", "{number} came after their day.", checklist.late)
    return f"{done} {late}"


def figure_sentences(t: Language, figures: Figures) -> Iterator[str]:
    """The case in figures, a sentence each; what is not known is left out."""
    if not figures.flags:
        yield t.gettext("Nobody flagged anything.")
    else:
        yield t.gettext(
            "{flags} from {people}",
            flags=t.ngettext("one flag", "{number} flags", figures.flags),
            people=t.ngettext("one person", "{number} people", figures.people),
        )
        named = [
            t.gettext("{category}: {number}", category=category_label(t, category), number=t.number(number))
            for category, number in figures.categories[:MAX_CATEGORIES]
        ]
        yield " · ".join(named)
    if figures.good:
        yield t.ngettext("something good was noted once", "something good was noted {number} times", figures.good)
    if figures.hours:
        yield t.gettext("{hours} lost", hours=t.hours(figures.hours))
    for currency, amount in figures.amounts:
        yield t.gettext("{amount} lost", amount=t.money(amount, currency) if currency else t.number(amount))
    if figures.days_to_talk is not None:
        yield t.gettext("{days} from the first flag to the discussion", days=_days(t, figures.days_to_talk))
    if figures.days_to_decision is not None:
        yield t.gettext("{days} from the discussion to the decision", days=_days(t, figures.days_to_decision))
    if figures.days_to_end is not None:
        yield t.gettext("{days} from the decision to the end", days=_days(t, figures.days_to_end))


def _days(t: Language, days: int) -> str:
    return t.days(days) if days else t.gettext("less than a day")


def lesson_state_label(t: Language, state: LessonState) -> str:
    """How far a lesson is."""
    return t.gettext(_LESSON_STATES[state])


def lesson_state(t: Language, lesson: Lesson) -> str:
    """How a lesson stands, in a few words: while it is open, by when it is to be done."""
    if lesson.state is LessonState.OPEN:
        return t.gettext("by {date}", date=t.date(lesson.due_on))
    done = lesson_state_label(t, lesson.state)
    return done if lesson.helped is None else f"{done}; {helped_label(t, lesson.helped)}"


def lesson_line(t: Language, lesson: Lesson, owner: str) -> str:
    """One lesson as a line of a list, with the reason where it was dropped; `owner` is a mark."""
    line = t.gettext(
        "• *{head}*: {change} ({person}, {state})",
        head=head_label(t, lesson.head),
        change=in_short(lesson.change, MAX_CHANGE_LENGTH),
        person=owner,
        state=lesson_state(t, lesson),
    )
    if lesson.state is not LessonState.DROPPED:
        return line
    why = t.gettext("Why not: {text}", text=in_short(lesson.dropped_because, MAX_CHANGE_LENGTH))
    return f"{line}\n   {why}"


def come_back_sentence(t: Language, category: str, come_back: ComeBack) -> str:
    """How often a behaviour came back with newer clients, and whether that says much."""
    label = category_label(t, category)
    if not come_back.newer:
        return t.gettext("No new client has come since, so nothing can be said about “{category}” yet.", category=label)
    said = t.ngettext(
        "{number} client has come since then. Flagged for “{category}”: {flagged}.",
        "{number} clients have come since then. Flagged for “{category}”: {flagged}.",
        come_back.newer,
        category=label,
        flagged=t.number(come_back.flagged) if come_back.flagged else t.gettext("none"),
    )
    few = t.gettext("That is few, so it says little.")
    return f"{said} {few}" if come_back.says_little else said
