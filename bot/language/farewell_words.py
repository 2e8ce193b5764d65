"""Words of the farewell: what each closing term is called, and what is asked about it."""

from __future__ import annotations

from bot.domain.farewell.closing_terms import Term
from bot.domain.message import N_
from bot.language import Language

TERM_LABELS: dict[Term, str] = {
    Term.WORK: N_("Work we still do"),
    Term.WORK_BY: N_("That work is done by"),
    Term.DEADLINES: N_("Deadlines after the last day"),
    Term.INVOICE: N_("Final invoice"),
    Term.INVOICE_ON: N_("Final invoice goes out on"),
    Term.MONEY_BACK: N_("Refunds or credits"),
    Term.PREPAID: N_("Hours paid in advance"),
    Term.HANDOVER_TO: N_("Handed over to"),
    Term.HANDOVER: N_("What we hand over"),
    Term.HANDOVER_BY: N_("Handed over by"),
    Term.ACCESS: N_("Access, licences and data to return"),
    Term.CONTACT: N_("Who they can reach until the end"),
}

TERM_HINTS: dict[Term, str] = {
    Term.WORK: N_("What can they still expect of us? If nothing, say why: the letter needs it."),
    Term.DEADLINES: N_("Dates on which they could come to harm once we are gone, and who handles them then."),
    Term.INVOICE: N_("For what? If there will be none, say why: the letter needs it."),
    Term.MONEY_BACK: N_("What we pay back or set off, and for what."),
    Term.PREPAID: N_("How many are left, and what happens with them."),
    Term.HANDOVER_TO: N_("The client, or another provider."),
    Term.HANDOVER: N_("Files, knowledge, running matters. If there is nothing, say why: the letter needs it."),
    Term.ACCESS: N_("What we give back or switch off, and what they need first so that they can go on."),
}


def term_label(t: Language, term: Term) -> str:
    """What a term is called."""
    return t.gettext(TERM_LABELS[term])


def term_hint(t: Language, term: Term) -> str | None:
    """What to write there; days and people need no hint."""
    return t.gettext(TERM_HINTS[term]) if term in TERM_HINTS else None
