"""What the form of a flag carries along unseen: little, and never what a person typed into it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bot.domain.errors import NotFoundError
from bot.domain.flag_rules import FlagDraft
from bot.usecases.flags.form import FlagForm, NamedClient


class _Carried(Struct, frozen=True):
    flag: int | None
    client: str
    evidence: str
    excerpt: str
    hints: bool
    # Windows that were open during an upgrade carry none of these.
    currency: str = ""
    figures: str = ""
    aside: list[str] = []
    """What a witness is not asked, which comes back where they are none after all: severity and signals."""


def carried_by(form: FlagForm) -> str:
    """What comes back with the answers, well within the limit."""
    carried = _Carried(
        form.flag_id,
        form.client.name if form.is_edit and form.client else "",
        form.evidence_key,
        form.excerpt,
        form.hints_shown,
        form.draft.currency,
        form.figures_shown,
        [form.draft.severity, *form.draft.signals] if form.is_joining else [],
    )
    return msgspec.json.encode(carried).decode()


def form_carried(carried: str) -> FlagForm:
    """The form that `carried_by` wrote down, with nothing filled in but what it holds aside.

    Raises `NotFoundError` for anything else.
    """
    try:
        stored = msgspec.json.decode(carried, type=_Carried)
    except msgspec.DecodeError:
        raise NotFoundError from None
    severity, *signals = stored.aside or [""]
    return FlagForm(
        FlagDraft(severity=severity, signals=tuple(signals), currency=stored.currency),
        client=NamedClient(stored.client) if stored.flag is not None else None,
        flag_id=stored.flag,
        evidence_key=stored.evidence,
        excerpt=stored.excerpt,
        hints_shown=stored.hints,
        figures_shown=stored.figures,
    )
