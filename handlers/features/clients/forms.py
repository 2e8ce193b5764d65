"""The card of a client as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.domain.amounts import MAX_NUMBER_LENGTH, example, needs_showing, read_number, written
from bot.domain.card_rules import MAX_REFERENCE_LENGTH, MAX_YEARLY_VALUE
from bot.domain.errors import FlagclientError
from bot.domain.message import N_
from bot.domain.model import Client
from bot.domain.names import MAX_NAME_LENGTH, normalized
from bot.language import Language
from bot.language.client_words import LANGUAGE_NAMES
from bot.usecases.clients.card import Card, CardChange
from handlers.features import ids
from handlers.features.clients.agreement_fields import (
    UNKNOWN,
    agreement_fields,
    chosen_of,
    one_of_known,
    read_agreement,
)
from handlers.surface.answers import Answers, refilled
from handlers.surface.form import (
    Field,
    Form,
    Line,
    Lines,
    Option,
    PeopleField,
    PersonField,
    SomeOf,
    page,
)
from handlers.surface.message import Button, Element, Paragraph, button_row, small_print
from handlers.surface.values import id_in

MAX_LINES_LENGTH = 3000
MAX_ALIASES = 100

LANGUAGES: Mapping[str, str] = {UNKNOWN: N_("Not known"), **LANGUAGE_NAMES}


def build_card_form(t: Language, card: Card, currency: str, said: Answers | None = None) -> Form:
    """A form filled in with what is known of the client, or with what was `said` and is to be looked at once more."""
    fields = (
        *_names(t, card),
        *_people(t, card),
        *agreement_fields(t, card.client.agreement),
        *_business(t, card, currency),
    )
    if said is not None:
        fields = tuple(refilled(field, said) if isinstance(field, Field) else field for field in fields)
    shown = said.text(ids.CLIENT_FORM_VALUE) if said else _typed_value(t, card.client)
    return Form(
        id=ids.CLIENT_FORM,
        carried=f"{card.client.id}:{shown}",
        title=t.gettext("The client’s card"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(*fields, *_value_as_read(t, card, currency, said)),
    )


def _typed_value(t: Language, client: Client) -> str:
    return "" if client.yearly_value is None else written(client.yearly_value, t.code)


def _value_as_read(t: Language, card: Card, currency: str, said: Answers | None) -> list[Element]:
    """How the yearly value was read, before it counts."""
    value = _value(said, t.code) if said else None
    if value is None:
        return []
    read = t.money(value, card.client.yearly_currency or currency)
    return [Paragraph(t.gettext("I read this as *{figures}*. Is that right? Then send it again.", figures=read))]


def read_client_id(answers: Answers) -> int:
    """Whose card it is."""
    return id_in(answers.carried.partition(":")[0])


def is_value_unseen(answers: Answers) -> bool:
    """Whether a yearly value was typed that can be misread, and was not shown back yet."""
    typed = answers.text(ids.CLIENT_FORM_VALUE)
    # Windows that were open during an upgrade carry the client alone.
    _, is_shown, shown = answers.carried.partition(":")
    return bool(is_shown) and needs_showing(typed) and typed != shown


def build_saved(t: Language, client: Client) -> Form:
    """That the card was saved, and the way to the dossier."""
    saved = t.gettext("The card of *{client}* is saved.", client=client.name)
    dossier = Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(client.id))
    return page(t.gettext("The client’s card"), t.gettext("Close"), [Paragraph(saved), button_row(dossier)])


def read_card_form(answers: Answers, language: str) -> CardChange:
    """The card as it was filled in, numbers as the person's language writes them.

    Raises a `FlagclientError` at the field that cannot be read.
    """
    return CardChange(
        name=answers.text(ids.CLIENT_FORM_NAME).strip(),
        new_aliases=answers.lines(ids.CLIENT_FORM_ALIASES),
        dropped_aliases=tuple(map(normalized, answers.all(ids.CLIENT_FORM_ALIASES_DROP))),
        new_contacts=answers.lines(ids.CLIENT_FORM_CONTACTS),
        owner_id=answers.person_if_any(ids.CLIENT_FORM_OWNER),
        people=answers.people(ids.CLIENT_FORM_PEOPLE),
        language=chosen_of(answers, ids.CLIENT_FORM_LANGUAGE, LANGUAGES),
        yearly_value=_value(answers, language),
        external_reference=answers.text(ids.CLIENT_FORM_REFERENCE).strip() or None,
        agreement=read_agreement(answers),
    )


def _value(answers: Answers, language: str) -> Decimal | None:
    try:
        return read_number(answers.text(ids.CLIENT_FORM_VALUE), language, Decimal(MAX_YEARLY_VALUE))
    except FlagclientError as error:
        error.field = ids.CLIENT_FORM_VALUE
        raise


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


def _business(t: Language, card: Card, currency: str) -> Sequence[Field]:
    client = card.client
    return (
        Line(
            id=ids.CLIENT_FORM_VALUE,
            label=t.gettext("Yearly value in {currency}", currency=client.yearly_currency or currency),
            text=_typed_value(t, client),
            hint=t.gettext("Such as {example}.", example=example(t.code)),
            max_length=MAX_NUMBER_LENGTH,
            is_optional=True,
        ),
        one_of_known(
            t, ids.CLIENT_FORM_LANGUAGE, t.gettext("The client’s language"), LANGUAGES, client.language or UNKNOWN
        ),
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
