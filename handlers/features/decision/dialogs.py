"""The windows around a decision: looking at a proposal, declining it, reopening, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.decision import DecisionState
from bot.domain.decision_rules import MAX_TEXT_LENGTH
from bot.language import Language
from bot.usecases.decision import DecisionView
from handlers.features import ids
from handlers.slack.render.decision.lines import decision_lines
from handlers.slack.render.fragments import actions, button, context, section
from handlers.slack.render.inputs import lines
from handlers.slack.render.reading import Reading

MAX_LENGTH = 600


def build_proposal(reading: Reading, view: DecisionView, *, is_own: bool, may_confirm: bool) -> View:
    """A proposal to look at, with the word that the reader may say."""
    t, decision = reading.language, view.decision
    about = t.gettext("*{client}*, {code}", client=view.client.name, code=view.code)
    blocks: list[Block] = [
        section(about),
        section("\n".join(decision_lines(t, decision, MAX_LENGTH))),
        context(t.gettext("Proposed by {person}.", person=reading.person(decision.made_by_id))),
    ]
    if is_own and not may_confirm:
        blocks.append(context(t.gettext("You proposed this, so another reviewer confirms it.")))
    elif is_own:
        blocks.append(context(t.gettext("No other reviewer is here, so you can confirm it yourself.")))
    word = t.gettext("Take it back") if is_own else t.gettext("Don’t confirm")
    blocks.append(actions(button(word, ids.DECISION_DECLINE, str(decision.id), style="danger")))
    return View(
        type="modal",
        callback_id=ids.DECISION_CONFIRM,
        private_metadata=str(decision.id),
        title=PlainTextObject(text=t.gettext("Proposal to part")),
        submit=PlainTextObject(text=t.gettext("Confirm")) if may_confirm else None,
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=blocks,
    )


def build_decline_form(t: Language, view: DecisionView) -> View:
    """The form that asks why a proposal is not confirmed."""
    return View(
        type="modal",
        callback_id=ids.DECISION_DECLINE_FORM,
        private_metadata=str(view.decision.id),
        title=PlainTextObject(text=t.gettext("Not confirmed")),
        submit=PlainTextObject(text=t.gettext("Send")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=[
            lines(
                ids.DECISION_DECLINE_REASON,
                t.gettext("Why not?"),
                MAX_TEXT_LENGTH,
                hint=t.gettext("Whoever proposed it and the discussion read this. The team can then decide anew."),
            )
        ],
    )


def build_reopen_form(t: Language, view: DecisionView) -> View:
    """The form that asks why a decision is reopened."""
    said = t.gettext("Views are asked anew, hidden at first. What was decided stays in the dossier.")
    return View(
        type="modal",
        callback_id=ids.DECISION_REOPEN_FORM,
        private_metadata=str(view.decision.id),
        title=PlainTextObject(text=t.gettext("Reopen the decision")),
        submit=PlainTextObject(text=t.gettext("Reopen")),
        close=PlainTextObject(text=t.gettext("Leave it")),
        blocks=[
            section(said),
            lines(ids.DECISION_REOPEN_REASON, t.gettext("What has changed?"), MAX_TEXT_LENGTH),
        ],
    )


def build_decided(t: Language, view: DecisionView, *, is_others: bool) -> View:
    """What was decided, for whoever sent the form: their own word, or that a colleague was first."""
    said = decision_lines(t, view.decision, MAX_LENGTH)
    if is_others:
        said.insert(0, t.gettext("A colleague was just ahead of you. This is what stands:"))
    elif view.decision.state is DecisionState.PROPOSED:
        said.append(t.gettext("Another reviewer is asked now. You’ll hear from me."))
    return _told(t, [section("\n".join(said))])


def build_word_said(t: Language, view: DecisionView) -> View:
    """The answer to a word on a proposal, or to reopening."""
    return _told(t, [section("\n".join(decision_lines(t, view.decision, MAX_LENGTH)))])


def _told(t: Language, blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Decision")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=blocks,
    )
