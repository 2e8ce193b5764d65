"""The form in which a decision is taken: an outcome, and the parts that it asks for.

It is drawn anew when the outcome changes. Blocks keep their ids, so Slack keeps what was typed in them; everything is
also put back as initial values, and what an outcome does not show is carried along until it is chosen again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct, field
from slack_sdk.models.blocks import Block, InputBlock, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.decision import DecisionOutcome
from bot.domain.decision_rules import (
    LOOK_AGAIN_DAYS,
    MAX_TEXT_LENGTH,
    Circumstances,
    DecisionField,
    asked_of,
    possible_outcomes,
)
from bot.language import Language
from bot.language.decision_words import outcome_label, outcome_meaning
from bot.language.evaluation_words import counts_line, spread_sentence
from bot.usecases.decision import DecisionForm
from handlers.features import ids
from handlers.features.remedies.forms import remedy_inputs
from handlers.slack.render.decision.refilling import refilled
from handlers.slack.render.fragments import context, option, section
from handlers.slack.render.inputs import day, lines, one_of

MAX_METADATA_LENGTH = 3000

BLOCKS: Mapping[DecisionField, str] = {
    DecisionField.REASON: ids.DECISION_REASON,
    DecisionField.LEARNED: ids.DECISION_LEARNED,
    DecisionField.NEXT_ON: ids.DECISION_NEXT_ON,
    DecisionField.REMEDY: ids.REMEDY_DESCRIPTION,
    DecisionField.AGAINST_MAJORITY: ids.DECISION_AGAINST,
    DecisionField.NO_REMEDY_POSSIBLE: ids.DECISION_NO_REMEDY,
    DecisionField.CLIENT_SIDE_WAIVED: ids.DECISION_WAIVED,
}
"""Where each part of a decision stands in the form; a day has its outcome in its id, as it means another day there."""


class FormState(Struct, frozen=True):
    """What somebody has chosen and typed so far, by block id, and the Slack user who is filling it in."""

    user: str
    outcome: DecisionOutcome | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


def next_on_block(outcome: DecisionOutcome) -> str:
    """The block id of the day that an outcome asks for."""
    return f"{ids.DECISION_NEXT_ON}:{outcome.value}"


def build_decision_form(t: Language, form: DecisionForm, state: FormState) -> View:
    """The form as it stands."""
    possible = possible_outcomes(form.circumstances)
    outcome = state.outcome if state.outcome in possible else None
    if outcome is None and len(possible) == 1:
        outcome = possible[0]
    inputs: list[Block] = [_outcomes(t, possible, outcome)]
    if outcome is not None:
        inputs += _parts(t, form, outcome, state.user)
    blocks = [*_what_is_so(t, form), *(refilled(block, state.typed) for block in inputs)]
    shown = {block.block_id for block in inputs if isinstance(block, InputBlock)}
    hidden = {block_id: said for block_id, said in state.typed.items() if block_id not in shown}
    return View(
        type="modal",
        callback_id=ids.DECISION_FORM,
        private_metadata=encoded(form.discussion.id, hidden),
        title=PlainTextObject(text=t.gettext("Decide")),
        submit=PlainTextObject(text=t.gettext("Propose") if _is_proposal(form, outcome) else t.gettext("Decide")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=blocks,
    )


def encoded(discussion_id: int, hidden: Mapping[str, str]) -> str:
    """What the form carries along; where it does not fit, what is longest stays behind."""
    kept = dict(sorted(hidden.items(), key=lambda entry: len(entry[1])))
    while True:
        text = json.dumps({"id": discussion_id, "typed": kept}, ensure_ascii=False, separators=(",", ":"))
        if len(text) <= MAX_METADATA_LENGTH:
            return text
        kept.popitem()


def _is_proposal(form: DecisionForm, outcome: DecisionOutcome | None) -> bool:
    return outcome is DecisionOutcome.PART and form.is_confirmed_by_another


def _what_is_so(t: Language, form: DecisionForm) -> list[Block]:
    circumstances = form.circumstances
    about = t.gettext("*{client}*, {code}", client=form.client_name, code=form.discussion.code)
    facts = []
    if circumstances.tally is not None:
        facts = [counts_line(t, circumstances.tally), spread_sentence(t, circumstances.tally)]
    if not circumstances.is_side_known:
        facts.append(t.gettext("The client’s side isn’t recorded yet."))
    if circumstances.tried_until is not None:
        facts.append(t.gettext("Something is being tried until {date}.", date=t.date(circumstances.tried_until)))
    elif not circumstances.has_failed_remedy:
        facts.append(t.gettext("Nothing has been tried yet that did not work."))
    return [section(about), context("\n".join(facts))]


def _outcomes(t: Language, possible: Sequence[DecisionOutcome], chosen: DecisionOutcome | None) -> InputBlock:
    options = [option(outcome_label(t, one), one.value, outcome_meaning(t, one)) for one in possible]
    asked = one_of(ids.DECISION_OUTCOME, t.gettext("What do we do?"), options, chosen.value if chosen else None)
    asked.dispatch_action = True
    return asked


def _parts(t: Language, form: DecisionForm, outcome: DecisionOutcome, user: str) -> list[Block]:
    inputs: list[Block] = []
    for part in asked_of(outcome, form.circumstances):
        if part is DecisionField.REMEDY:
            inputs += remedy_inputs(t, form.begin, user)
        elif part is DecisionField.NEXT_ON:
            inputs.append(_day(t, outcome, form.circumstances))
        else:
            label, hint = _question(t, part, outcome)
            inputs.append(lines(BLOCKS[part], label, MAX_TEXT_LENGTH, hint=hint))
    return inputs


def _day(t: Language, outcome: DecisionOutcome, circumstances: Circumstances) -> InputBlock:
    block_id = next_on_block(outcome)
    if outcome is DecisionOutcome.PART:
        hint = t.gettext("Think of the notice period and of work under way. It can still be changed by reopening.")
        return day(block_id, t.gettext("Last day with this client"), None, hint=hint)
    proposed = circumstances.today + timedelta(days=LOOK_AGAIN_DAYS)
    hint = t.gettext("That morning I ask whoever looks after this client whether all is well.")
    return day(block_id, t.gettext("Look again on"), proposed, hint=hint)


def _question(t: Language, part: DecisionField, outcome: DecisionOutcome) -> tuple[str, str]:
    asked: dict[DecisionField, tuple[str, str]] = {
        DecisionField.REASON: (
            t.gettext("Why?"),
            t.gettext("In a sentence or two, from the facts. The client may one day read this."),
        ),
        DecisionField.LEARNED: (
            t.gettext("What did we learn?"),
            t.gettext("What do we do differently from now on, with this client or with all?"),
        ),
        DecisionField.NO_REMEDY_POSSIBLE: (
            t.gettext("Why could nothing put it right?"),
            t.gettext("Parting is the last resort, and nothing was tried that did not work."),
        ),
        DecisionField.AGAINST_MAJORITY: (
            t.gettext("Why differently from most of the team?"),
            t.gettext("More than half would do something else. They deserve to know why."),
        ),
        DecisionField.CLIENT_SIDE_WAIVED: (
            t.gettext("Why without the client’s side?"),
            t.gettext("Better: close this, and record the client’s side first."),
        ),
    }
    if outcome is DecisionOutcome.UNDECIDED:
        return t.gettext("Why without a decision?"), t.gettext("Who could not be asked, or knows too little?")
    return asked[part]


def decoded(private_metadata: Any) -> tuple[int, dict[str, str]]:
    """What `encoded` made: the discussion, and what is carried along; raises `ValueError` for anything else."""
    stored = json.loads(private_metadata) if isinstance(private_metadata, str) else None
    if not isinstance(stored, dict) or not isinstance(stored.get("typed"), dict):
        raise ValueError("not the metadata of a decision")
    typed = {str(key): said for key, said in stored["typed"].items() if isinstance(said, str)}
    discussion_id = stored.get("id")
    if not isinstance(discussion_id, int):
        raise ValueError("not the metadata of a decision")
    return discussion_id, typed
