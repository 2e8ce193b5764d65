"""Words about a letter for whoever writes it; what the client reads stands in the templates of letters."""

from __future__ import annotations

from bot.domain.farewell.letter.checks import MustHave
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.message import N_
from bot.language import Language

MUST_HAVE_LABELS: dict[MustHave, str] = {
    MustHave.END_DATE: N_("The last day"),
    MustHave.WORK: N_("What they can still expect of us"),
    MustHave.INVOICE: N_("Final invoice"),
    MustHave.HANDOVER: N_("What we hand over"),
    MustHave.ASK: N_("What we ask of them"),
    MustHave.ASK_BY: N_("By which day we ask it"),
}

KIND_LABELS: dict[LetterKind, str] = {
    LetterKind.FAREWELL: N_("Farewell letter"),
    LetterKind.WARNING: N_("Written warning"),
    LetterKind.BOUNDARY: N_("Boundary in writing"),
}

STYLE_LABELS: dict[LetterStyle, str] = {
    LetterStyle.FORMAL: N_("Formal letter"),
    LetterStyle.EMAIL: N_("E-mail"),
}

ADDRESS_LABELS: dict[FormOfAddress, str] = {
    FormOfAddress.FORMAL: N_("Formal (in Dutch: u)"),
    FormOfAddress.INFORMAL: N_("Informal (in Dutch: je)"),
}


def must_have_label(t: Language, one: MustHave) -> str:
    """What a letter must tell, as it is named where it is missing."""
    return t.gettext(MUST_HAVE_LABELS[one])


def letter_kind_label(t: Language, kind: LetterKind) -> str:
    """What a letter is for."""
    return t.gettext(KIND_LABELS[kind])


def letter_style_label(t: Language, style: LetterStyle) -> str:
    """What a letter looks like."""
    return t.gettext(STYLE_LABELS[style])


def address_label(t: Language, form: FormOfAddress) -> str:
    """How a letter addresses its reader."""
    return t.gettext(ADDRESS_LABELS[form])
