"""The card of a client as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.message import N_
from bot.domain.model import AgreementKind, Client
from bot.domain.names import MAX_NAME_LENGTH
from bot.language import Language
from bot.usecases.clients import Card
from handlers.features import ids
from handlers.features.clients.merge import build_told
from handlers.slack.render.fragments import actions, button, context, option, section
from handlers.slack.render.reading import Reading

MAX_REFERENCE_LENGTH = 200
MAX_LINES_LENGTH = 3000
MAX_ALIASES = 100
MAX_VALUE = 999_999_999_999
MAX_DAYS = 3650

UNKNOWN = "unknown"
CONSUMER = "consumer"
BUSINESS = "business"

KINDS: Mapping[str, str] = {
    AgreementKind.UNKNOWN.value: N_("Not known"),
    AgreementKind.FIXED.value: N_("For a fixed term"),
    AgreementKind.OPEN_ENDED.value: N_("Open-ended"),
}
CONSUMERS: Mapping[str, str] = {UNKNOWN: N_("Not known"), CONSUMER: N_("A consumer"), BUSINESS: N_("A business")}
LANGUAGES: Mapping[str, str] = {UNKNOWN: N_("Not known"), "nl": N_("Dutch"), "en": N_("English")}


def build_card_form(reading: Reading, card: Card, currency: str) -> View:
    """A form filled in with what is known of the client."""
    t = reading.language
    blocks: list[Block] = [
        *_names(t, card),
        *_people(reading, card),
        *_agreement(t, card),
        *_business(t, card, currency),
    ]
    return View(
        type="modal",
        callback_id=ids.CLIENT_FORM,
        private_metadata=str(card.client.id),
        title=PlainTextObject(text=t.gettext("The client’s card")),
        submit=PlainTextObject(text=t.gettext("Save")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=blocks,
    )


def build_saved(reading: Reading, client: Client) -> View:
    """That the card was saved, and the way to the dossier."""
    t = reading.language
    return build_told(
        reading,
        t.gettext("The client’s card"),
        [
            section(t.gettext("The card of *{client}* is saved.", client=client.name)),
            actions(button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(client.id))),
        ],
    )


def _names(t: Language, card: Card) -> list[Block]:
    blocks: list[Block] = [
        _input(
            ids.CLIENT_FORM_NAME,
            t.gettext("Name"),
            PlainTextInputElement(
                action_id=ids.CLIENT_FORM_NAME, initial_value=card.client.name, max_length=MAX_NAME_LENGTH
            ),
            optional=False,
            hint=t.gettext("After a change of name the client is still found by the old one."),
        ),
        _lines(ids.CLIENT_FORM_ALIASES, t.gettext("Other names to add"), t.gettext("One on each line.")),
    ]
    if card.aliases:
        options = [option(alias.name, alias.name) for alias in card.aliases[:MAX_ALIASES]]
        element = StaticMultiSelectElement(action_id=ids.CLIENT_FORM_ALIASES_DROP, options=options)
        blocks.append(_input(ids.CLIENT_FORM_ALIASES_DROP, t.gettext("Other names to remove"), element))
    return blocks


def _people(reading: Reading, card: Card) -> list[Block]:
    t = reading.language
    owner = reading.users.get(card.client.owner_id) if card.client.owner_id is not None else None
    people = [reading.users[person] for person in card.people if person in reading.users]
    known = ", ".join(card.contacts)
    blocks: list[Block] = [
        _input(
            ids.CLIENT_FORM_OWNER,
            t.gettext("Who looks after this client"),
            UserSelectElement(action_id=ids.CLIENT_FORM_OWNER, initial_user=owner),
        ),
        _input(
            ids.CLIENT_FORM_PEOPLE,
            t.gettext("Who deals with this client"),
            UserMultiSelectElement(action_id=ids.CLIENT_FORM_PEOPLE, initial_users=people or None),
        ),
        _lines(ids.CLIENT_FORM_CONTACTS, t.gettext("Contacts at the client to add"), t.gettext("One on each line.")),
    ]
    if known:
        blocks.append(context(t.gettext("Known contacts: {contacts}", contacts=known)))
    return blocks


def _agreement(t: Language, card: Card) -> list[Block]:
    agreement = card.client.agreement
    consumer = UNKNOWN if agreement.is_consumer is None else CONSUMER if agreement.is_consumer else BUSINESS
    ends_on = agreement.ends_on.isoformat() if agreement.ends_on else None
    return [
        _select(t, ids.CLIENT_FORM_KIND, t.gettext("Agreement"), KINDS, agreement.kind.value),
        _input(
            ids.CLIENT_FORM_ENDS,
            t.gettext("Agreement ends on"),
            DatePickerElement(action_id=ids.CLIENT_FORM_ENDS, initial_date=ends_on),
        ),
        _number(ids.CLIENT_FORM_NOTICE, t.gettext("Notice period in days"), agreement.notice_days, MAX_DAYS),
        _number(ids.CLIENT_FORM_PAYMENT, t.gettext("Payment term in days"), agreement.payment_days, MAX_DAYS),
        _select(t, ids.CLIENT_FORM_CONSUMER, t.gettext("Consumer or business"), CONSUMERS, consumer),
    ]


def _business(t: Language, card: Card, currency: str) -> list[Block]:
    client = card.client
    reference = PlainTextInputElement(
        action_id=ids.CLIENT_FORM_REFERENCE,
        initial_value=client.external_reference,
        max_length=MAX_REFERENCE_LENGTH,
    )
    value = _number(
        ids.CLIENT_FORM_VALUE,
        t.gettext("Yearly value in {currency}", currency=currency),
        client.yearly_value,
        MAX_VALUE,
        is_decimal=True,
    )
    written_in = client.language if client.language in LANGUAGES else UNKNOWN
    return [
        value,
        _select(t, ids.CLIENT_FORM_LANGUAGE, t.gettext("The client’s language"), LANGUAGES, written_in),
        _input(ids.CLIENT_FORM_REFERENCE, t.gettext("Reference in another system"), reference),
    ]


def _input(
    block_id: str, label: str, element: InputInteractiveElement, *, optional: bool = True, hint: str | None = None
) -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label),
        element=element,
        optional=optional,
        hint=PlainTextObject(text=hint) if hint else None,
    )


def _lines(block_id: str, label: str, hint: str) -> InputBlock:
    element = PlainTextInputElement(action_id=block_id, multiline=True, max_length=MAX_LINES_LENGTH)
    return _input(block_id, label, element, hint=hint)


def _number(block_id: str, label: str, value: Any, most: int, *, is_decimal: bool = False) -> InputBlock:
    element = NumberInputElement(
        action_id=block_id,
        is_decimal_allowed=is_decimal,
        initial_value=None if value is None else str(value),
        min_value="0",
        max_value=str(most),
    )
    return _input(block_id, label, element)


def _select(t: Language, block_id: str, label: str, choices: Mapping[str, str], chosen: str | None) -> InputBlock:
    options = [option(t.gettext(message), value) for value, message in choices.items()]
    initial: Option | None = next((one for one in options if one.value == chosen), None)
    element = StaticSelectElement(action_id=block_id, options=options, initial_option=initial)
    return _input(block_id, label, element, optional=False)
