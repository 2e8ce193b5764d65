"""Reading the form of a decision: what it is about, what was typed so far, and the draft that it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bot.domain.decision import DecisionOutcome
from bot.domain.decision_rules import DecisionDraft, DecisionField
from bot.domain.errors import ChoiceUnknownError, FlagclientError, NotFoundError
from bot.domain.remedy_rules import RemedyDraft
from handlers.features import ids
from handlers.features.decision.forms import BLOCKS, FormState, decoded, next_on_block
from handlers.slack.action_values import id_in
from handlers.slack.remedies.form_reading import (
    RemedyForm,
    Values,
    at_its_field,
    element,
    parse_day,
    parse_remedy,
)


class ReadDecision(Struct, frozen=True):
    """The form as it was filled in; `remedy` is what is to be tried, its owner still a Slack user."""

    discussion_id: int
    outcome: DecisionOutcome
    values: Values
    remedy: RemedyForm | None

    def draft(self, remedy: RemedyDraft | None) -> DecisionDraft:
        """The draft, with what is to be tried as we know it; raises `DateUnreadableError` at the day."""
        block_id = next_on_block(self.outcome)
        return DecisionDraft(
            outcome=self.outcome,
            reason=self._text(DecisionField.REASON),
            next_on=parse_day(self.values, block_id) if block_id in self.values else None,
            learned=self._text(DecisionField.LEARNED),
            against_majority=self._text(DecisionField.AGAINST_MAJORITY),
            no_remedy_possible=self._text(DecisionField.NO_REMEDY_POSSIBLE),
            client_side_waived=self._text(DecisionField.CLIENT_SIDE_WAIVED),
            remedy=remedy,
        )

    def _text(self, part: DecisionField) -> str:
        return str(element(self.values, BLOCKS[part]).get("value") or "")


def read_decision_values(view: Mapping[str, Any]) -> ReadDecision:
    """What was filled in when the form is sent; raises a `FlagclientError` with the field that cannot be read."""
    values: Values = view["state"]["values"]
    outcome = _outcome(values)
    if outcome is None:
        raise ChoiceUnknownError(field=ids.DECISION_OUTCOME)
    has_remedy = outcome is DecisionOutcome.PUT_RIGHT and ids.REMEDY_KIND in values
    remedy = parse_remedy(values) if has_remedy else None
    return ReadDecision(_carried(view)[0], outcome, values, remedy)


def read_state(view: Mapping[str, Any], user: str) -> tuple[int, FormState]:
    """The discussion and everything chosen and typed so far, also what the form does not show at this moment."""
    discussion_id, hidden = _carried(view)
    values: Values = view["state"]["values"]
    typed = {block_id: said for block_id in values if (said := _said(element(values, block_id)))}
    return discussion_id, FormState(user, _outcome(values), {**hidden, **typed})


def _carried(view: Mapping[str, Any]) -> tuple[int, dict[str, str]]:
    try:
        discussion_id, hidden = decoded(view.get("private_metadata"))
    except ValueError:
        raise NotFoundError from None
    return id_in(str(discussion_id)), hidden


def _outcome(values: Values) -> DecisionOutcome | None:
    chosen = (element(values, ids.DECISION_OUTCOME).get("selected_option") or {}).get("value")
    return DecisionOutcome(chosen) if chosen in list(DecisionOutcome) else None


def _said(found: Mapping[str, Any]) -> str:
    chosen = (found.get("selected_option") or {}).get("value")
    for said in (found.get("value"), chosen, found.get("selected_date"), found.get("selected_user")):
        if isinstance(said, str) and said:
            return said
    return ""


def at_its_block(error: FlagclientError, outcome: DecisionOutcome) -> FlagclientError:
    """The same error, with the block of the form in place of the part of the draft."""
    if error.field == DecisionField.NEXT_ON:
        error.field = next_on_block(outcome)
    elif error.field in set(DecisionField):
        error.field = BLOCKS[DecisionField(error.field)]
    return at_its_field(error)
