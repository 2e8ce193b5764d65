"""What is said about trials to put things right: to whoever sees to one, and in answer to the last word on it."""

from __future__ import annotations

from bot.domain.model import ClientStage
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, SuccessTest
from bot.language import Language
from bot.language.marks import quoted, shorten
from bot.language.remedy_words import outcome_label, remedy_label, test_of
from bot.usecases.farewell.letter_start import LETTERS_OF
from bot.usecases.remedies.remedy_view import RemedyEnded, RemedyView
from bot.usecases.remedies.telling import Asking
from handlers.features import ids
from handlers.surface.message import Button, Message, Paragraph, Weight, button_row
from handlers.surface.reading import Reading

MAX_DESCRIPTION_LENGTH = 600


def build_owned(reading: Reading, view: RemedyView) -> Message:
    """That a trial is somebody's to see to."""
    t, remedy = reading.language, view.remedy
    said = t.gettext(
        "You are responsible for something that we try with *{client}*: {kind}, from {begins} to {ends}. It has "
        "worked if {test}.",
        client=view.client_name,
        kind=remedy_label(t, remedy.kind),
        begins=t.date(remedy.starts_on),
        ends=t.date(remedy.ends_on),
        test=test_of(t, remedy),
    )
    to_write = button_to_write(t, remedy)
    return Message(
        t.gettext("You are responsible for something that we try."),
        (
            Paragraph(f"{said}\n{_described(remedy)}"),
            button_row(
                *([to_write] if to_write is not None else []),
                Button(t.gettext("Say what came of it"), ids.REMEDY_OUTCOME, str(remedy.id)),
                Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(remedy.client_id)),
            ),
        ),
    )


def build_to_confirm(reading: Reading, asking: Asking) -> Message:
    """The question what came of a trial: to its owner, again, and at last to the reviewers."""
    t, view, remedy = reading.language, asking.view, asking.view.remedy
    opening = t.gettext(
        "What we tried with *{client}* ended on {date}: {kind}.",
        client=view.client_name,
        date=t.date(remedy.ends_on),
        kind=remedy_label(t, remedy.kind),
    )
    return Message(
        t.gettext("A trial has ended. What came of it?"),
        (
            Paragraph(f"{opening}\n{_described(remedy)}"),
            Paragraph(f"{_figures(t, remedy)} {_asked(t, asking.step)}"),
            button_row(*_buttons(t, remedy)),
        ),
    )


def button_to_write(t: Language, remedy: Remedy) -> Button | None:
    """The way to what is written or said to the client, where that is what is tried; `None` elsewhere."""
    if remedy.kind not in LETTERS_OF:
        return None
    is_talk = remedy.kind is RemedyKind.CONVERSATION
    label = t.gettext("What you can say") if is_talk else t.gettext("Write it")
    return Button(label, ids.LETTER_TALK if is_talk else ids.LETTER_WARN, str(remedy.id), Weight.MAIN)


def _described(remedy: Remedy) -> str:
    return quoted("\n".join(shorten(remedy.description, MAX_DESCRIPTION_LENGTH).splitlines()))


def _figures(t: Language, remedy: Remedy) -> str:
    if remedy.test is SuccessTest.BY_OWNER or remedy.judged is None:
        return t.gettext("Here your own judgement counts, not a figure.")
    if remedy.test is SuccessTest.SCORE_BELOW:
        found = t.gettext(
            "The score was {score} on the last day; below {points} was the aim.",
            score=t.number(remedy.judged_score or 0.0),
            points=t.number(remedy.test_points or 0.0),
        )
    else:
        count = remedy.judged_flags or 0
        found = t.ngettext("{number} new flag of that kind came in.", "{number} new flags of that kind came in.", count)
    judged = t.gettext("By that test: *{outcome}*.", outcome=outcome_label(t, remedy.judged))
    return f"{found} {judged}"


def _asked(t: Language, step: int) -> str:
    if step == 1:
        return t.gettext("You have the last word: what came of it?")
    if step == 2:
        return t.gettext("I asked a few days ago: what came of it?")
    return t.gettext("Nobody has said yet what came of it. Will you?")


def _buttons(t: Language, remedy: Remedy) -> list[Button]:
    remedy_id = str(remedy.id)
    if remedy.judged is None or remedy.judged is RemedyOutcome.UNCLEAR:
        return [Button(t.gettext("Say what came of it"), ids.REMEDY_OUTCOME, remedy_id, Weight.MAIN)]
    agreed = t.gettext("Agreed: {outcome}", outcome=outcome_label(t, remedy.judged))
    return [
        Button(agreed, ids.REMEDY_CONFIRM, f"{remedy.id}:{remedy.judged.value}", Weight.MAIN),
        Button(t.gettext("Say otherwise"), ids.REMEDY_OUTCOME, remedy_id),
    ]


def build_ended(t: Language, ended: RemedyEnded) -> Message:
    """The answer to a word on a trial: what was noted, and where the client stands now."""
    return Message(f"{_noted(t, ended.remedy)} {_stands(t, ended)}".strip())


def _noted(t: Language, remedy: Remedy) -> str:
    if remedy.outcome is not None:
        return t.gettext("Noted: {outcome}.", outcome=outcome_label(t, remedy.outcome))
    if remedy.ended_at is not None:
        return t.gettext("Noted: it was called off.")
    return t.gettext("Noted: it goes on until {date}.", date=t.date(remedy.ends_on))


def _stands(t: Language, ended: RemedyEnded) -> str:
    if ended.stage is ClientStage.ACTIVE:
        return t.gettext("We go on with this client as usual.")
    if ended.stage is ClientStage.IN_REVIEW and ended.code is not None:
        return t.gettext("The discussion goes on in {code}.", code=ended.code)
    return ""
