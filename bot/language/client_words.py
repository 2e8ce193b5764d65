"""The words for what is known of a client besides its flags."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.message import N_
from bot.domain.model import Agreement, AgreementKind
from bot.language import Language

KINDS: dict[AgreementKind, str] = {
    AgreementKind.UNKNOWN: N_("not known"),
    AgreementKind.FIXED: N_("for a fixed term"),
    AgreementKind.OPEN_ENDED: N_("open-ended"),
}

MAX_NAMES_LENGTH = 600

TASKS: dict[str, str] = {"care": N_("check in with the colleague who reported this")}


def agreement_sentence(t: Language, agreement: Agreement) -> str:
    """How the agreement ends by itself."""
    kind = t.gettext(KINDS[agreement.kind])
    if agreement.ends_on is None:
        return kind
    return t.gettext("{kind}, ends on {date}", kind=kind, date=t.date(agreement.ends_on))


def consumer_label(t: Language, is_consumer: bool | None) -> str:
    """Whether the client is a consumer."""
    if is_consumer is None:
        return t.gettext("not known")
    return t.gettext("a consumer") if is_consumer else t.gettext("a business")


def task_label(t: Language, kind: str) -> str:
    """What somebody is asked to do; a kind of another version reads as its code."""
    return t.gettext(TASKS[kind]) if kind in TASKS else kind


def names_in_a_row(t: Language, names: Sequence[str]) -> str:
    """Names in a row, as many as fit into `MAX_NAMES_LENGTH`, with how many are left out; empty for none."""
    shown: list[str] = []
    length = 0
    for name in names:
        length += len(name)
        if length > MAX_NAMES_LENGTH:
            break
        shown.append(name)
    left = len(names) - len(shown)
    if left:
        shown.append(t.ngettext("{number} more", "{number} more", left))
    return t.listing(shown) if shown else ""
