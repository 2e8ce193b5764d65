"""Reading a filled-in card: Slack's values become a `CardChange`, or an error at the field that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from bot.domain.errors import ChoiceUnknownError, DateUnreadableError, NumberInvalidError, TextTooLongError
from bot.domain.model import Agreement, AgreementKind
from bot.domain.names import normalized
from bot.usecases.clients import CardChange
from handlers.features import ids
from handlers.features.clients.forms import (
    CONSUMER,
    CONSUMERS,
    KINDS,
    LANGUAGES,
    MAX_DAYS,
    MAX_REFERENCE_LENGTH,
    MAX_VALUE,
    UNKNOWN,
)
from handlers.slack.action_values import id_in

Fields = Mapping[str, Mapping[str, Any]]


class CardForm(Struct, frozen=True):
    """What was filled in; the people by Slack's user ids, which `change` leaves empty."""

    client_id: int
    owner: str | None
    people: tuple[str, ...]
    change: CardChange


def parse_card_form(view: Mapping[str, Any]) -> CardForm:
    """The form as it was sent; raises a `FlagclientError` with the field that cannot be read."""
    values: Mapping[str, Fields] = view["state"]["values"]
    fields: Fields = {block_id: next(iter(inner.values()), {}) for block_id, inner in values.items()}
    change = CardChange(
        name=_text(fields, ids.CLIENT_FORM_NAME),
        new_aliases=_lines(fields, ids.CLIENT_FORM_ALIASES),
        dropped_aliases=tuple(map(normalized, _chosen_many(fields, ids.CLIENT_FORM_ALIASES_DROP))),
        new_contacts=_lines(fields, ids.CLIENT_FORM_CONTACTS),
        owner_id=None,
        people=(),
        language=_language(fields),
        yearly_value=_number(fields, ids.CLIENT_FORM_VALUE, MAX_VALUE),
        external_reference=_reference(fields),
        agreement=_agreement(fields),
    )
    owner = fields.get(ids.CLIENT_FORM_OWNER, {}).get("selected_user") or None
    people = tuple(fields.get(ids.CLIENT_FORM_PEOPLE, {}).get("selected_users") or ())
    return CardForm(id_in(view["private_metadata"]), owner, people, change)


def _agreement(fields: Fields) -> Agreement:
    consumer = _chosen(fields, ids.CLIENT_FORM_CONSUMER, CONSUMERS)
    return Agreement(
        kind=AgreementKind(_chosen(fields, ids.CLIENT_FORM_KIND, KINDS)),
        ends_on=_day(fields, ids.CLIENT_FORM_ENDS),
        notice_days=_days(fields, ids.CLIENT_FORM_NOTICE),
        payment_days=_days(fields, ids.CLIENT_FORM_PAYMENT),
        is_consumer=None if consumer == UNKNOWN else consumer == CONSUMER,
    )


def _text(fields: Fields, block_id: str) -> str:
    return str(fields.get(block_id, {}).get("value") or "").strip()


def _lines(fields: Fields, block_id: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in _text(fields, block_id).splitlines() if line.strip())


def _chosen(fields: Fields, block_id: str, choices: Mapping[str, str]) -> str:
    chosen = (fields.get(block_id, {}).get("selected_option") or {}).get("value", UNKNOWN)
    if chosen not in choices:
        raise ChoiceUnknownError(field=block_id)
    return str(chosen)


def _chosen_many(fields: Fields, block_id: str) -> tuple[str, ...]:
    options = fields.get(block_id, {}).get("selected_options") or ()
    return tuple(str(option["value"]) for option in options)


def _language(fields: Fields) -> str | None:
    chosen = _chosen(fields, ids.CLIENT_FORM_LANGUAGE, LANGUAGES)
    return None if chosen == UNKNOWN else chosen


def _reference(fields: Fields) -> str | None:
    reference = _text(fields, ids.CLIENT_FORM_REFERENCE)
    if len(reference) > MAX_REFERENCE_LENGTH:
        raise TextTooLongError(field=ids.CLIENT_FORM_REFERENCE, length=len(reference), longest=MAX_REFERENCE_LENGTH)
    return reference or None


def _number(fields: Fields, block_id: str, most: int) -> Decimal | None:
    raw = _text(fields, block_id)
    if not raw:
        return None
    try:
        number = Decimal(raw)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= most:
        raise NumberInvalidError(field=block_id, least=0, most=most)
    return round(number, 2)


def _days(fields: Fields, block_id: str) -> int | None:
    number = _number(fields, block_id, MAX_DAYS)
    if number is not None and number != int(number):
        raise NumberInvalidError(field=block_id, least=0, most=MAX_DAYS)
    return None if number is None else int(number)


def _day(fields: Fields, block_id: str) -> date | None:
    raw = fields.get(block_id, {}).get("selected_date")
    if not raw:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError as error:
        raise DateUnreadableError(field=block_id, text=raw, example="2026-12-31") from error
