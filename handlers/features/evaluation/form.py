"""The evaluation form: three pages of what is asked, and the view on the last; people leaf through it as they like.

Every field tells at once what is typed into it, so that closing the window loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from slack_sdk.models.blocks import (
    Block,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.views import View

from bot.domain.evaluation import Answer, Topic, ViewChoice, ViewsShown
from bot.domain.evaluation_rules import MAX_ANSWER_LENGTH, MAX_REASON_LENGTH, TOPIC_GROUPS
from bot.language import Language
from bot.language.evaluation_words import choice_label, topic_hint, topic_question
from bot.usecases.evaluation import EvaluationForm
from handlers.features import ids
from handlers.slack.render.fragments import actions, button, context, divider, in_short, option, section
from handlers.slack.render.inputs import labelled
from handlers.slack.render.reading import Reading

MAX_OTHERS = 3
MAX_OTHERS_LENGTH = 200


class Page(IntEnum):
    """The pages of the form, in order."""

    KNOWN = 0
    COST = 1
    AFTER = 2
    VIEW = 3


PAGE_BUTTONS: dict[Page, str] = {
    Page.KNOWN: ids.EVALUATION_PAGE_KNOWN,
    Page.COST: ids.EVALUATION_PAGE_COST,
    Page.AFTER: ids.EVALUATION_PAGE_AFTER,
    Page.VIEW: ids.EVALUATION_PAGE_VIEW,
}
"""The button that leads to each page, which carries the discussion's id."""


def first_page(form: EvaluationForm) -> Page:
    """Where the form opens: at the view for somebody who has given one, as it is what they come to change."""
    return Page.VIEW if form.view is not None else Page.KNOWN


def topics_on(page: Page) -> Sequence[Topic]:
    """What is asked on a page."""
    return () if page is Page.VIEW else TOPIC_GROUPS[page]


def topic_block(topic: Topic) -> str:
    """The block id of a topic's field."""
    return f"{ids.EVALUATION_TOPIC}:{topic.value}"


def build_form(reading: Reading, form: EvaluationForm, page: Page) -> View:
    """One page of the form as it stands for its reader."""
    t = reading.language
    about = t.gettext("{code}: *{client}*", code=form.discussion.code, client=form.client_name)
    blocks: list[Block] = [section(about), _pages(t, form, page), divider()]
    blocks += _view(t, form) if page is Page.VIEW else _topics(reading, form, page)
    return View(
        type="modal",
        callback_id=ids.EVALUATION_FORM,
        private_metadata=f"{form.discussion.id}:{page.value}",
        title=PlainTextObject(text=t.gettext("Your view")),
        submit=PlainTextObject(text=t.gettext("Give my view") if page is Page.VIEW else t.gettext("Next")),
        close=PlainTextObject(text=t.gettext("Later")),
        blocks=blocks,
    )


def _pages(t: Language, form: EvaluationForm, page: Page) -> Block:
    labels = {
        Page.KNOWN: t.gettext("1 What we know"),
        Page.COST: t.gettext("2 What it costs"),
        Page.AFTER: t.gettext("3 If we part"),
        Page.VIEW: t.gettext("4 Your view"),
    }
    value = str(form.discussion.id)
    return actions(
        *(
            button(label, PAGE_BUTTONS[one], value, style="primary" if one is page else None)
            for one, label in labels.items()
        )
    )


def _topics(reading: Reading, form: EvaluationForm, page: Page) -> list[Block]:
    t = reading.language
    blocks: list[Block] = [
        context(
            t.gettext(
                "Answer what you know; the rest may stay empty. Everybody in this discussion reads your answers, "
                "and the client may one day read them too. What you type is kept when you close this."
            )
        )
    ]
    for topic in topics_on(page):
        blocks += _said_by_others(reading, form.others.get(topic, ()))
        blocks.append(_topic_input(t, topic, form.typed(topic)))
    return blocks


def _said_by_others(reading: Reading, answers: Sequence[Answer]) -> list[Block]:
    if not answers:
        return []
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
    return [context("\n".join(lines))]


def _topic_input(t: Language, topic: Topic, typed: str) -> Block:
    element = PlainTextInputElement(
        action_id=ids.EVALUATION_TOPIC,
        multiline=True,
        max_length=MAX_ANSWER_LENGTH,
        initial_value=typed[:MAX_ANSWER_LENGTH] or None,
        dispatch_action_config=_told_at_once(),
    )
    return labelled(
        topic_block(topic), topic_question(t, topic), element, hint=topic_hint(t, topic), optional=True, dispatch=True
    )


def _view(t: Language, form: EvaluationForm) -> list[Block]:
    options = [option(choice_label(t, choice), choice.value) for choice in ViewChoice]
    choice = RadioButtonsElement(
        action_id=ids.EVALUATION_CHOICE,
        options=options,
        initial_option=next((shown for shown in options if shown.value == form.choice), None),
    )
    reason = PlainTextInputElement(
        action_id=ids.EVALUATION_REASON,
        multiline=True,
        max_length=MAX_REASON_LENGTH,
        initial_value=form.reason[:MAX_REASON_LENGTH] or None,
        dispatch_action_config=_told_at_once(),
    )
    return [
        context(*_who_sees_it(t, form)),
        labelled(ids.EVALUATION_CHOICE, t.gettext("What would you do?"), choice, dispatch=True),
        labelled(
            ids.EVALUATION_REASON,
            t.gettext("Why?"),
            reason,
            hint=t.gettext("Needed for every view but “No view”. Facts, please: a sentence or two is enough."),
            optional=True,
            dispatch=True,
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
        told.append(t.gettext("Nobody sees your view until everybody asked has answered, or {date} is over.", date=by))
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


def _told_at_once() -> DispatchActionConfig:
    return DispatchActionConfig(trigger_actions_on=["on_character_entered"])
