"""Words about a letter for whoever writes it; what the client reads stands in the templates of letters."""

from __future__ import annotations

from datetime import date

from bot.domain.farewell.drafting import LetterEvent, LetterState, SentBy
from bot.domain.farewell.letter.checks import MustHave
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.message import N_
from bot.domain.remedy_kinds import RemedyKind
from bot.language import Language
from bot.language.remedy_words import remedy_label

MUST_HAVE_LABELS: dict[MustHave, str] = {
    MustHave.END_DATE: N_("The last day"),
    MustHave.WORK: N_("What they can still expect of us"),
    MustHave.INVOICE: N_("Final invoice"),
    MustHave.HANDOVER: N_("What we hand over"),
    MustHave.ASK: N_("What we ask of them"),
    MustHave.ASK_BY: N_("By which day we ask it"),
    MustHave.SIGNED_BY: N_("Who signs it"),
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

STATE_LABELS: dict[LetterState, str] = {
    LetterState.DRAFT: N_("is being written"),
    LetterState.WAITING: N_("waits for a second person"),
    LetterState.APPROVED: N_("is approved"),
    LetterState.SENT: N_("was sent"),
}

SENT_BY_LABELS: dict[SentBy, str] = {
    SentBy.POST: N_("By post"),
    SentBy.REGISTERED: N_("By registered post"),
    SentBy.EMAIL: N_("By e-mail"),
    SentBy.HAND: N_("By hand"),
}

FIELD_LABELS: dict[str, str] = {
    "style": N_("Letter or e-mail"),
    "language": N_("Language of the letter"),
    "form": N_("Form of address"),
    "contact": N_("To whom"),
    "greeting": N_("Another greeting"),
    "client_address": N_("Their address"),
    "signed_by": N_("Signed by"),
    "signer_role": N_("Role of whoever signs"),
    "colleague": N_("Whom they can turn to until the end"),
    "reasons": N_("Reasons to name"),
    "steps": N_("What we tried together"),
    "thanks": N_("Thanks"),
    "own_words": N_("In your own words"),
    "interest": N_("Why it is better for them as well"),
    "wishes": N_("Good wishes"),
    "ask": N_("What we ask of them"),
    "ask_by": N_("By which day"),
    "follows": N_("What follows if that doesn’t help"),
}
"""What each field of a letter is called, in the form and among what changed."""


LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
"""Each language in its own words."""


def step_label(t: Language, key: str) -> str:
    """Something that was tried, by its kind and its days; `key` is that of `step_key`."""
    kind, starts_on, ends_on = key.split(":")
    begins, ends = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    return f"{remedy_label(t, RemedyKind(kind))}, {t.day_month(begins)} – {t.day_month(ends)}"


def field_label(t: Language, name: str) -> str:
    """What a field of a letter is called."""
    return t.gettext(FIELD_LABELS[name])


def state_label(t: Language, state: LetterState) -> str:
    """How a letter stands, as the end of a sentence that begins with it."""
    return t.gettext(STATE_LABELS[state])


def sent_by_label(t: Language, sent_by: SentBy) -> str:
    """How a letter went."""
    return t.gettext(SENT_BY_LABELS[sent_by])


def sent_line(t: Language, sent: LetterEvent | None) -> str:
    """How and on which day a letter went; empty before that."""
    if sent is None or sent.sent_on is None or sent.sent_by is None:
        return ""
    return t.gettext("{how}, on {date}.", how=sent_by_label(t, sent.sent_by), date=t.date(sent.sent_on))


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
