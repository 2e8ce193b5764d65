"""What may stand on a client's card: how large numbers can be, and how long a reference."""

from __future__ import annotations

from decimal import Decimal

from bot.domain.agreement import Agreement
from bot.domain.errors import NumberInvalidError, TextTooLongError

MAX_REFERENCE_LENGTH = 200
MAX_YEARLY_VALUE = 999_999_999_999
MAX_DAYS = 3650
"""The longest notice period and payment term."""
MAX_MONTHS = 120
"""The longest term that an agreement is renewed for."""


def check_card(agreement: Agreement, yearly_value: Decimal | None, external_reference: str | None) -> None:
    """Raises `NumberInvalidError` or `TextTooLongError` at the field that does not fit."""
    for field, number, most in (
        ("yearly_value", yearly_value, MAX_YEARLY_VALUE),
        ("notice", agreement.notice.count if agreement.notice else None, MAX_DAYS),
        ("payment_days", agreement.payment_days, MAX_DAYS),
        ("renewed_months", agreement.renewed_months, MAX_MONTHS),
    ):
        if number is not None and not 0 <= number <= most:
            raise NumberInvalidError(field=field, least=0, most=most)
    length = len(external_reference or "")
    if length > MAX_REFERENCE_LENGTH:
        raise TextTooLongError(field="external_reference", length=length, longest=MAX_REFERENCE_LENGTH)
