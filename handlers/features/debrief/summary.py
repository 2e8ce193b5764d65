"""What a debrief came to: the lessons, what was answered without names, and what can be done now."""

from __future__ import annotations

from bot.domain.lessons import MAX_LESSONS, LessonState
from bot.language import Language
from bot.language.debrief_words import head_label, lesson_line, lesson_state
from bot.usecases.debrief.telling import Posted
from handlers.features import ids
from handlers.features.debrief.agenda import answers_paragraphs
from handlers.surface.message import Button, Element, Heading, Message, Paragraph, Question, button_row
from handlers.surface.reading import Reading

MAX_GROUPS = 12
"""How many paragraphs of answers a summary holds; more are read behind a button."""


def build_summary(reading: Reading, posted: Posted) -> Message:
    """The living summary; where more people read along than talked about the client, nothing that anybody typed."""
    t, content = reading.language, posted.content
    elements: list[Element] = [
        Heading(t.gettext("Debrief: {client}", client=content.client.name)),
        Paragraph(_how(reading, posted)),
        Paragraph("\n".join(_lessons(reading, posted))),
    ]
    groups = answers_paragraphs(t, content.answers)
    if not posted.is_brief:
        elements += [element for group in groups[:MAX_GROUPS] for element in group]
    is_more = bool(groups) and (posted.is_brief or len(groups) > MAX_GROUPS)
    elements.append(button_row(*_buttons(t, posted, is_more=is_more)))
    return Message(t.gettext("A debrief is closed. This is what it came to."), tuple(elements))


def _how(reading: Reading, posted: Posted) -> str:
    t, content = reading.language, posted.content
    if posted.closed_by_id is None:
        closed = t.gettext("Nobody closed it, so it closed by itself, with what there is.")
    else:
        closed = t.gettext("Closed by {person}.", person=reading.person(posted.closed_by_id))
    if not content.answered:
        nobody = t.gettext("Nobody answered the questions.")
        return f"{closed} {nobody}"
    said = t.ngettext(
        "{number} colleague answered; answers are shown without names.",
        "{number} colleagues answered; answers are shown without names.",
        content.answered,
    )
    return f"{closed} {said}"


def _lessons(reading: Reading, posted: Posted) -> list[str]:
    t, lessons = reading.language, posted.content.lessons
    if not lessons:
        return [t.gettext("*Lessons*: none was noted.")]
    if posted.is_brief:
        return [
            t.gettext("*Lessons*"),
            *(f"• {head_label(t, lesson.head)}: {lesson_state(t, lesson)}" for lesson in lessons),
        ]
    return [t.gettext("*Lessons*"), *(lesson_line(t, lesson, reading.person(lesson.owner_id)) for lesson in lessons)]


def _buttons(t: Language, posted: Posted, *, is_more: bool) -> list[Button]:
    target = str(posted.content.debrief.id)
    buttons = [Button(t.gettext("Add to it"), ids.DEBRIEF_ANSWER_START, target)]
    if is_more:
        buttons.append(Button(t.gettext("Read the answers"), ids.DEBRIEF_READ, target))
    standing = [lesson for lesson in posted.content.lessons if lesson.state is not LessonState.DROPPED]
    if len(standing) < MAX_LESSONS:
        buttons.append(Button(t.gettext("Add a lesson"), ids.DEBRIEF_CLOSE, target))
    if posted.can_archive:
        asked = Question(
            t.gettext("Archive this channel?"),
            t.gettext("Nothing can be written here any more. Everybody in it can still read it."),
            t.gettext("Archive it"),
            t.gettext("Keep it open"),
        )
        buttons.append(Button(t.gettext("Archive the channel"), ids.DEBRIEF_ARCHIVE, target, question=asked))
    return buttons


def build_archived(t: Language, code: str) -> Message:
    """The answer to archiving a channel."""
    return Message(t.gettext("{code} is being archived.", code=code))
