"""What the headings of lists from bookkeeping and customer programs mean, in Dutch and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import product

from msgspec import Struct

from bot.domain.names import without_accents


class Column(StrEnum):
    """What a column holds; `OTHER` is a heading that we know and have no use for."""

    NAME = "name"
    ALIASES = "aliases"
    CONTACTS = "contacts"
    FIRST_NAME = "first name"
    INFIX = "infix"
    LAST_NAME = "last name"
    OWNER = "owner"
    REFERENCE = "reference"
    OTHER = "other"


class Heading(Struct, frozen=True):
    """A heading that is known; of several for one thing the lowest `rank` serves best.

    A bare word (`is_bare`), such as "Debiteur" or "Relatie", is the name in some programs and the number in others.
    """

    column: Column
    rank: int = 0
    is_bare: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CONTACT_NAME = 3
"""The rank of a name that is the client's where there is no other: Xero calls its clients contacts."""

TITLE = 4
"""The rank of a title, which is what some programs call a name, and others "Mr" and "Dr"."""

OF_A_PROGRAM = 1
"""The rank of owners that another program calls so: it knows them by names, addresses or ids of its own."""

RECORD_ID = 3
"""The rank of an id that a program gives to each line: of a client, or of a person who works there."""

_CLIENT_WORDS = _words(
    "klant klanten client clients debiteur debiteuren relatie relaties bedrijf bedrijfs bedrijven organisatie "
    "organisaties onderneming opdrachtgever afnemer firma deelnemer cursist company companies customer customers "
    "account accounts organization organisation business debtor"
)
_NAME_WORDS = ("naam", "name", "fullname")
_NUMBER_WORDS = _words("nummer nr no number num code kenmerk ref reference referentie")
_OF_WORDS = ("", "van", "vande", "vanhet", "of", "ofthe")

_SPLIT_NAME = {
    Column.FIRST_NAME: ("voornaam", "firstname", "givenname", "roepnaam", "voorletters", "initialen", "initials"),
    Column.INFIX: ("tussenvoegsel", "tussenvoegsels", "middlename", "middelstenaam", "infix"),
    Column.LAST_NAME: ("achternaam", "lastname", "surname", "familyname", "familienaam"),
}

_WORDS: tuple[tuple[Heading, str], ...] = (
    (Heading(Column.NAME, 1), "naam name namen names naamvoluit volledigenaam fullname statutairenaam legalname"),
    (Heading(Column.NAME, CONTACT_NAME), "weergavenaam displayname fileas opslaanals contactname contactnaam"),
    (
        Heading(Column.ALIASES),
        "alias aliases aliassen othernames anderenamen handelsnaam handelsnamen tradename tradenames tradingname dba "
        "doingbusinessas alsoknownas aka ookbekendals kortenaam verkortenaam shortname",
    ),
    (
        Heading(Column.CONTACTS),
        "contact contacts contactpersoon contactpersonen contactperson contactpersons contactpersonnaam "
        "contactpersoonnaam naamcontactpersoon contactpersonname nameofcontactperson personname primarycontact "
        "maincontact primairecontactpersoon hoofdcontact hoofdcontactpersoon aanspreekpunt tav attn attention",
    ),
    (Heading(Column.OWNER), "owner eigenaar accountmanager"),
    (Heading(Column.OWNER, OF_A_PROGRAM), "contactowner relatiebeheerder relatiemanager dossierbeheerder beheerder"),
    (Heading(Column.REFERENCE), "kenmerk reference referentie ac acref debnr debcode relnr klnr custno"),
    (Heading(Column.REFERENCE, 2), "code nummer nr number no"),
    (Heading(Column.REFERENCE, RECORD_ID), "id recordid externalid externid contactid"),
    (
        Heading(Column.OTHER),
        "adres adresregel address addressline straat street streetaddress huisnummer postbus postcode zip zipcode "
        "postalcode plaats woonplaats vestigingsplaats city town stad land landcode country countrycode provincie "
        "state region telefoon telefoonnummer tel phone phonenumber telephone businessphone mobiel mobielnummer "
        "mobile mobilephone email emailadres emailaddress emailfactuur fax website web url companydomainname iban bic "
        "banknummer bankrekening rekeningnummer bankaccount kvk kvknummer cocnumber chamberofcommerce btw btwnummer "
        "btwnr vat vatnumber taxnumber betalingstermijn betaalconditie paymentterms omzet revenue annualrevenue saldo "
        "openstaand balance status type soort groep group categorie category actief active geblokkeerd blocked "
        "opmerkingen opmerking notities memo notes description aanhef salutation geslacht gender functie "
        "jobtitle afdeling department branche industry taal language valuta currency aangemaakt createdate createddate "
        "createdon gewijzigd lastmodified lifecyclestage klantsinds clientsince begindatum startdatum kredietlimiet "
        "creditlimit korting discount suffix vervaldatum leverancier supplier",
    ),
)

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_PARTS = re.compile(r"[:./>|]")
_SAYS_NOTHING = re.compile(r"\b(?:verplicht|required|mandatory|optioneel|optional)\b", re.IGNORECASE)
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]")
_IN_FRONT = re.compile(r"^(?:extern(?:al|e)?|our|your|uw|ons|onze)")
_DIGITS = re.compile(r"[0-9]")


