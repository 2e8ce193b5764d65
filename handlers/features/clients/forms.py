"""The card of a client as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.domain.card_rules import MAX_DAYS, MAX_REFERENCE_LENGTH, MAX_YEARLY_VALUE
from bot.domain.errors import ChoiceUnknownError
from bot.domain.message import N_
from bot.domain.model import Agreement, AgreementKind, Client
from bot.domain.names import MAX_NAME_LENGTH, normalized
from bot.language import Language
from bot.usecases.clients.card import Card, CardChange
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import (
    Day,
    Field,
    Form,
    Line,
    Lines,
    Number,
    OneOf,
    Option,
    PeopleField,
    PersonField,
    SomeOf,
    page,
)
from handlers.surface.message import Button, Element, Paragraph, button_row, small_print

MAX_LINES_LENGTH = 3000
MAX_ALIASES = 100

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


def build_card_form(t: Language, card: Card, currency: str) -> Form:
    """A form filled in with what is known of the client."""
    return Form(
        id=ids.CLIENT_FORM,
        carried=str(card.client.id),
        title=t.gettext("The client’s card"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            *_names(t, card),
            *_people(t, card),
            *_agreement(t, card.client.agreement),
            *_business(t, card, currency),
        ),
    )


def build_saved(t: Language, client: Client) -> Form:
    """That the card was saved, and the way to the dossier."""
    saved = t.gettext("The card of *{client}* is saved.", client=client.name)
    dossier = Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(client.id))
    return page(t.gettext("The client’s card"), t.gettext("Close"), [Paragraph(saved), button_row(dossier)])


def read_card_form(answers: Answers) -> CardChange:
    """The card as it was filled in; raises a `FlagclientError` at the field that cannot be read."""
    return CardChange(
        name=answers.text(ids.CLIENT_FORM_NAME).strip(),
        new_aliases=answers.lines(ids.CLIENT_FORM_ALIASES),
        dropped_aliases=tuple(map(normalized, answers.all(ids.CLIENT_FORM_ALIASES_DROP))),
        new_contacts=answers.lines(ids.CLIENT_FORM_CONTACTS),
        owner_id=answers.person_if_any(ids.CLIENT_FORM_OWNER),
        people=answers.people(ids.CLIENT_FORM_PEOPLE),
        language=_chosen(answers, ids.CLIENT_FORM_LANGUAGE, LANGUAGES),
        yearly_value=_value(answers),
        external_reference=answers.text(ids.CLIENT_FORM_REFERENCE).strip() or None,
        agreement=_read_agreement(answers),
    )


def _read_agreement(answers: Answers) -> Agreement:
    consumer = _chosen(answers, ids.CLIENT_FORM_CONSUMER, CONSUMERS)
    return Agreement(
        kind=AgreementKind(_chosen(answers, ids.CLIENT_FORM_KIND, KINDS) or UNKNOWN),
        ends_on=answers.day_if_any(ids.CLIENT_FORM_ENDS),
        notice_days=answers.whole_number(ids.CLIENT_FORM_NOTICE, 0, MAX_DAYS),
        payment_days=answers.whole_number(ids.CLIENT_FORM_PAYMENT, 0, MAX_DAYS),
        is_consumer=None if consumer is None else consumer == CONSUMER,
    )


def _value(answers: Answers) -> Decimal | None:
    value = answers.number(ids.CLIENT_FORM_VALUE, 0, MAX_YEARLY_VALUE)
    return None if value is None else round(value, 2)


def _chosen(answers: Answers, field: str, choices: Mapping[str, str]) -> str | None:
    """What was chosen, `None` for what is not known; raises `ChoiceUnknownError` for what is none of `choices`."""
    chosen = answers.text(field) or UNKNOWN
    if chosen not in choices:
        raise ChoiceUnknownError(field=field)
    return None if chosen == UNKNOWN else chosen


def _names(t: Language, card: Card) -> Sequence[Field]:
    name = Line(
        id=ids.CLIENT_FORM_NAME,
        label=t.gettext("Name"),
        text=card.client.name,
        max_length=MAX_NAME_LENGTH,
        hint=t.gettext("After a change of name the client is still found by the old one."),
    )
    more = _lines(t, ids.CLIENT_FORM_ALIASES, t.gettext("Other names to add"))
    if not card.aliases:
        return name, more
    label = t.gettext("Other names to remove")
    options = tuple(Option(alias.name, alias.name) for alias in card.aliases[:MAX_ALIASES])
    drop = SomeOf(id=ids.CLIENT_FORM_ALIASES_DROP, label=label, options=options, in_sight=False, is_optional=True)
    return name, more, drop


def _people(t: Language, card: Card) -> Sequence[Field | Element]:
    owner = PersonField(
        id=ids.CLIENT_FORM_OWNER,
        label=t.gettext("Who looks after this client"),
        chosen=card.client.owner_id,
        is_optional=True,
    )
    people = PeopleField(
        id=ids.CLIENT_FORM_PEOPLE, label=t.gettext("Who deals with this client"), chosen=card.people, is_optional=True
    )
    contacts = _lines(t, ids.CLIENT_FORM_CONTACTS, t.gettext("Contacts at the client to add"))
    if not card.contacts:
        return owner, people, contacts
    known = t.gettext("Known contacts: {contacts}", contacts=", ".join(card.contacts))
    return owner, people, contacts, small_print(known)


def _agreement(t: Language, agreement: Agreement) -> Sequence[Field]:
    consumer = UNKNOWN if agreement.is_consumer is None else CONSUMER if agreement.is_consumer else BUSINESS
    return (
        _choice(t, ids.CLIENT_FORM_KIND, t.gettext("Agreement"), KINDS, agreement.kind.value),
        Day(id=ids.CLIENT_FORM_ENDS, label=t.gettext("Agreement ends on"), chosen=agreement.ends_on, is_optional=True),
        _days(ids.CLIENT_FORM_NOTICE, t.gettext("Notice period in days"), agreement.notice_days),
        _days(ids.CLIENT_FORM_PAYMENT, t.gettext("Payment term in days"), agreement.payment_days),
        _choice(t, ids.CLIENT_FORM_CONSUMER, t.gettext("Consumer or business"), CONSUMERS, consumer),
    )


def _business(t: Language, card: Card, currency: str) -> Sequence[Field]:
    client = card.client
    return (
        Number(
            id=ids.CLIENT_FORM_VALUE,
            label=t.gettext("Yearly value in {currency}", currency=currency),
            text=_typed(client.yearly_value),
            maximum=str(MAX_YEARLY_VALUE),
            is_optional=True,
        ),
        _choice(t, ids.CLIENT_FORM_LANGUAGE, t.gettext("The client’s language"), LANGUAGES, client.language or UNKNOWN),
        Line(
            id=ids.CLIENT_FORM_REFERENCE,
            label=t.gettext("Reference in another system"),
            text=client.external_reference or "",
            max_length=MAX_REFERENCE_LENGTH,
            is_optional=True,
        ),
    )


def _lines(t: Language, field: str, label: str) -> Field:
    return Lines(
        id=field, label=label, max_length=MAX_LINES_LENGTH, hint=t.gettext("One on each line."), is_optional=True
    )


def _days(field: str, label: str, days: int | None) -> Field:
    return Number(id=field, label=label, text=_typed(days), maximum=str(MAX_DAYS), is_whole=True, is_optional=True)


def _typed(number: Decimal | int | None) -> str:
    return "" if number is None else str(number)


def _choice(t: Language, field: str, label: str, choices: Mapping[str, str], chosen: str) -> Field:
    options = tuple(Option(t.gettext(message), value) for value, message in choices.items())
    return OneOf(
        id=field, label=label, options=options, chosen=chosen if chosen in choices else UNKNOWN, in_sight=False
    )
