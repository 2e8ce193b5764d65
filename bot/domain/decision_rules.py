"""What a decision takes: the guards, as pure functions of the draft and of what is so at that moment.

`asked_of` says which fields an outcome asks for; the form draws them and `checked` insists on them, so the two cannot
drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_errors import (
    ClientSideMissingError,
    DecisionDateError,
    DeviationReasonMissingError,
    LastResortError,
    LetterSentError,
    QuorumMissingError,
    QuorumThereError,
    RemedyMissingError,
    ReopenImpossibleError,
    ViewsHiddenError,
)
from bot.domain.errors import FlagclientError, TextMissingError
from bot.domain.evaluation import ClientStatement, ViewChoice
from bot.domain.evaluation_rules import Tally, at_field
from bot.domain.flag_rules import text
from bot.domain.look_back import Balance
from bot.domain.model import Discussion
from bot.domain.remedy_rules import RemedyDraft

MAX_TEXT_LENGTH = 600
MAX_DAYS = 3 * 366
LOOK_AGAIN_DAYS = 90
"""When to look again, unless somebody says otherwise."""

HEARD_DAYS = 30
"""The client's side counts for a discussion when it was heard at most so many days before that opened."""

_AS_VIEW = {
    DecisionOutcome.KEEP: ViewChoice.KEEP,
    DecisionOutcome.PUT_RIGHT: ViewChoice.PUT_RIGHT,
    DecisionOutcome.PART: ViewChoice.PART,
}


class DecisionField(StrEnum):
    """What an outcome can ask for; the value is the name of a field of `DecisionDraft`."""

    REASON = "reason"
    LEARNED = "learned"
    REMEDY = "remedy"
    NEXT_ON = "next_on"
    AGAINST_MAJORITY = "against_majority"
    NO_REMEDY_POSSIBLE = "no_remedy_possible"
    CLIENT_SIDE_WAIVED = "client_side_waived"


TEXTS = (
    DecisionField.REASON,
    DecisionField.LEARNED,
    DecisionField.AGAINST_MAJORITY,
    DecisionField.NO_REMEDY_POSSIBLE,
    DecisionField.CLIENT_SIDE_WAIVED,
)

_MISSING: dict[DecisionField, type[FlagclientError]] = {
    DecisionField.AGAINST_MAJORITY: DeviationReasonMissingError,
    DecisionField.NO_REMEDY_POSSIBLE: LastResortError,
    DecisionField.CLIENT_SIDE_WAIVED: ClientSideMissingError,
}


class DecisionDraft(Struct, frozen=True):
    """A decision as somebody fills it in. Fields that its outcome does not ask for are dropped when it is checked.

    `forecast` is what parting is expected to bring, where anybody says so.
    """

    outcome: DecisionOutcome
    reason: str = ""
    next_on: date | None = None
    learned: str = ""
    against_majority: str = ""
    no_remedy_possible: str = ""
    client_side_waived: str = ""
    remedy: RemedyDraft | None = None
    forecast: Balance | None = None


class Circumstances(Struct, frozen=True):
    """What is so when a decision is taken, `today` in the workspace's zone.

    `tally` is `None` while the views are hidden, until `views_by` at most. `tried_until` is the last day of what is
    being tried at this moment, `None` when nothing is.
    """

    today: date
    views_by: date
    tally: Tally | None
    is_side_known: bool
    has_failed_remedy: bool
    tried_until: date | None = None


def is_side_known(discussion: Discussion, opened_on: date, statements: Iterable[ClientStatement]) -> bool:
    """Whether the client's side counts as heard for a discussion: recorded in it, or shortly before it opened."""
    since = opened_on - timedelta(days=HEARD_DAYS)
    return any(one.discussion_id == discussion.id or one.said_on >= since for one in statements)


def refuse_unless_decidable(circumstances: Circumstances, outcome: DecisionOutcome | None = None) -> None:
    """Raise `ViewsHiddenError`, `QuorumMissingError` or `QuorumThereError` where nothing, or not this, can be decided.

    Without an outcome only hidden views are in the way: then it is still open which outcomes there are.
    """
    tally = circumstances.tally
    if tally is None:
        raise ViewsHiddenError(date=circumstances.views_by)
    if outcome is None:
        return
    if outcome is DecisionOutcome.UNDECIDED and tally.has_quorum:
        raise QuorumThereError
    if outcome is not DecisionOutcome.UNDECIDED and not tally.has_quorum:
        raise QuorumMissingError


def possible_outcomes(circumstances: Circumstances) -> tuple[DecisionOutcome, ...]:
    """What can be decided: on too few views only that nothing is; nothing at all while the views are hidden."""
    if circumstances.tally is None:
        return ()
    return tuple(_AS_VIEW) if circumstances.tally.has_quorum else (DecisionOutcome.UNDECIDED,)


