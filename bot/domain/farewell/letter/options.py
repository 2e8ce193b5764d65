"""What can be chosen about a letter, by its writer and by the workspace."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class LetterKind(StrEnum):
    """A farewell ends the work for a client; a warning and a boundary ask for something and end nothing."""

    FAREWELL = "farewell"
    WARNING = "warning"
    BOUNDARY = "boundary"


class LetterStyle(StrEnum):
    """A letter on paper, with letterhead, address and subject, or the same as an e-mail."""

    FORMAL = "formal"
    EMAIL = "email"


class FormOfAddress(StrEnum):
    """Dutch `u` or `je`; in English it shows in the greeting, the close and contractions."""

    FORMAL = "formal"
    INFORMAL = "informal"


class Profession(StrEnum):
    """What a workspace does for its clients, as far as it bears on letters."""

    OTHER = "other"
    ACCOUNTANT = "accountant"
    LAWYER = "lawyer"


class Letterhead(Struct, frozen=True):
    """Who a letter comes from; what is empty is left out. `company_address` has a line for each line of it."""

    company: str = ""
    company_address: str = ""
    company_place: str = ""
    company_phone: str = ""
    company_email: str = ""
    company_website: str = ""
    company_registration: str = ""