def _known() -> dict[str, Heading]:
    known: dict[str, Heading] = {}
    for client, word, between in product(_CLIENT_WORDS, _NAME_WORDS, _OF_WORDS):
        known[f"{client}{word}"] = known[f"{word}{between}{client}"] = Heading(Column.NAME)
    for client, word, between in product(_CLIENT_WORDS, _NUMBER_WORDS, _OF_WORDS):
        known[f"{client}{word}"] = known[f"{word}{between}{client}"] = Heading(Column.REFERENCE)
    known |= {f"{client}id": Heading(Column.REFERENCE, 1) for client in _CLIENT_WORDS}
    for client, word, between in product(_CLIENT_WORDS, ("owner", "eigenaar", "manager", "beheerder"), _OF_WORDS):
        known[f"{client}{word}"] = known[f"{word}{between}{client}"] = Heading(Column.OWNER, OF_A_PROGRAM)
    # "Bedrijf" and "Company" stand beside the name of a person; the others beside that of the client.
    known |= {client: Heading(Column.NAME, 2, is_bare=True) for client in _CLIENT_WORDS}
    known |= {client: Heading(Column.NAME, 1, is_bare=True) for client in ("klant", "client", "customer")}
    known |= dict.fromkeys(_words("bedrijf company organisatie organization organisation"), Heading(Column.NAME))
    known |= dict.fromkeys(_words("associatedcompany primarycompany gekoppeldbedrijf"), Heading(Column.NAME))
    known |= dict.fromkeys(_words("title titel"), Heading(Column.NAME, TITLE))
    for heading, words in _WORDS:
        known |= dict.fromkeys(_words(words), heading)
    return known


_KNOWN = _known()


def heading_of(cell: str) -> Heading | None:
    """What a heading means, however it is spaced, marked or numbered; `None` for one that is not known."""
    for said in (_squeezed(cell), _squeezed(_PARTS.split(cell.rstrip(":./>| "))[-1])):
        for spelling in (said, _DIGITS.sub("", said), _IN_FRONT.sub("", said, count=1)):
            if spelling in _KNOWN:
                return _KNOWN[spelling]
        for column, endings in _SPLIT_NAME.items():
            if said.endswith(endings):
                return Heading(column)
    return None


def same_heading(cell: str, other: str) -> bool:
    """Whether two headings are one, however they are spaced and marked."""
    return _squeezed(cell) == _squeezed(other)


def headings_of(row: Sequence[str]) -> dict[int, Heading]:
    """The headings of a row that are known, by their place."""
    return {place: heading for place, cell in enumerate(row) if (heading := heading_of(cell)) is not None}


def can_be_headings(headings: dict[int, Heading]) -> bool:
    """Whether clients can be named by columns that are headed so."""
    columns = {heading.column for heading in headings.values()}
    return bool(columns & {Column.NAME, Column.LAST_NAME})


def _squeezed(cell: str) -> str:
    text = _SAYS_NOTHING.sub("", without_accents(cell.casefold()))
    return _NO_LETTER_OR_DIGIT.sub("", _BRACKETED.sub("", text)) or _NO_LETTER_OR_DIGIT.sub("", text)
