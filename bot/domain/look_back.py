"""Looking back on a decision to part: what was expected when it was taken, and what came of it months later."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from bot.domain.amounts import read_number
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import MAX_AMOUNT, MAX_HOURS, text

LOOKED_BACK_AFTER = (3, 12)
"""How many months after a client has left the team looks back."""

MAX_TEXT_LENGTH = 600


class Calm(StrEnum):
    """How much calmer the team's work is, or is expected to become."""

    MUCH = "much"
    SOMEWHAT = "somewhat"
    SAME = "same"
    LESS = "less"


class Right(StrEnum):
    """Whether a decision was right, in hindsight."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Balance(Struct, frozen=True):
    """What comes free without a client: hours a month, money a year in `currency`, and calm; `None` is not said."""

    hours: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    calm: Calm | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether nothing of it was said."""
        return self.hours is None and self.amount is None and self.calm is None


class LookBack(Struct, frozen=True):
    """One look back on a decision, `months` after the client has left; `found` is what came free by then.

    Until `answered_at` nobody has looked back, and what follows is empty.
    """

    id: int
    workspace_id: int
    client_id: int
    decision_id: int
    months: int
    due_on: date
    found: Balance = Balance()
    cost: str = ""
    was_right: Right | None = None
    answered_by_id: int | None = None
    answered_at: datetime | None = None


class Hindsight(Struct, frozen=True):
    """What somebody says when they look back."""

    found: Balance
    cost: str
    was_right: Right


def read_balance(hours: str, amount: str, calm: Calm | None, *, language: str, currency: str) -> Balance:
    """What was filled in; numbers as somebody types them in a language, money in the workspace's `currency`.

    Raises `AmountInvalidError` or `NumberAmbiguousError` with the field `hours` or `amount`.
    """
    with at_field("hours"):
        read_hours = read_number(hours, language, MAX_HOURS)
    with at_field("amount"):
        read_amount = read_number(amount, language, MAX_AMOUNT)
    return Balance(read_hours, read_amount, currency if read_amount is not None else "", calm)


def checked_cost(typed: str) -> str:
    """What it cost, as it is kept; raises `TextTooLongError` with the field `cost`."""
    with at_field("cost"):
        return text(typed, MAX_TEXT_LENGTH)
