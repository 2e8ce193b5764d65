"""What can be tried to put things right, apart from any one attempt: letters know this much and no more."""

from __future__ import annotations

from enum import StrEnum


class RemedyKind(StrEnum):
    """What is tried."""

    CONVERSATION = "conversation"
    WRITTEN_BOUNDARY = "written_boundary"
    CHANGED_APPROACH = "changed_approach"
    OTHER_CONTACT = "other_contact"
    NEW_AGREEMENT = "new_agreement"
    PREPAYMENT = "prepayment"
    PAYMENT_PLAN = "payment_plan"
    HIGHER_PRICE = "higher_price"
    PAUSE = "pause"
    FINAL_WARNING = "final_warning"
