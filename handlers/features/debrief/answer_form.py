"""The five questions of a debrief as a form; every field tells at once what is filled in, so that nothing is lost."""

from __future__ import annotations

from bot.domain.debrief import Question
from bot.domain.debrief_rules import MAX_ANSWER_LENGTH
from bot.domain.model import DebriefState
from bot.language import Language
from bot.language.debrief_words import question_hint, question_label
from bot.usecases.debrief.answering import AnswerForm
from handlers.features import ids
from handlers.features.debrief.messages import moment
from handlers.surface.answers import Answers
from handlers.surface.form import Field, Form, Lines, Tells, key_of, page
from handlers.surface.message import Button, Paragraph, button_row, small_print
from handlers.surface.reading import Reading


def build_answer_form(reading: Reading, form: AnswerForm) -> Form:
    """The form as it stands for its reader."""
    t, debrief = reading.language, form.debrief
    about = t.gettext("*{client}*, {moment}", client=form.client_name, moment=moment(reading, debrief))
    who = t.gettext(
        "What you fill in is kept at once. Answer what you like and leave the rest; you can close this and go on "
        "later. Nobody else sees it before the debrief begins, and then it is shown without names."
    )
    closed = t.gettext("The debrief is closed. What you add now is shown in its summary.")
    is_closed = debrief.state is DebriefState.TOOK_PLACE
    return Form(
        id=ids.DEBRIEF_ANSWER_FORM,
        carried=str(debrief.id),
        title=t.gettext("Five questions"),
        submit=t.pgettext("form", "Done"),
        close=t.gettext("Later"),
        elements=(
            Paragraph(about),
            small_print(closed if is_closed else who),
            *(_field(t, question, form.answers.get(question, "")) for question in Question),
        ),
    )


def _field(t: Language, question: Question, text: str) -> Field:
    return Lines(
        id=ids.DEBRIEF_ANSWER,
        version=question.value,
        label=question_label(t, question),
        hint=question_hint(t, question),
        is_optional=True,
        max_length=MAX_ANSWER_LENGTH,
        text=text,
        tells=Tells.WHILE_TYPING,
    )


def read_answers(answers: Answers) -> dict[Question, str]:
    """What stands in the fields."""
    return {
        question: answers.text(ids.DEBRIEF_ANSWER, question.value)
        for question in Question
        if answers.has(ids.DEBRIEF_ANSWER, question.value)
    }


def field_of(question: str) -> str:
    """What a question's field is called in a form."""
    return key_of(ids.DEBRIEF_ANSWER, question)


def build_answered(t: Language, form: AnswerForm) -> Form:
    """What somebody sees who has sent the form."""
    given = sum(bool(text) for text in form.answers.values())
    if not given:
        said = t.gettext("You left all five open. That is fine; you can still answer.")
    else:
        said = t.ngettext(
            "Thank you: you answered {number} of the five questions. You can go on any time.",
            "Thank you: you answered {number} of the five questions. You can go on any time.",
            given,
        )
    buttons = button_row(Button(t.gettext("The agenda"), ids.DEBRIEF_READ, str(form.debrief.id)))
    return page(t.gettext("Five questions"), t.gettext("Close"), [Paragraph(said), buttons])
