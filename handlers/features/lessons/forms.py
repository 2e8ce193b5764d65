"""The forms in which a lesson is dropped, gets another day, or is said to have helped."""

from __future__ import annotations

from datetime import date

from bot.domain.lessons import MAX_TEXT_LENGTH, Helped, Lesson
from bot.language import Language
from bot.language.debrief_words import come_back_sentence, helped_label
from bot.language.marks import quoted, shorten
from bot.usecases.lessons.reviewing import LessonView
from handlers.features import ids
from handlers.features.lessons.messages import build_settled
from handlers.surface.form import Day, Form, Lines, OneOf, Option, page
from handlers.surface.message import Element, Paragraph
from handlers.surface.reading import Reading


def build_drop_form(t: Language, lesson: Lesson) -> Form:
    """Why a lesson is dropped."""
    return Form(
        id=ids.LESSON_DROP_FORM,
        carried=str(lesson.id),
        title=t.gettext("Drop the lesson"),
        submit=t.gettext("Drop it"),
        close=t.gettext("Cancel"),
        elements=(
            _change(lesson),
            Lines(
                id=ids.LESSON_BECAUSE,
                label=t.gettext("Why not after all?"),
                hint=t.gettext("The summary of the debrief says so."),
                max_length=MAX_TEXT_LENGTH,
            ),
        ),
    )


def build_later_form(t: Language, lesson: Lesson, today: date) -> Form:
    """Until when a lesson takes."""
    return Form(
        id=ids.LESSON_LATER_FORM,
        carried=str(lesson.id),
        title=t.gettext("Another day"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            _change(lesson),
            Day(id=ids.LESSON_UNTIL, label=t.gettext("By when?"), chosen=max(lesson.due_on, today)),
        ),
    )


def build_review_form(reading: Reading, view: LessonView) -> Form:
    """Whether a lesson helped, with the figure beside it."""
    t, lesson = reading.language, view.lesson
    figure: list[Element] = []
    if view.come_back is not None:
        figure.append(Paragraph(come_back_sentence(t, lesson.category, view.come_back)))
    return Form(
        id=ids.LESSON_REVIEW_FORM,
        carried=str(lesson.id),
        title=t.gettext("Did it help?"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            _change(lesson),
            *figure,
            OneOf(
                id=ids.LESSON_HELPED,
                label=t.gettext("Did it help?"),
                options=tuple(Option(helped_label(t, helped), helped.value) for helped in Helped),
            ),
            Lines(
                id=ids.LESSON_NOTE,
                label=t.gettext("What did you notice?"),
                is_optional=True,
                max_length=MAX_TEXT_LENGTH,
            ),
        ),
    )


def build_reviewed(t: Language) -> Form:
    """What somebody sees who said whether a lesson helped."""
    return page(t.gettext("Did it help?"), t.gettext("Close"), [Paragraph(t.gettext("Noted, thank you."))])


def build_settled_page(t: Language, lesson: Lesson) -> Form:
    """What somebody sees who dropped a lesson, or gave it another day."""
    return page(t.gettext("Lesson"), t.gettext("Close"), [Paragraph(build_settled(t, lesson).text)])


def _change(lesson: Lesson) -> Paragraph:
    return Paragraph(quoted("\n".join(shorten(lesson.change, MAX_TEXT_LENGTH).splitlines())))
