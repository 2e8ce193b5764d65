"""What its owner hears of a trial, and the form for the last word on it."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.model import ClientStage
from bot.domain.remedies import Remedy, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import MAX_TEXT_LENGTH
from bot.language import Language
from bot.language.marks import quoted
from bot.language.remedy_words import outcome_label, remedy_label, test_of
from bot.usecases.remedies import RemedyEnded, RemedyView
from handlers.features import ids
from handlers.slack.render.fragments import actions, button, cut, option, section
from handlers.slack.render.inputs import day, lines, one_of
from handlers.slack.render.message import Message

MORE_TIME = "more_time"
CALL_OFF = "call_off"
MAX_DESCRIPTION_LENGTH = 600


def build_owned(t: Language, view: RemedyView) -> Message:
    """That a trial is somebody's to see to."""
    remedy = view.remedy
    said = t.gettext(
        "You see to something that we try with *{client}*: {kind}, from {begins} to {ends}. It has worked if {test}.",
        client=view.client_name,
        kind=remedy_label(t, remedy.kind),
        begins=t.date(remedy.starts_on),
        ends=t.date(remedy.ends_on),
        test=test_of(t, remedy),
    )
    return Message(
        text=t.gettext("Something we try to put right is yours to see to."),
        blocks=[
            section(f"{said}\n{_described(remedy)}"),
            actions(
                button(t.gettext("Say what came of it"), ids.REMEDY_OUTCOME, str(remedy.id)),
                button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(remedy.client_id)),
            ),
        ],
    )


def build_to_confirm(t: Language, view: RemedyView, step: int) -> Message:
    """The question what came of a trial: to its owner, again, and at last to the reviewers."""
    remedy = view.remedy
    opening = t.gettext(
        "What we tried with *{client}* has ended on {date}: {kind}.",
        client=view.client_name,
        date=t.date(remedy.ends_on),
        kind=remedy_label(t, remedy.kind),
    )
    blocks: list[Block] = [
        section(f"{opening}\n{_described(remedy)}"),
        section(f"{_figures(t, remedy)} {_asked(t, step)}"),
        actions(*_buttons(t, remedy)),
    ]
    return Message(text=t.gettext("A trial has ended. What came of it?"), blocks=blocks)


def _described(remedy: Remedy) -> str:
    return quoted("\n".join(cut(remedy.description, MAX_DESCRIPTION_LENGTH).splitlines()))


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
    judged = t.gettext("By that: *{outcome}*.", outcome=outcome_label(t, remedy.judged))
    return f"{found} {judged}"


def _asked(t: Language, step: int) -> str:
    if step == 1:
        return t.gettext("You have the last word: what came of it?")
    if step == 2:
        return t.gettext("I asked a few days ago: what came of it?")
    return t.gettext("Nobody has said yet what came of it. Will you?")


def _buttons(t: Language, remedy: Remedy) -> list[ButtonElement]:
    word = str(remedy.id)
    if remedy.judged is None or remedy.judged is RemedyOutcome.UNCLEAR:
        return [button(t.gettext("Say what came of it"), ids.REMEDY_OUTCOME, word, style="primary")]
    agreed = t.gettext("Agreed: {outcome}", outcome=outcome_label(t, remedy.judged))
    return [
        button(agreed, ids.REMEDY_CONFIRM, f"{remedy.id}:{remedy.judged.value}", style="primary"),
        button(t.gettext("Say otherwise"), ids.REMEDY_OUTCOME, word),
    ]


def build_outcome_form(t: Language, view: RemedyView) -> View:
    """The form for what came of a trial, or for giving it more time."""
    remedy = view.remedy
    options = [option(outcome_label(t, outcome), outcome.value) for outcome in RemedyOutcome]
    options += [
        option(t.gettext("It needs more time"), MORE_TIME),
        option(t.gettext("It was called off"), CALL_OFF, t.gettext("It then counts as not tried")),
    ]
    said = t.gettext(
        "*{client}*: {kind}. It has worked if {test}.",
        client=view.client_name,
        kind=remedy_label(t, remedy.kind),
        test=test_of(t, remedy),
    )
    return View(
        type="modal",
        callback_id=ids.REMEDY_OUTCOME_FORM,
        private_metadata=str(remedy.id),
        title=PlainTextObject(text=t.gettext("What came of it?")),
        submit=PlainTextObject(text=t.gettext("Save")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=[
            section(said),
            one_of(
                ids.REMEDY_OUTCOME_CHOICE,
                t.gettext("Outcome"),
                options,
                remedy.judged.value if remedy.judged else None,
            ),
            lines(
                ids.REMEDY_OUTCOME_NOTE,
                t.gettext("In a sentence: how did it go?"),
                MAX_TEXT_LENGTH,
                optional=True,
                hint=t.gettext("Stay with the facts: the client may one day read this."),
            ),
            day(
                ids.REMEDY_OUTCOME_ENDS,
                t.gettext("New last day"),
                None,
                optional=True,
                hint=t.gettext("Only when it needs more time."),
            ),
        ],
    )


def ended_sentence(t: Language, ended: RemedyEnded) -> str:
    """The answer to a word on a trial: what was noted, and where the client stands now; plain text."""
    return f"{_noted(t, ended.remedy)} {_stands(t, ended)}".strip()


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
        return t.gettext("The talk goes on in {code}.", code=ended.code)
    return ""
