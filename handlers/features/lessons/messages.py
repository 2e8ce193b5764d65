"""What is said about lessons to whoever sees to one, and in answer to what became of it.

No sentence names the client: whoever puts a lesson into practice need not know which one it came from.
"""

from __future__ import annotations

from bot.domain.lessons import Lesson, LessonState
from bot.language import Language
from bot.language.debrief_words import come_back_sentence, head_label
from bot.language.marks import quoted, shorten
from bot.usecases.lessons.reviewing import LessonView
from handlers.features import ids
from handlers.surface.message import Button, Buttons, Element, Message, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading

MAX_CHANGE_LENGTH = 500


def build_owned(reading: Reading, view: LessonView) -> Message:
    """That a lesson is somebody's to put into practice."""
    t, lesson = reading.language, view.lesson
    said = t.gettext(
        "You are responsible for this, under *{head}*, by {date}:",
        head=head_label(t, lesson.head),
        date=t.date(lesson.due_on),
    )
    return Message(
        t.gettext("You are responsible for a lesson of a debrief."),
        (Paragraph(f"{said}\n{_change(lesson)}"), *_origin(t, view), _buttons(t, lesson)),
    )


def _origin(t: Language, view: LessonView) -> list[Element]:
    """Where a lesson comes from: the case code gives nothing away."""
    if view.code is None:
        return []
    return [small_print(t.gettext("A lesson from the debrief of {code}.", code=view.code))]


def _change(lesson: Lesson) -> str:
    return quoted("\n".join(shorten(lesson.change, MAX_CHANGE_LENGTH).splitlines()))


def _buttons(t: Language, lesson: Lesson, weight: Weight = Weight.MAIN) -> Buttons:
    target = str(lesson.id)
    return button_row(
        Button(t.gettext("It’s done"), ids.LESSON_DONE, target, weight),
        Button(t.gettext("Another day"), ids.LESSON_LATER, target),
        Button(t.gettext("Drop it"), ids.LESSON_DROP, target),
    )


def build_reminder(reading: Reading, view: LessonView) -> Message:
    """That the day of a lesson has come."""
    t, lesson = reading.language, view.lesson
    said = t.gettext("This was to be done by {date}. Is it?", date=t.date(lesson.due_on))
    again = t.gettext("I ask again in two weeks, until it is done or dropped.")
    return Message(
        t.gettext("Is this lesson put into practice?"),
        (Paragraph(f"{said}\n{_change(lesson)}\n{again}"), *_origin(t, view), _buttons(t, lesson)),
    )


def build_review(reading: Reading, view: LessonView) -> Message:
    """Ninety days on: is it done, and did it help?"""
    t, lesson = reading.language, view.lesson
    noted, asked = t.gettext("Ninety days ago this lesson was noted:"), t.gettext("Did it help?")
    elements: tuple[Element, ...] = (
        Paragraph(f"{noted}\n{_change(lesson)}"),
        Paragraph(f"{_state(t, lesson)} {_figure(t, view)} {asked}"),
        *_origin(t, view),
        button_row(
            Button(t.gettext("Say whether it helped"), ids.LESSON_REVIEW, str(lesson.id), Weight.MAIN),
            *(_buttons(t, lesson, Weight.PLAIN).buttons if lesson.state is LessonState.OPEN else ()),
        ),
    )
    return Message(t.gettext("Ninety days on: did a lesson help?"), elements)


def _state(t: Language, lesson: Lesson) -> str:
    if lesson.state is LessonState.DONE:
        return t.gettext("It is done.")
    if lesson.state is LessonState.DROPPED:
        return t.gettext("It was dropped.")
    return t.gettext("It isn’t done yet, as far as I know.")


def _figure(t: Language, view: LessonView) -> str:
    if view.come_back is None:
        return t.gettext("Nothing was flagged about that client, so there is nothing to compare with.")
    return come_back_sentence(t, view.lesson.category, view.come_back)


def build_settled(t: Language, lesson: Lesson) -> Message:
    """The answer to what became of a lesson."""
    if lesson.state is LessonState.DONE:
        return Message(t.gettext("Noted: it is done. Ninety days after it was noted I ask whether it helped."))
    if lesson.state is LessonState.DROPPED:
        return Message(t.gettext("Noted: it is dropped. The summary says why."))
    return Message(t.gettext("Noted: by {date}.", date=t.date(lesson.due_on)))
