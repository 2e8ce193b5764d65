"""The form in which a debrief is closed with at most three lessons, or lessons are added to one that is closed."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.debrief import Question
from bot.domain.lessons import MAX_LESSONS, MAX_TEXT_LENGTH, USUAL_DAYS, LessonDraft, LessonHead
from bot.domain.model import DebriefState
from bot.language import Language
from bot.language.debrief_words import head_label, head_meaning, question_label
from bot.language.marks import bold, in_short
from bot.usecases.debrief.closing import ClosingForm
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Field, Form, Lines, OneOf, Option, PersonField, key_of, page
from handlers.surface.message import Divider, Element, Paragraph, small_print
from handlers.surface.reading import Reading

MAX_PROPOSALS = 10
MAX_PROPOSAL_LENGTH = 200

_FIELDS = {
    "change": ids.LESSON_CHANGE,
    "owner": ids.LESSON_OWNER,
    "due": ids.LESSON_DUE,
    "head": ids.LESSON_HEAD,
}


def build_closing_form(reading: Reading, form: ClosingForm) -> Form:
    """What people propose to change, and the lessons that the host makes of it."""
    t = reading.language
    is_closed = form.debrief.state is DebriefState.TOOK_PLACE
    asked = t.gettext(
        "A lesson is a change that somebody makes by a day. At most three: what else was proposed stays in the "
        "summary. Without any lesson is fine too."
    )
    return Form(
        id=ids.DEBRIEF_CLOSE_FORM,
        carried=str(form.debrief.id),
        title=t.gettext("Lessons") if is_closed else t.gettext("Close the debrief"),
        submit=t.gettext("Save") if is_closed else t.gettext("Close it"),
        close=t.gettext("Later"),
        elements=(
            Paragraph(bold(form.client_name)),
            *_proposals(t, form),
            small_print(asked),
            *(element for place in range(form.room) for element in _lesson(t, form, place)),
        ),
    )


def _proposals(t: Language, form: ClosingForm) -> list[Element]:
    """What was answered to the last question, as the start of lessons."""
    texts = next((shown.texts for shown in form.answers if shown.question is Question.CHANGE), ())
    if not texts:
        return [Paragraph(t.gettext("Nobody has proposed a change yet."))]
    lines = [f"• {in_short(text, MAX_PROPOSAL_LENGTH)}" for text in texts[:MAX_PROPOSALS]]
    left = len(texts) - len(lines)
    if left:
        lines.append(t.ngettext("and {number} more", "and {number} more", left))
    return [Paragraph("\n".join([bold(question_label(t, Question.CHANGE)), *lines]))]


def _lesson(t: Language, form: ClosingForm, place: int) -> list[Element | Field]:
    version, number = str(place), MAX_LESSONS - form.room + place + 1
    return [
        Divider(),
        Lines(
            id=ids.LESSON_CHANGE,
            version=version,
            label=t.gettext("Lesson {number}: what do we change?", number=t.number(number)),
            hint=t.gettext("Begin with a verb, so that everybody can see when it is done.") if not place else None,
            is_optional=True,
            max_length=MAX_TEXT_LENGTH,
        ),
        OneOf(
            id=ids.LESSON_HEAD,
            version=version,
            label=t.gettext("What does it improve?"),
            options=tuple(Option(head_label(t, head), head.value, head_meaning(t, head)) for head in LessonHead),
            is_optional=True,
            in_sight=False,
        ),
        PersonField(
            id=ids.LESSON_OWNER,
            version=version,
            label=t.gettext("Who is responsible?"),
            is_optional=True,
            chosen=form.host_id,
        ),
        Day(
            id=ids.LESSON_DUE,
            version=version,
            label=t.gettext("By when?"),
            is_optional=True,
            chosen=form.today + timedelta(days=USUAL_DAYS),
        ),
    ]


def read_lessons(answers: Answers) -> list[LessonDraft]:
    """The lessons in the form, in order, those that nothing was written in too.

    Raises a `FlagclientError` at the field that cannot be read.
    """
    return [_draft(answers, str(place)) for place in range(MAX_LESSONS) if answers.has(ids.LESSON_CHANGE, str(place))]


def _draft(answers: Answers, version: str) -> LessonDraft:
    head = answers.text(ids.LESSON_HEAD, version)
    return LessonDraft(
        change=answers.text(ids.LESSON_CHANGE, version),
        owner_id=answers.person_if_any(key_of(ids.LESSON_OWNER, version)),
        due_on=answers.day_if_any(key_of(ids.LESSON_DUE, version)),
        head=answers.choice(key_of(ids.LESSON_HEAD, version), LessonHead) if head else None,
    )


def field_of(said: str) -> str:
    """What the field of a rule such as `owner:2` is called in the form."""
    part, _, place = said.partition(":")
    return key_of(_FIELDS[part], place)


def build_closed(t: Language) -> Form:
    """What the host sees who has closed a debrief, or added lessons."""
    said = t.gettext("Saved. The summary stands where you talked about this client, and each lesson is with its owner.")
    return page(t.gettext("The debrief"), t.gettext("Close"), [Paragraph(said)])
