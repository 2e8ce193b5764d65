"""The words for clients that come back."""

from __future__ import annotations

from bot.domain.message import N_
from bot.domain.returning import ReturnStance, ReturnTerms
from bot.language import Language
from bot.language.marks import in_short

STANCES: dict[ReturnStance, str] = {
    ReturnStance.WELCOME: N_("Yes, they are welcome"),
    ReturnStance.ON_TERMS: N_("Yes, on terms"),
    ReturnStance.NOT: N_("No, rather not"),
}

_SENTENCES: dict[ReturnStance, str] = {
    ReturnStance.WELCOME: N_("They are welcome to come back."),
    ReturnStance.ON_TERMS: N_("They can come back on these terms:"),
    ReturnStance.NOT: N_("You would rather not have them back."),
}

MAX_QUOTE_LENGTH = 300


def stance_label(t: Language, stance: ReturnStance) -> str:
    """Whether a client could come back, as an answer."""
    return t.gettext(STANCES[stance])


def terms_sentence(t: Language, terms: ReturnTerms | None) -> str:
    """On what terms a client could come back, in one line; long ones are cut short."""
    if terms is None:
        return t.gettext("Nobody has written down yet whether they could come back.")
    sentence = t.gettext(_SENTENCES[terms.stance])
    if not terms.text:
        return sentence
    return t.gettext("{sentence} “{text}”", sentence=sentence, text=in_short(terms.text, MAX_QUOTE_LENGTH))