def is_against_majority(outcome: DecisionOutcome, circumstances: Circumstances) -> bool:
    """Whether most of those with a view would do something else."""
    majority = circumstances.tally.majority if circumstances.tally else None
    return majority is not None and outcome in _AS_VIEW and _AS_VIEW[outcome] is not majority


def asked_of(outcome: DecisionOutcome, circumstances: Circumstances) -> tuple[DecisionField, ...]:
    """The fields that an outcome asks for as things stand, in the order of the form."""
    is_decision = outcome is not DecisionOutcome.UNDECIDED
    asked = {
        DecisionField.REASON: True,
        DecisionField.LEARNED: outcome is DecisionOutcome.KEEP,
        DecisionField.NO_REMEDY_POSSIBLE: outcome is DecisionOutcome.PART and not circumstances.has_failed_remedy,
        DecisionField.AGAINST_MAJORITY: is_against_majority(outcome, circumstances),
        DecisionField.CLIENT_SIDE_WAIVED: is_decision and not circumstances.is_side_known,
        DecisionField.NEXT_ON: outcome is not DecisionOutcome.PUT_RIGHT,
        DecisionField.REMEDY: outcome is DecisionOutcome.PUT_RIGHT and circumstances.tried_until is None,
    }
    return tuple(field for field, is_asked in asked.items() if is_asked)


def checked(draft: DecisionDraft, circumstances: Circumstances) -> DecisionDraft:
    """The draft as it is kept: texts trimmed, everything that its outcome asks for there, and nothing else.

    What is tried comes along where it is given, even when something is tried already; its own fields are checked when
    it starts. Raises the first thing that is missing or wrong, at its field.
    """
    refuse_unless_decidable(circumstances, draft.outcome)
    asked = asked_of(draft.outcome, circumstances)
    texts = {field: _checked_text(draft, field) if field in asked else "" for field in TEXTS}
    if DecisionField.REMEDY in asked and draft.remedy is None:
        raise RemedyMissingError(field=DecisionField.REMEDY)
    next_on = _checked_date(draft, circumstances) if DecisionField.NEXT_ON in asked else None
    remedy = draft.remedy if draft.outcome is DecisionOutcome.PUT_RIGHT else None
    forecast = draft.forecast if draft.outcome is DecisionOutcome.PART else None
    return DecisionDraft(draft.outcome, next_on=next_on, remedy=remedy, forecast=forecast, **texts)


def _checked_text(draft: DecisionDraft, field: DecisionField) -> str:
    typed: str = getattr(draft, field)
    with at_field(field):
        said = text(typed, MAX_TEXT_LENGTH)
        if not said:
            raise _MISSING.get(field, TextMissingError)
    return said


def date_range(outcome: DecisionOutcome, today: date) -> tuple[date, date]:
    """The first and last day that `next_on` may be: an end date from today on, looking again from tomorrow on."""
    first = today if outcome is DecisionOutcome.PART else today + timedelta(days=1)
    return first, today + timedelta(days=MAX_DAYS)


def _checked_date(draft: DecisionDraft, circumstances: Circumstances) -> date:
    first, last = date_range(draft.outcome, circumstances.today)
    if draft.next_on is None or not first <= draft.next_on <= last:
        raise DecisionDateError(field=DecisionField.NEXT_ON, first=first, last=last)
    return draft.next_on


def checked_last_day(end_on: date, today: date) -> date:
    """The last day with a client that is leaving; raises `DecisionDateError` at the field `end_on`."""
    first, last = date_range(DecisionOutcome.PART, today)
    if not first <= end_on <= last:
        raise DecisionDateError(field="end_on", first=first, last=last)
    return end_on


def put_off_range(today: date) -> tuple[date, date]:
    """The first and last day until which a client that was to have left can still stay."""
    return today + timedelta(days=1), today + timedelta(days=MAX_DAYS)


def checked_put_off(until: date, today: date) -> date:
    """The day until which a client that was to have left stays; raises `DecisionDateError` at the field `until`."""
    first, last = put_off_range(today)
    if not first <= until <= last:
        raise DecisionDateError(field="until", first=first, last=last)
    return until


def needs_second(outcome: DecisionOutcome, maker_id: int, reviewer_ids: Iterable[int]) -> bool:
    """Whether another reviewer has to confirm: parting, where there is one who is still here."""
    return outcome is DecisionOutcome.PART and any(reviewer_id != maker_id for reviewer_id in reviewer_ids)


def refuse_unless_reopenable(decision: Decision, *, is_newest: bool, has_left: bool) -> None:
    """Raise `LetterSentError` or `ReopenImpossibleError` unless a decision can be reopened.

    `is_newest` says that nothing was discussed or decided about the client since, `has_left` that the client is gone.
    """
    if decision.letter_sent_at is not None:
        raise LetterSentError
    if decision.state is not DecisionState.TAKEN or not is_newest or has_left:
        raise ReopenImpossibleError
