"""A debrief, its lessons, and looks back on the decision, in a document about a client."""

from __future__ import annotations

from bot.documents.page import Entry
from bot.documents.words import Words, written
from bot.domain.subject_file import HeldDebrief, HeldLesson, HeldLookBack
from bot.language.debrief_words import head_label, helped_label, lesson_state_label, question_label
from bot.language.look_back_words import after_months, balance_lines, right_label


def debrief_entry(words: Words, debrief: HeldDebrief, label: str, moment: str) -> Entry:
    """When the team looked back, what was answered, and what it changes; `label` and `moment` say when."""
    t = words.t
    texts = [(question_label(t, answer.question), answer.text) for answer in debrief.answers]
    for lesson in debrief.lessons:
        texts += _lesson(words, lesson)
    return Entry(facts=((label, moment),), texts=written(texts))


def _lesson(words: Words, lesson: HeldLesson) -> list[tuple[str, str]]:
    t = words.t
    about = t.gettext(
        "Lesson, {head}, by {date}, {state}",
        head=head_label(t, lesson.head),
        date=t.date(lesson.due_on),
        state=lesson_state_label(t, lesson.state),
    )
    helped = helped_label(t, lesson.helped) if lesson.helped else ""
    return [
        (about, lesson.change),
        (t.gettext("Why it was dropped"), lesson.dropped_because),
        (t.gettext("Whether it helped"), helped),
        (t.gettext("What was noticed"), lesson.review_note),
    ]


def look_back_entry(words: Words, one: HeldLookBack) -> Entry:
    """What was seen when the team looked back, or when it will."""
    t = words.t
    facts = [(t.gettext("By"), t.date(one.due_on))]
    if one.answered_at is not None:
        facts = [(t.gettext("Seen on"), words.moment(one.answered_at))]
    if one.was_right is not None:
        facts.append((t.gettext("Was it right to part?"), right_label(t, one.was_right)))
    texts = [(t.gettext("What came free"), " ".join(balance_lines(t, one.found, None)))]
    return Entry(after_months(t, one.months), tuple(facts), written([*texts, (t.gettext("What it cost"), one.cost)]))
