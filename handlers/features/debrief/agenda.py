"""The agenda of a debrief, which writes itself, and what was answered, without who said what."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.debrief_rules import AnswersShown
from bot.domain.model import DebriefState
from bot.language import Language
from bot.language.debrief_words import (
    ending_sentences,
    figure_sentences,
    line_sentence,
    question_label,
    tried_sentence,
)
from bot.language.decision_words import decision_lines, decision_sentence
from bot.language.look_back_words import forecast_sentence
from bot.language.marks import bold, in_short
from bot.usecases.debrief.agenda import DebriefContent
from bot.usecases.debrief.telling import Posted
from handlers.features import ids
from handlers.features.debrief.messages import moment
from handlers.surface.message import (
    Button,
    Divider,
    Element,
    Heading,
    Measure,
    Message,
    Paragraph,
    Weight,
    button_row,
    how_many_fit,
    small_print,
)
from handlers.surface.reading import Reading

MAX_REASON_LENGTH = 300
MAX_TEXT_LENGTH = 600
"""How much of one answer is shown where all of them are."""

MAX_TRIED = 6


def build_agenda(reading: Reading, posted: Posted) -> Message:
    """The agenda as it is sent ahead, for everybody in the place."""
    t, content = reading.language, posted.content
    when = t.moment(content.debrief.starts_at, content.debrief.zone, is_placed=True)
    asked = t.gettext(
        "Five short questions help more than a long talk: answer them beforehand, while it is on, or afterwards."
    )
    return Message(
        t.gettext("The agenda of a debrief, {moment}.", moment=when),
        (
            *agenda_elements(reading, content, is_brief=posted.is_brief),
            Paragraph(asked),
            button_row(*_buttons(t, content, is_brief=posted.is_brief)),
        ),
    )


def _buttons(t: Language, content: DebriefContent, *, is_brief: bool) -> list[Button]:
    target = str(content.debrief.id)
    buttons = [Button(t.gettext("Answer the questions"), ids.DEBRIEF_ANSWER_START, target, Weight.MAIN)]
    if is_brief:
        buttons.append(Button(t.gettext("The whole agenda"), ids.DEBRIEF_READ, target))
    return buttons


def agenda_elements(reading: Reading, content: DebriefContent, *, is_brief: bool) -> list[Element]:
    """What happened, what it led to, what was tried, how it ended, and figures.

    `is_brief` leaves out what anybody typed.
    """
    t, agenda = reading.language, content.agenda
    elements: list[Element] = [
        Heading(t.gettext("Agenda: {client}", client=content.client.name)),
        _section(t.gettext("*What happened*"), [line_sentence(t, line) for line in agenda.lines]),
    ]
    if agenda.left_out:
        elements.append(
            small_print(
                t.ngettext(
                    "{number} smaller thing is left out; the dossier has it.",
                    "{number} smaller things are left out; the dossier has them.",
                    agenda.left_out,
                )
            )
        )
    if agenda.decision is not None:
        said = (
            [bold(decision_sentence(t, agenda.decision))]
            if is_brief
            else decision_lines(t, agenda.decision, MAX_REASON_LENGTH)
        )
        if agenda.forecast is not None:
            said.append(forecast_sentence(t, agenda.forecast))
        elements.append(_section(t.gettext("*What led to the decision*"), said))
    tried = [tried_sentence(t, one) for one in agenda.tried[-MAX_TRIED:]]
    elements.append(_section(t.gettext("*What we tried*"), tried or [t.gettext("Nothing was tried first.")]))
    elements.append(_section(t.gettext("*How it ended*"), list(ending_sentences(t, agenda))))
    elements.append(_section(t.gettext("*In figures*"), list(figure_sentences(t, agenda.figures))))
    return elements


def _section(title: str, lines: Sequence[str]) -> Paragraph:
    return Paragraph("\n".join([title, *lines]))


def answers_paragraphs(t: Language, answers: Sequence[AnswersShown]) -> list[list[Element]]:
    """What was answered, a group a question: as causes, with nobody's name beside them."""
    return [
        [
            _section(
                bold(question_label(t, shown.question)),
                [f"• {in_short(text, MAX_TEXT_LENGTH)}" for text in part],
            )
        ]
        for shown in answers
        for part in _packed(shown.texts)
    ]


MAX_SECTION_LENGTH = 2600
"""Room for the answers of one paragraph on every platform, its question included."""


def _packed(texts: Sequence[str]) -> list[list[str]]:
    bundles: list[list[str]] = [[]]
    for text in texts:
        length = sum(min(len(one), MAX_TEXT_LENGTH) + 3 for one in [*bundles[-1], text])
        if bundles[-1] and length > MAX_SECTION_LENGTH:
            bundles.append([])
        bundles[-1].append(text)
    return bundles


def build_content(reading: Reading, content: DebriefContent, measure: Measure) -> Message:
    """The agenda and, once the debrief has begun, the answers: for one person, as far as it fits."""
    t, debrief = reading.language, content.debrief
    buttons: list[Button] = []
    if debrief.state is not DebriefState.CANCELLED:
        buttons.append(Button(t.gettext("Answer the questions"), ids.DEBRIEF_ANSWER_START, str(debrief.id)))
    if content.may_host and debrief.state is DebriefState.PLANNED:
        if content.has_begun:
            label, action = t.gettext("Close the debrief"), ids.DEBRIEF_CLOSE
        else:
            label, action = t.gettext("Begin now"), ids.DEBRIEF_BEGIN
        buttons.append(Button(label, action, str(debrief.id), Weight.MAIN))
    head: list[Element] = [Paragraph(moment(reading, debrief)), *agenda_elements(reading, content, is_brief=False)]
    foot: list[Element] = [button_row(*buttons)] if buttons else []
    groups = answers_paragraphs(t, content.answers)
    title: list[Element] = [Divider(), Paragraph(_answered(t, content))]
    left_out = small_print(t.gettext("There is more than fits here; the summary has the rest."))
    fitting = how_many_fit(groups, [*head, *title, *foot, left_out], measure)
    shown = [element for group in groups[:fitting] for element in group]
    left = [left_out] if fitting < len(groups) else []
    return Message(t.gettext("The debrief"), (*head, *title, *shown, *left, *foot))


def _answered(t: Language, content: DebriefContent) -> str:
    if not content.has_begun:
        return t.gettext("What people answer can be read here once the debrief begins, without names.")
    if not content.answered:
        return t.gettext("*The answers*: nobody has answered yet.")
    return t.ngettext(
        "*The answers* of {number} colleague, without names",
        "*The answers* of {number} colleagues, without names",
        content.answered,
    )
