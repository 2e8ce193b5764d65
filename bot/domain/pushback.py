"""What a client asks or says after a letter, and what it calls for: a calm reply, or something else altogether."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.agreement import months_later
from bot.domain.errors import FlagclientError
from bot.domain.message import N_

MAX_SAID_LENGTH = 3000


class PushbackKind(StrEnum):
    """What the client does; the last six are no pushback, and are treated as what they are."""

    RENEGOTIATE = "renegotiate"
    DISPUTE = "dispute"
    ONE_MORE_THING = "one_more_thing"
    INVOICE_REFUSED = "invoice_refused"
    BAD_REVIEW = "bad_review"
    AROUND = "around"
    SILENCE = "silence"
    CLAIM = "claim"
    DATA_REQUEST = "data_request"
    COMPLAINT = "complaint"
    ABUSE = "abuse"
    THREAT = "threat"


SAFETY_FIRST = frozenset({PushbackKind.ABUSE, PushbackKind.THREAT})
"""Nobody answers these at once, or alone: people come first."""

SETTLED_LATER = frozenset({PushbackKind.CLAIM, PushbackKind.DATA_REQUEST, PushbackKind.COMPLAINT}) | SAFETY_FIRST
"""What somebody has to see to until it is settled."""

HAS_REPLY = frozenset(PushbackKind) - SAFETY_FIRST
"""To these there is a calm reply to send."""


class Pushback(Struct, frozen=True):
    """Something that a client asked or said after the letter of a decision; `said` is as a colleague noted it.

    `answer_by` is the day by which a request for data has to be answered. `settled_at` says that it is seen to.
    """

    id: int
    workspace_id: int
    client_id: int
    decision_id: int
    letter_id: int
    kind: PushbackKind
    said: str
    said_on: date
    recorded_by_id: int
    recorded_at: datetime
    answer_by: date | None = None
    settled_by_id: int | None = None
    settled_at: datetime | None = None


class SaidInFutureError(FlagclientError):
    """Something is noted as said on a day to come."""

    message = N_("That day is still to come. When did they say it?")


def answer_by(kind: PushbackKind, said_on: date) -> date | None:
    """By which day a request for data has to be answered: within a month of the day it came (GDPR, article 12(3)).

    A month ends on the same day of the next one, or on its last day where that has fewer.
    """
    return months_later(said_on, 1) if kind is PushbackKind.DATA_REQUEST else None
