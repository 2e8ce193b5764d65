"""The evaluation form: three pages of what is asked, and the view on the last; people leaf through it as they like.

Every field tells at once what is typed into it, so that closing the form loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot.domain.errors import NotFoundError
from bot.domain.evaluation import Answer, Topic, ViewChoice, ViewsShown
from bot.domain.evaluation_rules import MAX_ANSWER_LENGTH, MAX_REASON_LENGTH, TOPIC_GROUPS
from bot.language import Language
from bot.language.evaluation_words import choice_label, topic_hint, topic_question
from bot.language.marks import in_short
from bot.usecases.evaluation.form import EvaluationForm
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Field, Form, Lines, OneOf, Option, Tells
from handlers.surface.message import Button, Buttons, Divider, Element, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading
from handlers.surface.values import ids_in

MAX_OTHERS = 3
MAX_OTHERS_LENGTH = 200


class FormPage(IntEnum):
    """The pages of the form, in order."""

    KNOWN = 0
    COST = 1
    AFTER = 2
    VIEW = 3


PAGE_BUTTONS: dict[FormPage, str] = {
    FormPage.KNOWN: ids.EVALUATION_PAGE_KNOWN,
    FormPage.COST: ids.EVALUATION_PAGE_COST,
    FormPage.AFTER: ids.EVALUATION_PAGE_AFTER,
    FormPage.VIEW: ids.EVALUATION_PAGE_VIEW,
}
"""The button that leads to each page, which carries the discussion's id."""


def first_page(form: EvaluationForm) -> FormPage:
    """Where the form opens: at the view for somebody who has given one, as it is what they come to change."""
    return FormPage.VIEW if form.view is not None else FormPage.KNOWN


def topics_on(page: FormPage) -> Sequence[Topic]:
    """What is asked on a page."""
    return () if page is FormPage.VIEW else TOPIC_GROUPS[page]


def build_form(reading: Reading, form: EvaluationForm, page: FormPage) -> Form:
    """One page of the form as it stands for its reader."""
    t = reading.language
    about = t.gettext("{code}: *{client}*", code=form.discussion.code, client=form.client_name)
    asked = _view(t, form) if page is FormPage.VIEW else _topics(reading, form, page)
    return Form(
        id=ids.EVALUATION_FORM,
        carried=f"{form.discussion.id}:{page.value}",
        title=t.gettext("Your view"),
        submit=t.gettext("Give my view") if page is FormPage.VIEW else t.gettext("Next"),
        close=t.gettext("Later"),
        elements=(Paragraph(about), _pages(t, form, page), Divider(), *asked),
    )


def page_of(answers: Answers) -> tuple[int, FormPage]:
    """The discussion that a form is about, and the page that stands in it; raises `NotFoundError`."""
    discussion_id, page = ids_in(answers.carried, 2)
    if page not in set(FormPage):
        raise NotFoundError
    return discussion_id, FormPage(page)


def read_topics(page: FormPage, answers: Answers) -> dict[Topic, str]:
    """What stands in the fields about topics."""
    return {topic: answers.text(ids.EVALUATION_TOPIC, topic.value) for topic in topics_on(page)}


def read_typed(page: FormPage, answers: Answers) -> dict[str, str]:
    """What stands in the fields of a page as it is kept: by topic, or as `choice` and `reason`."""
    if page is FormPage.VIEW:
        return {"choice": answers.text(ids.EVALUATION_CHOICE), "reason": answers.text(ids.EVALUATION_REASON)}
    return {topic.value: typed for topic, typed in read_topics(page, answers).items()}


def _pages(t: Language, form: EvaluationForm, page: FormPage) -> Buttons:
    labels = {
        FormPage.KNOWN: t.gettext("1 What we know"),
        FormPage.COST: t.gettext("2 What it costs"),
        FormPage.AFTER: t.gettext("3 If we part"),
        FormPage.VIEW: t.gettext("4 Your view"),
    }
    value = str(form.discussion.id)
    return button_row(
        *(
            Button(label, PAGE_BUTTONS[one], value, Weight.MAIN if one is page else Weight.PLAIN)
            for one, label in labels.items()
        )
    )


def _topics(reading: Reading, form: EvaluationForm, page: FormPage) -> list[Element | Field]:
    t = reading.language
    elements: list[Element | Field] = [
        small_print(
            t.gettext(
                "Answer what you know; the rest may stay empty. Everybody in this discussion reads your answers, "
                "and the client may one day read them too. What you type is kept when you close this."
            )
        )
    ]
    for topic in topics_on(page):
        others = form.others.get(topic, ())
        if others:
            elements.append(small_print(_said_by_others(reading, others)))
        elements.append(_topic_field(t, topic, form.typed(topic)))
    return elements


def _said_by_others(reading: Reading, answers: Sequence[Answer]) -> str:
    t = reading.language
    lines = [
        t.gettext(
            "{person}: {text}", person=reading.person(answer.person_id), text=in_short(answer.text, MAX_OTHERS_LENGTH)
        )
        for answer in answers[-MAX_OTHERS:]
    ]
    left = len(answers) - len(lines)
    if left:
        lines.append(t.ngettext("and {number} more answer", "and {number} more answers", left))
    return "\n".join(lines)


def _topic_field(t: Language, topic: Topic, typed: str) -> Field:
    return Lines(
        id=ids.EVALUATION_TOPIC,
        version=topic.value,
        label=topic_question(t, topic),
        hint=topic_hint(t, topic),
        is_optional=True,
        max_length=MAX_ANSWER_LENGTH,
        text=typed,
        tells=Tells.WHILE_TYPING,
    )


def _view(t: Language, form: EvaluationForm) -> list[Element | Field]:
    return [
        small_print(*_who_sees_it(t, form)),
        OneOf(
            id=ids.EVALUATION_CHOICE,
            label=t.gettext("What would you do?"),
            options=tuple(Option(choice_label(t, choice), choice.value) for choice in ViewChoice),
            chosen=form.choice,
            tells=Tells.WHEN_CHOSEN,
        ),
        Lines(
            id=ids.EVALUATION_REASON,
            label=t.gettext("Why?"),
            hint=t.gettext("Needed for every view but “No view”. Facts, please: a sentence or two is enough."),
            is_optional=True,
            max_length=MAX_REASON_LENGTH,
            text=form.reason,
            tells=Tells.WHILE_TYPING,
        ),
    ]


def _who_sees_it(t: Language, form: EvaluationForm) -> list[str]:
    """Who will see this, and how, said before anybody answers."""
    by, is_named = t.date(form.round.views_by), form.round.shown_as is ViewsShown.NAMES
    told = []
    if form.are_counts_refused:
        told.append(
            t.gettext("This workspace shows counts, but among so few people they would hide nobody: names are shown.")
        )
    if form.round.shown_at is not None:
        told.append(t.gettext("The views are shown already: the others in this discussion see a change at once."))
    else:
        told.append(
            t.gettext(
                "Nobody sees your view until everybody asked has answered, {date} is over, or a reviewer ends the "
                "waiting early.",
                date=by,
            )
        )
    if is_named:
        told.append(
            t.gettext("Then those in this discussion see it with your name. You can change it until it is decided.")
        )
        if form.deals_with:
            told.append(t.gettext("You deal with this client; your view is marked as such."))
    else:
        told.append(
            t.gettext(
                "Then those in this discussion see how many chose what, and the reasons without names. "
                "You can change yours until it is decided."
            )
        )
    return told
