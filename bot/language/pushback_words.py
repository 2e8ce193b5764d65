"""What a client does after a letter, and what to think of first."""

from __future__ import annotations

from bot.domain.message import N_
from bot.domain.pushback import PushbackKind
from bot.language import Language

KIND_LABELS: dict[PushbackKind, str] = {
    PushbackKind.RENEGOTIATE: N_("They ask for another chance or other terms"),
    PushbackKind.DISPUTE: N_("They do not agree with the reason"),
    PushbackKind.ONE_MORE_THING: N_("They ask for one more thing"),
    PushbackKind.INVOICE_REFUSED: N_("They refuse the last invoice"),
    PushbackKind.BAD_REVIEW: N_("They speak of a bad review"),
    PushbackKind.AROUND: N_("They go round to a colleague"),
    PushbackKind.SILENCE: N_("They say nothing"),
    PushbackKind.CLAIM: N_("They claim damages or say it is our fault"),
    PushbackKind.DATA_REQUEST: N_("They ask for their data"),
    PushbackKind.COMPLAINT: N_("They make a complaint"),
    PushbackKind.ABUSE: N_("They insult or shout at somebody"),
    PushbackKind.THREAT: N_("They threaten somebody"),
}

ADVICE: dict[PushbackKind, str] = {
    PushbackKind.RENEGOTIATE: N_("No new offer, unless a reviewer reopens the decision. Write also after a call."),
    PushbackKind.DISPUTE: N_("You need not convince them. Note what they say; it stands in the dossier."),
    PushbackKind.ONE_MORE_THING: N_("What the terms do not cover is for whoever comes after you, or a quote."),
    PushbackKind.INVOICE_REFUSED: N_("A real objection to an item gets a real answer. Otherwise the terms stand."),
    PushbackKind.BAD_REVIEW: N_("No bargain and no counter-threat. Keep what they wrote."),
    PushbackKind.AROUND: N_("One voice: whoever was asked passes it on and does not answer."),
    PushbackKind.SILENCE: N_("One reminder of what you need of them, with a day. No more."),
    PushbackKind.CLAIM: N_(
        "Admit nothing and promise nothing: your insurer and a lawyer look first. Only say that you received it."
    ),
    PushbackKind.DATA_REQUEST: N_("This is no pushback but a right: it has to be answered by {date}."),
    PushbackKind.COMPLAINT: N_("A complaint is a right. Tell them where they can make it, and what happens then."),
    PushbackKind.ABUSE: N_("Do not answer at once, and not alone. How is whoever was at the receiving end?"),
    PushbackKind.THREAT: N_("Safety comes before any terms. Do not answer, and do not be alone with it."),
}


def pushback_label(t: Language, kind: PushbackKind) -> str:
    """What the client does."""
    return t.gettext(KIND_LABELS[kind])


def advice(t: Language, kind: PushbackKind, **values: object) -> str:
    """What to think of first; of a request for data `date` is filled in."""
    return t.gettext(ADVICE[kind], **values)
